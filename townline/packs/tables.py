"""Where each kind of row lives in the database, and the one place that writes it there.

A row has one written form, a plain dict without empty values: the pack's rows
and the database's records are both turned into it, so that planning, applying
and exporting can never disagree about what a difference is.
"""

from collections.abc import Iterable
from typing import Any

from townline.accounts import models as accounts
from townline.afterhours import models as afterhours
from townline.catalogue import models as catalogue
from townline.complaints import models as complaints
from townline.conduct import models as conduct
from townline.core.clock import ontario_days
from townline.council.models import Member
from townline.macros.models import Macro
from townline.notices.models import Notice
from townline.packs import handling_rows, notice_rows, records_rows, schema, small_town_rows, wording_rows
from townline.packs.form_definitions import canonical, read_definition
from townline.packs.reading import Pack
from townline.packs.table import Table, Written, tidy
from townline.questions.definition import Definition
from townline.questions.models import FormVersion
from townline.records.models import AccessRule, RecordsClass
from townline.routing.models import Queue, RuleSet
from townline.routing.rules import Rule
from townline.wording.models import Template


class Calendars(Table):
    """Calendars without their closures, which are records of their own."""

    @property
    def fields(self) -> list[str]:
        """All but what `Closures` writes."""
        return [name for name in super().fields if name not in ("closures", "open_on")]


class Closures(Table):
    """The closures of all calendars, each by its calendar and date.

    One that the pack does not name is kept, as everything is; a holiday that
    the pack lists in `open_on` is taken away.
    """

    @property
    def fields(self) -> list[str]:
        """Beside the calendar, which the code names."""
        return ["on", "name", "kind"]

    def desired(self, pack: Pack) -> dict[str, Written]:
        """The holidays of the years named, then the closures listed, which go before them."""
        found: dict[str, Written] = {}
        for row in pack.rows("calendars"):
            for closure in [*holidays(row), *(tidy(closed.model_dump(mode="json")) for closed in row.closures)]:
                found[f"{row.code}/{closure['on']}"] = closure
        return {code: found[code] for code in found if code not in self.dropped(pack)}

    def dropped(self, pack: Pack) -> set[str]:
        """Holidays on which a calendar is open all the same."""
        return {f"{row.code}/{on}" for row in pack.rows("calendars") for on in row.open_on}

    def live(self) -> dict[str, Any]:
        """By calendar and date."""
        return {f"{record.calendar.code}/{record.on}": record for record in self.records()}

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """One closure of one calendar."""
        calendar = accounts.Calendar.objects.get(code=code.split("/")[0])
        record = record or accounts.Closure(calendar=calendar)
        for name in self.fields:
            setattr(record, name, self.value(name, written))
        record.save()


class Positions(Table):
    """Positions, those above before those who report to them."""

    def desired(self, pack: Pack) -> dict[str, Written]:
        """From the head down; within a level in the order of the file."""
        above = {row.code: row.reports_to for row in pack.rows(self.kind)}

        def depth(code: str) -> int:
            boss = above[code]
            return depth(boss) + 1 if boss else 0

        found = super().desired(pack)
        return {code: found[code] for code in sorted(found, key=depth)}


class Notices(Table):
    """Notices of collection: the current version of each."""

    def records(self) -> Iterable[Any]:
        """The versions in force; older ones stay for the cases that were told them."""
        return catalogue.CollectionNotice.objects.filter(is_current=True).order_by("pk")

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """A new version takes the place of the old one, which stays."""
        if record and record.version != written["version"]:
            catalogue.CollectionNotice.objects.filter(code=code).update(is_current=False)
            record = None
        super().write(code, written, record)
        current = catalogue.CollectionNotice.objects.get(code=code, is_current=True)
        catalogue.Service.objects.filter(collection_notice__code=code).update(collection_notice=current)


class Templates(Table):
    """Templates: the current version of each."""

    def records(self) -> Iterable[Any]:
        """The versions in force; older ones stay for the messages that were written with them."""
        return Template.objects.current().select_related(*self.links).order_by("pk")

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """A new version takes the place of the old one, which stays."""
        if record and record.version != written["version"]:
            Template.objects.filter(code=code).update(is_current=False)
            record = None
        super().write(code, written, record)


class Services(Table):
    """Services; their questions are published as a form version of the same code."""

    def records(self) -> Iterable[Any]:
        """With what they point to."""
        return catalogue.Service.objects.select_related(*self.links, "questions").order_by("pk")

    def row_written(self, row: schema.Row) -> Written:
        """With the questions in their one canonical form."""
        written = super().row_written(row)
        if isinstance(row, schema.ServiceRow) and row.questions is not None:
            written["questions"] = canonical(read_definition(row.code, row.questions))
        return written

    def record_written(self, record: Any) -> Written:
        """With the questions in force."""
        written = super().record_written(record)
        if record.questions:
            written["questions"] = canonical(Definition.model_validate(record.questions.definition))
        else:
            written.pop("questions", None)
        return written

    def value(self, name: str, written: Written) -> Any:
        """The notice in force and the form version published for these questions."""
        if name == "questions":
            return self._published(written)
        if name == "collection_notice" and name in written:
            return catalogue.CollectionNotice.objects.get(code=written[name], is_current=True)
        return super().value(name, written)

    def _published(self, written: Written) -> FormVersion | None:
        if "questions" not in written:
            return None
        newest = FormVersion.objects.filter(code=written["code"]).order_by("-version").first()
        if newest and canonical(Definition.model_validate(newest.definition)) == written["questions"]:
            return newest
        version = newest.version + 1 if newest else 1
        definition = {**written["questions"], "version": version}
        return FormVersion.objects.create(code=written["code"], version=version, definition=definition)


class Queues(Table):
    """Queues; the default one of a department has its code, and needs no row of its own."""

    def desired(self, pack: Pack) -> dict[str, Written]:
        """The rows, and for each department that has none of its own the one it has in any case."""
        plain = {row.code: _default_queue(row.code, row.name.model_dump()) for row in pack.rows("departments")}
        return plain | super().desired(pack)

    def record_written(self, record: Any) -> Written:
        """One that was made by itself says so."""
        return {"provenance": BY_ITSELF} | super().record_written(record)

    def file_rows(self) -> Iterable[Written]:
        """All but those that are there in any case."""
        for record in self.records():
            written = self.record_written(record)
            if written != _default_queue(record.code, record.department.name):
                yield written

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """The default one has the code of its department."""
        record = record or Queue(code=code)
        record.is_default = code == written["department"]
        super().write(code, written, record)


BY_ITSELF = {"mark": "C"}


def _default_queue(code: str, name: Any) -> Written:
    row = schema.QueueRow(code=code, department=code, name=dict(name), provenance=dict(BY_ITSELF))  # type: ignore[arg-type]
    return dict(tidy(row.model_dump(mode="json")))


class Routing(Table):
    """The list of routing rules: one document in an order, of which each change is a new version."""

    def desired(self, pack: Pack) -> dict[str, Written]:
        """The whole list, when the pack has one; else what is in force is kept."""
        rows = list(pack.rows(self.kind))
        return {self.kind: _whole(map(self.row_written, rows))} if rows else {}

    def row_written(self, row: schema.Row) -> Written:
        """A rule without what only repeats a default."""
        return dict(tidy(row.model_dump(mode="json", by_alias=True)))

    def records(self) -> Iterable[Any]:
        """The version in force."""
        return RuleSet.objects.published()[:1]

    def live(self) -> dict[str, Any]:
        """The version in force."""
        record = RuleSet.objects.in_force()
        return {self.kind: record} if record else {}

    def file_rows(self) -> Iterable[Written]:
        """Its rules, in order."""
        for record in self.records():
            for rule in record.parsed:
                plain = rule.model_dump(mode="json", by_alias=True)
                row = schema.RoutingRow.model_validate({**plain, "provenance": rule.provenance or {"mark": "P"}})
                yield self.row_written(row)

    def record_written(self, record: Any) -> Written:
        """The whole list."""
        return _whole(self.file_rows())

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """A new version takes the place of the one in force, which stays for the cases that went by it."""
        rules = [Rule.model_validate(written["rules"][code]).as_json() for code in written["order"]]
        RuleSet.objects.put_in_force(rules, by=accounts.User.objects.system())


def _whole(rows: Iterable[Written]) -> Written:
    rules = {row["code"]: row for row in rows}
    return {"order": list(rules), "rules": rules}


def holidays(row: schema.CalendarRow) -> list[Written]:
    """The public holidays that a calendar is closed on, as closures."""
    if row.holidays != accounts.Calendar.Holidays.ONTARIO:
        return []
    days = ontario_days(row.holiday_years)
    return [
        {"on": on.isoformat(), "name": {"en": en, "fr": fr}, "kind": "statutory"}
        for on, (en, fr) in sorted(days.items())
    ]


MUNICIPALITY = Table("municipality", schema.MunicipalityRow, accounts.Municipality)
CALENDARS = Calendars("calendars", schema.CalendarRow, accounts.Calendar)
CLOSURES = Closures("closures", schema.CalendarRow, accounts.Closure, calendar=accounts.Calendar)
TABLES: tuple[Table, ...] = (
    MUNICIPALITY,
    CALENDARS,
    CLOSURES,
    Table("departments", schema.DepartmentRow, accounts.Department, calendar=accounts.Calendar),
    Queues("queues", schema.QueueRow, Queue, department=accounts.Department),
    Positions(
        "positions",
        schema.PositionRow,
        accounts.Position,
        department=accounts.Department,
        reports_to=accounts.Position,
    ),
    Table("counters", schema.CounterRow, accounts.Counter, calendar=accounts.Calendar),
    Table("roles", schema.RoleRow, accounts.Role),
    Notices("collection_notices", schema.NoticeRow, catalogue.CollectionNotice),
    Services(
        "services",
        schema.ServiceRow,
        catalogue.Service,
        department=accounts.Department,
        collection_notice=catalogue.CollectionNotice,
    ),
    Table("standards", schema.StandardRow, catalogue.Standard, service=catalogue.Service, calendar=accounts.Calendar),
    Table("road_standards", schema.RoadStandardRow, catalogue.RoadStandard, service=catalogue.Service),
    Table("definitions", schema.DefinitionRow, catalogue.Definition),
    Routing("routing", schema.RoutingRow, RuleSet),
    Table("supportive_language", schema.PhraseRow, conduct.SupportivePhrase),
    Templates(
        "templates", wording_rows.TemplateRow, Template, department=accounts.Department, service=catalogue.Service
    ),
    Table(
        "complaint_procedure",
        schema.ProcedureRow,
        complaints.Procedure,
        intake=accounts.Position,
        other_intake=accounts.Position,
        foi=accounts.Position,
    ),
    Table("ladder", schema.LadderRow, complaints.LadderLevel),
    Table("outside_offices", schema.OfficeRow, complaints.OutsideOffice),
    Table("records_classes", records_rows.RecordsClassRow, RecordsClass),
    Table("access_rules", records_rows.AccessRuleRow, AccessRule),
    Table("bodies", handling_rows.BodyRow, catalogue.Body),
    Table("wrap_ups", handling_rows.WrapUpRow, catalogue.WrapUp, department=accounts.Department),
    Table("steps", handling_rows.StepRow, catalogue.Step, service=catalogue.Service),
    Table("notices", notice_rows.SeasonRow, Notice, only={"kind": Notice.Kind.SEASON}),
    Table(
        "macros",
        wording_rows.MacroRow,
        Macro,
        department=accounts.Department,
        service=catalogue.Service,
        position=accounts.Position,
    ),
    Table("council", small_town_rows.MemberRow, Member),
    Table("rotas", small_town_rows.RotaRow, afterhours.Rota, department=accounts.Department),
    Table(
        "urgent_scripts",
        small_town_rows.ScriptRow,
        afterhours.Script,
        service=catalogue.Service,
        rota=afterhours.Rota,
    ),
)
