"""Addresses of macros: at a case `/desk/cases/<reference>/macros/`, and under Setup `/desk/macros/`."""

from django.urls import path

from townline.macros import setup, views

app_name = "macros"
urlpatterns = [
    path("cases/<str:reference>/macros/", views.choose, name="choose"),
    path("cases/<str:reference>/macros/<slug:code>/", views.run, name="run"),
    path("macros/", setup.listing, name="macros"),
    path("macros/new/", setup.new, name="new_macro"),
    path("macros/<slug:code>/", setup.macro, name="macro"),
    path("macros/<slug:code>/retire/", setup.retire, name="retire_macro"),
    path("macros/<slug:code>/restore/", setup.restore, name="restore_macro"),
]
