"""Whatever is typed is stored as it was typed and shown as text, or refused where it stands."""

import pytest

from townline.cases.models import Case, Draft
from townline.portal.tests.walking import answer_everything, begin, text_of

STRANGE = [
    "<script>alert('x')</script> & <b>bold</b>",
    "🚗🕳️ 𝔡𝔢𝔢𝔭",
    "עומק גדול ליד הגשר",
    "حفرة عميقة قرب الجسر",
    "Zoë’s café – “corner” \\ ' \" {{ name }} {% now %}",
]


@pytest.mark.parametrize("words", STRANGE, ids=["html", "4-byte", "hebrew", "arabic", "marks"])
def test_strange_text_is_stored_as_typed_and_shown_as_text(client, pothole, words):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": words})
    client.post(f"{at}/q-what/", {"q-danger": "no", "q-words": words})
    client.post(f"{at}/you/", {"name": words, "address": f"{words}\nL1C 3A6"})
    check = text_of(client.get(f"{at}/check/"))
    client.post(f"{at}/check/")

    case = Case.objects.get()
    tracked = text_of(client.get(f"/track/{case.reference}/"))
    assert (case.place_label, case.answers["words"], case.customer.name) == (words, words, words)
    assert case.contact_point.value == f"{words}\nL1C 3A6"
    assert "<script>alert" not in check + tracked
    assert "<b>bold" not in check + tracked


def test_long_text_is_kept_whole(client, pothole):
    words = "Deep hole. 🕳️ " * 280
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/q-what/", {"q-danger": "yes", "q-words": words})
    client.post(f"{at}/check/")

    assert Case.objects.get().answers["words"] == words.strip()


def test_control_characters_are_taken_out(client, pothole):
    at = begin(client, pothole)
    client.post(f"{at}/where/", {"label": "12\x00 Main\x07 Street\r\nby the bridge"})
    client.post(f"{at}/q-what/", {"q-danger": "no", "q-words": "a\x00b\x1bc"})
    client.post(f"{at}/you/", {"name": "Elena\x00 Rivera\x85", "email": "elena@example.org\x00"})
    client.post(f"{at}/check/")

    case = Case.objects.get()
    assert case.place_label == "12 Main Street by the bridge"
    assert case.answers["words"] == "abc"
    assert (case.customer.name, case.contact_point.value) == ("Elena Rivera", "elena@example.org")


@pytest.mark.parametrize(
    ("step", "field", "limit"),
    [("where", "label", 200), ("you", "name", 120), ("you", "address", 300), ("q-what", "q-words", 4000)],
)
def test_what_is_too_long_is_refused_at_its_field_and_the_limit_is_said_before(client, pothole, step, field, limit):
    at = begin(client, pothole)
    too_long = "é" * (limit + 1)

    before = text_of(client.get(f"{at}/{step}/"))
    response = client.post(f"{at}/{step}/", {"name": "Elena", "q-danger": "no", field: too_long})

    page = text_of(response)
    assert f"p to {limit:,} characters." in before
    assert "maxlength" not in before
    assert f"Shorten it to {limit:,} or fewer." in page or f"Shorten it to {limit} or fewer." in page
    assert too_long in page
    assert step not in Draft.objects.get().done


@pytest.mark.parametrize(("body", "kept"), [(b"label=Caf\xe9", "Café"), (b"label=Caf%E9", "Caf\ufffd")])
def test_a_wrong_charset_breaks_nothing(client, pothole, body, kept):
    at = begin(client, pothole)

    client.post(f"{at}/where/", body, content_type="application/x-www-form-urlencoded")

    assert Draft.objects.get().place["label"] == kept


@pytest.mark.parametrize(
    "answers",
    [{"q-danger": "perhaps"}, {"q-danger": ["yes", "no", "x"]}, {}],
    ids=["not a choice", "several", "nothing"],
)
def test_an_answer_of_the_wrong_kind_is_refused_at_its_question(client, pothole, answers):
    at = begin(client, pothole)

    response = client.post(f"{at}/q-what/", answers)

    assert response.status_code == 200
    assert 'href="#id_q-danger_0"' in text_of(response)
    assert Draft.objects.get().done == []
