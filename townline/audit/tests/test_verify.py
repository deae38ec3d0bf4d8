"""The proof: whatever is altered, taken away or put in is named, also when the chain itself is made anew."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.accounts.models import User
from townline.audit import sealing, verifying
from townline.audit.chain import canonical
from townline.audit.models import Checkpoint, Link
from townline.audit.reading import links
from townline.audit.schedule import seal_events, sign_the_day
from townline.timeline.models import Event
from townline.timeline.triggers import writable

LONG_AGO = timedelta(days=2)


@pytest.fixture
def key(settings, tmp_path):
    settings.AUDIT_KEY_FILE = tmp_path / "audit-key"
    sealing.make_key(settings.AUDIT_KEY_FILE)


def happen(count, **more):
    by, at = User.objects.system(), timezone.now() - LONG_AGO
    fields = {"name": "case.noted", "by": by, "subject_kind": "case", "subject_id": 1, "at": at, **more}
    return [Event.objects.create(details={"note": number, "é": "à"}, **fields) for number in range(count)]


@pytest.fixture
def sealed(db):
    events = happen(7)
    sealing.seal()
    return events


def tamper(statement, *values):
    """As somebody would who owns the database."""
    with writable(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_was_sealed_and_left_alone_has_no_fault(sealed):
    assert list(verifying.faults()) == []
    assert verifying.count() >= 7


def test_sealing_again_adds_only_what_is_new(sealed):
    before = verifying.count()
    happen(2)

    assert sealing.seal() == 2
    assert sealing.seal() == 0
    assert verifying.count() == before + 2
    assert list(verifying.faults()) == []


def test_sealing_is_no_part_of_what_a_verb_asks(town, django_capture_on_commit_callbacks):
    case = town.case("Broken street lamp")

    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        case.take(by=town.ada)

    assert any("timeline_event" in one["sql"] for one in asked.captured_queries)
    assert not any("audit_link" in one["sql"] for one in asked.captured_queries)


def test_two_sealers_at_once_make_one_chain(sealed):
    happen(3)
    last = Link.objects.order_by("-pk").values_list("pk", flat=True)[0]

    assert sealing._write_links(last - 1, [Link(id=last, event_id=10**9, hash="x" * 64)]) == 0
    assert sealing._write_links(last, [Link(id=last + 1, event_id=sealed[0].pk, hash="x" * 64)]) == 0
    assert sealing.seal() == 3
    assert list(verifying.faults()) == []


def test_a_changed_event_is_named(sealed):
    tamper("UPDATE timeline_event SET subject_id = 2 WHERE id = %s", sealed[3].pk)

    assert next(iter(verifying.faults())).startswith(f"Event {sealed[3].pk}, sealed at place")


@pytest.mark.parametrize("column", ["name", "at", "happened_at", "case_id", "subject_kind"])
def test_nothing_an_event_says_can_be_changed_unseen(sealed, column):
    value = "'2020-01-01 00:00:00+00:00'" if column.endswith("at") else ("9" if column == "case_id" else "'x'")
    tamper(f"UPDATE timeline_event SET {column} = {value} WHERE id = %s", sealed[2].pk)

    assert "is not what was sealed" in next(iter(verifying.faults()))


def test_an_event_that_was_taken_away_is_named(sealed):
    tamper("DELETE FROM timeline_event WHERE id = %s", sealed[4].pk)

    assert list(verifying.faults()) == [
        f"Event {sealed[4].pk}, sealed at place {Link.objects.get(event_id=sealed[4].pk).pk}, is missing."
    ]


def test_an_event_that_was_put_in_under_an_old_moment_is_named(sealed):
    put_in = happen(1)[0]

    assert list(verifying.faults()) == [f"Event {put_in.pk} (case.noted) was never sealed."]


def test_events_that_changed_places_are_named(sealed):
    first, second = (Link.objects.get(event_id=sealed[number].pk) for number in (2, 5))
    spare = 10**9
    for pk, event in ((first.pk, spare), (second.pk, first.event_id), (first.pk, second.event_id)):
        tamper("UPDATE audit_link SET event_id = %s WHERE id = %s", event, pk)

    assert list(verifying.faults()) == [
        f"Event {event}, sealed at place {place}, is not what was sealed."
        for event, place in ((second.event_id, first.pk), (first.event_id, second.pk))
    ]


def test_two_events_that_swapped_what_they_say_are_named(sealed):
    tamper("UPDATE timeline_event SET details = %s WHERE id = %s", '{"note": 4, "é": "à"}', sealed[3].pk)
    tamper("UPDATE timeline_event SET details = %s WHERE id = %s", '{"note": 3, "é": "à"}', sealed[4].pk)

    assert [fault.split(",")[0] for fault in verifying.faults()] == [f"Event {sealed[n].pk}" for n in (3, 4)]


DETAILS = [
    {}, {"b": 1, "a": [1, 2.5, None, True], "é": "à “x” \\ \n"},
    {"until": "2026-11-25T04:00:00+00:00", "n": {"z": 0, "y": -1}},
    {"1": 1, "10": 2, "2": 3, "emoji": "🙂", "big": 12345678901234567890},
]  # fmt: skip


@pytest.mark.parametrize("details", DETAILS)
@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_what_is_read_in_a_hurry_is_what_the_chain_says_of_the_event(db, details, microsecond):
    at = timezone.now().replace(microsecond=microsecond) - LONG_AGO
    happen(1, at=at, happened_at=at, case_id=None if microsecond else 7)
    event = Event.objects.order_by("-pk")[0]
    with writable():
        Event.objects.filter(pk=event.pk).update(details=details)
    sealing.seal()

    last = list(links())[-1]

    assert last.said == canonical(Event.objects.get(pk=event.pk))
    assert list(verifying.faults()) == []


def test_a_link_that_was_taken_away_is_a_gap(sealed):
    link = Link.objects.get(event_id=sealed[1].pk)
    tamper("DELETE FROM audit_link WHERE id = %s", link.pk)

    assert f"The chain has a gap: its places {link.pk} to {link.pk} are missing." in list(verifying.faults())


def test_a_chain_made_anew_is_not_the_one_that_was_signed(sealed, key):
    sealing.checkpoint(timezone.localdate())
    tamper("UPDATE timeline_event SET subject_id = 2 WHERE id = %s", sealed[0].pk)
    tamper("DELETE FROM audit_link")
    sealing.seal()

    assert [fault for fault in verifying.faults() if "signed on" in fault]


def test_a_checkpoint_signed_by_somebody_else_is_not_the_one_the_witness_has(sealed, key, settings, tmp_path):
    settings.WITNESS_FOLDER = str(tmp_path / "witness")
    sealing.bear_witness(sealing.checkpoint(timezone.localdate()))
    tamper("DELETE FROM audit_checkpoint")
    settings.AUDIT_KEY_FILE = tmp_path / "another-key"
    sealing.make_key(settings.AUDIT_KEY_FILE)
    sealing.checkpoint(timezone.localdate())

    assert list(verifying.faults()) == []
    assert "not the one that the witness has" in next(iter(verifying.faults(tmp_path / "witness")))


def test_a_forged_signature_is_seen(sealed, key):
    sealing.checkpoint(timezone.localdate())
    tamper("UPDATE audit_checkpoint SET signature = %s", "00" * 64)

    assert "not signed by the key" in next(iter(verifying.faults()))


def test_the_database_refuses_to_change_the_proof(sealed, key):
    sealing.checkpoint(timezone.localdate())
    for statement in ("UPDATE audit_link SET hash = 'x'", "DELETE FROM audit_link", "DELETE FROM audit_checkpoint"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_event_that_appears_late_under_a_lower_number_is_sealed_later_in_the_chain(sealed):
    number = sealed[0].pk + 1000
    by = User.objects.system()
    Event.objects.create(pk=number, name="case.noted", by=by, subject_kind="case", subject_id=1)
    sealing.seal()
    Event.objects.create(pk=number - 1, name="case.noted", by=by, subject_kind="case", subject_id=1)
    sealing.seal()

    places = dict(Link.objects.filter(event_id__in=[number, number - 1]).values_list("event_id", "pk"))
    assert places[number] < places[number - 1]
    assert list(verifying.faults()) == []


def test_a_day_is_signed_once(sealed, key):
    assert sealing.checkpoint(timezone.localdate()) == sealing.checkpoint(timezone.localdate())
    assert Checkpoint.objects.count() == 1


def test_the_worker_seals_signs_and_brings_it_to_the_witness(sealed, key, settings, tmp_path, work):
    settings.WITNESS_FOLDER = str(tmp_path / "witness")
    seal_events.func()
    sign_the_day.func()
    work()

    (kept,) = (tmp_path / "witness").iterdir()
    assert kept.read_text().strip() == Checkpoint.objects.get().line


def test_the_command_names_the_first_and_fails(sealed, capsys):
    call_command("audit", "verify")
    tamper("UPDATE timeline_event SET subject_id = 2 WHERE id IN (%s, %s)", sealed[5].pk, sealed[2].pk)

    with pytest.raises(CommandError, match="2 faults"):
        call_command("audit", "verify")
    assert capsys.readouterr().err.startswith(f"Event {sealed[2].pk}")


def test_without_its_key_nothing_is_signed_and_a_sentence_says_so(sealed, settings, tmp_path):
    from django.core.exceptions import ImproperlyConfigured

    settings.AUDIT_KEY_FILE = tmp_path / "none"

    with pytest.raises(ImproperlyConfigured, match="townline setup"):
        sealing.checkpoint(timezone.localdate())
