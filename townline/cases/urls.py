"""Addresses of a case at the desk: `/desk/cases/<reference>/<verb>/`."""

from django.urls import path

from townline.cases import delivery, drafts, here, views, views_public, views_together
from townline.cases.kinds import views as views_of_kinds
from townline.cases.views_together import leads_on

app_name = "cases"
urlpatterns = [
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/files/<str:key>/", views.file, name="file"),
    path("<str:reference>/files/<str:key>/small/", views.small_file, name="small_file"),
    path("<str:reference>/letter/<int:pk>/", delivery.letter, name="letter"),
    path("<str:reference>/resend/", delivery.resend, name="resend"),
    path("<str:reference>/tell/", delivery.tell, name="tell"),
    path("<str:reference>/here/", here.here, name="here"),
    path("<str:reference>/draft/<int:pk>/", drafts.draft, name="draft"),
    path("<str:reference>/draft/<int:pk>/discard/", drafts.discard_draft, name="discard_draft"),
    path("<str:reference>/draft/<slug:verb>/", drafts.keep_draft, name="keep_draft"),
    path("<str:reference>/unmerge/", views_together.unmerge, name="unmerge"),
    *(
        path(f"<str:reference>/{verb}/", leads_on(view), name=verb)
        for verb, view in (views.VERBS | views_together.VERBS).items()
    ),
    *(
        path(f"<str:reference>/{verb.replace('_', '-')}/", leads_on(view), name=verb)
        for verb, view in (views_of_kinds.VERBS | views_public.VERBS).items()
    ),
]
