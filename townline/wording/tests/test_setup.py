"""Templates at the desk: written, changed in versions, retired; who may, and two who change the same one."""

import pytest

from townline.timeline.models import Event
from townline.wording.models import Template
from townline.wording.tests.doings import a_template

TYPED = {"use": "message", "name_en": "On Thursday", "name_fr": "Jeudi", "text_en": "On Thursday.", "text_fr": "Jeudi."}


def test_a_template_is_written_at_the_desk(as_member, town):
    as_member("dana").post("/desk/templates/new/", {**TYPED, "service": town.pothole.pk})

    template = Template.objects.get()
    assert (template.code, template.version, template.written_by) == ("on-thursday", 1, town.dana)
    assert template.text == {"en": "On Thursday.", "fr": "Jeudi."}
    assert template.service == town.pothole
    assert Event.objects.get(name="template.created").by == town.dana


def test_two_of_the_same_name_have_their_own_codes(as_member, town):
    as_member("dana").post("/desk/templates/new/", TYPED)
    as_member("dana").post("/desk/templates/new/", TYPED)

    assert {one.code for one in Template.objects.all()} == {"on-thursday", "on-thursday-2"}


def test_an_unknown_placeholder_is_refused_with_the_list_and_nothing_typed_is_lost(as_member, town):
    page = as_member("dana").post("/desk/templates/new/", {**TYPED, "text_fr": "Bonjour {nom}"}).content.decode()

    assert "There is no {nom}. You can use: {reference}, " in page
    assert "Bonjour {nom}" in page
    assert not Template.objects.exists()


def test_a_change_is_a_new_version_and_the_old_one_stays(as_member, town):
    a_template(town)

    as_member("dana").post("/desk/templates/hello/", {**TYPED, "seen": 1})

    versions = Template.objects.filter(code="hello").order_by("version")
    assert [(one.version, one.is_current, one.text["en"]) for one in versions] == [
        (1, False, "Hello, {assignee} here."),
        (2, True, "On Thursday."),
    ]
    assert Event.objects.get(name="template.changed").details == {"version": 2, "became": versions[1].pk}


def test_the_second_of_two_who_change_it_is_told_and_keeps_their_text(as_member, town):
    a_template(town)
    as_member("dana").post("/desk/templates/hello/", {**TYPED, "text_en": "By Dana.", "seen": 1})

    page = as_member("dana").post("/desk/templates/hello/", {**TYPED, "text_en": "By another.", "seen": 1})
    shown = page.content.decode()

    assert "Somebody else has changed this template while you were writing" in shown
    assert "By Dana." in shown
    assert page.context["form"]["text_en"].value() == "By another."
    assert Template.objects.get(is_current=True).text["en"] == "By Dana."

    as_member("dana").post(
        "/desk/templates/hello/", {**TYPED, "text_en": "Both.", "seen": page.context["form"]["seen"].value()}
    )
    assert Template.objects.get(is_current=True).version == 3


def test_a_retired_one_is_not_offered_until_it_is_restored(as_member, town):
    template = a_template(town)
    dana = as_member("dana")

    dana.post("/desk/templates/hello/retire/")
    assert not Template.objects.offered(["message"], []).exists()
    assert "Not offered any more" in dana.get("/desk/templates/").content.decode()

    dana.post("/desk/templates/hello/restore/")
    assert Template.objects.offered(["message"], []).get() == template


def test_the_list_says_what_should_be_read_again(as_member, town):
    a_template(town, review_on="2026-01-05")

    assert ">now<" in as_member("dana").get("/desk/templates/").content.decode().replace("\n", "").replace(" ", "")


def test_who_supervises_a_department_looks_after_its_templates_only(as_member, town):
    a_template(town)
    a_template(town, code="ours", department=town.roads)
    a_template(town, code="theirs", department=town.bylaw)
    lea = as_member("lea")

    answers = {code: lea.post(f"/desk/templates/{code}/retire/").status_code for code in ("hello", "ours", "theirs")}
    assert answers == {"hello": 403, "ours": 302, "theirs": 403}
    assert lea.post("/desk/templates/new/", TYPED).status_code == 200
    assert lea.post("/desk/templates/new/", {**TYPED, "department": town.roads.pk}).status_code == 302
    assert lea.post("/desk/templates/new/", {**TYPED, "department": town.bylaw.pk}).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("dana", 200), ("ines", 200), ("lea", 200), ("ada", 403), ("otto", 403)])
def test_who_may_see_them(as_member, town, who, status):
    a_template(town)

    assert as_member(who).get("/desk/templates/").status_code == status
    assert as_member(who).get("/desk/templates/hello/").status_code == status
