"""The half of a key outside the database: what was destroyed stays destroyed when an old backup comes back."""

import stat
from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command

from townline.core.refusals import NotPossible
from townline.vault import apart, door, grounds
from townline.vault.models import Safe
from townline.vault.schedule import destroy_what_was_left


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAULT_SHARES, settings.VAR = tmp_path / "shares", tmp_path
    return tmp_path


@pytest.fixture
def full(town, safe):
    door.put(safe, "name", "Quenby Zzyzx", by=town.rita)
    door.put_file(safe, "evidence", "photo.jpg", b"bytes of a photo", by=town.rita)
    return safe


@pytest.fixture
def backup(full, folders):
    """The vault's rows and files as a backup has them, and how they are put back."""
    rows = StringIO()
    call_command("dumpdata", "vault", stdout=rows)
    files = {path: path.read_bytes() for path in (folders / "vault").iterdir()}
    dump = folders / "backup.json"
    dump.write_text(rows.getvalue())

    def restore():
        call_command("loaddata", dump, verbosity=0)
        for path, content in files.items():
            path.write_bytes(content)

    return restore


def test_a_backup_that_comes_back_opens_as_before(town, full, backup):
    backup()

    assert door.latest(door.reveal(full, by=town.lea, purpose="investigate")) == {"name": "Quenby Zzyzx"}


def test_what_was_destroyed_is_unreadable_in_an_earlier_backup_that_comes_back(
    town, full, backup, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        door.shred(full, by=town.system)
    backup()

    restored = Safe.objects.get(pk=full.pk)
    assert restored.shredded_at is None
    assert len(bytes(restored.wrapped_key)) > 32
    with pytest.raises(NotPossible, match="destroyed"):
        door.reveal(restored, by=town.lea, purpose="investigate")
    with pytest.raises(NotPossible, match="destroyed"):
        door.reveal_files(restored, by=town.lea, purpose="investigate")
    assert next(iter(door.faults_of_files())) == f"{restored.name}, half of a key, is missing"


def test_a_destruction_that_was_rolled_back_destroys_nothing(town, full, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        door.shred(full, by=town.system)

    assert apart.read(full.name) is not None


def test_what_was_left_when_the_machine_went_down_is_destroyed_later(town, full):
    door.shred(full, by=town.system)
    destroy_what_was_left.call()
    destroy_what_was_left.call()

    assert apart.read(full.name) is None


def test_a_half_is_its_owner_s_only_and_of_no_use_alone(full, folders):
    path = folders / "shares" / full.name

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_bytes()) == 32
    assert path.read_bytes() not in bytes(full.wrapped_key)


@pytest.mark.parametrize("content", [b"", b"short", bytes(32)])
def test_a_half_that_is_not_whole_is_none(full, folders, content):
    (folders / "shares" / full.name).write_bytes(content)

    assert apart.read(full.name) is None


def test_another_half_does_not_open_it(town, full, folders):
    (folders / "shares" / full.name).write_bytes(b"x" * 32)

    with pytest.raises(NotPossible, match="not what was sealed"):
        door.reveal(full, by=town.lea, purpose="investigate")


def test_a_missing_half_is_named_and_a_missing_folder_stops_the_start(full, folders):
    (folders / "shares" / full.name).unlink()
    with pytest.raises(CommandError, match="1 sealed files"):
        call_command("vault", "verify", stderr=StringIO())

    (folders / "shares").rename(folders / "gone")

    found = [one.id for one in run_checks(tags=[Tags.database], databases=["default"]) if one.is_serious()]
    assert found == ["townline.E012"]


def test_keys_are_changed_without_losing_the_half(town, full, settings, tmp_path, monkeypatch):
    monkeypatch.setitem(grounds._keepers, "test", lambda safe, user, purpose: "assignment")
    from townline.vault import keys

    old = keys.keyring()
    settings.VAULT_KEY = keys.written([keys.new_key(), old.current])
    list(door.wrap_anew(by=town.system))
    settings.VAULT_KEY = keys.written(keys.read(settings.VAULT_KEY)[:1])

    assert door.latest(door.reveal(full, by=town.lea, purpose="investigate")) == {"name": "Quenby Zzyzx"}


def test_what_was_sealed_before_there_were_halves_opens_still(town, safe):
    older = door.make_safe("test")
    key = door._key_of(older)
    Safe.objects.filter(pk=older.pk).update(is_apart=False)
    older.refresh_from_db()
    door._wrap(older, key, door.keyring())
    older.save()
    apart.destroy(older.name)

    door.put(older, "name", "Quenby", by=town.rita)

    assert door.latest(door.reveal(older, by=town.lea, purpose="investigate")) == {"name": "Quenby"}
