"""A clerk changes rows of the setup: what is kept, what is refused, and who may."""

import pytest

from townline.accounts.models import Calendar, Role
from townline.cases.models import Draft
from townline.catalogue.models import CollectionNotice, Service, Standard, WrapUp
from townline.setup.models import Edition
from townline.setup.tests.typing import typed
from townline.timeline.models import Event

pytestmark = pytest.mark.django_db

POTHOLE = "/desk/setup/services/pothole/"
WHY = {f"centralisation__{step}__reason_en": "One place." for step in ("intake", "decision", "fulfilment")}
WAYS = {f"centralisation__{step}__mode": "central" for step in ("intake", "decision", "fulfilment")}
WHOLE = {**WHY, **WAYS, "provenance__mark": "P"}


def send(browser, address, **other):
    """Open the page of a row and send its form, with some of it typed over."""
    return browser.post(address, typed(browser.get(address), "seen", **other))


def events(record):
    return Event.objects.filter(subject_kind=record._meta.model_name, subject_id=record.pk)


def test_a_change_of_a_summary_is_kept_with_who_made_it(as_member, town):
    response = send(as_member("dana"), POTHOLE, **WHOLE, cost_en="Free.", cost_fr="Gratuit.")

    assert response.status_code == 302
    service = Service.objects.get(code="pothole")
    assert service.cost == {"en": "Free.", "fr": "Gratuit."}
    event = events(service).get(name="service.changed")
    assert event.by == town.dana
    assert "cost" in event.details["fields"]
    assert "Free." not in str(event.details)
    found, changed = Edition.objects.filter(kind="services", code="pothole").order_by("number")
    assert (found.what, found.by, "cost" in found.written) == ("found", None, False)
    assert (changed.what, changed.by, changed.written["cost"]["fr"]) == ("changed", town.dana, "Gratuit.")


def test_the_second_of_two_clerks_sees_the_words_of_the_first_beside_their_own(as_member, town):
    dana = as_member("dana")
    send(dana, POTHOLE, **WHOLE)
    mine = typed(dana.get(POTHOLE), "seen", summary_en="My words.", summary_fr="Mes mots.")
    send(dana, POTHOLE, summary_en="Her words.", summary_fr="Ses mots.", duration_en="A day.", duration_fr="Un jour.")

    response = dana.post(POTHOLE, mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Dana Whitfield has changed this while you were writing." in page
    assert "Her words." in page
    assert "Mes mots." in page
    again = typed(response, "seen")
    assert again["summary_en"] == ["My words."]
    assert again["duration_en"] == ["A day."]
    assert Service.objects.get(code="pothole").summary["en"] == "Her words."
    assert dana.post(POTHOLE, again).status_code == 302
    service = Service.objects.get(code="pothole")
    assert (service.summary["en"], service.duration["en"]) == ("My words.", "A day.")


def test_an_older_edition_is_shown_beside_what_is_said_now(as_member, town):
    dana = as_member("dana")
    send(dana, POTHOLE, **WHOLE, cost_en="Free.", cost_fr="Gratuit.")
    send(dana, POTHOLE, cost_en="Ten dollars.", cost_fr="Dix dollars.")

    page = dana.get(f"{POTHOLE}editions/2/").content.decode()

    assert "Free." in page
    assert "Dix dollars." in page
    assert dana.get(f"{POTHOLE}editions/9/").status_code == 404


def test_text_for_the_public_in_one_language_is_refused_and_nothing_typed_is_lost(as_member, town):
    response = send(as_member("dana"), POTHOLE, **WHOLE, name_en="Hole in the road", name_fr="")

    page = response.content.decode()
    assert response.status_code == 200
    assert "text for the public is in both languages" in page
    assert 'value="Hole in the road"' in page
    assert Service.objects.get(code="pothole").name["en"] == "Pothole"


def test_a_preview_shows_both_languages_and_saves_nothing(as_member, town):
    dana = as_member("dana")

    page = send(dana, POTHOLE, **WHOLE, cost_en="Free.", cost_fr="Gratuit.", preview="yes").content.decode()

    assert "As the portal would show it" in page
    assert "Ce que ça coûte" in page or "Gratuit." in page
    assert not Service.objects.get(code="pothole").cost


def test_a_new_service_is_added_and_is_not_on_the_portal_yet(as_member, town):
    dana = as_member("dana")

    response = dana.post(
        "/desk/setup/services/new/",
        typed(
            dana.get("/desk/setup/services/new/"), "seen", **WHY, kind="service_request", door="report",
            name_en="Tree on a boulevard", name_fr="Arbre d’une bordure", summary_en="Ask.", summary_fr="Demandez.",
            department="roads", collection_notice="general",
        ),
    )  # fmt: skip

    service = Service.objects.get(code="tree-on-a-boulevard")
    assert response.url == "/desk/setup/services/tree-on-a-boulevard/"
    assert not service.is_public
    assert service.sort_key == "tree on a boulevard"
    assert events(service).get().name == "service.added"


def test_a_service_out_of_use_cannot_be_asked_for_and_comes_back(as_member, town, client):
    dana = as_member("dana")
    assert client.get("/services/pothole/").status_code == 200

    assert dana.post(f"{POTHOLE}retire/").status_code == 302

    assert client.get("/services/pothole/").status_code == 404
    assert dana.post(f"{POTHOLE}retire/").status_code == 409
    assert dana.post(f"{POTHOLE}restore/").status_code == 302
    assert client.get("/services/pothole/").status_code == 200
    assert [one.what for one in Edition.objects.filter(code="pothole").order_by("number")] == [
        "found", "retired", "restored",
    ]  # fmt: skip


def test_somebody_whose_request_is_under_way_is_told_when_the_service_is_taken_out_of_use(as_member, town, client):
    client.post("/services/pothole/start/")
    draft = Draft.objects.get()
    as_member("dana").post(f"{POTHOLE}retire/")

    page = client.get(f"/ask/{draft.token}/where/")

    assert "905-555-0100" in page.content.decode()
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_standard_shorter_than_its_own_acknowledgement_is_refused_at_its_amount(as_member, town):
    acknowledge = Standard.objects.get(code="acknowledge")
    Standard.objects.filter(pk=acknowledge.pk).update(amount=5, provenance={"mark": "P"})
    Standard.objects.exclude(pk=acknowledge.pk).update(provenance={"mark": "P"}, amount=10)

    response = send(as_member("dana"), "/desk/setup/standards/outcome/", amount="2")

    assert response.status_code == 200
    assert "is shorter than the acknowledgement" in str(response.context["form"].errors["amount"])
    assert Standard.objects.get(code="outcome").amount == 10


def test_a_standard_out_of_use_is_promised_no_more(as_member, town):
    as_member("dana").post("/desk/setup/standards/outcome/retire/")

    assert "outcome" not in [one.code for one in Standard.objects.promised_for(town.pothole)]


def test_other_words_of_a_notice_are_a_new_version_and_the_old_one_stays(as_member, town):
    dana = as_member("dana")
    whole = {
        "authority_en": "The Act.", "authority_fr": "La Loi.", "purpose_en": "To answer.", "purpose_fr": "Répondre.",
        "officer__title_en": "Clerk", "officer__title_fr": "Greffe", "officer__address": "1 Sample Street",
        "officer__phone": "905-555-0100", "provenance__mark": "P",
    }  # fmt: skip
    send(dana, "/desk/setup/collection_notices/general/", **whole)

    send(dana, "/desk/setup/collection_notices/general/", text_en="Other words.", text_fr="D’autres mots.")

    versions = CollectionNotice.objects.order_by("version")
    assert [(one.version, one.is_current) for one in versions] == [(1, False), (2, False), (3, True)]
    assert versions[2].text["en"] == "Other words."
    assert versions[1].text["en"] == "We need this to answer you."
    assert Service.objects.get(code="pothole").collection_notice == versions[2]


def test_a_calendar_without_opening_hours_is_refused(as_member, town):
    Calendar.objects.update(provenance={"mark": "P"}, holidays="none")
    empty = {f"hours__{day}": "" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}

    response = send(as_member("dana"), "/desk/setup/calendars/office/", **empty)

    assert "nothing would ever be due" in response.content.decode()
    assert Calendar.objects.get().hours["mon"]


def test_opening_hours_are_changed_and_hours_that_make_no_sense_are_refused(as_member, town):
    Calendar.objects.update(provenance={"mark": "P"}, holidays="none")
    dana = as_member("dana")

    wrong = send(dana, "/desk/setup/calendars/office/", hours__mon="16:30-8:30", hours__tue="all day")
    right = send(dana, "/desk/setup/calendars/office/", hours__mon="8:30-12:00, 13:00–17:00")

    assert "Write it as 8:30-16:30" in wrong.content.decode()
    assert right.status_code == 302
    assert Calendar.objects.get().hours["mon"] == [["08:30", "12:00"], ["13:00", "17:00"]]


def test_a_role_that_would_lock_out_the_last_administrator_is_refused(as_member, town):
    Role.objects.update(provenance={"mark": "P"})
    ines = as_member("ines")

    response = send(ines, "/desk/setup/roles/administrator/", grants=["setup.read"])

    assert response.status_code == 200
    assert "Nobody would be left who can invite staff" in response.content.decode()
    assert "accounts.invite" in Role.objects.get(code="administrator").grants
    assert send(ines, "/desk/setup/roles/officer/", grants=["case.read"]).status_code == 302
    assert Role.objects.get(code="officer").grants == ["case.read"]


def test_two_keys_that_are_taken_are_refused(as_member, town):
    for keys in ("ab", "cd"):
        WrapUp.objects.create(code=keys, keys=keys, name={"en": keys, "fr": keys}, provenance={"mark": "P"})

    response = send(as_member("dana"), "/desk/setup/wrap_ups/cd/", keys="ab")

    assert "“ab” are already the keys of" in response.content.decode()


def test_what_is_proposed_is_confirmed_once_with_its_day(as_member, town):
    Standard.objects.filter(code="outcome").update(
        provenance={"mark": "P", "fields": {"amount": {"mark": "K"}, "unit": {"mark": "C"}}}
    )
    dana = as_member("dana")
    assert "Still to be confirmed" in dana.get("/desk/setup/standards/outcome/").content.decode()

    dana.post("/desk/setup/standards/outcome/confirm/")

    standard = Standard.objects.get(code="outcome")
    assert standard.unconfirmed == []
    assert set(standard.provenance["fields"]["amount"]) == {"mark", "confirmed_on"}
    assert "confirmed_on" not in standard.provenance["fields"]["unit"]
    assert events(standard).get().name == "standard.confirmed"
    assert dana.post("/desk/setup/standards/outcome/confirm/").status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 403), ("lea", 403), ("dana", 302), ("ines", 403)],
    ids=["officer", "supervisor", "editor", "who only looks"],
)
def test_who_may_change_a_service(as_member, town, who, status):
    given = typed(as_member("dana").get(POTHOLE), "seen", **WHOLE)

    assert as_member(who).post(POTHOLE, given).status_code == status


def test_the_editor_of_the_catalogue_cannot_give_herself_a_grant(as_member, town):
    assert as_member("dana").post("/desk/setup/roles/deputy_clerk/", {"grants": ["case.supervise"]}).status_code == 403


def test_there_is_no_such_kind_and_no_such_row(as_member, town):
    assert as_member("dana").get("/desk/setup/secrets/").status_code == 404
    assert as_member("dana").get("/desk/setup/services/nothing/").status_code == 404


def test_a_list_is_narrowed_down_by_words_kind_and_department(as_member, town):
    dana = as_member("dana")

    assert "Pothole" in dana.get("/desk/setup/services/?words=pot").content.decode()
    assert "Pothole" not in dana.get("/desk/setup/services/?words=noise").content.decode()
    assert "Pothole" not in dana.get("/desk/setup/services/?kind=inquiry").content.decode()
    assert "Noise" in dana.get("/desk/setup/services/?department=bylaw").content.decode()
    assert "Nothing fits" in dana.get("/desk/setup/services/?words=zebra&state=confirm").content.decode()
