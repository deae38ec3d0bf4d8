import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from townline.questions.forms import QuestionsForm
from townline.questions.terms import Context
from townline.questions.testing import THURSDAY, asking, definition, dogs, page, question, text

BIG = {"eq": [{"answer": "size"}, "big"]}
SIZE = question("size", "one_choice", codes="small big", required=True)
POTHOLE = definition(
    page("what", SIZE, question("depth", "number", required=True, show_if=BIG, hint=text("In centimetres."))),
    page("more", question("note", "paragraph"), question("price", "money"), question("seen", "date")),
    page("deep", question("x"), show_if={"gt": [{"answer": "depth"}, 50]}),
)


def form(page_id, answers=None, data=None, asked=POTHOLE, **more):
    return QuestionsForm(asked, page_id, answers or {}, context=THURSDAY, data=data, **more)


def test_a_page_is_drawn_with_its_labels_hints_and_limits():
    drawn = str(form("more"))

    assert re.search(r'<label class="govuk-label" for="id_q-note">Note\?', drawn)
    assert "Up to 2,000 characters." in drawn
    assert 'name="q-seen_day"' in drawn
    assert 'inputmode="decimal"' in drawn


def test_choices_stand_in_a_fieldset_with_a_legend():
    drawn = str(form("what"))

    assert re.search(r'<fieldset class="govuk-fieldset"[^>]*>\s*<legend[^>]*>Size\?', drawn)
    assert drawn.count('type="radio"') == 2


def test_a_condition_on_the_same_page_is_said_in_words():
    drawn = str(form("what"))

    assert "Answer this only if “Size?” is “Big”. In centimetres." in drawn


def test_the_server_demands_it_or_ignores_it():
    demanded = form("what", data={"q-size": "big", "q-depth": ""})
    ignored = form("what", data={"q-size": "small", "q-depth": "far"})

    assert demanded.errors == {"depth": ["Answer this question."]}
    assert ignored.is_valid()
    assert ignored.answers == {"size": "small"}


def test_an_answer_hidden_for_now_stays_in_the_draft():
    answered = form("what", {"size": "big", "depth": 60}, data={"q-size": "small", "q-depth": "60"})

    assert answered.is_valid()
    assert answered.answers == {"size": "small", "depth": 60}
    assert answered.resolved.answers == {"size": "small"}


def test_the_next_page_is_the_next_that_applies():
    shallow = form("more", {"size": "big", "depth": 3}, data={"q-note": "x"})
    deep = form("more", {"size": "big", "depth": 60}, data={"q-note": "x"})

    assert shallow.is_valid()
    assert shallow.next_page_id is None
    assert deep.is_valid()
    assert deep.next_page_id == "deep"


def test_a_page_that_does_not_apply_is_no_page():
    assert form("deep", {"size": "small"}).page is None
    assert form("nowhere").page is None


def test_what_was_typed_is_still_there_after_an_error():
    typed = {
        "q-note": "<b>long</b> " * 300,
        "q-price": "12 or so",
        "q-seen_day": "31",
        "q-seen_month": "2",
        "q-seen_year": "2026",
    }

    refused = form("more", data=typed)
    drawn = str(refused)

    assert set(refused.errors) == {"note", "price", "seen"}
    assert "Shorten it to 2,000 or fewer." in drawn
    assert drawn.count("&lt;b&gt;long&lt;/b&gt;") == 300
    assert 'value="12 or so"' in drawn
    assert 'name="q-seen_day" type="text" inputmode="numeric" value="31"' in drawn


def test_kept_answers_come_back_as_they_would_be_typed():
    kept = {"note": "x", "price": 125050, "seen": "2026-03-05"}

    assert 'value="1250.50"' in str(form("more", kept))
    assert 'value="2026"' in str(form("more", kept))
    with override("fr"):
        assert 'value="1250,50"' in str(form("more", kept))


def test_emptying_an_answer_takes_it_away():
    emptied = form("more", {"note": "x", "price": 100}, data={"q-note": "", "q-price": "1"})

    assert emptied.is_valid()
    assert emptied.answers == {"price": 100}


def test_questions_can_be_asked_in_another_language_than_the_page_has():
    drawn = str(form("what", language="fr"))

    assert '<span lang="fr">Size? (fr)</span>' in drawn
    assert "«\u202fSize? (fr)\u202f»" in drawn


def test_a_missing_translation_is_marked():
    asked = asking({**question("a"), "label": {"en": "Where?"}})

    with override("fr"):
        assert '<span lang="en">Where?</span>' in str(form("page", asked=asked))


def test_an_apostrophe_in_a_hint_reads_as_an_apostrophe():
    asked = asking({**question("a"), "hint": text("The dog's tag.")})

    assert "The dog&#x27;s tag." in str(form("page", asked=asked))


def test_text_to_read_stands_in_its_place():
    asked = asking(question("read_me", "information"), question("a"))

    assert re.search(r"<p>Read_me\?</p>.*A\?", str(form("page", asked=asked)), re.DOTALL)


def test_a_long_list_of_choices_opens():
    asked = asking(question("street", "one_choice", codes=" ".join(f"s{n}" for n in range(20))))

    assert '<select name="q-street"' in str(form("page", asked=asked))


def test_a_place_has_words_and_perhaps_a_point():
    asked = asking(question("where", "place"))
    data = {"q-where": "Behind the arena", "q-where_lat": "43.9", "q-where_long": "-78.6"}

    given = form("page", data=data, asked=asked)

    assert given.is_valid()
    assert given.answers == {"where": {"text": "Behind the arena", "lat": 43.9, "long": -78.6}}
    again = str(form("page", given.answers, asked=asked))
    assert 'value="Behind the arena"' in again
    assert 'name="q-where_lat" value="43.9"' in again


def test_many_choices_come_from_a_posted_form():
    asked = asking(question("things", "many_choices", codes="sign bench", required=True))

    assert form("page", data=QueryDict("q-things=bench&q-things=sign"), asked=asked).answers == {}
    given = form("page", data=QueryDict("q-things=bench&q-things=sign"), asked=asked)
    assert given.is_valid()
    assert given.answers == {"things": ["sign", "bench"]}
    assert form("page", data=QueryDict("csrf=1"), asked=asked).errors == {"things": ["Choose at least one answer."]}


def test_staff_questions_are_drawn_for_staff():
    asked = asking(question("seen", staff_only=True), question("a"))

    assert "q-seen" not in str(form("page", asked=asked))
    assert "q-seen" in str(QuestionsForm(asked, "page", {}, context=Context(THURSDAY.today, by_staff=True)))
    posted = form("page", data={"q-seen": "forged", "q-a": "x"}, asked=asked)
    assert posted.is_valid()
    assert posted.answers == {"a": "x"}


def test_an_answer_can_stop_the_form_whatever_else_is_missing():
    danger = question("danger", "one_choice")
    danger["options"] = [{"code": "now", "label": text("Now"), "stop": text("Call 9-1-1.")}]
    asked = definition(page("a", question("name", required=True), danger), page("b", question("x")))

    stopped = form("a", data={"q-danger": "now"}, asked=asked)

    assert stopped.is_valid()
    assert str(stopped.stop.text) == "Call 9-1-1."


DOGS = definition(
    dogs(question("name", required=True), question("things", "many_choices", codes="tag chip")),
    page("b", question("c")),
)


def test_a_list_begins_with_one_item():
    drawn = str(form("dogs", asked=DOGS))

    assert "Dog 1" in drawn
    assert 'name="q-dogs-0-name"' in drawn
    assert 'name="q-dogs-add"' in drawn
    assert "q-dogs-remove" not in drawn


def test_another_item_is_added_and_everything_typed_stays():
    typed = {"q-dogs-items": "1", "q-dogs-0-name": "Rex", "q-dogs-0-things": ["tag"], "q-dogs-add": "1"}

    more = form("dogs", data=typed, asked=DOGS)
    drawn = str(more)

    assert not more.is_valid()
    assert not more.errors
    assert 'value="Rex"' in drawn
    assert 'value="tag" id="id_q-dogs-0-things_0" checked' in drawn
    assert 'name="q-dogs-1-name"' in drawn
    assert drawn.index('aria-hidden="true">Continue') < drawn.index("q-dogs-remove")


def test_an_item_is_removed_and_the_others_move_up():
    typed = {
        "q-dogs-items": "3",
        "q-dogs-0-name": "A",
        "q-dogs-1-name": "B",
        "q-dogs-2-name": "C",
        "q-dogs-2-things": ["chip"],
    }

    fewer = form("dogs", data={**typed, "q-dogs-remove": "1"}, asked=DOGS)

    assert not fewer.is_valid()
    assert [fewer[name].value() for name in fewer.fields] == ["A", [], "C", ["chip"]]


def test_a_list_is_kept_item_by_item():
    typed = {"q-dogs-items": "3", "q-dogs-0-name": "Rex", "q-dogs-1-things": ["tag"], "q-dogs-2-name": ""}

    refused = form("dogs", data=typed, asked=DOGS)
    good = form("dogs", data={**typed, "q-dogs-1-name": "Ada"}, asked=DOGS)

    assert refused.errors == {"dogs-1-name": ["Answer this question."]}
    assert good.is_valid()
    assert good.answers == {"dogs": [{"name": "Rex"}, {"name": "Ada", "things": ["tag"]}]}
    assert good.next_page_id == "b"


@pytest.mark.parametrize("items", ["", "-1", "999999", "²", "x"])
def test_a_forged_number_of_items_is_harmless(items):
    assert form("dogs", data={"q-dogs-items": items}, asked=DOGS).counts["dogs"] in (1, 3)


def test_everything_can_be_asked_at_once():
    whole = form(None, data={"q-size": "big", "q-depth": "60", "q-x": "y"})

    assert whole.is_valid()
    assert whole.answers == {"size": "big", "depth": 60, "x": "y"}
    assert "This applies only if “Depth?” is more than 50." in str(whole)


def test_everything_at_once_ignores_a_page_that_does_not_apply():
    whole = form(None, data={"q-size": "small", "q-x": "y"})

    assert whole.is_valid()
    assert whole.resolved.answers == {"size": "small"}
