"""What must be true across the rows and files of a pack."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Kind, Standard, within
from townline.catalogue.wrap_ups import MOST as MOST_WRAP_UPS
from townline.core.localized import Localized
from townline.packs.checking_routing import queues, routing_conditions, routing_targets
from townline.packs.notice_rows import other_doors, services_of_notices
from townline.packs.problems import Problem, did_you_mean
from townline.packs.reading import Entry, Pack
from townline.packs.reporting_line import broken_lines
from townline.records.models import RecordsClass

LINKS = {
    "departments": {"calendar": "calendars"},
    "positions": {"department": "departments", "reports_to": "positions"},
    "queues": {"department": "departments"},
    "counters": {"calendar": "calendars"},
    "services": {"department": "departments", "collection_notice": "collection_notices"},
    "road_standards": {"service": "services"},
    "standards": {"service": "services", "calendar": "calendars"},
    "templates": {"department": "departments", "service": "services"},
    "complaint_procedure": {"intake": "positions", "other_intake": "positions", "foi": "positions"},
    "wrap_ups": {"department": "departments"},
    "steps": {"service": "services", "leads_to": "steps"},
    "rotas": {"department": "departments"},
    "urgent_scripts": {"service": "services", "rota": "rotas"},
    "macros": {"department": "departments", "service": "services", "position": "positions"},
}
THERE_IS_NONE = {
    "calendars": _l("There is no calendar “%(code)s”."),
    "departments": _l("There is no department “%(code)s”."),
    "positions": _l("There is no position “%(code)s”."),
    "collection_notices": _l("There is no notice of collection “%(code)s”."),
    "services": _l("There is no service “%(code)s”."),
    "steps": _l("There is no step “%(code)s”."),
    "rotas": _l("There is no rota “%(code)s”."),
}
"""What is said of a code that no row has. The sentences of all rules are translated, as clerks meet them at the
desk; how to put it right in a file is said in the language of the files."""
HOURS_IN = {"hours": 1, "business_hours": 1, "calendar_days": 24, "business_days": 24}


def everything_wrong_with(pack: Pack) -> Iterator[Problem]:
    """Every problem that shows only when rows are held against each other."""
    for rule in RULES:
        yield from rule(pack)


def codes_once(pack: Pack) -> Iterator[Problem]:
    """Two rows of one kind never share a code."""
    for entries in pack.entries.values():
        first: dict[str, Entry[Any]] = {}
        for entry in entries:
            other = first.setdefault(entry.row.code, entry)
            if other is not entry:
                here = f"{other.file}:{other.problem('code', '', '').line}"
                yield entry.problem(
                    "code",
                    _("“%(code)s” is already the code of %(place)s.") % {"code": entry.row.code, "place": here},
                    "Give one a new code.",
                )


def file_names(pack: Pack) -> Iterator[Problem]:
    """A service stands in the file of its code."""
    for entry in pack.entries.get("services", []):
        right = f"services/{entry.row.code}.yaml"
        if entry.file != right:
            what = _("The code is “%(code)s”, the file is not.") % {"code": entry.row.code}
            yield entry.problem("code", what, f"Name the file {right}.")


def links(pack: Pack) -> Iterator[Problem]:
    """Every code that a row names is the code of a row."""
    for kind, fields in LINKS.items():
        for entry in pack.entries.get(kind, []):
            for name, target in fields.items():
                code, known = getattr(entry.row, name), pack.codes.get(target, set())
                if code and code not in known:
                    yield entry.problem(name, there_is_none(target, code), did_you_mean(code, known))


def there_is_none(kind: str, code: str) -> str:
    """A sentence about a code that no row of this kind has."""
    return str(THERE_IS_NONE[kind]) % {"code": code}


def one_front(pack: Pack) -> Iterator[Problem]:
    """Exactly one department takes in what nobody else is named for."""
    entries = pack.entries.get("departments", [])
    fronts = [entry for entry in entries if entry.row.is_front]
    names = get_text_list([str(Localized(**entry.row.name.model_dump())) for entry in fronts], _("and"))
    for entry in fronts[1:]:
        what = _("%(names)s are all the front department.") % {"names": names}
        yield entry.problem("is_front", what, "Keep is_front on one of them.")
    if entries and not fronts:
        yield entries[0].problem((), _("No department is the front one."), "Write is_front: true on the one that is.")


def opening_hours(pack: Pack) -> Iterator[Problem]:
    """A calendar that decides when something is due is open at some time."""
    closed = {row.code: row for row in pack.rows("calendars") if not row.hours.is_ever_open}
    for kind in ("departments", "standards"):
        for entry in pack.entries.get(kind, []):
            if entry.row.calendar in closed:
                yield entry.problem(
                    "calendar",
                    _("The calendar “%(code)s” has no opening hours, so nothing would ever be due.")
                    % {"code": entry.row.calendar},
                    f"Give {entry.row.calendar} its hours in calendars.yaml, or name another calendar.",
                )


def one_standard_each(pack: Pack) -> Iterator[Problem]:
    """Only one standard makes the same promise for the same thing."""
    seen: dict[tuple[str | None, ...], str] = {}
    for entry in (one for one in pack.entries.get("standards", []) if one.row.is_active):
        row = entry.row
        other = seen.setdefault((row.promise, row.step, row.service, row.kind, row.priority, row.channel), row.code)
        if other != row.code:
            what = _("“%(code)s” makes the same promise for the same thing.") % {"code": other}
            yield entry.problem("promise", what, "Keep one of the two.")


def acknowledged_first(pack: Pack) -> Iterator[Problem]:
    """Nothing is promised to be answered or done before it is promised to be acknowledged.

    A particular standard may be quicker than a general acknowledgement, of which
    it takes the place. Units are compared by the shortest time they can take,
    so only what is wrong on every calendar is refused.
    """
    entries = [entry for entry in pack.entries.get("standards", []) if entry.row.is_active]
    told: Counter[tuple[str, str]] = Counter()
    for case in _cases(pack):
        first = _holding(entries, Standard.Promise.ACKNOWLEDGE, case)
        for promise in (Standard.Promise.ANSWER, Standard.Promise.OUTCOME):
            then = _holding(entries, promise, case)
            if not first or not then or _particularity(then.row) > _particularity(first.row):
                continue
            if _least(then.row) < _least(first.row):
                told[first.row.code, then.row.code] += 1
                if told[first.row.code, then.row.code] == 1:
                    yield then.problem(
                        "amount",
                        _(
                            "It is promised %(time)s: that is shorter than the acknowledgement “%(code)s”, "
                            "which is promised %(other)s."
                        )
                        % {"time": _spoken(then.row), "code": first.row.code, "other": _spoken(first.row)},
                        "Make this one longer or the acknowledgement shorter.",
                    )


class _Case(NamedTuple):
    """A case as standards tell cases apart."""

    service: str | None
    kind: str | None
    priority: str | None
    channel: str | None


def _cases(pack: Pack) -> Iterator[_Case]:
    """Every case that the standards of a pack could tell apart."""
    rows = pack.rows("standards")
    things: list[tuple[str | None, str | None]] = [(None, None)]
    things += [(None, kind) for kind in sorted({row.kind for row in rows if row.kind})]
    things += [(row.code, row.kind) for row in pack.rows("services")]
    priorities = [None, *sorted({row.priority for row in rows if row.priority})]
    channels = [None, *sorted({row.channel for row in rows if row.channel})]
    for (service, kind), priority, channel in product(things, priorities, channels):
        yield _Case(service, kind, priority, channel)


def _holding(entries: list[Entry[Any]], promise: str, case: _Case) -> Entry[Any] | None:
    """The most particular standard of this promise for such a case."""
    found = [entry for entry in entries if entry.row.promise == promise and _applies(entry.row, case)]
    return max(found, key=lambda entry: _particularity(entry.row), default=None)


def _applies(row: Any, case: _Case) -> bool:
    is_about_it = row.service == case.service if row.service else row.kind in (None, case.kind)
    return is_about_it and row.priority in (None, case.priority) and row.channel in (None, case.channel)


def _particularity(row: Any) -> tuple[bool, ...]:
    """As `Standard.particularity`: the greater of two holds."""
    return tuple(bool(value) for value in (row.service, row.kind, row.priority, row.channel))


def _least(row: Any) -> int:
    return int(row.amount * HOURS_IN[row.unit])


def _spoken(row: Any) -> str:
    return within(row.amount, row.unit)


def notices(pack: Pack) -> Iterator[Problem]:
    """Where personal information is asked for, the person is told why (MFIPPA, s. 29(2))."""
    known = pack.codes.get("collection_notices", set())
    for entry in pack.entries.get("services", []):
        row = entry.row
        if row.collection_notice:
            continue
        asks = ""
        if row.contact != "none":
            asks = _("The service asks how to reach the person, but shows no notice of collection.")
        elif _asks_pii(row.questions):
            asks = _("A question asks for personal information, but shows no notice of collection.")
        if asks:
            yield entry.problem("contact", asks, f"Add collection_notice. {did_you_mean('', known)}")


def _asks_pii(value: Any) -> bool:
    if isinstance(value, dict):
        return bool(value.get("pii")) or any(_asks_pii(inner) for inner in value.values())
    return isinstance(value, list) and any(_asks_pii(inner) for inner in value)


def services_of_classes(pack: Pack) -> Iterator[Problem]:
    """What a records class is for is there, and no two classes are for the same."""
    known, seen = pack.codes.get("services", set()), dict[str, str]()
    for entry in pack.entries.get("records_classes", []):
        for code in entry.row.services:
            if code not in known:
                yield entry.problem("services", there_is_none("services", code), did_you_mean(code, known))
        scope = [*entry.row.services] or [
            Kind(entry.row.kind).label if entry.row.kind else RecordsClass.About(entry.row.about).label
        ]
        for one in scope:
            if other := seen.get(one):
                what = _("“%(code)s” is for this already: %(scope)s.") % {"code": other, "scope": one}
                yield entry.problem("code", what, "Keep one of the two.")
            seen[one] = entry.row.code


def steps_that_follow(pack: Pack) -> Iterator[Problem]:
    """What follows a step is a step, what it leads to follows it, and something comes first."""
    entries, known = pack.entries.get("steps", []), pack.codes.get("steps", set())
    for entry in entries:
        row = entry.row
        for code in (code for code in row.followed_by if code not in known):
            yield entry.problem("followed_by", there_is_none("steps", code), did_you_mean(code, known))
        if row.leads_to and row.followed_by and row.leads_to not in row.followed_by:
            what = _("“%(code)s” does not follow.") % {"code": row.leads_to}
            yield entry.problem("leads_to", what, "Add it to followed_by as well.")
    for scope in sorted({(entry.row.kind or "", entry.row.service or "") for entry in entries}):
        own = [entry for entry in entries if (entry.row.kind or "", entry.row.service or "") == scope]
        if scope[0] and not any(entry.row.is_first for entry in own):
            yield own[0].problem((), _("None of these steps comes first."), "Write is_first: true on one of them.")


def few_wrap_ups(pack: Pack) -> Iterator[Problem]:
    """Two keys mean one thing, and there are no more than can be learned by heart."""
    entries = pack.entries.get("wrap_ups", [])
    keys: dict[str, str] = {}
    for entry in entries:
        other = keys.setdefault(entry.row.keys, entry.row.code)
        if other != entry.row.code:
            what = _("“%(keys)s” are already the keys of “%(code)s”.") % {"keys": entry.row.keys, "code": other}
            yield entry.problem("keys", what, "Choose others.")
    in_use = [entry for entry in entries if entry.row.is_active]
    if len(in_use) > MOST_WRAP_UPS:
        what = _("These are %(count)s wrap-ups; %(most)s are the most.") % {"count": len(in_use), "most": MOST_WRAP_UPS}
        yield in_use[MOST_WRAP_UPS].problem((), what, "Join some, or write is_active: false.")


def lengths(pack: Pack) -> Iterator[Problem]:
    """Nothing is longer than its column."""
    from townline.packs.tables import TABLES

    for table in TABLES:
        for entry in pack.entries.get(table.kind, []):
            for name in type(entry.row).model_fields:
                limit = table.max_length(name)
                value = getattr(entry.row, name)
                if limit and isinstance(value, str) and len(value) > limit:
                    what = _("“%(name)s” has %(count)s characters; %(most)s are the most.")
                    given = {"name": name, "count": len(value), "most": limit}
                    yield entry.problem(name, what % given, f"Write {limit} characters at most.")


def own_questions(pack: Pack) -> Iterator[Problem]:
    """The questions of a service are a sound form definition."""
    from townline.packs.form_definitions import findings

    for entry in pack.entries.get("services", []):
        if entry.row.questions is not None:
            yield from findings(entry)


def words_of_macros(pack: Pack) -> Iterator[Problem]:
    """What a macro writes is a template for just that."""
    uses = {row.code: row.use for row in pack.rows("templates")}
    for entry in pack.entries.get("macros", []):
        for name, use in (("note", "note"), ("message", "message"), ("closing", "closing")):
            code = getattr(entry.row, name)
            if code and uses.get(code) != use:
                known = {other for other in uses if uses[other] == use}
                what = _("There is no template “%(code)s” for that.") % {"code": code}
                yield entry.problem(name, what, did_you_mean(code, known))


RULES: tuple[Callable[[Pack], Iterator[Problem]], ...] = (
    codes_once,
    file_names,
    links,
    broken_lines,
    one_front,
    opening_hours,
    one_standard_each,
    acknowledged_first,
    notices,
    services_of_classes,
    steps_that_follow,
    few_wrap_ups,
    lengths,
    own_questions,
    queues,
    routing_targets,
    routing_conditions,
    words_of_macros,
    services_of_notices,
    other_doors,
)
