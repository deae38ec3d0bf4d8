"""Filters combine, are asked of nothing that is no choice, and never look further than a bounded way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import NEVER, Case
from townline.desk import reading
from townline.routing.models import Queue

ROADS = "/desk/work/department/roads/open/"


def references(response):
    return [case.reference for case in response.context["page"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=waiting", {"waiting"}),
        ("waiting=weather", {"waiting"}),
        ("waiting=customer", set()),
        ("assignee=nobody", {"nobodys"}),
        ("assignee=me", {"waiting"}),
        ("assignee=colleagues", {"waiting", "late", "french"}),
        ("due=late", {"late"}),
        ("due=never", {"waiting"}),
        ("language=fr", {"french"}),
        ("priority=urgent", {"late"}),
        ("received_to=2020-01-31", {"late"}),
        ("received_from=2020-02-01", {"waiting", "nobodys", "french"}),
        ("received_from=2020-01-01&received_to=2020-01-31&assignee=colleagues&due=late", {"late"}),
    ],
)
def test_each_filter_finds_what_it_says(as_member, town, asked, found):
    cases = {
        "waiting": town.case("Waiting", assignee=town.ada),
        "late": town.case("Late", assignee=town.ben),
        "nobodys": town.case("Nobody's"),
        "french": town.case("French", assignee=town.ben, language="fr"),
    }
    cases["waiting"].wait(by=town.ada, reason="weather", until_on=timezone.localdate())
    Case.objects.filter(pk=cases["waiting"].pk).update(due_at=NEVER)
    Case.objects.filter(pk=cases["late"].pk).update(
        received_at="2020-01-15T12:00Z", priority="urgent", due_at=timezone.now() - timedelta(days=3)
    )

    response = as_member("ada").get(f"{ROADS}?{asked}")

    assert set(references(response)) == {cases[name].reference for name in found}


@pytest.fixture
def winter(town):
    """A second queue of Roads."""
    return Queue.objects.create(
        code="winter", department=town.roads, name={"en": "Winter", "fr": "Hiver"}, sort_key="winter"
    )


def test_a_queue_of_the_department_is_asked_for(as_member, town, winter):
    ploughed, other = town.case("Snow"), town.case("Lamp")
    ploughed.hand_over(by=town.ada, queue=winter, reason="Snow.")
    ada = as_member("ada")
    default = town.queues[town.roads.pk].code

    assert references(ada.get(f"{ROADS}?queue=winter")) == [ploughed.reference]
    assert references(ada.get(f"{ROADS}?queue={default}")) == [other.reference]
    assert set(references(ada.get(f"{ROADS}?queue=nonsense"))) == {ploughed.reference, other.reference}
    assert references(as_member("rita").get("/desk/work/all/open/?queue=winter")) == [ploughed.reference]
    assert [code for code, _name in ada.get(ROADS).context["form"].fields["queue"].choices] == ["", default, "winter"]


def test_where_there_is_one_queue_it_is_not_asked_which(as_member, town):
    assert "queue" not in as_member("ada").get(ROADS).context["form"].fields


def test_what_is_due_today_and_within_a_week(as_member, town, time_machine_at_noon):
    today, soon = town.case("Today"), town.case("Soon")
    Case.objects.filter(pk=today.pk).update(due_at=timezone.now() + timedelta(hours=2))
    Case.objects.filter(pk=soon.pk).update(due_at=timezone.now() + timedelta(days=3))
    Case.objects.filter(pk=town.case("Never").pk).update(due_at=NEVER)
    ada = as_member("ada")

    assert references(ada.get(f"{ROADS}?due=today")) == [today.reference]
    assert references(ada.get(f"{ROADS}?due=week")) == [today.reference, soon.reference]


@pytest.fixture
def time_machine_at_noon():
    """A day that is not about to end."""
    import time_machine

    with time_machine.travel("2026-12-02T17:00:00Z", tick=False):
        yield


def test_a_place_is_found_by_how_it_begins_and_stands_in_no_address(as_member, town):
    case = town.case("Lamp")
    Case.objects.filter(pk=case.pk).update(place_label="12 Secret Street")
    town.case("Other")
    ada = as_member("ada")

    answer = ada.post(ROADS, {"place": "12 secret"})

    assert "secret" not in answer.url.lower()
    assert references(ada.get(answer.url)) == [case.reference]
    assert 'value="12 secret"' in ada.get(answer.url).content.decode()
    assert references(as_member("ben").get(answer.url)) != [case.reference], "the sign means nothing to another session"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"received_from": "31 June"}, "Enter a valid date"),
        ({"received_from": "2026-05-02", "received_to": "2026-05-01"}, "This day is before the first one."),
    ],
)
def test_a_day_that_is_none_is_said_and_nothing_typed_is_lost(as_member, town, typed, sentence):
    page = as_member("ada").post(ROADS, {**typed, "channel": "phone"})

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert f'value="{typed["received_from"]}"' in page.content.decode()


def test_the_newest_come_first_when_that_is_asked(as_member, town):
    older = town.case("Older", received_at=timezone.now() - timedelta(days=9))
    newer = town.case("Newer")
    ada = as_member("ada")

    assert references(ada.get(ROADS)) == [older.reference, newer.reference]
    assert references(ada.get(f"{ROADS}?order=newest")) == [newer.reference, older.reference]
    assert references(ada.get(f"{ROADS}?order=subject")) == [older.reference, newer.reference]


def test_what_is_late_in_every_department_stands_in_one_list(as_member, town):
    long_ago = timezone.now() - timedelta(days=60)
    made = [
        town.case("Noise", service=town.noise, received_at=long_ago - timedelta(days=1)),
        town.case("Lamp", received_at=long_ago),
        town.case("Question", service=town.question, received_at=long_ago + timedelta(days=2)),
    ]
    town.case("Not late")

    assert references(as_member("rita").get("/desk/work/all/overdue/")) == [case.reference for case in made]
    assert references(as_member("rita").get("/desk/work/all/overdue/?department=roads")) == [made[1].reference]
    assert as_member("ada").get("/desk/work/all/overdue/").status_code == 404


def test_all_departments_go_on_where_they_stopped(as_member, town):
    made = [town.case(f"Lamp {number}", service=town.noise if number % 3 else town.pothole) for number in range(55)]
    rita = as_member("rita")

    first = rita.get("/desk/work/all/open/")
    second = rita.get("/desk/work/all/open/" + first.context["next_url"])

    assert len(references(first)) == 50
    assert references(first) + references(second) == [case.reference for case in made]


@pytest.mark.parametrize("address", [ROADS, "/desk/work/all/open/", "/desk/work/all/newest/", f"{ROADS}?order=newest"])
def test_a_rare_thing_is_looked_for_in_stretches(as_member, town, monkeypatch, address):
    monkeypatch.setattr(reading, "WINDOW", 9)
    rare = town.case("Rare", language="fr")
    made = [town.case(f"Lamp {number}") for number in range(30)]
    Case.objects.filter(pk=rare.pk).update(received_at=made[15].received_at, due_at=made[15].due_at)
    rita = as_member("rita")
    base, join = address.split("?")[0], "&" if "?" in address else "?"

    found, pages, following = [], 0, f"{address}{join}language=fr"
    while following and pages < 12:
        page = rita.get(following)
        found += references(page)
        pages += 1
        following = base + page.context["next_url"] if page.context["next_url"] else ""

    assert found == [rare.reference]
    assert 2 < pages < 12
    assert "looked through" in rita.get(f"{address}{join}language=fr&kind=compliment").content.decode()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("rita", f"{ROADS}?status=open&service=pothole&channel=phone&due=late&assignee=colleagues&language=en"),
        ("rita", "/desk/work/all/open/?kind=inquiry&department=roads&waiting=weather"),
        ("rita", "/desk/work/all/open/?queue=roads&order=newest"),
        ("lea", "/desk/work/mine/open/?order=newest&channel=web"),
        ("lea", "/desk/work/department/roads/closed/?service=pothole"),
    ],
)
def test_filters_cost_no_more_than_twelve_questions(as_member, town, queries, who, address):
    town.case("Lamp", assignee=town.ada)
    member = as_member(who)

    with queries() as asked:
        member.get(address)

    assert len(asked) <= 12, "\n".join(asked)
