import pytest

from townline.questions.lint import lint
from townline.questions.testing import asking, definition, dogs, page, question, text

SIZE = question("size", "one_choice", codes="small big")


def only(form):
    """The one finding, as (place, what)."""
    (found,) = lint(form)
    assert found.right
    return ".".join(str(step) for step in found.loc), found.what


def test_a_sound_form_has_no_findings():
    form = definition(
        page("a", SIZE, question("depth", "number", min=0, max=9, show_if={"eq": [{"answer": "size"}, "big"]})),
        dogs(question("name"), question("fee", "money", show_if={"answered": "name"})),
        page("c", question("x", show_if={"gt": [{"sum": ["dogs", "fee"]}, 1000]})),
        calculations={"fees": {"sum": ["dogs", "fee"]}},
    )

    assert lint(form) == []


@pytest.mark.parametrize(
    ("form", "place", "what"),
    [
        (asking(question("a"), question("a")), "pages.0.questions.1.id", "is used twice"),
        (asking(question("page")), "pages.0.questions.0.id", "is used twice"),
        (asking(question("a"), retired=["a"]), "pages.0.questions.0.id", "was retired"),
        (asking({**question("a"), "label": {"en": "A"}}), "pages.0.questions.0.label.fr", "is missing in “fr”"),
        (asking({**question("a"), "hint": {"fr": "A"}}), "pages.0.questions.0.hint.en", "is missing in “en”"),
        (definition(page("a")), "pages.0.questions", "no questions"),
        (definition(), "pages", "asks nothing"),
        (asking(question("a", "one_choice")), "pages.0.questions.0.options", "nothing to choose from"),
        (asking(question("a", codes="x y")), "pages.0.questions.0.options", "has no options"),
        (asking(question("a", "one_choice", codes="x x")), "pages.0.questions.0.options.1.code", "used twice"),
        (asking(question("a", "file", max=11)), "pages.0.questions.0.max", "So many files"),
        (asking(question("a", pii=True), purpose="survey"), "pages.0.questions.0.pii", "no personal information"),
        (asking(question("a", "information", required=True)), "pages.0.questions.0.required", "has no answer"),
        (asking(question("a", min=3)), "pages.0.questions.0.min", "means nothing here"),
        (asking(question("a", "number", max_length=3)), "pages.0.questions.0.max_length", "means nothing here"),
        (asking(question("a", past=True)), "pages.0.questions.0.past", "means nothing here"),
        (asking(question("a", "number", min=3, max=2)), "pages.0.questions.0.min", "more than the most"),
        (asking(question("a", "money", min=2.5)), "pages.0.questions.0", "whole cents"),
        (definition(dogs(question("a"), least=4)), "pages.0.repeat.min", "more than the most"),
        (definition(dogs(question("a", "information"))), "pages.0.repeat", "asks nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_named_with_its_place(form, place, what):
    found_place, found_what = only(form)

    assert found_place == place
    assert what in found_what


def ruled(rule):
    """A form with two pages, a list and a last page that is asked by this rule."""
    return definition(
        page(
            "first",
            SIZE,
            question("told", "yes_no"),
            question("many", "many_choices", codes="a b"),
            question("on", "date"),
        ),
        page("second", question("note", "paragraph"), question("where", "place"), question("read_me", "information")),
        dogs(question("name"), question("fee", "money")),
        page("last", question("x", show_if=rule), question("later")),
        retired=["old"],
    )


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        ({"answered": "siz"}, "There is no question “siz”"),
        ({"answered": "old"}, "was retired"),
        ({"answered": "later"}, "not asked before"),
        ({"answered": "x"}, "not asked before"),
        ({"answered": "read_me"}, "has no answer"),
        ({"answered": "name"}, "once for each item"),
        ({"eq": [{"answer": "size"}, "huge"]}, "no option “huge”"),
        ({"in": [{"answer": "size"}, ["big", "huge"]]}, "no option “huge”"),
        ({"eq": [{"answer": "told"}, True]}, "no answer to “told”"),
        ({"eq": [{"answer": "many"}, "a"]}, "asked with has"),
        ({"has": [{"answer": "many"}, "c"]}, "no option “c”"),
        ({"has": [{"answer": "size"}, "big"]}, "one answer, not several"),
        ({"eq": [{"answer": "on"}, "soon"]}, "compared with a date"),
        ({"gt": [{"answer": "note"}, "a"]}, "no more and less"),
        ({"eq": [{"answer": "note"}, 3]}, "compared with text"),
        ({"eq": [{"answer": "where"}, "x"]}, "cannot be compared"),
        ({"eq": [{"count": "first"}, 1]}, "is not a list"),
        ({"gt": [{"sum": ["dogs", "name"]}, 1]}, "is not a number in this list"),
        ({"any_item": ["dogs", {"answered": "later"}]}, "not asked before"),
        ({"any_item": ["dogs", {"any_item": ["dogs", {"answered": "name"}]}]}, "this item only"),
        ({"eq": [{"context": "chanel"}, "web"]}, "Nothing is known about “chanel”"),
        ({"gt": [{"age_on": [{"answer": "size"}, {"today": True}]}, 1]}, "counted from a date"),
        ({"all": []}, "list of rules is empty"),
    ],
    ids=str,
)
def test_a_rule_looks_back_and_compares_like_with_like(rule, what):
    place, found = only(ruled(rule))

    assert place.startswith("pages.3.questions.0.show_if")
    assert what in found


def test_a_rule_that_is_too_deep_is_refused():
    rule = {"answered": "size"}
    for _ in range(12):
        rule = {"not": rule}

    assert "too deep" in only(ruled(rule))[1]


def test_a_page_is_shown_by_earlier_pages_only():
    form = definition(page("a", question("x"), show_if={"answered": "x"}))

    assert "not asked before" in only(form)[1]


def test_a_check_may_speak_of_its_own_question():
    check = {"rule": {"gt": [{"answer": "x"}, 3]}, "message": text("More")}

    assert lint(asking(question("x", "number", checks=[check]))) == []


def test_a_list_is_not_complete_inside_itself():
    form = definition(dogs(question("name"), question("x", show_if={"gt": [{"count": "dogs"}, 1]})))

    assert "not complete before this" in only(form)[1]


def test_an_unknown_word_gets_the_nearest_known_one():
    (found,) = lint(ruled({"answered": "siz"}))

    assert str(found).endswith("There is no question “siz”. Did you mean “size”?")
