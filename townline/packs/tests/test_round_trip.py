"""A pack goes into the database and comes out again as it was."""

from datetime import date
from pathlib import Path

import pytest
import time_machine

from townline.accounts.models import Calendar, Closure, Counter, Department, Municipality, Position, Role
from townline.afterhours.models import Rota, Script
from townline.catalogue.models import Body, CollectionNotice, Definition, Service, Standard, Step, WrapUp
from townline.core.localized import Localized
from townline.council.models import Member
from townline.macros.models import Macro
from townline.packs.apply import apply
from townline.packs.export import contents, export
from townline.packs.plan import plan
from townline.packs.problems import PackRefused
from townline.packs.reading import read
from townline.packs.tests.conftest import PACK
from townline.questions.models import FormVersion
from townline.routing.models import Queue, RuleSet
from townline.timeline.models import Event
from townline.wording.models import Template

pytestmark = pytest.mark.django_db


KINDS = (
    Script,
    Rota,
    Member,
    RuleSet,
    Queue,
    Macro,
    Template,
    Step,
    WrapUp,
    Body,
    Standard,
    Definition,
    Service,
    FormVersion,
    CollectionNotice,
    Role,
    Position,
    Counter,
    Department,
    Calendar,
)


def lines_of(folder: Path) -> list[str]:
    return list(plan(read(folder)).lines())


def test_a_plan_says_what_would_be_added_and_changes_nothing():
    found = plan(read(PACK))

    assert found.counts()["added"] > 30
    assert "+ services pothole" in found.lines()
    assert not Municipality.objects.exists()


def test_applying_a_pack_makes_every_row(system):
    apply(read(PACK), by=system)

    pothole = Service.objects.get(code="pothole")
    assert pothole.name == {"en": "Pothole", "fr": "Nid-de-poule"}
    assert pothole.department.code == "works"
    assert pothole.collection_notice.code == "requests"
    assert pothole.centralisation["decision"]["mode"] == "partial"
    assert pothole.reviewed_on == date(2026, 1, 5)
    assert pothole.provenance["fields"]["cost"]["mark"] == "K"
    assert Department.objects.get(code="eclairage").sort_key == "eclairage and lighting"
    assert Position.objects.get(code="works-crew").reports_to.code == "works-supervisor"
    assert Standard.objects.get(code="fix-pothole").service == pothole
    assert Role.objects.get(code="lead").grants == ["case.supervise"]
    assert Definition.objects.get(code="feedback").own_text == {}


def test_steps_are_written_with_what_they_ask_and_what_follows(system):
    apply(read(PACK), by=system)

    order = Step.objects.get(code="order")
    assert (order.kind, order.service, order.leads_to) == ("service_request", None, "look-again")
    assert order.asked("on") == {
        "ask": "on", "label": {"en": "Comply by", "fr": "À respecter avant le"}, "is_required": True, "when": "ahead"
    }  # fmt: skip
    assert Step.objects.get(code="measure").service.code == "pothole"


def test_the_questions_of_a_service_are_published_as_its_first_version(system):
    apply(read(PACK), by=system)

    version = Service.objects.get(code="pothole").questions
    assert (version.code, version.version) == ("pothole", 1)
    assert version.definition["version"] == 1
    assert FormVersion.objects.count() == 1


def test_holidays_and_municipal_closures_close_a_calendar(system):
    apply(read(PACK), by=system)

    town_hall = Calendar.objects.get(code="town-hall")
    closed = town_hall.closed_on
    assert date(2026, 7, 1) in closed
    assert date(2026, 8, 3) in closed
    assert date(2026, 2, 16) not in closed
    assert town_hall.closures.get(on=date(2026, 8, 3)).kind == Closure.Kind.MUNICIPAL
    assert not Calendar.objects.get(code="always").closures.exists()


def test_a_pack_leaves_one_event_with_its_counts(system):
    done = apply(read(PACK), by=system)

    event = Event.objects.get(name="municipality.pack_applied")
    assert event.by == system
    assert event.details == {"added": done.counts()["added"], "changed": 0, "removed": 0, "kept": 0}


def test_applying_twice_changes_nothing(system):
    apply(read(PACK), by=system)

    again = apply(read(PACK), by=system)

    assert again.is_empty
    assert again.summary(done=True) == "Nothing to change."
    assert Event.objects.filter(name="municipality.pack_applied").count() == 1
    assert FormVersion.objects.count() == 1


def test_a_plan_names_each_field_that_would_change(system, edited):
    apply(read(PACK), by=system)

    folder = edited("services/pothole.yaml", "cost: {en: Free.,", "cost: {en: It is free.,")

    assert lines_of(folder) == [
        "~ services pothole",
        "    cost.en: “Free.” → “It is free.”",
        "0 to add, 1 to change, 0 to remove.",
    ]


def test_a_changed_row_is_changed_and_nothing_else(system, edited):
    apply(read(PACK), by=system)
    before = Service.objects.get(code="lamp")

    apply(read(edited("services/lamp.yaml", "is_public: false", "is_public: true")), by=system)

    assert Service.objects.get(code="lamp").is_public
    assert Service.objects.get(code="lamp").pk == before.pk


def test_changed_questions_are_a_new_version_and_the_old_one_stays(system, edited):
    apply(read(PACK), by=system)
    folder = edited("services/pothole.yaml", "en: How big is it?", "en: What size is it?")

    assert "    questions: a new version will be published" in lines_of(folder)
    apply(read(folder), by=system)

    assert Service.objects.get(code="pothole").questions.version == 2
    assert list(FormVersion.objects.values_list("version", flat=True).order_by("version")) == [1, 2]
    assert lines_of(folder) == ["Nothing to change."]


def test_what_the_pack_does_not_name_is_kept(system):
    apply(read(PACK), by=system)
    Role.objects.create(code="mayor", name={"en": "Mayor"}, grants=[])

    done = apply(read(PACK), by=system)

    assert list(done.lines()) == ["− roles mayor  not in the pack, kept", "Nothing to change. 1 not in the pack, kept."]
    assert Role.objects.filter(code="mayor").exists()


def test_a_closure_that_staff_added_is_kept_and_a_named_opening_is_taken_out(system, edited):
    apply(read(PACK), by=system)
    town_hall = Calendar.objects.get(code="town-hall")
    Closure.objects.create(calendar=town_hall, on=date(2026, 12, 24), name={"en": "Early close", "fr": "Fermeture"})

    folder = edited("calendars.yaml", "open_on: [2026-02-16]", "open_on: [2026-02-16, 2026-07-01]")
    apply(read(folder), by=system)

    closed = Calendar.objects.get(code="town-hall").closed_on
    assert date(2026, 12, 24) in closed
    assert date(2026, 7, 1) not in closed


def test_a_notice_with_other_words_needs_a_new_version(system, edited):
    apply(read(PACK), by=system)
    folder = edited("collection_notices.yaml", "To answer you.", "To answer you soon.")

    with pytest.raises(PackRefused, match="Write version: 2"):
        plan(read(folder))


def test_a_new_version_of_a_notice_is_shown_from_now_on_and_the_old_one_stays(system, edited):
    apply(read(PACK), by=system)
    edited("collection_notices.yaml", "To answer you.", "To answer you soon.")
    folder = edited("collection_notices.yaml", "version: 1", "version: 2")

    apply(read(folder), by=system)

    assert CollectionNotice.objects.count() == 2
    assert CollectionNotice.objects.get(is_current=True).version == 2
    assert Service.objects.get(code="pothole").collection_notice.version == 2
    assert lines_of(folder) == ["Nothing to change."]
    with pytest.raises(PackRefused, match="Version 2 of “requests” is in force; this is version 1"):
        plan(read(PACK))


def test_another_municipality_is_refused(system, edited):
    apply(read(PACK), by=system)

    with pytest.raises(PackRefused, match="serves Town of Testville \\(testville\\), not elsewhere"):
        plan(read(edited("municipality.yaml", "code: testville", "code: elsewhere")))


def test_a_pack_that_fails_half_way_leaves_nothing(system, monkeypatch):
    pack = read(PACK)
    pack.entries["standards"][0].row.service = "nowhere"

    with pytest.raises(Service.DoesNotExist):
        apply(pack, by=system)

    assert not Municipality.objects.exists()
    assert not Service.objects.exists()


def test_export_then_plan_shows_no_difference(system, tmp_path):
    apply(read(PACK), by=system)

    export(tmp_path)

    assert lines_of(tmp_path) == ["Nothing to change."]


def test_what_staff_changed_is_exported(system, tmp_path):
    apply(read(PACK), by=system)
    Service.objects.filter(code="pothole").update(
        cost={"en": "Free:\n\n- always  \n", "fr": "Gratuit"}, is_active=False
    )
    Closure.objects.filter(on=date(2026, 7, 1)).delete()
    Closure.objects.filter(on=date(2026, 12, 25)).update(name={"en": "Yule", "fr": "Noël"})

    export(tmp_path)

    assert lines_of(tmp_path) == ["Nothing to change."]
    assert "is_active: false" in (tmp_path / "services/pothole.yaml").read_text()
    assert "open_on: [2026-02-16, 2026-07-01]" in (tmp_path / "calendars.yaml").read_text()
    assert "en: Yule" in (tmp_path / "calendars.yaml").read_text()


def test_an_exported_pack_makes_an_equal_town(system, tmp_path):
    apply(read(PACK), by=system)
    before = contents()
    export(tmp_path)
    Position.objects.update(reports_to=None)
    for model in (*KINDS, Municipality):
        model.objects.all().delete()

    apply(read(tmp_path), by=system)

    assert contents() == before
    assert len(before) == len(list(PACK.rglob("*.yaml")))


def test_long_text_is_written_in_blocks(system, tmp_path):
    apply(read(PACK), by=system)

    export(tmp_path)

    text = (tmp_path / "services/pothole.yaml").read_text()
    assert "summary:\n  en: >-\n    Tell us about" in text
    assert "next_steps:\n  en: |-\n    We go and look.\n\n    We fix it." in text


def test_closures_changed_at_the_desk_are_exported(system, tmp_path):
    apply(read(PACK), by=system)
    town_hall = Calendar.objects.get(code="town-hall")
    with time_machine.travel("2026-03-02T15:00:00Z"):
        town_hall.open_on(by=system, on=date(2026, 7, 1))
        town_hall.close_on(by=system, on=date(2026, 12, 24), name=Localized(en="Early close", fr="Fermeture"))
        town_hall.seed(by=system, year=2028)
        town_hall.open_on(by=system, on=date(2028, 2, 21))

    export(tmp_path)

    written = (tmp_path / "calendars.yaml").read_text()
    assert "open_on: [2026-02-16, 2026-07-01, 2028-02-21]" in written
    assert "holiday_years: [2026, 2027, 2028]" in written
    assert "Early close" in written
    assert lines_of(tmp_path) == ["Nothing to change."]


def test_a_year_seeded_when_some_of_it_was_over_is_exported_as_it_is(system, tmp_path):
    apply(read(PACK), by=system)
    town_hall = Calendar.objects.get(code="town-hall")
    with time_machine.travel("2028-09-12T15:00:00Z"):
        town_hall.seed(by=system, year=2028)

    export(tmp_path)

    assert town_hall.closures.filter(on__year=2028).count() == 3
    assert lines_of(tmp_path) == ["Nothing to change."]


def test_a_template_with_other_words_needs_a_new_version(system, edited):
    apply(read(PACK), by=system)
    folder = edited("templates.yaml", "It is done at {place}.", "All done at {place}.")

    with pytest.raises(PackRefused, match="template “done” has other words"):
        plan(read(folder))


def test_a_new_version_of_a_template_takes_the_place_of_the_old_one(system, edited):
    apply(read(PACK), by=system)
    edited("templates.yaml", "It is done at {place}.", "All done at {place}.")
    folder = edited("templates.yaml", "version: 2", "version: 3")

    apply(read(folder), by=system)

    assert [(one.version, one.is_current) for one in Template.objects.filter(code="done").order_by("version")] == [
        (2, False),
        (3, True),
    ]
    assert plan(read(folder)).is_empty
