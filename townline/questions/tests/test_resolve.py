from townline.questions.resolve import resolve
from townline.questions.terms import Context
from townline.questions.testing import THURSDAY, asking, definition, dogs, page, question, text

SIZE = question("size", "one_choice", codes="small big", required=True)
BIG = {"eq": [{"answer": "size"}, "big"]}
POTHOLE = definition(
    page("what", SIZE),
    page("more", question("depth", "number", required=True), show_if=BIG),
    page("last", question("note", "paragraph")),
)


def test_only_what_applies_is_asked():
    assert resolve(POTHOLE, {"size": "small"}, THURSDAY).page_ids == ("what", "last")
    assert resolve(POTHOLE, {"size": "big"}, THURSDAY).page_ids == ("what", "more", "last")


def test_a_hidden_answer_is_dropped_and_named():
    resolved = resolve(POTHOLE, {"size": "small", "depth": 3}, THURSDAY)

    assert resolved.answers == {"size": "small"}
    assert resolved.not_asked == ("depth",)
    assert resolved.is_complete


def test_a_hidden_answer_decides_nothing_further_on():
    form = definition(
        page("a", SIZE, question("depth", "number", show_if=BIG)),
        page("b", question("deep", "yes_no", required=True), show_if={"gt": [{"answer": "depth"}, 5]}),
        calculations={"depth": {"answer": "depth"}},
    )

    resolved = resolve(form, {"size": "small", "depth": 9}, THURSDAY)

    assert resolved.page_ids == ("a",)
    assert resolved.calculations == {"depth": None}


def test_what_is_missing_or_wrong_is_said_for_each_question():
    resolved = resolve(POTHOLE, {"size": "big", "note": "x" * 2001}, THURSDAY)

    assert resolved.errors == {
        "depth": "Answer this question.",
        "note": "This has 2,001 characters. Shorten it to 2,000 or fewer.",
    }
    assert resolved.answers == {"size": "big"}
    assert resolved.unfinished_page == "more"
    assert not resolved.is_complete


def test_unknown_questions_are_refused():
    resolved = resolve(POTHOLE, {"size": "small", "colour": "red", "\0" * 999: 1}, THURSDAY)

    assert resolved.errors["colour"] == "This form has no such question."
    assert all(len(path) <= 60 for path in resolved.errors)
    assert resolved.answers == {"size": "small"}


def test_the_way_through_the_pages():
    resolved = resolve(POTHOLE, {"size": "small"}, THURSDAY)

    assert resolved.page_after() == "what"
    assert resolved.page_after("what") == "last"
    assert resolved.page_after("last") is None
    assert resolved.page_before() == "last"
    assert resolved.page_before("last") == "what"
    assert resolved.page_before("what") is None
    assert resolved.page_after("more") is None


def test_a_check_is_asked_of_a_given_answer_only():
    late = {"rule": {"gte": [{"answer": "on"}, {"today": True}]}, "message": text("Choose a day to come.")}
    form = asking(question("on", "date", checks=[late]))

    assert resolve(form, {}, THURSDAY).is_complete
    assert resolve(form, {"on": "2026-12-03"}, THURSDAY).is_complete
    refused = resolve(form, {"on": "2026-12-02"}, THURSDAY)
    assert refused.errors == {"on": "Choose a day to come."}
    assert refused.answers == {}


def test_an_option_can_end_the_form():
    danger = question("danger", "one_choice", required=True)
    danger["options"] = [
        {"code": "now", "label": text("Now"), "stop": text("Call 9-1-1.")},
        {"code": "no", "label": text("No")},
    ]
    form = definition(
        page("first", question("name", required=True), danger), page("second", question("x", required=True))
    )

    resolved = resolve(form, {"danger": "now", "x": "y"}, THURSDAY)

    assert resolved.stop is not None
    assert (resolved.stop.page_id, resolved.stop.question_id, str(resolved.stop.text)) == (
        "first",
        "danger",
        "Call 9-1-1.",
    )
    assert resolved.page_ids == ("first",)
    assert not resolved.errors
    assert not resolved.is_complete


def test_staff_questions_are_asked_by_staff_only():
    form = asking(question("seen", required=True, staff_only=True))

    by_customer = resolve(form, {"seen": "yes"}, THURSDAY)
    by_staff = resolve(form, {}, Context(THURSDAY.today, by_staff=True))

    assert (by_customer.answers, by_customer.not_asked) == ({}, ("seen",))
    assert by_staff.errors == {"seen": "Answer this question."}


def test_text_to_read_has_no_answer():
    form = asking(question("read_me", "information"))

    resolved = resolve(form, {"read_me": "y"}, THURSDAY)

    assert set(resolved.errors) == {"read_me"}
    assert resolve(form, {}, THURSDAY).is_complete


def test_files_are_asked_for_on_the_portal_and_answered_by_their_keys():
    form = asking(question("photo", "file", required=True))
    keys = ["a" * 43, "b" * 43]

    assert resolve(form, {"photo": keys}, THURSDAY).answers == {"photo": keys}
    assert resolve(form, {}, THURSDAY).errors == {"photo": "Add at least one photo or document."}
    assert resolve(form, {}, Context(THURSDAY.today, by_staff=True)).is_complete


DOGS = definition(
    dogs(
        question("name", required=True),
        question("altered", "yes_no"),
        question("why", show_if={"eq": [{"answer": "altered"}, "no"]}, required=True),
        question("fee", "money"),
        least=1,
    ),
    page("late", question("reason"), show_if={"any_item": ["dogs", {"eq": [{"answer": "altered"}, "no"]}]}),
    calculations={"fees": {"sum": ["dogs", "fee"]}, "dogs_named": {"count": "dogs"}},
)


def test_a_list_is_asked_item_by_item():
    given = {"dogs": [{"name": "Rex", "altered": "no", "fee": 3000}, {"altered": "yes", "why": "?", "fee": "15.00"}]}

    resolved = resolve(DOGS, given, THURSDAY)

    assert resolved.errors == {"dogs.0.why": "Answer this question.", "dogs.1.name": "Answer this question."}
    assert resolved.not_asked == ("dogs.1.why",)
    assert resolved.answers["dogs"][1] == {"altered": "yes", "fee": 1500}
    assert resolved.calculations == {"fees": 4500, "dogs_named": 2}
    assert resolved.page_ids == ("dogs", "late")
    assert resolved.unfinished_page == "dogs"


def test_an_empty_item_more_is_no_item():
    resolved = resolve(DOGS, {"dogs": [{"name": "Rex"}, {"name": " "}, {}]}, THURSDAY)

    assert resolved.answers == {"dogs": [{"name": "Rex"}]}
    assert resolved.is_complete


def test_a_list_has_its_least_and_its_most():
    assert resolve(DOGS, {}, THURSDAY).errors == {"dogs.0.name": "Answer this question."}
    assert resolve(DOGS, {"dogs": [{"name": "x"}] * 4}, THURSDAY).errors["dogs"] == "Enter at most 3: dog."
    optional = definition(dogs(question("name"), least=2))
    assert resolve(optional, {"dogs": [{"name": "x"}]}, THURSDAY).errors == {"dogs": "Add at least 2: dog."}


def test_a_list_is_a_list_of_items():
    for wrong in ("Rex", {"name": "Rex"}, [1], [["Rex"]]):
        assert resolve(DOGS, {"dogs": wrong}, THURSDAY).errors["dogs"] == "Give the answers as a list."
    assert "dogs.0.colour" in resolve(DOGS, {"dogs": [{"colour": "red"}]}, THURSDAY).errors
