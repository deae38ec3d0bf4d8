"""Addresses of members of Council and what they ask, mounted at `/desk/council/`."""

from django.urls import path

from townline.council import views

app_name = "council"

urlpatterns = [
    path("", views.members, name="members"),
    path("inquiries/<int:pk>/", views.inquiry, name="inquiry"),
    path("inquiries/<int:pk>/answer/", views.answer, name="answer"),
    path("inquiries/<int:pk>/consent/", views.note_consent, name="note_consent"),
    path("<slug:code>/", views.inquiries, name="inquiries"),
    path("<slug:code>/print/", views.printed, name="printed"),
    path("<slug:code>/new/", views.new, name="new"),
    path("<slug:code>/office/", views.member, name="member"),
]
