"""Addresses of the templates at the desk."""

from django.urls import path

from townline.wording import views

app_name = "wording"
urlpatterns = [
    path("", views.listing, name="templates"),
    path("new/", views.new, name="new_template"),
    path("<slug:code>/", views.template, name="template"),
    path("<slug:code>/retire/", views.retire, name="retire_template"),
    path("<slug:code>/restore/", views.restore, name="restore_template"),
]
