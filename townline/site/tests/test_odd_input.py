"""What no keyboard sends: text that a database cannot hold, numbers that no record has, addresses of elsewhere."""

import json

import pytest

from townline.accounts.models import ApiKey


@pytest.mark.parametrize(
    "address",
    [
        "/track/%00/",
        "/find/?q=a%00b",
        "/track/l/%00/",
        "/desk/cases/%00/",
        "/desk/search/?q=a%00b",
        "/desk/customers/99999999999999999999999/",
        "/desk/mail/99999999999999999999999/",
        "/services/%E2%80%AE/",
    ],
)
def test_an_address_that_can_be_nobodys_is_not_found(as_member, address):
    assert as_member("rita").get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/account/?before=x~1", "/desk/work/all/newest/?after=nonsense", "/desk/interactions/?after=9999-99-99~x"],
)
def test_a_place_in_a_list_that_makes_no_sense_is_the_beginning(as_member, address):
    assert as_member("rita").get(address).status_code in (200, 404)


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "", "x" * 4001])
def test_the_api_refuses_words_that_cannot_be_kept(client, town, words):
    case = town.case(assignee=town.ada)
    key = ApiKey.issue(town.ada, "A test")

    response = client.post(
        f"/api/v1/cases/{case.reference}/close",
        data=json.dumps({"outcome": "done", "words": words}),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {key}",
    )

    assert response.status_code == 422


@pytest.mark.parametrize(
    "text",
    ["\u202eabc\u202c عربى", "😀 𝔘", "<script>alert(1)</script>", "a\x07\x1b[31mb", "{{ case }} %(x)s", "é" * 4000],
)
def test_whatever_is_typed_is_kept_as_it_was_and_shown_as_text(as_member, town, text):
    case = town.case(assignee=town.ada)
    browser = as_member("ada")

    browser.post(f"/desk/cases/{case.reference}/note/", {"text": text})

    assert case.notes.get().text == text
    page = browser.get(f"/desk/cases/{case.reference}/").content.decode()
    assert "<script>alert" not in page
    assert text in page or "&lt;script" in page
