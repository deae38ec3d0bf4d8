"""Pages climb the roster until somebody acknowledges, each once."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from townline.accounts.models import User
from townline.afterhours.models import Call, Page
from townline.afterhours.paging import send_page, token_of
from townline.afterhours.schedule import climb_the_rosters
from townline.afterhours.tests.doings import call, late, night, rota, unpaged
from townline.conftest import StaffClient
from townline.core.refusals import NotPossible
from townline.jobs.tests.conftest import apart as apart
from townline.timeline.models import Event

CALLS = 30
A_NIGHT = f"""
import django
django.setup()
from django.utils import timezone
from townline.afterhours.models import Call
from townline.afterhours.tests.doings import call
from townline.jobs.models import Job
from townline.site.town import Town
town = Town()
for number in range({CALLS}):
    call(town, place=f"Main Street {{number}}")
Call.objects.update(next_at=timezone.now())
Job.objects.all().delete()
Job.objects.create(task="townline.afterhours.schedule.climb_the_rosters")
"""


def paged(made):
    return [page.user.name for page in made.pages.order_by("number")]


def test_the_page_goes_out_by_e_mail_with_a_link_and_without_the_caller(town, work):
    call(town)
    work()

    sent = [one for one in outbox.outbox if one.to == ["ada@townline.example"]]
    assert len(sent) == 1
    assert "/on-call/" in sent[0].body
    assert "Carl" not in sent[0].body
    assert "0166" not in sent[0].body


def test_after_the_time_of_the_rota_the_next_one_is_paged_and_not_before(town):
    made = call(town)
    now = timezone.now()

    with time_machine.travel(now + timedelta(minutes=14)):
        climb_the_rosters.call()
    assert paged(made) == ["Ada Bell"]

    with time_machine.travel(now + timedelta(minutes=16)):
        climb_the_rosters.call()
        climb_the_rosters.call()
    assert paged(made) == ["Ada Bell", "Ben Okafor"]


def test_two_workers_at_the_same_moment_page_one_person(town):
    made = late(town)
    first, second = Call.objects.get(pk=made.pk), Call.objects.get(pk=made.pk)

    first.climb(by=town.system)
    with pytest.raises(NotPossible, match="still waits"):
        second.climb(by=town.system)

    assert Page.objects.filter(call=made).count() == 2


def test_a_job_that_is_run_again_sends_nothing_again(town, work):
    made = call(town)
    work()
    outbox.outbox.clear()

    send_page.call(page_id=made.pages.get().pk)

    assert outbox.outbox == []


def test_after_the_last_round_everybody_was_paged_in_vain_and_that_is_an_event(town):
    one = rota(town)
    one.rounds = 2
    one.save()
    made = call(town)
    for _again in range(4):
        Call.objects.filter(pk=made.pk, next_at__isnull=False).update(next_at=timezone.now())
        climb_the_rosters.call()

    made.refresh_from_db()
    assert paged(made) == ["Ada Bell", "Ben Okafor", "Ada Bell", "Ben Okafor"]
    assert made.is_unanswered
    assert Event.objects.filter(name="call.unanswered", case_id=made.case_id).count() == 1


def test_where_nobody_is_on_call_it_is_said_at_once(town):
    made = unpaged(town)
    made.rota.shifts.all().delete()

    made.page(by=town.system)

    assert made.is_unanswered
    assert not made.pages.exists()


def test_whoever_acknowledges_ends_it_and_the_time_is_kept(town):
    made = call(town)

    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        made.acknowledge(by=town.ada)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        climb_the_rosters.call()

    assert paged(made) == ["Ada Bell"]
    event = Event.objects.get(name="call.acknowledged")
    assert 239 <= event.details["seconds"] <= 245


def test_a_second_who_acknowledges_is_told_who_has_it(town):
    made = call(town)
    made.acknowledge(by=town.ada)

    with pytest.raises(NotPossible, match="Ada Bell has it already"):
        made.acknowledge(by=town.ben)


def test_opening_the_link_changes_nothing_and_its_button_does(town):
    made = call(town)
    address = f"/on-call/{token_of(made.pages.get())}/"
    somebody = Client()

    first = somebody.get(address).content.decode()
    made.refresh_from_db()
    assert made.acknowledged_at is None
    assert "Carl Caller" not in first
    assert "A deep hole." in first

    after = somebody.post(address, follow=True).content.decode()
    made.refresh_from_db()
    assert made.acknowledged_by == town.ada
    assert "Carl Caller" in after
    assert "905-555-0166" in after


def test_the_link_of_somebody_who_came_too_late_says_who_has_it(town):
    made = call(town)
    address = f"/on-call/{token_of(made.pages.get())}/"
    made.acknowledge(by=town.ben)

    page = Client().post(address).content.decode()

    assert "Ben Okafor has it already" in page
    assert "Carl Caller" not in page


def test_after_a_day_the_link_is_over(town):
    made = call(town)
    address = f"/on-call/{token_of(made.pages.get())}/"

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert Client().get(address).status_code == 410


def test_a_link_that_is_not_ours_is_over_too(town):
    assert Client().get("/on-call/nonsense/").status_code == 410


def test_whoever_left_cannot_use_their_link(town):
    made = call(town)
    User.objects.filter(pk=town.ada.pk).update(is_active=False)

    assert Client().get(f"/on-call/{token_of(made.pages.get())}/").status_code == 410


def test_at_the_desk_who_was_paged_acknowledges(as_member, town):
    made = call(town)

    page = as_member("ada").get("/desk/after-hours/").content.decode()
    as_member("ada").post(f"/desk/after-hours/calls/{made.pk}/acknowledge/")

    assert f"I have {made.case.reference}" in page
    made.refresh_from_db()
    assert made.acknowledged_by == town.ada


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("ben", 302), ("otto", 404), ("rita", 403)])
def test_who_may_acknowledge_at_the_desk(as_member, town, who, status):
    made = call(town)

    assert as_member(who).post(f"/desk/after-hours/calls/{made.pk}/acknowledge/").status_code == status


def test_the_answering_service_sees_that_somebody_has_it(town):
    made = call(town)
    made.acknowledge(by=town.ada)
    nell = StaffClient()
    nell.force_login(night(town))

    assert "Somebody has it" in nell.get(f"/desk/after-hours/log/calls/{made.pk}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_after_a_worker_was_killed_nobody_is_paged_twice_and_nobody_is_forgotten(apart):
    env = {**os.environ, "DATABASE_URL": apart.url, "DJANGO_SETTINGS_MODULE": "townline.site.test_settings"}
    subprocess.run([sys.executable, "-c", A_NIGHT], env=env, check=True)
    climbed = Event.objects.using("apart").filter(name="call.climbed")
    pages = Page.objects.using("apart").filter(number=2)

    worker = apart.worker()
    apart.wait_until(lambda: climbed.count() >= 3)
    apart.kill(worker)
    apart.worker()
    apart.wait_until(lambda: pages.filter(sent_at__isnull=False).count() == CALLS)

    assert climbed.count() == CALLS
    assert Page.objects.using("apart").count() == 2 * CALLS
    assert not Call.objects.using("apart").exclude(pages_sent=2).exists()
