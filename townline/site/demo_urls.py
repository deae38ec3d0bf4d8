"""The demo's own door."""

from django.urls import path

from townline.site import demo

urlpatterns = [path("", demo.sign_in, name="demo")]
