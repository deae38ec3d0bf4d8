"""Addresses of a case at the desk: `/desk/cases/<reference>/<verb>/`."""

from django.urls import path

from townline.cases import views

app_name = "cases"
urlpatterns = [
    path("<str:reference>/", views.detail, name="detail"),
    *(path(f"<str:reference>/{verb}/", view, name=verb) for verb, view in views.VERBS.items()),
]
