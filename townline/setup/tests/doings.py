"""How the verbs of what is set up come about, for the test that walks through all of them."""

from typing import Any

from townline.accounts.models import Calendar, Counter, Department, Municipality, Position, Role
from townline.accounts.set_up import Retirable
from townline.catalogue.models import (
    Body,
    CollectionNotice,
    Definition,
    RoadStandard,
    Service,
    Standard,
    Step,
    WrapUp,
)
from townline.conduct.models import SupportivePhrase
from townline.core.localized import Localized
from townline.routing.models import Queue
from townline.setup.beginning import begin_questions
from townline.setup.models import FormDraft, Sample

SAID = Localized(en="Said", fr="Dit")
LABEL = {"en": "Where?", "fr": "Où?"}
ROWS: dict[type[Any], Any] = {
    Municipality: lambda town: town.municipality,
    Calendar: lambda town: town.calendar,
    Department: lambda town: town.bylaw,
    Role: lambda town: town.roles["officer"],
    Service: lambda town: town.pothole,
    Standard: lambda town: Standard.objects.get(code="outcome"),
    CollectionNotice: lambda town: town.notice,
    Position: lambda town: Position.objects.create(code="chair", title=SAID, department=town.roads),
    Counter: lambda town: Counter.objects.create(code="desk", name=SAID, address="Here", calendar=town.calendar),
    Queue: lambda town: Queue.objects.create(code="winter", name=SAID, department=town.roads),
    RoadStandard: lambda town: RoadStandard.objects.create(code="holes", name=SAID, service=town.pothole),
    Definition: lambda town: Definition.objects.create(code="word", term=SAID, text=SAID),
    Step: lambda town: town.step("visit", "Visit"),
    WrapUp: lambda town: WrapUp.objects.create(code="aa", keys="aa", name=SAID),
    Body: lambda town: Body.objects.create(code="body", name=SAID, matter=SAID, reach=SAID, say=SAID),
    SupportivePhrase: lambda town: SupportivePhrase.objects.create(code="calm", moment=SAID, text=SAID),
}
DOERS = {Role: "ines"}


def given(model: type[Any], **more: Any) -> Any:
    """A row of this model that says so."""

    def make(town: Any) -> Any:
        record = ROWS[model](town)
        model.objects.filter(pk=record.pk).update(**more)
        return record

    return make


def doing(name: str, who: str, **more: Any) -> Any:
    """This verb, done by this member of the cast."""
    return lambda record, town: getattr(record, name)(by=getattr(town, who), **more)


def verbs_of_row(model: type[Any]) -> dict[str, Any]:
    """Every verb that a row of this model has from being set up."""
    who, name = DOERS.get(model, "dana"), model.__name__
    found = {
        f"{name}.add": (given(model), who, doing("add", who)),
        f"{name}.change": (given(model), who, doing("change", who, provenance={"mark": "C"})),
        f"{name}.confirm": (given(model, provenance={"mark": "P"}), who, doing("confirm", who)),
    }
    if issubclass(model, Retirable):
        found[f"{name}.retire"] = (given(model, is_active=True), who, doing("retire", who))
        found[f"{name}.restore"] = (given(model, is_active=False), who, doing("restore", who))
    return found


def a_form(town: Any) -> FormDraft:
    """The draft of two pages with three questions, changed three times."""
    draft = begin_questions(town.pothole, by=town.dana)
    for at, page in enumerate(("first", "second")):
        draft.add_page(by=town.dana, seen=at, page={"id": page, "title": LABEL})
    draft.add(by=town.dana, seen=2, page_id="first", question=question("where"))
    draft.add(by=town.dana, seen=3, page_id="first", question=question("since", kind="date"))
    return draft


def question(name: str, **more: Any) -> dict[str, Any]:
    """A question that is asked of everybody."""
    return {"id": name, "kind": "short_text", "label": LABEL, **more}


def a_sample(town: Any) -> Sample:
    """Answers that were kept."""
    return Sample.objects.create(service=town.pothole, name="A sample", kept_by=town.dana)


def drafting(name: str, **more: Any) -> Any:
    """This verb on the draft of four changes."""
    return (a_form, "dana", doing(name, "dana", seen=4, **more))


DOINGS: dict[str, Any] = {
    "FormDraft.retitle": drafting("retitle", title=LABEL),
    "FormDraft.add_page": drafting("add_page", page={"id": "third", "title": LABEL}),
    "FormDraft.change_page": drafting("change_page", page_id="first", page={"title": LABEL}),
    "FormDraft.move_page": drafting("move_page", page_id="first", up=False),
    "FormDraft.remove_page": drafting("remove_page", page_id="first"),
    "FormDraft.add": drafting("add", page_id="first", question=question("size")),
    "FormDraft.change": drafting("change", question_id="where", question=question("where", required=True)),
    "FormDraft.move": drafting("move", question_id="where", up=False),
    "FormDraft.remove": drafting("remove", question_id="where"),
    "FormDraft.publish": (a_form, "dana", doing("publish", "dana", version=1)),
    "FormDraft.discard": drafting("discard"),
    "Sample.accept": (a_sample, "dana", doing("accept", "dana", expects={"asked": []})),
    "Sample.drop": (a_sample, "dana", doing("drop", "dana")),
}
for _model in ROWS:
    DOINGS |= verbs_of_row(_model)
