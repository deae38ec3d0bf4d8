import pytest
from django.utils.translation import override

from townline.questions.testing import asking, definition, dogs, page, question, text
from townline.questions.words import answer_only_if, only_if, said

SPAYED = {**question("spayed", "yes_no"), "label": text("Is the dog spayed?", "Le chien est-il stérilisé?")}
FORM = definition(
    page(
        "first",
        SPAYED,
        question("size", "one_choice", codes="small big"),
        question("things", "many_choices", codes="sign bench"),
        question("on", "date"),
        question("price", "money"),
        question("depth", "number"),
    ),
    dogs(question("fee", "money"), question("name")),
)


def in_words(rule, language="en"):
    asked = definition(
        *[part.model_dump(by_alias=True, exclude_defaults=True) for part in FORM.pages],
        page("x", question("y", show_if=rule)),
    )
    return only_if(asked, asked.question("y").show_if, language)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"eq": [{"answer": "spayed"}, "yes"]}, "Only if “Is the dog spayed?” is “Yes”."),
        ({"ne": [{"answer": "size"}, "big"]}, "Only if “Size?” is not “Big”."),
        ({"not": {"eq": [{"answer": "size"}, "big"]}}, "Only if “Size?” is not “Big”."),
        ({"in": [{"answer": "size"}, ["small", "big"]]}, "Only if “Size?” is “Small” or “Big”."),
        ({"has": [{"answer": "things"}, "sign"]}, "Only if “Things?” includes “Sign”."),
        ({"gt": [{"answer": "depth"}, 3]}, "Only if “Depth?” is more than 3."),
        ({"lte": [{"answer": "price"}, 1250]}, "Only if “Price?” is at most $12.50."),
        ({"lt": [{"answer": "on"}, "2026-03-01"]}, "Only if “On?” is before Sunday 1 March 2026."),
        ({"gte": [{"answer": "on"}, {"today": True}]}, "Only if “On?” is on or after today."),
        ({"answered": "size"}, "Only if “Size?” is answered."),
        ({"not": {"answered": "size"}}, "Only if “Size?” is not answered."),
        (
            {"all": [{"answered": "on"}, {"any": [{"answered": "size"}, {"answered": "depth"}]}]},
            "Only if “On?” is answered and (“Size?” is answered or “Depth?” is answered).",
        ),
        ({"gt": [{"count": "dogs"}, 3]}, "Only if the number of items in “Dogs” is more than 3."),
        ({"gt": [{"sum": ["dogs", "fee"]}, 5000]}, "Only if the total of “Fee?” is more than $50.00."),
        ({"any_item": ["dogs", {"answered": "name"}]}, "Only if for at least one dog, “Name?” is answered."),
        ({"all_items": ["dogs", {"answered": "name"}]}, "Only if for every dog, “Name?” is answered."),
        (
            {"gte": [{"age_on": [{"answer": "on"}, {"today": True}]}, 65]},
            "Only if the age since “On?” on today is at least 65.",
        ),
        ({"eq": [{"context": "channel"}, "phone"]}, "Only if the way you reached us is “phone”."),
    ],
    ids=str,
)
def test_a_rule_in_words(rule, words):
    assert in_words(rule) == words


def test_a_rule_in_french_has_french_labels_and_quotation_marks():
    assert "«\u202fLe chien est-il stérilisé?\u202f»" in in_words({"eq": [{"answer": "spayed"}, "yes"]}, "fr")


def test_the_line_for_whoever_answers():
    form = asking(SPAYED, question("when", "date", show_if={"eq": [{"answer": "spayed"}, "yes"]}))

    line = answer_only_if(form, form.question("when").show_if, "en")

    assert line == "Answer this only if “Is the dog spayed?” is “Yes”."


def test_an_answer_in_words():
    assert said(FORM.question("price"), 125050) == "$1,250.50"
    assert said(FORM.question("things"), ["sign", "bench"]) == "Sign\nBench"
    assert said(FORM.question("spayed"), "no") == "No"
    with override("fr"):
        assert said(FORM.question("price"), 125050).replace("\u00a0", " ") == "1 250,50 $"
        assert said(FORM.question("size"), "big") == "Big (fr)"
