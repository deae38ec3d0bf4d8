"""A member of Council is answered: they alone, in time, and without who the constituent is unless they agreed."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from townline.cases.models import Case, Clock, Outcome
from townline.core.refusals import NotPossible
from townline.council.tests.doings import inquiry
from townline.timeline.models import Event


def test_the_reply_goes_to_the_member_and_to_nobody_else(town, work):
    case = town.case("Main Street 5")
    made = inquiry(town, case)
    work()
    outbox.outbox.clear()

    made.answer(by=town.ada, text="It is mended on Friday.")
    work()

    assert [one.to for one in outbox.outbox] == [["ward-1@council.example"]]
    assert "It is mended on Friday." in outbox.outbox[0].body
    assert case.reference in outbox.outbox[0].subject


def test_with_the_whole_answer_the_promise_is_kept(town):
    made = inquiry(town)

    made.answer(by=town.ada, text="On Friday.")

    assert made.case.clocks.get(step=made.step).ending == Clock.Ending.KEPT
    assert Event.objects.filter(name="inquiry.answered", case_id=made.case_id).count() == 1


def test_with_a_first_word_it_still_runs(town):
    made = inquiry(town)

    made.answer(by=town.ada, text="We are looking into it.", is_final=False)

    assert made.case.clocks.get(step=made.step).is_running
    made.refresh_from_db()
    assert made.answered_at is None


@pytest.mark.parametrize(
    "text", ["Mrs. Lopez was told.", "We called 905 555 0177.", "See maria@example.org, please."],
    ids=["name", "number", "address"],
)  # fmt: skip
def test_words_that_name_a_constituent_who_did_not_agree_are_refused(town, text):
    made = inquiry(town)

    with pytest.raises(NotPossible, match="have not agreed"):
        made.answer(by=town.ada, text=text)

    assert not made.replies.exists()


def test_once_they_agreed_they_may_be_named(town):
    made = inquiry(town)
    made.note_consent(by=town.rita, consent="given", on=timezone.localdate(), way="phone")

    made.answer(by=town.ada, text="Mrs. Lopez was told.")

    assert made.replies.count() == 1
    assert Event.objects.get(name="inquiry.consented").details["consent"] == "given"


def test_a_consent_of_tomorrow_is_refused(town):
    made = inquiry(town)

    with pytest.raises(NotPossible, match="in the future"):
        made.note_consent(by=town.rita, consent="given", on=timezone.localdate() + timedelta(days=1), way="phone")


def test_the_same_holds_for_a_message_on_the_case_whose_customer_is_the_member(town):
    made = inquiry(town)
    made.case.take(by=town.ada)

    with pytest.raises(NotPossible, match="have not agreed"):
        made.case.message(by=town.ada, text="Mrs. Lopez was told.")


def test_the_customer_of_a_known_case_may_be_called_by_their_name_but_not_before_followers(town):
    case = town.case("Main Street 5", assignee=town.ada)
    inquiry(town, case)

    case.message(by=town.ada, text="Dear Mrs. Lopez, it is mended.")
    with pytest.raises(NotPossible, match="have not agreed"):
        case.message(by=town.ada, text="Dear Mrs. Lopez, it is mended.", for_followers=True)


def test_a_message_to_the_member_on_their_own_case_answers_them(town, work):
    made = inquiry(town)
    made.case.take(by=town.ada)

    made.case.message(by=town.ada, text="On Friday.")
    work()

    made.refresh_from_db()
    assert made.answered_at is not None
    assert made.case.clocks.get(step=made.step).ending == Clock.Ending.KEPT


def test_a_message_to_somebody_else_does_not(town, work):
    case = town.case("Main Street 5", assignee=town.ada)
    made = inquiry(town, case)

    case.message(by=town.ada, text="On Friday.")
    work()

    made.refresh_from_db()
    assert made.answered_at is None
    assert case.clocks.get(step=made.step).is_running


def test_the_end_of_the_case_answers_whoever_asked_and_counts_as_kept(town, work):
    case = town.case("Main Street 5", assignee=town.ada)
    made = inquiry(town, case)

    case.close(by=town.ada, outcome=Outcome.DONE, words="Mended.")
    work()

    made.refresh_from_db()
    assert made.answered_at is not None
    assert case.clocks.get(step=made.step).ending == Clock.Ending.KEPT


def test_of_a_case_that_became_confidential_nothing_more_is_said(town, as_member):
    made = inquiry(town)
    Case.objects.filter(pk=made.case_id).update(is_confidential=True)

    assert as_member("rita").get(f"/desk/council/inquiries/{made.pk}/").status_code == 404
    made.refresh_from_db()
    with pytest.raises(NotPossible, match="Nothing can be said"):
        made.answer(by=town.ada, text="Hello.")


def test_the_page_refuses_with_the_sentence_and_keeps_what_was_typed(as_member, town):
    made = inquiry(town)

    page = as_member("ada").post(
        f"/desk/council/inquiries/{made.pk}/answer/", {"text": "Mrs. Lopez.", "is_final": "on"}
    )

    assert page.status_code == 200
    assert "have not agreed" in page.content.decode()
    assert "Mrs. Lopez." in page.content.decode()
