"""What stands beside a case: many small tables, one query."""

from townline.cases.beside import as_moment, beside
from townline.cases.models import Case, Note
from townline.catalogue.models import Definition
from townline.core.localized import Localized


def test_every_source_is_asked_in_one_query(town, django_assert_num_queries, monkeypatch):
    case = town.case("Lamp", assignee=town.ada)
    case.note(by=town.ada, text="Two “words” and a \\ back")
    Definition.objects.create(code="abusive", term={"en": "Abusive", "fr": "Abusif"}, text={"en": "Threats."}, order=1)
    fields = {"text": "text", "at": "at", "by": "by__name"}
    from townline.cases import beside as part

    notes = (lambda case, user: Note.objects.filter(case=case)), fields
    nothing = (lambda case, user: None), fields
    monkeypatch.setattr(part, "_sources", {**part._sources, "notes": notes, "nothing": nothing})

    shown, reader = Case.objects.for_page().get(pk=case.pk), town.ada
    assert reader.holds("case.work")
    assert reader.holds("case.read")
    assert reader.department_ids

    with django_assert_num_queries(1):
        found = beside(shown, reader)

    (note,) = found["notes"]
    assert note["text"] == "Two “words” and a \\ back"
    assert note["by"] == "Ada Bell"
    assert as_moment(note["at"]) == case.notes.get().at
    assert found["nothing"] == []


def test_text_in_two_languages_comes_as_such(town):
    Definition.objects.create(code="abusive", term={"en": "Abusive", "fr": "Abusif"}, text={"en": "Threats."})

    (definition,) = beside(town.case("Lamp"), town.ada)["definitions"]

    assert definition["term"] == Localized(en="Abusive", fr="Abusif")
    assert isinstance(definition["term"], Localized)
