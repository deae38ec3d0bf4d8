"""Telling people: that there is news, never what it is, and to nobody it is about."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from townline.complaints.models import Complaint, Offer
from townline.complaints.schedule import destroy_old_drafts, offer_what_ran_out
from townline.complaints.testing import TYPED
from townline.core.access import may, visible
from townline.core.refusals import NotAllowed
from townline.timeline.models import Event


@pytest.fixture
def sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return lambda: outbox.outbox


def to(address, sent):
    return [one for one in sent() if one.to == [address]]


def test_the_complainant_is_told_that_there_is_news_and_not_what(investigated, line, sent, work):
    investigated.ask(by=line["supervisor"], words="zzquestion")
    work()

    mails = to(TYPED["email"], sent)
    assert mails
    assert investigated.case.reference in mails[0].subject
    assert "plain" not in " ".join(one.subject + one.body for one in mails).lower()
    assert "zzquestion" not in " ".join(one.body for one in mails)


def test_the_same_news_is_told_once(investigated, sent, work):
    work()
    count = len(to(TYPED["email"], sent))
    from townline.complaints.news import tell_complainant

    event = Event.objects.filter(name="complaint.filed").get()
    tell_complainant.enqueue(complaint_id=investigated.pk, event_id=event.pk)
    work()

    assert len(to(TYPED["email"], sent)) == count


def test_whoever_has_it_now_is_told_and_nobody_it_is_about(town, investigated, line, sent, work):
    work()

    assert to(line["supervisor"].email, sent)
    assert not to(town.ada.email, sent)


def test_an_emergency_is_told_to_who_has_it_and_to_foi(town, investigated, line, procedure, sent, work):
    from townline.accounts.models import Position

    line["foi"].position = Position.objects.create(code="foi", title={"en": "FOI"}, department=town.front)
    line["foi"].save()
    procedure.foi = line["foi"].position
    procedure.save()
    investigated.open_in_emergency(by=line["overseer"], reason="safety", words="zzwhy")
    work()

    about = [one for one in sent() if "emergency" in one.subject]
    assert sorted(one.to[0] for one in about) == sorted(
        [line["foi"].email, line["supervisor"].email, line["manager"].email]
    )
    assert "zzwhy" not in about[0].body


def test_when_a_promise_ran_out_the_next_level_is_told_and_may_take_it(investigated, line, sent, work, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=30))
    offer_what_ran_out.func()
    offer_what_ran_out.func()
    work()

    assert Offer.objects.get().user == line["manager"]
    assert len([one for one in to(line["manager"].email, sent) if "take it over" in one.subject]) == 1
    assert list(visible(line["manager"], Complaint.objects.all())) == [investigated]
    investigated.take_over(by=line["manager"])
    assert investigated.active.user == line["manager"]
    assert not visible(line["supervisor"], Complaint.objects.all()).exists()


def test_nobody_else_takes_it_over(investigated, line):
    assert not may(line["director"], "take_over", investigated)
    with pytest.raises(NotAllowed):
        investigated.take_over(by=line["director"])


def test_a_draft_that_was_never_sent_is_destroyed_after_thirty_days(town, procedure, time_machine):
    from townline.complaints.filing import begin_draft, keep_typed
    from townline.complaints.models import ComplaintDraft

    draft = begin_draft("a browser", "en")
    keep_typed(draft, TYPED, "what")
    time_machine.move_to(timezone.now() + timedelta(days=31))
    destroy_old_drafts.func()

    draft.safe.refresh_from_db()
    assert draft.safe.shredded_at
    assert not ComplaintDraft.objects.exists()
