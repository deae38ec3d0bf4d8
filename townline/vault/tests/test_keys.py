"""The installation's keys: kept apart, needed at every start, and changed without losing anything."""

import stat

import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from townline.vault import door, keys
from townline.vault.models import Safe


@pytest.fixture
def key_file(settings, tmp_path):
    settings.VAULT_KEY = ""
    settings.VAULT_KEY_FILE = tmp_path / "vault-key"
    return settings.VAULT_KEY_FILE


def errors():
    return [one.id for one in run_checks(tags=[Tags.database], databases=["default"]) if one.is_serious()]


def test_set_up_makes_a_key_that_only_its_owner_reads_and_leaves_one_that_is_there(key_file, monkeypatch):
    monkeypatch.delenv("TOWNLINE_VAULT_KEY", raising=False)
    keys.make_key(key_file)
    first = key_file.read_text()
    keys.make_key(key_file)

    assert key_file.read_text() == first
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert len(keys.keyring().current.secret) == 32


@pytest.mark.django_db
def test_without_a_key_nothing_starts(key_file):
    assert "townline.E010" in errors()
    with pytest.raises(ImproperlyConfigured, match="townline setup"):
        keys.keyring()


def test_with_another_key_than_the_content_was_sealed_with_nothing_starts(safe, key_file):
    keys.keep([keys.new_key()], key_file)

    assert "townline.E011" in errors()


@pytest.mark.parametrize("text", ["nonsense", "a:short", "a:!!!!", ":" + "A" * 44])
def test_a_key_that_cannot_be_one_is_refused_with_a_sentence(text):
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        keys.read(text)


def test_keys_are_written_as_they_are_read():
    made = [keys.new_key(), keys.new_key()]

    assert keys.read(keys.written(made)) == made
    assert keys.read(keys.written(made).replace("\n", ", ")) == made


def test_rotation_wraps_everything_anew_and_loses_nothing(town, key_file, monkeypatch, capsys):
    keys.keep([keys.new_key()], key_file)
    old = keys.keyring().current.name
    from townline.vault import grounds

    monkeypatch.setitem(grounds._keepers, "test", lambda safe, user, purpose: "assignment")
    safes = [door.make_safe("test") for _ in range(3)]
    door.put(safes[1], "name", "Quenby", by=town.rita)

    call_command("vault", "rotate")

    ring = keys.keyring()
    assert ring.names == [ring.current.name, old]
    assert set(Safe.objects.values_list("key_name", flat=True)) == {ring.current.name}
    assert door.latest(door.reveal(safes[1], by=town.lea, purpose="investigate")) == {"name": "Quenby"}


def test_a_rotation_that_was_cut_off_goes_on_with_the_key_it_made(town, key_file):
    keys.keep([keys.new_key()], key_file)
    for _ in range(3):
        door.make_safe("test")
    keys.keep([keys.new_key(), *keys.keyring()._by_name.values()], key_file)
    next(door.wrap_anew(by=town.system))
    made = keys.keyring().names

    call_command("vault", "rotate")

    assert keys.keyring().names == made
    assert set(Safe.objects.values_list("key_name", flat=True)) == {made[0]}
