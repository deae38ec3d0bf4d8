"""Addresses of the setup at the desk, mounted at `/desk/setup/`."""

from django.urls import path

from townline.setup.views import question_rows, questions, rows, trying

app_name = "setup"
QUESTIONS = "services/<slug:code>/questions/"
DRAFT = f"{QUESTIONS}draft/"

urlpatterns = [
    path(QUESTIONS, questions.in_force, name="questions"),
    path(f"{QUESTIONS}begin/", questions.begin, name="begin_questions"),
    path(DRAFT, questions.draft, name="draft"),
    path(f"{DRAFT}title/", questions.retitle, name="retitle"),
    path(f"{DRAFT}publish/", questions.publish_draft, name="publish"),
    path(f"{DRAFT}discard/", questions.discard, name="discard"),
    path(f"{DRAFT}try/", trying.try_it, name="try"),
    path(f"{DRAFT}tests/<int:pk>/accept/", trying.accept, name="accept"),
    path(f"{DRAFT}tests/<int:pk>/drop/", trying.drop, name="drop"),
    path(f"{DRAFT}pages/add/", question_rows.add_page, name="add_page"),
    path(f"{DRAFT}pages/<slug:page_id>/", question_rows.change_page, name="change_page"),
    path(f"{DRAFT}pages/<slug:page_id>/move/", question_rows.move_page, name="move_page"),
    path(f"{DRAFT}pages/<slug:page_id>/remove/", question_rows.remove_page, name="remove_page"),
    path(f"{DRAFT}pages/<slug:page_id>/add/", question_rows.add, name="add_question"),
    path(f"{DRAFT}questions/<slug:question_id>/", question_rows.change, name="change_question"),
    path(f"{DRAFT}questions/<slug:question_id>/move/", question_rows.move, name="move_question"),
    path(f"{DRAFT}questions/<slug:question_id>/remove/", question_rows.remove, name="remove_question"),
    path("<slug:kind>/", rows.rows, name="rows"),
    path("<slug:kind>/new/", rows.new, name="new"),
    path("<slug:kind>/<slug:code>/", rows.row, name="row"),
    path("<slug:kind>/<slug:code>/retire/", rows.retire, name="retire"),
    path("<slug:kind>/<slug:code>/restore/", rows.restore, name="restore"),
    path("<slug:kind>/<slug:code>/confirm/", rows.confirm, name="confirm"),
    path("<slug:kind>/<slug:code>/editions/<int:number>/", rows.edition, name="edition"),
]
