"""A formal complaint in Chromium: the whole way through six levels, and every page of it in every state."""

import hashlib
import io
import json
import zipfile

import pytest

from townline.complaints.models import Stage
from townline.complaints.own import openings_of
from townline.letters.tests.structure import pictures_of
from townline.portal.tests.complaint_way import BEGIN, CHAIRS, PICTURES, Way
from townline.vault import door

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(BEGIN, tick=False)
    return time_machine


@pytest.fixture
def way(town, look, work, clock, findings):
    return Way(town, look, work, clock, findings)


def proved(package):
    """A package in which every hash is right: its data."""
    found = zipfile.ZipFile(io.BytesIO(package))
    for row in json.loads(found.read("manifest.json"))["files"]:
        assert hashlib.sha256(found.read(row["file"])).hexdigest() == row["sha256"]
    return json.loads(found.read("complaint.json"))


def letters_as_pictures(complaint, by):
    """Each letter drawn page by page, and kept for whoever wants to look."""
    for letter in complaint.letters.all():
        pdf = door.reveal_files(complaint.safe, by=by, purpose="own", names=[letter.name])[0].content
        for number, picture in enumerate(pictures_of(pdf), 1):
            picture.save(PICTURES / f"letter-{letter.level}-{letter.what}-{number}.png")
            dark = sum(picture.convert("L").histogram()[:128])
            yield letter.level, letter.what, dark


def test_from_the_portal_through_six_levels_to_the_ombudsman(way):
    way.files("/fr")
    way.later(minutes=5)
    way.is_sent_on()
    for level, who in enumerate(CHAIRS, 1):
        way.later(minutes=20)
        way.is_decided_by(who)
        way.asks_for_more(level)
    assert way.complaint.stage == Stage.OUTSIDE
    own, theirs = way.takes_the_package(), way.is_released()
    drawn = list(letters_as_pictures(way.complaint, way.town.system))

    assert [one["level"] for one in proved(own)["levels"]] == [1, 2, 3, 4, 5]
    assert way.town.ada.name not in json.dumps(proved(own))
    assert proved(theirs)["complaint"]["people"] == [way.town.ada.name]
    assert len(drawn) == 20
    assert min(dark for _level, _what, dark in drawn) > 3000
    assert (
        len([one for one in openings_of(way.complaint) if "décider" in str(one.why) or "decide" in str(one.why)]) == 5
    )
    assert way.faults == []
