"""A mis-filed matter is filed where it belongs, and nothing of its history is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.intake import Contact, Matter, take_in
from townline.catalogue.models import Kind, Standard
from townline.core.refusals import NotPossible
from townline.questions.models import FormVersion
from townline.routing.models import RuleSet


def form(code, *questions):
    """A form with these questions, each a short text."""
    text = {"en": "Question", "fr": "Question"}
    asked = [{"id": one, "kind": "short_text", "label": {"en": one, "fr": one}} for one in questions]
    page = {"id": "first", "title": text, "questions": asked}
    definition = {"schema_version": 1, "code": code, "version": 1, "title": text, "pages": [page]}
    return FormVersion.objects.create(code=code, version=1, definition=definition)


@pytest.fixture
def misfiled(town):
    """A complaint about noise that was taken in as a pothole, with two answers."""
    town.pothole.questions = form("pothole", "when", "depth")
    town.pothole.save()
    town.noise.questions = form("noise", "when", "kind_of_noise")
    town.noise.save()
    matter = Matter(town.pothole, answers={"when": "Last night", "depth": "10 cm"}, form_version=town.pothole.questions)
    contact = Contact(name="Elena Rivera", email="elena.rivera@example.org")
    case = take_in(
        matter, by=town.rita, channel="phone", contact=contact, received_at=timezone.now() - timedelta(hours=1)
    )
    case.take(by=town.ada)
    return case


def test_it_becomes_another_kind_in_another_department_under_the_same_reference(town, misfiled):
    reference, received_at = misfiled.reference, misfiled.received_at

    misfiled.refile(by=town.ada, service=town.noise)

    misfiled.refresh_from_db()
    assert (misfiled.reference, misfiled.received_at) == (reference, received_at)
    assert (misfiled.kind, misfiled.service, misfiled.department) == (Kind.BYLAW_COMPLAINT, town.noise, town.bylaw)
    assert misfiled.assignee is None
    event = town.events(misfiled).get(name="case.refiled")
    assert event.details == {"refiling": misfiled.refilings.get().pk, "before": "pothole", "service": "noise"}


def test_what_fits_stays_an_answer_and_everything_else_is_kept_and_shown(as_member, town, misfiled):
    misfiled.refile(by=town.ada, service=town.noise)

    misfiled.refresh_from_db()
    assert misfiled.answers == {"when": "Last night"}
    assert misfiled.refilings.get().answers == {"when": "Last night", "depth": "10 cm"}
    page = as_member("rita").get(misfiled.get_absolute_url()).content.decode()
    assert "What was answered as “Pothole”" in page
    assert "10 cm" in page


def test_promises_are_made_anew_from_the_original_reception(town, misfiled):
    Standard.objects.create(
        code="noise-answer",
        name={"en": "n", "fr": "n"},
        promise="answer",
        service=town.noise,
        amount=5,
        unit="business_days",
    )

    misfiled.refile(by=town.ada, service=town.noise)

    clock = misfiled.clocks.get(promise="answer", ended_at=None)
    assert (clock.amount, clock.started_at) == (5, misfiled.received_at)


def test_the_customer_is_told_when_it_matters(town, misfiled):
    misfiled.refile(by=town.ada, service=town.noise, words="By-law looks at it now.")

    assert misfiled.messages.get().text == "By-law looks at it now."


def test_no_words_no_message(town, misfiled):
    misfiled.refile(by=town.ada, service=town.noise, words="  ")

    assert not misfiled.messages.exists()


def test_what_cannot_be_refiled_is_refused(town, misfiled):
    formal = town.service("formal", "Formal complaint", Kind.FORMAL_COMPLAINT, town.front)
    with pytest.raises(NotPossible, match="already"):
        misfiled.refile(by=town.ada, service=town.pothole)
    with pytest.raises(NotPossible, match="Nothing can be filed anew"):
        misfiled.refile(by=town.ada, service=formal)
    misfiled.close(by=town.ada, outcome="done", words="Done.")
    with pytest.raises(NotPossible, match="closed"):
        misfiled.refile(by=town.ada, service=town.noise)

    assert not misfiled.refilings.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 302), ("dana", 403), ("ines", 404)],
)
def test_who_may_refile(as_member, town, misfiled, who, status):
    response = as_member(who).post(f"/desk/cases/{misfiled.reference}/refile/", {"service": "question"})

    assert response.status_code == status


def test_a_service_that_is_not_there_comes_back_with_the_words(as_member, town, misfiled):
    response = as_member("ada").post(
        f"/desk/cases/{misfiled.reference}/refile/", {"service": "nothing", "words": "By-law looks at it."}
    )

    assert response.status_code == 200
    assert "By-law looks at it." in response.content.decode()


def test_refiling_by_the_interface(call, town, misfiled):
    address = f"cases/{misfiled.reference}/refile"

    assert call("ada", address, service="nothing").status_code == 409
    assert call("ada", address, service="noise").status_code == 200
    assert misfiled.refilings.get().by == town.ada


def test_it_goes_where_the_rules_send_such_a_matter_and_says_why(as_member, town, misfiled):
    rule = {"code": "noise", "when": [{"about": "service", "is": ["noise"]}], "to": {"department": "front"}}
    RuleSet.objects.put_in_force([rule], by=town.system)

    misfiled.refile(by=town.ada, service=town.noise)

    misfiled.refresh_from_db()
    assert misfiled.department == town.front
    assert misfiled.route["rule"] == "noise"
    page = as_member("rita").get(misfiled.get_absolute_url()).content.decode()
    assert "Went to Service Testville because the service is “Noise”." in page


def test_who_has_it_keeps_it_when_the_rules_leave_it_in_their_department(town, misfiled):
    town.noise.department = town.roads
    town.noise.save()

    misfiled.refile(by=town.ada, service=town.noise)

    misfiled.refresh_from_db()
    assert (misfiled.department, misfiled.assignee) == (town.roads, town.ada)
