"""The packs that come with Townline."""

from pathlib import Path

import pytest

from townline.packs.apply import apply
from townline.packs.export import export
from townline.packs.plan import plan
from townline.packs.reading import find, read

TOWNS = sorted(path.parent.name for path in Path(__file__).parents[3].glob("towns/*/municipality.yaml"))
AT_LEAST = {"clarington": 40, "amherstburg": 20}


def test_the_first_two_towns_are_there():
    assert set(AT_LEAST) <= set(TOWNS)


@pytest.mark.parametrize("name", TOWNS)
def test_a_pack_of_ours_is_right(name):
    assert read(find(name)).municipality.code == name


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_a_pack_of_ours_has_enough_services(name, least):
    assert len(read(find(name)).entries["services"]) >= least


@pytest.mark.parametrize("name", TOWNS)
def test_a_pack_of_ours_comes_out_as_it_went_in(name, system, tmp_path):
    apply(read(find(name)), by=system)
    export(tmp_path)

    assert plan(read(find(name))).is_empty
    assert list(plan(read(tmp_path)).lines()) == ["Nothing to change."]
