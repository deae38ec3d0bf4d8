"""Addresses of the jobs that failed."""

from django.urls import path

from townline.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.dead, name="dead"),
    path("retry/", views.retry_all, name="retry_all"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
