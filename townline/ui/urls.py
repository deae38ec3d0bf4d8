"""The page that shows every component; mounted at `/ui/`."""

from django.urls import path

from townline.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.components, name="components"),
    path("<slug:layout>/", views.components, name="layout"),
    path("<slug:layout>/<slug:state>/", views.page_state, name="state"),
]
