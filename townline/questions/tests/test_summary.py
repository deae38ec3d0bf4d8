from townline.questions.resolve import resolve
from townline.questions.summary import summary
from townline.questions.testing import THURSDAY, definition, dogs, page, question, text

FORM = definition(
    page(
        "what",
        question("size", "one_choice", codes="small big"),
        question("note", "paragraph", show_if={"eq": [{"answer": "size"}, "big"]}),
        question("seen", staff_only=True),
        question("phone", "phone", pii=True),
        question("read_me", "information"),
    ),
    dogs(question("name")),
)
ANSWERS = {"size": "big", "dogs": [{"name": "Rex"}, {"name": "Ada"}], "seen": "at noon"}


def test_answers_are_shown_as_they_were_kept():
    found = summary(FORM, ANSWERS, "en")

    assert [(row.label, row.value) for row in found[0].rows] == [("Size?", "Big")]
    assert [(part.heading, part.rows[0].value) for part in found[1:]] == [
        ("Dogs: dog 1", "Rex"),
        ("Dogs: dog 2", "Ada"),
    ]


def test_staff_also_see_what_staff_answered():
    assert [row.question_id for row in summary(FORM, ANSWERS, "en", for_staff=True)[0].rows] == ["size", "seen"]


def test_the_check_page_shows_what_was_left_empty():
    rows = summary(FORM, resolve(FORM, {"size": "big"}, THURSDAY), "en")[0].rows

    assert [(row.question_id, row.value, row.is_answered) for row in rows] == [
        ("size", "Big", True),
        ("note", "Not answered", False),
        ("phone", "Not answered", False),
    ]
    assert [row.is_pii for row in rows] == [False, False, True]


def test_a_hidden_question_is_not_on_the_check_page():
    rows = summary(FORM, resolve(FORM, {"size": "small", "note": "x"}, THURSDAY), "en")[0].rows

    assert [row.question_id for row in rows] == ["size", "phone"]


def test_a_text_without_its_translation_tells_its_language():
    form = definition(page("a", {**question("b"), "label": {"en": "What?"}}))

    row = summary(form, {"b": "<b>x</b>"}, "fr")[0].rows[0]

    assert (row.label, row.label_lang, row.value, row.value_lang) == ("What?", "en", "<b>x</b>", "")


def test_the_summary_speaks_the_language_asked_for():
    row = summary(FORM, ANSWERS, "fr")[0].rows[0]

    assert (row.label, row.value, row.value_lang) == (text("Size?")["fr"], text("Big")["fr"], "fr")
