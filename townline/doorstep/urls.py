"""Addresses of the doorstep, `/desk/doorstep/`."""

from django.urls import path

from townline.doorstep import views

app_name = "doorstep"
urlpatterns = [
    path("", views.doorstep, name="doorstep"),
    path("decide/", views.decide, name="decide"),
    path("decide-all/", views.decide_all, name="decide_all"),
]
