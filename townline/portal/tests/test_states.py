"""Every page of the portal in every state: axe finds nothing, and nothing scrolls sideways at 320 pixels."""

from datetime import date

import pytest

from townline.accounts.models import Municipality
from townline.cases.models import Draft, Outcome, Wait
from townline.catalogue.models import Definition, Service
from townline.portal.tests.browsing import answer, is_wider_than_the_window, press, start
from townline.portal.tests.walking import STOPPING
from townline.questions.models import FormVersion
from townline.questions.testing import page as questions
from townline.questions.testing import written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft" * 5
POINTS = [
    {"kind": "phone", "value": "905-555-0100 ext. 12", "label": {"en": "Call us", "fr": "Appelez-nous"}},
    {"kind": "email", "value": f"{'service' * 6}@testville.example", "label": {"en": "Write", "fr": "Écrivez"}},
    {"kind": "counter", "value": "1 Main Street", "label": {"en": "Visit us", "fr": "Venez"}},
]


@pytest.fixture
def is_fine(findings):
    """Looks at a page wide and narrow."""

    def look_twice(page):
        found = findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found += findings(page)
        return [*found, "wider than the window"] if is_wider_than_the_window(page) else found

    return look_twice


@pytest.mark.parametrize(
    "address",
    ["/", "/find/?q=potholes", "/find/?q=zebra", "/doors/report/", "/doors/permit/", "/services/pothole/",
     "/words/", "/track/", "/track/l/broken/", "/nothing/", "/ask/nothing/where/"],
)  # fmt: skip
def test_a_page_that_anybody_can_open_in_both_languages(look, is_fine, pothole, address):
    Municipality.objects.update(contact_points=POINTS)
    Definition.objects.create(code="complaint", term={"en": LONG, "fr": ""}, text={"en": LONG, "fr": ""}, clause="4.3")

    page = look(address)
    assert is_fine(page) == []

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/fr{address}")

    assert is_fine(page) == []


def test_a_page_with_little_to_show(look, is_fine, town):
    Service.objects.update(is_public=False)

    assert is_fine(look("/words/")) == []
    assert is_fine(look("/find/")) == []


def test_the_steps_of_a_request_with_mistakes_and_long_text(look, is_fine, pothole):
    page = look("/")
    start(page)
    assert is_fine(page) == []
    press(page)
    assert is_fine(page) == []
    page.fill("#id_label", LONG * 2)
    press(page)
    assert is_fine(page) == []
    page.fill("#id_label", LONG)
    press(page)
    press(page)
    assert is_fine(page) == []
    page.check("[value=yes]")
    page.fill("[name=q-words]", LONG * 20)
    press(page)
    page.fill("[name=q-cars]", LONG)
    press(page)
    assert is_fine(page) == []
    page.fill("#id_email", "nobody")
    press(page)
    assert is_fine(page) == []
    page.fill("#id_name", LONG[:120])
    page.fill("#id_email", "elena.rivera@example.org")
    press(page)
    assert is_fine(page) == []
    press(page)
    assert is_fine(page) == []


def test_an_answer_that_ends_the_form(look, is_fine, town):
    definition = written(questions("safety", STOPPING), code="pothole")
    Service.objects.update(questions=FormVersion.objects.create(code="pothole", version=1, definition=definition))
    page = look("/fr/")
    start(page, "/fr")
    page.fill("#id_label", "12 Main Street")
    press(page)
    page.check("[value=now]")
    press(page)

    assert "Composez le 911." in page.inner_text("main")
    assert is_fine(page) == []


def test_a_draft_that_waits_and_a_service_that_closed_meanwhile(look, is_fine, pothole):
    page = look("/")
    start(page)
    answer(page, words=LONG * 3)
    check = page.url

    page.goto("/services/pothole/")
    assert is_fine(page) == []
    Service.objects.update(closed_reason={"en": LONG, "fr": LONG})
    page.goto("/services/pothole/")
    assert is_fine(page) == []
    page.goto(check)
    assert is_fine(page) == []


def test_a_request_that_is_refused(look, is_fine, pothole):
    page = look("/")
    start(page)
    answer(page)
    draft = Draft.objects.get()
    draft.keep("answers", draft.answers | {"strange": "?"})

    press(page)

    assert "do not fit this form any more" in page.inner_text("main")
    assert is_fine(page) == []


def test_tries_that_do_not_fit(look, is_fine, town):
    reference = town.case("Broken lamp").reference
    page = look(f"/track/?reference={reference}")
    for _ in range(11):
        page.fill("#id_proof", "other@example.org")
        press(page)

    assert "Wait ten minutes" in page.inner_text("main")
    assert is_fine(page) == []


def test_a_case_on_its_way_and_at_its_end(look, is_fine, rivera, town):
    case = town.case("Broken lamp", assignee=town.ada)
    case.message(by=town.ada, text=LONG)
    case.wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=date(2040, 1, 31))
    page = look(f"/track/{case.reference}/", who=rivera)
    assert is_fine(page) == []

    case.close(by=town.ada, outcome=Outcome.UNABLE, words=f"{LONG}\n\nשלום")
    page.reload()

    assert is_fine(page) == []


def test_my_requests_full_and_empty(look, is_fine, rivera, town, pothole):
    page = look("/account/", who=rivera)
    assert is_fine(page) == []

    start(page)
    page.fill("#id_label", LONG)
    press(page)
    town.case("Broken lamp", assignee=town.ada).close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    town.case(LONG)
    page.goto("/account/")

    assert "What you began" in page.inner_text("main")
    assert is_fine(page) == []
