"""Addresses of the portal; French ones begin with /fr/."""

from django.urls import path

from townline.portal.views import home, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("track/l/<str:token>/", track.link, name="track_link"),
    path("track/<str:reference>/", track.case, name="track_case"),
    path("account/", home.home, name="account"),
]
