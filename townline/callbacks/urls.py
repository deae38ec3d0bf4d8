"""Addresses of calls that are owed, mounted at `/desk/callbacks/`."""

from django.urls import path

from townline.callbacks import views

app_name = "callbacks"

urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.callback, name="callback"),
    path("<int:pk>/attempt/", views.attempt, name="attempt"),
    path("<int:pk>/give_up/", views.give_up, name="give_up"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
