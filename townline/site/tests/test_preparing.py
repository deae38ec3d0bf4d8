import pytest
from django.core.management import CommandError

from townline.site import preparing
from townline.timeline.triggers import writable


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def test_static_files_are_collected_once_and_again_when_one_has_changed(settings, var):
    source = var / "source"
    source.mkdir()
    (source / "a.txt").write_text("one")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    preparing.collect_static_files()
    (var / "static/a.txt").write_text("not collected again")
    preparing.collect_static_files()
    untouched = (var / "static/a.txt").read_text()
    (source / "a.txt").write_text("two, changed")
    preparing.collect_static_files()

    assert untouched == "not collected again"
    assert (var / "static/a.txt").read_text() == "two, changed"


@pytest.mark.django_db
def test_no_changes_to_the_tables_are_waiting_in_a_new_database():
    assert preparing.pending_migrations() == 0


@pytest.mark.django_db
def test_a_database_whose_events_could_be_changed_is_not_served():
    preparing.require_guarded_database()

    with writable(), pytest.raises(CommandError, match=r"append-only are missing .* Run: townline migrate"):
        preparing.require_guarded_database()
