"""The three commands an administrator types."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from townline.accounts.models import Municipality
from townline.catalogue.models import Service
from townline.packs.tests.conftest import PACK

pytestmark = pytest.mark.django_db


def said(*words: object, **options: object) -> str:
    out = StringIO()
    call_command(*(str(word) for word in words), stdout=out, **options)
    return out.getvalue()


def test_plan_prints_what_would_change_and_changes_nothing():
    printed = said("plan", PACK)

    assert "+ services pothole\n" in printed
    assert printed.strip().endswith("to add, 0 to change, 0 to remove.")
    assert not Municipality.objects.exists()


def test_apply_says_what_was_done_and_the_second_time_that_there_is_nothing():
    assert "added, 0 changed, 0 removed." in said("apply", PACK)
    assert said("apply", PACK) == "Nothing to change.\n"


def test_apply_lists_every_row_when_asked():
    assert "+ roles csr\n" in said("apply", PACK, verbosity=2)


def test_a_wrong_pack_is_refused_with_every_problem_on_its_line(edited):
    edited("roles.yaml", "case.work", "case.wrok")
    folder = edited("municipality.yaml", "prefix: TV", "prefix: x")

    with pytest.raises(CommandError) as refused:
        said("apply", folder)

    first, second, last = str(refused.value).splitlines()
    assert first.startswith("municipality.yaml:6: “x” cannot begin a reference.")
    assert second.startswith("roles.yaml:3: “case.wrok” is not something a role can grant.")
    assert last == "2 problems. Nothing was changed."
    assert not Municipality.objects.exists()


def test_export_writes_the_pack_back(tmp_path):
    said("apply", PACK)

    assert said("export", tmp_path) == f"{len(list(PACK.rglob('*.yaml')))} files in {tmp_path}.\n"
    assert said("plan", tmp_path) == "Nothing to change.\n"


def test_export_says_what_keeps_the_pack_from_being_applied(tmp_path):
    said("apply", PACK)
    Service.objects.filter(code="lamp").update(name={"en": "Lamp"})
    errors = StringIO()

    said("export", tmp_path, stderr=errors)

    assert "services/lamp.yaml:4: The French text is missing." in errors.getvalue()


def test_export_of_nothing_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no municipality here yet"):
        said("export", tmp_path)


def test_an_unknown_pack_is_refused():
    with pytest.raises(CommandError, match="no such pack"):
        said("plan", "nowhere")
