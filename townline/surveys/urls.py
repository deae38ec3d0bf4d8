"""The address of the results, `/desk/surveys/`."""

from django.urls import path

from townline.surveys import views

app_name = "surveys"
urlpatterns = [path("", views.results, name="results")]
