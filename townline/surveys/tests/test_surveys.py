"""The questionnaire: who is asked and how often, answering by the link, opting out, and what is shown of it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone

from townline.accounts.models import Municipality
from townline.cases.models import Case
from townline.catalogue.models import Kind
from townline.channels.models import Mail
from townline.surveys.counting import counted
from townline.surveys.models import OptOut, Survey
from townline.surveys.sending import ask_about, link_of
from townline.surveys.tests.doings import asked


def closed(town, **more):
    """A case that has ended."""
    case = town.case("Lamp", **more)
    case.close(by=town.lea, outcome="done", words="Done.")
    return case


def weeks_later(work, weeks=4):
    """What the worker does then."""
    with time_machine.travel(timezone.now() + timedelta(weeks=weeks, minutes=5)):
        work()


def mails():
    return list(Mail.objects.filter(purpose="survey").order_by("id"))


def path(survey, page="survey"):
    return urlsplit(link_of(survey, page)).path


def test_four_weeks_after_an_answer_its_customer_is_asked_once(town, work):
    case = closed(town)
    work()
    before = mails()

    weeks_later(work)
    ask_about.call(case_id=case.pk)

    assert before == []
    assert len(mails()) == 1
    assert "/survey/" in mails()[0].body
    assert "no-more" in mails()[0].body
    assert Survey.objects.get().case == case


def test_one_that_was_opened_again_is_asked_about_after_its_later_end(town, work):
    case = closed(town)
    work()
    with time_machine.travel(timezone.now() + timedelta(weeks=2)):
        case.reopen(by=town.lea)
        case.close(by=town.lea, outcome="done", words="Done now.")
    weeks_later(work)
    after_four = mails()

    weeks_later(work, weeks=7)

    assert after_four == []
    assert len(mails()) == 1


def test_nobody_is_asked_more_often_than_the_municipality_says(town, work):
    closed(town), closed(town)
    weeks_later(work)
    assert len(mails()) == 1

    Municipality.objects.update(survey_gap_days=0)
    closed(town)
    weeks_later(work)

    assert len(mails()) == 2


@pytest.mark.parametrize("changes", [{"is_confidential": True}, {"kind": Kind.FORMAL_COMPLAINT}])
def test_what_is_confidential_or_a_formal_complaint_is_never_asked_about(town, work, changes):
    case = closed(town)
    Case.objects.filter(pk=case.pk).update(**changes)

    weeks_later(work)

    assert not Survey.objects.exists()


def test_a_municipality_that_wants_none_sends_none(town, work):
    Municipality.objects.update(survey_weeks=0)
    closed(town)

    weeks_later(work)

    assert not Survey.objects.exists()


def test_opening_the_link_answers_nothing_and_the_last_answers_count_once(client, town):
    survey = asked(town)
    page = client.get(path(survey)).content.decode()
    survey.refresh_from_db()
    assert "Was it solved?" in page
    assert survey.answered_at is None

    client.post(path(survey), {"solved": "no", "ease": "2"})
    client.post(path(survey), {"solved": "yes", "ease": "4"})

    survey.refresh_from_db()
    assert (survey.solved, survey.ease) == ("yes", 4)
    assert "Say whether it was solved." in client.post(path(survey), {"ease": "4"}).content.decode()


def test_whoever_opts_out_is_not_asked_any_more(client, town, work):
    survey = asked(town, sent_at=timezone.now() - timedelta(days=300))
    client.get(path(survey, "no_more_surveys"))
    assert not OptOut.objects.exists()

    client.post(path(survey, "no_more_surveys"))
    client.post(path(survey, "no_more_surveys"))
    closed(town)
    weeks_later(work)

    assert OptOut.objects.count() == 1
    assert mails() == []


def test_a_link_that_is_not_ours_or_leads_to_what_is_confidential_now_says_so(client, town):
    survey = asked(town)
    Case.objects.update(is_confidential=True)

    assert client.get(path(survey)).status_code == 404
    assert client.get("/survey/nothing/").status_code == 404
    assert client.post("/survey/nothing/no-more/").status_code == 404


def test_figures_count_everybody_who_was_asked_and_show_none_below_five(town):
    for number in range(6):
        asked(town).answer(by=town.system, solved="yes" if number % 2 else "no", ease=3)
    asked(town)
    for _ in range(4):
        asked(town, service=town.noise).answer(by=town.system, solved="no")

    whole, (pothole, noise) = counted(town.dana)

    assert (whole.sent, whole.answered, whole.yes) == (11, 10, 3)
    assert (pothole.sent, pothole.answered) == (7, 6)
    assert noise.is_suppressed
    assert pothole.is_suppressed, "it alone would tell what the other says"


def test_two_that_are_not_told_do_not_hide_a_third(town):
    for service, count in ((town.pothole, 6), (town.noise, 2), (town.question, 1)):
        for _ in range(count):
            asked(town, service=service).answer(by=town.system, solved="no")

    _whole, lines = counted(town.dana)

    assert [line.is_suppressed for line in lines] == [False, True, True]


def test_the_page_of_results_empty_and_full(as_member, town):
    dana = as_member("dana")
    assert "Nobody has been asked yet" in dana.get("/desk/surveys/").content.decode()

    asked(town).answer(by=town.system, solved="no")

    page = dana.get("/desk/surveys/").content.decode()
    assert "too few to tell" in page
    assert as_member("ada").get("/desk/surveys/").status_code == 403
