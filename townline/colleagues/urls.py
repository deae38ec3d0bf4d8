"""Addresses of what staff ask departments for, mounted at `/desk/requests/`."""

from django.urls import path

from townline.colleagues import views

app_name = "colleagues"

urlpatterns = [
    path("", views.requests, name="requests"),
    path("new/", views.choose, name="choose"),
    path("new/<slug:code>/", views.new, name="new"),
    path("<str:reference>/", views.detail, name="request"),
    path("<str:reference>/add/", views.add, name="add"),
    path("<str:reference>/dispute/", views.dispute, name="dispute"),
]
