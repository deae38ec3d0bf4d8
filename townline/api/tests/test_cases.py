"""The interface for other systems: a key, the same rules, and refusals a program can read."""

import pytest
from django.test import Client

from townline.accounts.models import ApiKey

PROBLEM = "application/problem+json"


def test_a_case_as_another_system_sees_it(call, town):
    case = town.case("Broken street lamp", assignee=town.ada)

    found = call("ada", f"cases/{case.reference}", method="get").json()

    assert found["reference"] == case.reference
    assert found["status"] == "open"
    assert found["service"] == "pothole"
    assert found["department"] == "roads"
    assert found["outcome"] is None
    assert found["due_at"] is not None
    assert "Rivera" not in str(found)


def test_without_a_key_the_answer_is_json_and_no_page_to_sign_in(client, town):
    case = town.case("Broken street lamp")

    response = client.post(f"/api/v1/cases/{case.reference}/take")

    assert response.status_code == 401
    assert response["Content-Type"] == PROBLEM
    assert response.json()["status"] == 401


@pytest.mark.parametrize("key", ["", "nonsense", "ключ"])
def test_a_key_that_is_none_opens_nothing(town, key):
    response = Client().get("/api/v1/cases?mine=true", headers={"Authorization": f"Bearer {key}"})

    assert response.status_code == 401


def test_a_key_that_was_switched_off_opens_nothing(town):
    key = ApiKey.issue(town.ada, "The old system")
    ApiKey.objects.get().switch_off(by=town.ines)

    response = Client().get("/api/v1/cases?mine=true", headers={"Authorization": f"Bearer {key}"})

    assert response.status_code == 401


def test_being_signed_in_at_the_desk_is_no_key(as_member, town):
    case = town.case("Broken street lamp")

    assert as_member("ada").post(f"/api/v1/cases/{case.reference}/take").status_code == 401


@pytest.mark.parametrize(
    ("who", "verb", "body", "status"),
    [
        ("ada", "close", {"outcome": "done", "words": "Done."}, 200),
        ("ben", "close", {"outcome": "done", "words": "Done."}, 403),
        ("otto", "close", {"outcome": "done", "words": "Done."}, 404),
        ("ada", "take", {}, 409),
        ("ada", "resume", {}, 409),
        ("ada", "close", {"outcome": "splendid", "words": "Done."}, 422),
        ("ada", "close", {"outcome": "done"}, 422),
        ("ada", "note", {"text": "a" * 4001}, 422),
        ("ada", "wait", {"reason": "weather", "until_on": "2026-02-30"}, 422),
    ],
)
def test_a_refusal_is_a_problem_document(call, town, who, verb, body, status):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = call(who, f"cases/{case.reference}/{verb}", **body)

    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json" if status == 200 else PROBLEM)
    assert status == 200 or response.json()["title"]


def test_what_does_not_fit_is_named_and_not_repeated(call, town):
    case = town.case("Broken street lamp", assignee=town.ada)

    problem = call("ada", f"cases/{case.reference}/close", outcome="splendid", words="A secret.").json()

    assert [one["field"] for one in problem["errors"]] == ["body.closing.outcome"]
    assert "A secret." not in str(problem)


def test_a_body_that_is_no_json_is_refused(town):
    key = ApiKey.issue(town.ada, "A test")
    case = town.case("Broken street lamp", assignee=town.ada)

    response = Client().post(
        f"/api/v1/cases/{case.reference}/note",
        b"{not json",
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert 400 <= response.status_code < 500
    assert not case.notes.exists()


def test_a_list_goes_on_where_it_stopped(call, town):
    made = {town.case(f"Lamp {number}").reference for number in range(51)}

    first = call("ada", "cases", method="get", department="roads").json()
    second = call("ada", "cases", method="get", department="roads", after=first["next"]).json()

    assert len(first["cases"]) == 50
    assert second["next"] == ""
    assert {case["reference"] for case in first["cases"] + second["cases"]} == made


def test_ones_own_cases(call, town):
    mine = town.case("Lamp", assignee=town.ada)
    town.case("Lamp")

    assert [one["reference"] for one in call("ada", "cases", method="get", mine="true").json()["cases"]] == [
        mine.reference
    ]


def test_everything_is_for_those_who_may_see_everything(call, town):
    case, noise = town.case("Lamp"), town.case("Noise", service=town.noise)

    assert call("ada", "cases", method="get").status_code == 403
    assert call("ada", "cases", method="get", department="bylaw").json()["cases"] == []
    assert call("ada", "cases", method="get", department="nowhere").status_code == 404
    assert [one["reference"] for one in call("rita", "cases", method="get").json()["cases"]] == [
        noise.reference,
        case.reference,
    ]


def test_the_list_does_not_ask_more_when_it_is_longer(call, town, django_assert_max_num_queries):
    for number in range(5):
        town.case(f"Lamp {number}")

    with django_assert_max_num_queries(12):
        call("ada", "cases", method="get", department="roads")
