"""Addresses of the desk's own pages."""

from django.urls import path

from townline.desk.views import work

app_name = "desk"
urlpatterns = [path("", work.home, name="home")]
