"""From the intake to the lowest level above everybody it is about; the intake loses it."""

import pytest

from townline.cases.models import CaseAccess
from townline.complaints.models import Complaint, Stage
from townline.core.access import may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.vault import door


def test_it_goes_to_the_lowest_level_above_the_one_it_is_about(investigated, line):
    assert investigated.stage == Stage.INVESTIGATION
    assert investigated.level == 1
    assert investigated.active.user == line["supervisor"]


def test_the_intake_cannot_open_or_find_it_any_more(investigated, line):
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["intake"], purpose="intake")
    assert not visible(line["intake"], Complaint.objects.all()).exists()
    assert not CaseAccess.objects.filter(user=line["intake"], until=None).exists()


def test_about_the_supervisor_it_goes_to_the_manager(complaint, line):
    complaint.send_on(by=line["intake"], subjects=[line["supervisor"]])

    assert complaint.active.user == line["manager"]
    assert complaint.level == 2


def test_about_two_people_it_goes_above_both(town, complaint, line):
    complaint.send_on(by=line["intake"], subjects=[town.ada, line["director"]])

    assert complaint.active.user == line["deputy"]
    assert complaint.level == 4


def test_about_the_head_nobody_inside_judges_and_the_way_leads_outside(complaint, line):
    complaint.send_on(by=line["intake"], subjects=[line["cao"]])

    assert complaint.stage == Stage.OUTSIDE
    assert complaint.level == 6
    assert complaint.active is None
    assert complaint.case.is_closed


@pytest.mark.parametrize("who", ["officer", "supervisor", "manager", "director", "deputy", "cao", "overseer"])
def test_only_the_intake_sends_it_on(complaint, line, who):
    assert not may(line[who], "send_on", complaint)


def test_a_complaint_about_staff_says_about_whom_or_at_least_about_what(complaint, line):
    with pytest.raises(NotPossible, match="Name the staff"):
        complaint.send_on(by=line["intake"])


def test_whoever_it_is_about_and_whoever_reports_to_them_finds_nothing(complaint, line, town):
    complaint.send_on(by=line["intake"], subjects=[line["manager"]])
    role = line["overseer"].roles.get()
    kept_out = [line["manager"], line["supervisor"], town.ada]
    for user in [*kept_out, line["director"]]:
        user.roles.add(role)
        user.__dict__.pop("_grants", None)

    assert [visible(user, Complaint.objects.all()).exists() for user in kept_out] == [False, False, False]
    assert visible(line["director"], Complaint.objects.all()).exists()
