"""Addresses of a case at the desk: `/desk/cases/<reference>/<verb>/`."""

from django.urls import path

from townline.cases import views
from townline.cases.kinds import views as views_of_kinds

app_name = "cases"
urlpatterns = [
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/files/<str:key>/", views.file, name="file"),
    path("<str:reference>/files/<str:key>/small/", views.small_file, name="small_file"),
    *(path(f"<str:reference>/{verb}/", view, name=verb) for verb, view in views.VERBS.items()),
    *(
        path(f"<str:reference>/{verb.replace('_', '-')}/", view, name=verb)
        for verb, view in views_of_kinds.VERBS.items()
    ),
]
