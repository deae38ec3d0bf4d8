"""Addresses of the routing rules at the desk."""

from django.urls import path

from townline.routing import views

app_name = "routing"
urlpatterns = [
    path("", views.in_force, name="in_force"),
    path("begin/", views.begin, name="begin"),
    path("queues/<slug:code>/", views.give_out, name="give_out"),
    path("draft/", views.draft, name="draft"),
    path("draft/add/", views.add, name="add"),
    path("draft/publish/", views.publish, name="publish"),
    path("draft/discard/", views.discard, name="discard"),
    path("draft/rules/<slug:code>/", views.change, name="change"),
    path("draft/rules/<slug:code>/move/", views.move, name="move"),
    path("draft/rules/<slug:code>/switch/", views.switch, name="switch"),
    path("draft/rules/<slug:code>/remove/", views.remove, name="remove"),
]
