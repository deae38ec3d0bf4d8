"""Addresses of staff at the desk, mounted at `/desk/`."""

from django.urls import path

from townline.accounts import calendars, presence, views

app_name = "accounts"

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite_somebody, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("people/<int:pk>/activate/", views.activate, name="activate"),
    path("people/<int:pk>/forget-second-factor/", views.forget_second_factor, name="forget_second_factor"),
    path("people/<int:pk>/unlink-identity/", views.unlink_identity, name="unlink_identity"),
    path("people/invitations/<int:pk>/send/", views.send, name="send"),
    path("people/invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("people/keys/<int:pk>/switch-off/", views.switch_off, name="switch_off"),
    path("team/", presence.team, name="team"),
    path("team/<int:pk>/", presence.presence, name="presence"),
    path("team/<int:pk>/back/", presence.be_back, name="be_back"),
    path("team/<int:pk>/french/", presence.serve_in_french, name="serve_in_french"),
    path("calendars/", calendars.listing, name="calendars"),
    path("calendars/<slug:code>/", calendars.detail, name="calendar"),
    path("calendars/<slug:code>/close-on/", calendars.close_on, name="close_on"),
    path("calendars/<slug:code>/open-on/", calendars.open_on, name="open_on"),
    path("calendars/<slug:code>/seed/", calendars.seed, name="seed"),
    path("language/<str:code>/", views.language, name="language"),
]
