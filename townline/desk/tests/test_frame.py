from datetime import timedelta

from django.utils import timezone

from townline.cases.models import NEVER, Case
from townline.channels.models import Mail
from townline.jobs.models import Job, State


def labels(response):
    return [str(item["label"]) for item in response.context["navigation"]]


def test_everybody_is_led_to_what_they_have_something_to_do_on(as_member):
    assert labels(as_member("ada").get("/desk/")) == [
        "Work",
        "Notifications",
        "Today",
        "On call",
        "My requests",
        "Callbacks",
    ]
    assert labels(as_member("rita").get("/desk/")) == [
        "Work",
        "Notifications",
        "Today",
        "Interactions",
        "On call",
        "My requests",
        "Callbacks",
        "Council",
        "Compliments",
        "Outbox",
    ]
    assert labels(as_member("dana").get("/desk/")) == [
        "Work",
        "Notifications",
        "My requests",
        "Council",
        "Compliments",
        "Outbox",
        "Conduct",
        "Records",
        "Setup",
    ]
    assert labels(as_member("ines").get("/desk/")) == ["Work", "Notifications", "My requests", "Jobs", "Setup"]


def test_what_is_not_for_every_day_opens_under_more(as_member):
    page = as_member("rita").get("/desk/")

    folded = [str(item["label"]) for item in page.context["more_navigation"]]

    assert folded == ["Callbacks", "Council", "Compliments", "Outbox"]
    assert [item["is_more"] for item in page.context["navigation"] if item["label"] == "Work"] == [False]


def test_the_page_that_is_open_is_never_folded_away(as_member):
    page = as_member("rita").get("/desk/mail/")

    folded = [str(item["label"]) for item in page.context["more_navigation"]]
    assert folded == ["Callbacks", "Council", "Compliments"]
    assert [str(item["label"]) for item in page.context["navigation"] if item["current"]] == ["Outbox"]


def test_a_new_interaction_is_offered_to_those_who_take_them_in(as_member):
    assert "/desk/interactions/new/" in as_member("rita").get("/desk/").content.decode()
    assert "/desk/interactions/new/" not in as_member("ada").get("/desk/").content.decode()


def test_the_page_that_is_open_is_marked(as_member, town):
    case = town.case("Lamp")

    current = [
        item["label"] for item in as_member("ada").get(case.get_absolute_url()).context["navigation"] if item["current"]
    ]

    assert [str(label) for label in current] == ["Work"]


def test_nothing_is_said_while_everything_works(as_member, town):
    assert list(as_member("rita").get("/desk/").context["health"]) == []


def test_mail_that_failed_is_said_to_whoever_looks_after_it(as_member, town):
    point = town.rivera_email
    for number in (1, 2):
        mail = Mail.objects.create(
            contact_point=point,
            purpose="message",
            language="en",
            subject="Hello",
            body="Hello",
            message_id=f"<{number}>",
        )
        mail.fail(by=town.system, why="550 no such mailbox")

    assert "2 e-mails could not be sent." in as_member("rita").get("/desk/").content.decode()
    assert "could not be sent" not in as_member("ada").get("/desk/").content.decode()


def test_jobs_that_failed_or_are_late_are_said_to_whoever_runs_the_computers(as_member, town):
    now = timezone.now()
    Job.objects.create(task="a.task", state=State.DEAD, finished_at=now)
    Job.objects.create(task="a.task", due_at=now - timedelta(minutes=12, seconds=5))

    page = as_member("ines").get("/desk/").content.decode()

    assert "1 background job failed." in page
    assert "Background work is 12 minutes behind." in page
    assert "behind" not in as_member("rita").get("/desk/").content.decode()


def test_the_state_of_health_is_one_question(as_member, town, queries):
    ines = as_member("ines")

    with queries() as asked:
        ines.get("/desk/")

    assert len([sql for sql in asked if "jobs_job" in sql]) == 1


def test_the_frame_stays_at_the_desk(client, town):
    assert "health" not in client.get("/").context


def test_a_case_that_no_promise_holds_is_said_to_whoever_supervises_its_department(as_member, town):
    town.case("Lamp")
    Case.objects.update(due_at=NEVER, due_kind="")

    (said,) = as_member("lea").get("/desk/").context["health"]

    assert "1 open case has no time by which it is answered." in said
    assert 'href="/desk/work/department/roads/open/?due=never"' in said
    assert "Lamp" in as_member("lea").get("/desk/work/department/roads/open/?due=never").content.decode()
    assert list(as_member("ada").get("/desk/").context["health"]) == []


def test_a_case_that_waits_is_held_by_the_day_until_which_it_waits(as_member, town):
    town.case("Lamp", assignee=town.ada).wait(by=town.ada, reason="customer", until_on=timezone.localdate())

    assert list(as_member("lea").get("/desk/").context["health"]) == []
