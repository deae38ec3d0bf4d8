"""Addresses of notices at the desk, `/desk/notices/`."""

from django.urls import path

from townline.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listing, name="notices"),
    path("new/", views.new, name="new"),
    path("<slug:code>/", views.notice, name="notice"),
    path("<slug:code>/change/", views.change, name="change"),
    path("<slug:code>/publish/", views.publish, name="publish"),
    path("<slug:code>/extend/", views.extend, name="extend"),
    path("<slug:code>/end/", views.end, name="end"),
    path("<slug:code>/gather/", views.gather, name="gather"),
    path("<slug:code>/release/<str:reference>/", views.release, name="release"),
]
