"""Addresses of formal complaints at the desk: `/desk/complaints/<reference>/<verb>/`."""

from django.urls import path

from townline.complaints import views, views_files, views_oversight

app_name = "complaints"
urlpatterns = [
    path("", views.complaints, name="list"),
    path("new/", views.write_down, name="write_down"),
    path("oversight/", views_oversight.figures, name="oversight"),
    path("oversight/rows/", views_oversight.rows, name="oversight_rows"),
    path("oversight/export/", views_oversight.export, name="oversight_export"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/reveal/", views.reveal, name="reveal"),
    path("<str:reference>/attach/", views_files.attach, name="attach"),
    path("<str:reference>/files/<str:name>/", views_files.file, name="file"),
    path("<str:reference>/letters/<str:name>/", views_files.paper, name="paper"),
    *(path(f"<str:reference>/{verb}/", view, name=verb) for verb, view in views.VERBS.items()),
]
