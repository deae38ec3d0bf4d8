"""What was begun and not sent: it waits 30 days, in the browser or the account that began it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case, Draft
from townline.cases.schedule import forget_old_drafts
from townline.catalogue.models import Service
from townline.portal.tests.walking import DEFINITION, answer_everything, begin, text_of
from townline.questions.models import FormVersion


def test_the_service_page_offers_to_go_on(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})

    page = text_of(client.get("/services/pothole/"))
    went_on = client.get(f"{at}/check/", follow=True)

    assert "Go on with what you began" in page
    assert went_on.redirect_chain[-1][0].endswith("/q-what/")


def test_nothing_is_offered_before_anything_was_typed_or_to_somebody_else(client, pothole):
    at = begin(client, pothole)
    untouched = text_of(client.get("/services/pothole/"))
    client.post(f"{at}/where/", {"label": "12 Main Street"})

    strangers = text_of(client.__class__().get("/services/pothole/"))

    assert "Go on with what you began" not in untouched + strangers


def test_starting_again_throws_the_first_away(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    first = Draft.objects.get()

    response = client.post("/services/pothole/start/", {"again": first.token})

    assert Draft.objects.get().place == {}
    assert response["Location"] == f"/ask/{Draft.objects.get().token}/where/"
    assert client.get(f"{at}/where/").status_code == 404


def test_somebody_elses_draft_is_not_thrown_away(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    token = Draft.objects.get().token

    client.__class__().post("/services/pothole/start/", {"again": token})

    assert Draft.objects.filter(token=token).exists()


def test_what_was_sent_is_neither_offered_nor_thrown_away(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/check/")
    sent = Draft.objects.get()

    page = text_of(client.get("/services/pothole/"))
    client.post("/services/pothole/start/", {"again": sent.token})

    assert "Go on with what you began" not in page
    assert Draft.objects.filter(pk=sent.pk).exists()


def test_a_draft_is_forgotten_after_thirty_days(client, pothole):
    for days in (29, 31):
        begin(client, pothole)
        Draft.objects.filter(pk=Draft.objects.latest("pk").pk).update(began_at=timezone.now() - timedelta(days=days))
    young = Draft.objects.order_by("-began_at").first()

    forget_old_drafts.func()

    assert list(Draft.objects.all()) == [young]


def test_a_draft_that_is_gone_gives_back_what_was_typed(client, pothole):
    at = begin(client, pothole)
    Draft.objects.all().delete()

    response = client.post(f"{at}/where/", {"label": "12 Main Street, by the <b>bridge</b>"})

    assert response.status_code == 404
    assert "12 Main Street, by the &lt;b&gt;bridge&lt;/b&gt;" in text_of(response)


def test_a_draft_keeps_its_questions_when_newer_ones_are_published(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    newer = {**DEFINITION, "version": 2, "pages": DEFINITION["pages"][1:]}
    Service.objects.filter(pk=pothole.pk).update(
        questions=FormVersion.objects.create(code="pothole", version=2, definition=newer)
    )

    client.post(f"{at}/check/")

    case = Case.objects.get()
    assert case.form_version.version == 1
    assert case.answers["words"] == "Deep."


@pytest.mark.parametrize(
    "change",
    [
        {"closed_reason": {"en": "Not in summer.", "fr": "Pas en été."}},
        {"is_active": False},
        {"is_public": False},
        {"door": "staff"},
    ],
    ids=["closed", "retired", "taken off the portal", "for colleagues only now"],
)
def test_a_service_that_ends_while_a_draft_is_open_says_so_and_keeps_the_text(client, pothole, change):
    at = begin(client, pothole)
    answer_everything(client, at)
    Service.objects.filter(pk=pothole.pk).update(**change)

    sent = client.post(f"{at}/check/")
    seen = client.get(f"{at}/q-why/")

    assert (sent.status_code, seen.status_code) == (409, 200)
    for response in (sent, seen):
        assert "This cannot be asked for now" in text_of(response)
        assert "They swerve." in text_of(response)
    assert not Case.objects.exists()
    assert Draft.objects.get().answers["cars"] == "They swerve."


def test_a_page_sent_after_the_service_ended_is_still_kept(client, pothole):
    at = begin(client, pothole)
    Service.objects.filter(pk=pothole.pk).update(is_active=False)

    response = client.post(f"{at}/where/", {"label": "12 Main Street"}, follow=True)

    assert Draft.objects.get().place["label"] == "12 Main Street"
    assert "12 Main Street" in text_of(response)


def test_the_language_of_a_draft_can_change_half_way(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    english = text_of(client.get(f"{at}/q-what/"))

    french = text_of(client.get(f"/fr{at}/q-what/"))
    client.post(f"/fr{at}/q-what/", {"q-danger": "no"})
    client.post(f"/fr{at}/you/", {"name": "Elena Rivera"})
    client.post(f"/fr{at}/check/")

    assert f'href="/fr{at}/q-what/"' in english
    assert "Danger? (fr)" in french
    assert Case.objects.get().language == "fr"
    assert Case.objects.get().place_label == "12 Main Street"


def test_of_two_windows_the_last_wins_page_by_page(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    one, other = Draft.objects.get(), Draft.objects.get()

    one.keep("place", {"label": "14 Main Street"}, "where")
    other.keep("answers", {"danger": "no", "cars": "old"}, "q-what", among={"danger", "words"})
    other.keep("answers", {"danger": "yes", "cars": "They stop."}, "q-why", among={"cars"})

    kept = Draft.objects.get()
    assert kept.place == {"label": "14 Main Street"}
    assert kept.answers == {"danger": "no", "cars": "They stop."}


def test_a_window_left_open_cannot_write_into_what_was_sent(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    stale = Draft.objects.get()
    client.post(f"{at}/check/")

    stale.keep("contact", {"name": "Somebody Else"}, "you")
    late = client.post(f"{at}/you/", {"name": "Somebody Else"})

    assert Draft.objects.get().contact == {}
    assert late["Location"] == f"{at}/done/"


def test_a_draft_goes_along_when_somebody_signs_in(client, pothole, rivera):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.force_login(rivera)
    client.post(f"{at}/q-what/", {"q-danger": "no"})

    elsewhere = client.__class__()
    elsewhere.force_login(rivera)

    assert "12 Main Street" in text_of(elsewhere.get("/account/"))
    assert elsewhere.get(f"{at}/where/").status_code == 200


def test_signing_in_from_a_page_of_a_draft_leads_back_to_it(client, pothole):
    at = begin(client, pothole)

    page = text_of(client.get(f"{at}/where/"))

    assert f"/sign-in/login/?next=%2Fask%2F{at.rsplit('/')[-1]}%2Fwhere%2F" in page


def test_a_service_that_needs_an_account_leads_through_sign_in_and_back(client, pothole):
    Service.objects.filter(pk=pothole.pk).update(account=Service.Account.REQUIRED)

    shown = text_of(client.get("/services/pothole/"))
    response = client.post("/services/pothole/start/")

    assert "You need an account for this." in shown
    assert response["Location"] == "/sign-in/login/?next=%2Fservices%2Fpothole%2F"
    assert not Draft.objects.exists()


def test_a_service_that_comes_to_need_an_account_asks_for_it_before_sending(client, pothole, rivera):
    at = begin(client, pothole)
    answer_everything(client, at)
    Service.objects.filter(pk=pothole.pk).update(account=Service.Account.REQUIRED)

    refused = client.post(f"{at}/check/")
    client.force_login(rivera)
    client.post(f"{at}/check/")

    assert refused["Location"].startswith("/sign-in/login/?next=")
    assert Case.objects.get().answers["cars"] == "They swerve."


def test_a_new_customer_signs_up_on_the_way_and_comes_back_to_the_service(client, pothole, mailoutbox):
    Service.objects.filter(pk=pothole.pk).update(account=Service.Account.REQUIRED)
    login = client.post("/services/pothole/start/")["Location"]
    sign_up = re.search(r'href="(/sign-in/signup/[^"]*)"', text_of(client.get(login)))[1].replace("&amp;", "&")

    code_page = client.post(sign_up, {"email": "nadia@example.org"})["Location"]
    code = re.search(r"^(\w{4}-\w{4})$", mailoutbox[0].body, re.MULTILINE)[1]
    back = client.post(code_page, {"code": code})

    assert back["Location"] == "/services/pothole/"
    assert begin(client, pothole).startswith("/ask/")
