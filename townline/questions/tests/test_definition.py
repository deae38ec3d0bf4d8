from pathlib import Path

import pytest
from pydantic import ValidationError

from townline.questions.definition import Definition, json_schema
from townline.questions.testing import asking, definition, dogs, page, question, text, written


def test_a_definition_comes_back_from_its_own_json():
    form = definition(
        page("what", question("size", "one_choice", codes="small big", required=True)),
        page(
            "more",
            question(
                "depth", "number", min=0, checks=[{"rule": {"lt": [{"answer": "depth"}, 9]}, "message": text("Hm")}]
            ),
            show_if={"not": {"in": [{"answer": "size"}, ["small"]]}},
        ),
        dogs(question("age", "number")),
        calculations={"ages": {"sum": ["dogs", "age"]}},
    )

    assert Definition.model_validate(form.as_json()) == form
    assert Definition.model_validate_json(form.model_dump_json(by_alias=True)) == form


def test_the_stored_json_repeats_no_defaults():
    stored = asking(question("size")).as_json()

    assert stored["pages"][0]["questions"] == [question("size")]


def test_the_json_schema_knows_every_key_and_nothing_more():
    schema = json_schema()

    asked = schema["$defs"]["Question"]
    assert schema["required"] == ["schema_version", "code", "version", "title", "pages"]
    assert asked["required"] == ["id", "kind", "label"]
    assert asked["additionalProperties"] is False
    assert len(schema["$defs"]["Kind"]["enum"]) == 13


def test_a_date_that_yaml_has_read_is_text_again():
    from datetime import date

    form = definition(
        page("a", question("on", "date")),
        page("b", question("x"), show_if={"eq": [{"answer": "on"}, date(2026, 3, 1)]}),
    )

    assert form.as_json()["pages"][1]["show_if"] == {"eq": [{"answer": "on"}, "2026-03-01"]}


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "Size", "kind": "short_text", "label": text("x")},
        {"id": "size", "kind": "essay", "label": text("x")},
        {"id": "size", "kind": "short_text", "label": "x"},
        {"id": "size", "kind": "short_text", "label": {"de": "x"}},
        {"id": "size", "kind": "short_text", "label": {"en": True}},
        {"id": "size", "kind": "short_text", "label": {"en": "a\0b"}},
        {"id": "size", "kind": "short_text", "label": text("x"), "colour": "red"},
        {"id": "size", "kind": "short_text", "label": text("x"), "required": "yes"},
        {"id": "size", "kind": "short_text", "label": text("x"), "max_length": 10_001},
        {"id": "size", "kind": "short_text", "label": text("x"), "show_if": {"equals": [1, 2]}},
        {"id": "size", "kind": "short_text", "label": text("x"), "show_if": {"eq": [1, 2], "ne": [1, 2]}},
        {"id": "size", "kind": "short_text", "label": text("x"), "show_if": {"eq": [1, 2, 3]}},
        {"id": "size", "kind": "short_text", "label": text("x"), "show_if": {"eq": [{"reply": "a"}, 2]}},
    ],
    ids=lambda broken: str(broken)[:60],
)
def test_anything_else_is_refused(broken):
    with pytest.raises(ValidationError):
        asking(broken)


def test_an_unknown_rule_is_told_the_rules_there_are():
    with pytest.raises(ValidationError, match="which is one of: all, any, not, eq"):
        asking(question("size", show_if={"equals": [1, 2]}))


def test_only_version_one_is_read():
    with pytest.raises(ValidationError):
        Definition.model_validate({**written(page("a", question("b"))), "schema_version": 2})


def test_every_form_that_ships_can_be_read_and_published():
    from ruamel.yaml import YAML

    from townline.questions.lint import lint

    towns = Path(__file__).resolve().parents[3] / "towns"
    shipped = [YAML(typ="safe").load(path).get("questions") for path in sorted(towns.glob("*/services/*.yaml"))]
    forms = [
        Definition.model_validate({"schema_version": 1, "code": "x", "version": 1, **form}) for form in shipped if form
    ]

    assert [finding for form in forms for finding in lint(form)] == []
