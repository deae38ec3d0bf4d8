"""A formal complaint on the portal: sealed at each step, followed by its owner and by nobody else."""

import pytest
from django.core import serializers
from django.test import Client
from django.utils import timezone

from townline.complaints.models import Complaint
from townline.complaints.testing import TYPED, a_complaint, a_line, a_procedure

ABOUT = {"about": "staff", "manner": ["rude", "dismissive"], "about_service": "pothole"}
WHAT = {
    "what": TYPED["what"], "when_on_day": "3", "when_on_month": "11", "when_on_year": "2026", "when_time": "2:30 p.m.",
    "who": TYPED["who"],
}  # fmt: skip
WISH = {"outcome": TYPED["outcome"], "tried": TYPED["tried"]}
YOU = {name: TYPED[name] for name in ("name", "email", "phone", "address")}


@pytest.fixture
def line(town):
    return a_line(town)


@pytest.fixture
def procedure(town, line):
    return a_procedure(town)


@pytest.fixture
def own(town, procedure, line):
    """A complaint about Ada that Sue decided."""
    complaint = a_complaint(town)
    complaint.send_on(by=line["intake"], subjects=[town.ada])
    complaint.ask(by=line["supervisor"], words="Which number did you call?")
    complaint.find(by=line["supervisor"], finding="not", reasons="zzreasons")
    complaint.decide(by=line["supervisor"], letter="We found nothing wrong.")
    return complaint


def write(browser, language=""):
    first = browser.post(f"{language}/complaint/start/")["Location"]
    base = first.rsplit("/", 2)[0]
    for step, typed in (("about", ABOUT), ("what", WHAT), ("wish", WISH), ("you", YOU)):
        assert browser.post(f"{base}/{step}/", typed).status_code == 302
    return base


def prove(browser, complaint, proof):
    return browser.post("/track/", {"reference": complaint.case.reference, "proof": proof})


def test_it_is_filed_page_by_page_and_gives_a_reference(town, procedure, line):
    browser = Client()
    base = write(browser)
    check = browser.get(f"{base}/check/").content.decode()
    assert "zzcanarywhat" in check
    assert "Rude, Dismissive" in check

    done = browser.post(f"{base}/check/", follow=True)

    complaint = Complaint.objects.get()
    assert complaint.case.reference in done.content.decode()
    assert (complaint.about, complaint.manner, complaint.about_service) == (
        "staff",
        ["rude", "dismissive"],
        town.pothole,
    )


def test_sent_twice_it_is_one_complaint(town, procedure, line):
    browser = Client()
    base = write(browser)

    browser.post(f"{base}/check/")
    browser.post(f"{base}/check/")

    assert Complaint.objects.count() == 1


def test_nothing_that_is_written_stands_outside_the_vault(town, procedure, line):
    from django.apps import apps

    browser = Client()
    base = write(browser)
    before = serializers.serialize("json", [row for one in apps.get_models() for row in one._base_manager.all()])
    browser.post(f"{base}/check/")
    after = serializers.serialize("json", [row for one in apps.get_models() for row in one._base_manager.all()])

    assert "anary" not in before
    assert "anary" not in after


def test_another_browser_finds_no_draft_and_gets_back_what_it_sent(town, procedure):
    base = write(Client())

    page = Client().post(f"{base}/what/", {"what": "my own words"})

    assert page.status_code == 404
    assert "my own words" in page.content.decode()


def test_what_is_missing_is_said_and_what_was_written_stays(town, procedure):
    browser = Client()
    base = browser.post("/complaint/start/")["Location"].rsplit("/", 2)[0]

    page = browser.post(f"{base}/what/", {**WHAT, "when_time": "", "when_on_month": "13"}).content.decode()

    assert "Tell us the time, or the part of the day." in page
    assert "Enter a day, a month and a year." in page
    assert "zzcanarywhat" in page


def test_it_cannot_be_sent_before_it_is_complete(town, procedure):
    browser = Client()
    base = browser.post("/complaint/start/")["Location"].rsplit("/", 2)[0]
    browser.post(f"{base}/about/", ABOUT)

    assert browser.get(f"{base}/check/")["Location"] == f"{base}/what/"


@pytest.mark.parametrize("proof", ["zzyzx-canary@example.org", "ZZYZX-Canary@example.org", "905 555 0147", "l1c 9z9"])
def test_its_owner_follows_it_with_what_they_gave(own, proof):
    browser = Client()

    assert prove(browser, own, proof)["Location"] == f"/complaint/mine/{own.case.reference}/"
    page = browser.get(f"/complaint/mine/{own.case.reference}/").content.decode()
    assert "We found nothing wrong." in page
    assert "Which number did you call?" in page
    assert "zzreasons" not in page


@pytest.mark.parametrize("proof", ["somebody@example.org", "905-555-0000", "L1C 9Z8", ""])
def test_a_stranger_learns_nothing(own, proof):
    known, unknown = Client(), Client()

    theirs = known.post("/track/", {"reference": own.case.reference, "proof": proof})
    nobodys = unknown.post("/track/", {"reference": "TV-0000-0000-0", "proof": proof})

    assert theirs.status_code == 200
    assert known.get(f"/complaint/mine/{own.case.reference}/").status_code == 404
    assert len(theirs.content) - len(nobodys.content) in range(-400, 400)
    assert "plaint" not in theirs.content.decode().split("<main")[1].split("</main")[0].lower()


def test_the_owner_sees_who_opened_it_by_position_and_why(own, line):
    from townline.vault import door

    door.reveal(own.safe, by=line["supervisor"], purpose="investigate")
    browser = Client()
    prove(browser, own, TYPED["email"])

    page = browser.get(f"/complaint/mine/{own.case.reference}/").content.decode()

    assert "To investigate and decide it" in page
    assert "Sue Roads" not in page
    assert "<td>supervisor</td>" in page


def test_the_owner_answers_and_only_the_investigator_reads_it(own, line):
    from townline.vault import door

    browser = Client()
    prove(browser, own, TYPED["email"])

    browser.post(f"/complaint/mine/{own.case.reference}/reply/", {"words": "zzreply 905"})

    opened = [one.text for one in door.reveal(own.safe, by=line["supervisor"], purpose="investigate")]
    assert "zzreply 905" in opened
    assert "zzreply 905" in browser.get(f"/complaint/mine/{own.case.reference}/").content.decode()


def test_the_owner_asks_for_the_next_level(own, line):
    browser = Client()
    prove(browser, own, TYPED["email"])

    browser.post(f"/complaint/mine/{own.case.reference}/next-level/", {"reason": ""})

    assert Complaint.objects.get().active.user == line["manager"]


def test_when_the_time_has_passed_it_says_that_a_reason_is_needed_and_keeps_the_page(own):
    Complaint.objects.update(window_until=timezone.localdate().replace(year=2025))
    browser = Client()
    prove(browser, own, TYPED["email"])

    page = browser.post(f"/complaint/mine/{own.case.reference}/next-level/", {"reason": ""})

    assert page.status_code == 409
    assert "it is accepted with a reason" in page.content.decode()


def test_a_content_owner_closes_it(own):
    browser = Client()
    prove(browser, own, TYPED["email"])

    browser.post(f"/complaint/mine/{own.case.reference}/accept/")

    assert Complaint.objects.get().stage == "closed"


def test_an_account_with_the_confirmed_address_finds_it(own):
    from allauth.account.models import EmailAddress

    from townline.accounts.models import User

    user = User.objects.create_user(TYPED["email"], kind=User.Kind.CUSTOMER)
    EmailAddress.objects.create(user=user, email=TYPED["email"], verified=True, primary=True)
    browser = Client()
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")

    assert browser.get(f"/complaint/mine/{own.case.reference}/").status_code == 200
    assert own.case.reference in browser.get("/account/").content.decode()


def test_an_account_without_the_address_does_not(own):
    from townline.accounts.models import User

    user = User.objects.create_user("somebody@example.org", kind=User.Kind.CUSTOMER)
    browser = Client()
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")

    assert browser.get(f"/complaint/mine/{own.case.reference}/").status_code == 404


def test_staff_who_are_signed_in_find_nothing_on_the_portal(own, as_member):
    assert as_member("ada").get(f"/complaint/mine/{own.case.reference}/").status_code == 404


def test_where_no_procedure_is_set_there_is_no_such_page(town, client):
    assert client.get("/complaint/").status_code == 404


def test_the_page_says_what_a_complaint_is_not_and_where_to_go(town, procedure, client):
    page = client.get("/complaint/").content.decode()

    assert "/doors/report/" in page
    assert "/doors/bylaw/" in page
    assert "ombudsman" in page


def test_the_ordinary_way_in_leads_to_the_sealed_one(town, procedure, client):
    assert client.post("/services/complaint/start/")["Location"] == "/complaint/"
