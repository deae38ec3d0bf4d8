"""What staff are told at their desk: once, only what they may see, and by e-mail if they want."""

import pytest
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.models import CaseAccess, Notification
from townline.cases.notifying import notify
from townline.cases.schedule import mail_notifications

URL = "/desk/notifications/"


@pytest.fixture
def case(town):
    return town.case("Broken street lamp", assignee=town.ada)


def test_the_same_thing_is_told_once(town, case):
    for _ in range(2):
        notify([town.ada, town.lea], case, "mentioned", key="note:1", by=town.ben)

    assert list(Notification.objects.order_by("user").values_list("user", flat=True)) == [town.ada.pk, town.lea.pk]


def test_nobody_is_told_what_they_did_themselves_or_after_they_left(town, case):
    town.otto.is_active = False

    notify([town.ben, town.otto, town.system], case, "mentioned", key="note:1", by=town.ben)

    assert not Notification.objects.exists()


def test_the_frame_counts_what_was_not_seen_yet(as_member, town, case):
    notify([town.ada], case, "mentioned", key="note:1", by=town.ben)

    assert '<span class="tabs__count">1</span>' in as_member("ada").get("/desk/").content.decode()
    assert "tabs__count" not in as_member("ben").get("/desk/").content.decode()


def test_the_list_leads_to_the_case_and_says_from_whom_it_is(as_member, town, case):
    notify([town.ada], case, "mentioned", key="note:1", by=town.ben)

    page = as_member("ada").get(URL).content.decode()

    assert case.reference in page
    assert "You were mentioned" in page
    assert "by Ben Okafor" in page


def test_opening_one_marks_it_as_seen(as_member, town, case):
    notify([town.ada], case, "mentioned", key="note:1")
    told = Notification.objects.get()

    answer = as_member("ada").post(f"{URL}{told.pk}/")

    assert answer.url == case.get_absolute_url()
    told.refresh_from_db()
    assert told.seen_at


def test_all_can_be_marked_at_once_and_only_ones_own(as_member, town, case):
    notify([town.ada, town.lea], case, "mentioned", key="note:1")

    as_member("ada").post(f"{URL}seen/")

    assert Notification.objects.unseen().get().user == town.lea


def test_a_case_that_has_become_confidential_is_told_of_no_more(as_member, town, case):
    notify([town.ada, town.lea], case, "mentioned", key="note:1")
    CaseAccess.objects.create(case=case, user=town.lea)
    case.is_confidential = True
    case.save()

    assert case.reference not in as_member("ada").get(URL).content.decode()
    assert "tabs__count" not in as_member("ada").get("/desk/").content.decode()
    assert case.reference in as_member("lea").get(URL).content.decode()


def test_an_empty_page_says_what_belongs_there(as_member, town):
    assert "Nothing to tell you" in as_member("ada").get(URL).content.decode()


def test_the_list_goes_on_by_its_key_in_a_number_of_queries_that_does_not_grow(as_member, town, case, queries):
    for number in range(60):
        notify([town.ada], case, "mentioned", key=f"note:{number}", by=town.ben)
    ada = as_member("ada")

    with queries() as asked:
        first = ada.get(URL)
    second = ada.get(URL + first.context["next_url"])

    assert len(asked) <= 12
    assert [len(page.context["page"].rows) for page in (first, second)] == [50, 10]


def test_whoever_wants_it_gets_one_mail_that_names_no_person(as_member, town, case, work, mailoutbox):
    as_member("ada").post(f"{URL}mailing/", {"wanted": "yes"})
    mailoutbox.clear()
    notify([town.ada, town.lea], case, "due_soon", key="clock:1:1")
    notify([town.ada], case, "mentioned", key="note:1", by=town.ben)

    for _ in range(2):
        mail_notifications.call()
        work()

    sent = [mail for mail in mailoutbox if mail.to == [town.ada.email]]
    assert [mail.subject for mail in sent] == ["2 notifications"]
    assert case.reference in sent[0].body
    assert "Pothole: A promise is due soon" in sent[0].body
    assert not [name for name in ("Rivera", "Ben", "lamp") if name in sent[0].body + sent[0].subject]
    assert not [mail for mail in mailoutbox if mail.to == [town.lea.email]]


def test_what_was_seen_at_the_desk_is_not_mailed(town, case, work, mailoutbox):
    User.objects.filter(pk=town.ada.pk).update(has_notices_mailed=True)
    notify([town.ada], case, "mentioned", key="note:1")
    Notification.objects.update(seen_at=timezone.now())

    mail_notifications.call()
    work()

    assert not [mail for mail in mailoutbox if mail.to == [town.ada.email]]


def test_mails_can_be_switched_off_again(as_member, town):
    ada = as_member("ada")
    ada.post(f"{URL}mailing/", {"wanted": "yes"})

    page = ada.post(f"{URL}mailing/", {"wanted": "no"}, follow=True).content.decode()

    assert "You get no e-mail of them any more." in page
    town.ada.refresh_from_db()
    assert not town.ada.has_notices_mailed
