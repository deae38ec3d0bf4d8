"""Opening a safe: on a ground, with an event first, or not at all."""

import os
import time

import pytest
from django.db import connection, transaction

from townline.core.refusals import NotAllowed, NotPossible
from townline.timeline.models import Event
from townline.vault import cipher, door, schedule
from townline.vault.models import Safe, Secret

STORY = "Zzyzx said that the counter was “closed” à 16 h"


def test_what_was_sealed_in_comes_out_as_it_was(town, safe):
    door.put(safe, "narrative", STORY, by=town.rita)
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    opened = door.reveal(safe, by=town.lea, purpose="investigate")

    assert door.latest(opened) == {"narrative": STORY, "name": "Quenby Zzyzx"}
    assert opened[0].by_id == town.rita.pk


def test_only_the_fields_that_are_asked_for_are_opened(town, safe):
    door.put(safe, "narrative", STORY, by=town.rita)
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    assert door.latest(door.reveal(safe, by=town.lea, purpose="investigate", fields=["name"])) == {
        "name": "Quenby Zzyzx"
    }


def test_a_later_text_goes_before_an_earlier_one_which_stays(town, safe):
    door.put(safe, "name", "Quenby Zzyx", by=town.rita)
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    opened = door.reveal(safe, by=town.lea, purpose="investigate")

    assert door.latest(opened) == {"name": "Quenby Zzyzx"}
    assert [one.text for one in opened] == ["Quenby Zzyx", "Quenby Zzyzx"]


def test_each_opening_leaves_an_event_on_the_case_without_a_word_of_the_content(town, safe):
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    door.reveal(safe, by=town.lea, purpose="investigate", fields=["name"])

    event = Event.objects.get(name="safe.revealed")
    assert event.by == town.lea
    assert event.case_id == safe.case_id
    assert event.details == {"purpose": "investigate", "ground": "assignment", "fields": ["name"]}


@pytest.mark.parametrize(("who", "purpose"), [("ada", "investigate"), ("ines", "investigate"), ("lea", "curiosity")])
def test_without_a_ground_nothing_is_opened_and_the_refusal_is_written_down(town, safe, who, purpose):
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    with pytest.raises(NotAllowed):
        door.reveal(safe, by=getattr(town, who), purpose=purpose)

    assert not Event.objects.filter(name="safe.revealed").exists()
    assert Event.objects.get(name="safe.refused").by == getattr(town, who)


def test_a_superuser_s_flag_opens_nothing(town, safe):
    town.ines.is_staff = True
    town.ines.save()
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    with pytest.raises(NotAllowed):
        door.reveal(safe, by=town.ines, purpose="investigate")


def test_when_the_event_cannot_be_written_nothing_is_opened(town, safe, monkeypatch):
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)

    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(Event.objects, "create", full)
    with pytest.raises(OSError, match="disk"), transaction.atomic():
        door.reveal(safe, by=town.lea, purpose="investigate")


def test_the_database_holds_no_readable_word(town, safe):
    door.put(safe, "narrative", STORY, by=town.rita)
    with connection.cursor() as cursor, door.within(safe.pk):
        cursor.execute("SELECT sealed FROM vault_secret")
        ((sealed,),) = cursor.fetchall()

    assert b"Zzyzx" not in bytes(sealed)
    assert STORY.encode() not in bytes(safe.wrapped_key)


def test_a_text_moved_to_another_field_or_safe_does_not_open(town, safe):
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)
    with door.within(safe.pk):
        Secret.objects.filter(safe=safe).update(field="narrative")

    with pytest.raises(cipher.NotIntact):
        door.reveal(safe, by=town.lea, purpose="investigate")


def test_what_was_destroyed_is_read_by_nobody_and_leaves_its_skeleton(
    town, safe, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.VAR = tmp_path
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)
    door.put_file(safe, "evidence", "photo.jpg", b"bytes", by=town.rita)
    door.leave_trace(safe, "email", "quenby@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        door.shred(safe, by=town.system)

    with pytest.raises(NotAllowed):
        door.reveal(safe, by=town.lea, purpose="investigate")
    with pytest.raises(NotPossible, match="destroyed"):
        door.put(safe, "name", "again", by=town.rita)
    assert bytes(Safe.objects.get(pk=safe.pk).wrapped_key) == b""
    assert list((tmp_path / "vault").iterdir()) == []
    assert not door.traced("email", ["quenby@example.org"]).exists()
    assert Event.objects.filter(name="safe.shredded", subject_id=safe.pk).exists()


def test_a_destruction_that_is_taken_back_loses_nothing(town, safe, settings, tmp_path):
    settings.VAR = tmp_path
    name = door.put_file(safe, "evidence", "photo.jpg", b"bytes", by=town.rita)

    def destroyed_and_taken_back():
        with transaction.atomic():
            door.shred(safe, by=town.system)
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        destroyed_and_taken_back()

    (opened,) = door.reveal_files(safe, by=town.lea, purpose="investigate", names=[name])
    assert opened.content == b"bytes"


def test_a_file_whose_filing_was_taken_back_is_swept_a_day_later_and_no_other(town, safe, settings, tmp_path):
    settings.VAR = tmp_path
    kept = door.put_file(safe, "evidence", "kept.jpg", b"kept", by=town.rita)
    with transaction.atomic():
        left = door.put_file(safe, "evidence", "left.jpg", b"left", by=town.rita)
        transaction.set_rollback(True)
    half = tmp_path / "vault" / "half.part"
    half.write_bytes(b"ha")
    on_its_way = tmp_path / "vault" / "on-its-way"
    on_its_way.write_bytes(b"sealed")
    a_day_ago = time.time() - 24 * 3600
    os.utime(half, (a_day_ago, a_day_ago))
    os.utime(tmp_path / "vault" / kept, (a_day_ago, a_day_ago))
    os.utime(tmp_path / "vault" / left, (a_day_ago, a_day_ago))

    schedule.sweep_files.call()

    assert {one.name for one in (tmp_path / "vault").iterdir()} == {kept, "on-its-way"}
    assert list(door.faults_of_files()) == []


def test_a_file_comes_out_as_it_went_in_and_lies_sealed_on_the_disk(town, safe, settings, tmp_path):
    settings.VAR = tmp_path
    name = door.put_file(safe, "evidence", "Quenby’s photo.jpg", b"\xff\xd8 picture", by=town.rita)

    (opened,) = door.reveal_files(safe, by=town.lea, purpose="investigate", names=[name])

    assert (opened.title, opened.content) == ("Quenby’s photo.jpg", b"\xff\xd8 picture")
    assert b"picture" not in (tmp_path / "vault" / name).read_bytes()


def test_a_file_that_is_gone_or_changed_is_named(town, safe, settings, tmp_path):
    settings.VAR = tmp_path
    gone = door.put_file(safe, "evidence", "a.jpg", b"a", by=town.rita)
    changed = door.put_file(safe, "evidence", "b.jpg", b"b", by=town.rita)
    assert list(door.faults_of_files()) == []

    (tmp_path / "vault" / gone).unlink()
    (tmp_path / "vault" / changed).write_bytes(b"something else")

    assert list(door.faults_of_files()) == [f"{gone} is missing", f"{changed} is not what was sealed"]


def test_its_owner_finds_a_safe_by_an_exact_value_that_is_kept_nowhere(town, safe):
    door.leave_trace(safe, "email", "quenby@example.org")
    door.leave_trace(safe, "email", "quenby@example.org")

    assert list(door.traced("email", ["somebody@example.org", "quenby@example.org"])) == [safe]
    assert not door.traced("email", ["Quenby@example.org", ""]).exists()
    assert not door.traced("phone", ["quenby@example.org"]).exists()
