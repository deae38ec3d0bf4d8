"""Changing one row of the setup: judged as a whole, done by its verb, and kept as an edition."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality
from townline.core.refusals import NotPossible
from townline.packs.table import Table, Written
from townline.setup.live import Wrong, new_problems
from townline.setup.models import Edition, digest_of


class Refused(NotPossible):
    """What would be wrong with the catalogue if the row said this."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        super().__init__(" ".join(one.what for one in wrong))


@dataclass(eq=False)
class Overtaken(NotPossible):
    """Somebody else changed the row meanwhile: what it says now, and what both have changed."""

    now: Written
    base: Written | None
    last: Edition | None
    both: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if self.last is None or self.last.by is None:
            return _("This was changed while you were writing.")
        return _("%(name)s has changed this while you were writing.") % {"name": self.last.by}


@transaction.atomic
def change(table: Table, record: Any, written: Written, *, by: Any, seen: str) -> Any:
    """Let this row say `written` from now on; returns the row that says it.

    Refused with `Overtaken` when it says something else than what the writer
    began with, and with `Refused` when the catalogue would be wrong by it.
    """
    _one_at_a_time()
    record.refresh_from_db()
    before = table.record_written(record)
    if digest_of(before) != seen:
        raise _overtaken(table, before, seen, written)
    if written == before:
        return record
    if wrong := new_problems(table.kind, record.code, written):
        raise Refused(wrong)
    _keep_as_found(table, record.code, before)
    values = {name: table.value(name, written) for name in table.fields if name not in _set_by_itself(table)}
    changed = [name for name in table.fields if written.get(name) != before.get(name)]
    now = record.change(by=by, **values)
    keep(table, now, Edition.What.CHANGED, by=by, fields=changed)
    return now


@transaction.atomic
def add(table: Table, written: Written, *, by: Any) -> Any:
    """A new row of this kind."""
    _one_at_a_time()
    if wrong := new_problems(table.kind, written["code"], written):
        raise Refused(wrong)
    if written["code"] in table.live():
        raise NotPossible(_("There is one with this code already."))
    table.write(written["code"], written, None)
    record = table.live()[written["code"]]
    record.add(by=by)
    keep(table, record, Edition.What.ADDED, by=by)
    return record


@transaction.atomic
def retire(table: Table, record: Any, *, by: Any) -> None:
    """Take a row out of use, if the catalogue is right without it."""
    _switch(table, record, on=False, by=by)


@transaction.atomic
def restore(table: Table, record: Any, *, by: Any) -> None:
    """Use it again, if the catalogue is right with it."""
    _switch(table, record, on=True, by=by)


@transaction.atomic
def confirm(table: Table, record: Any, *, by: Any, field: str = "") -> None:
    """The municipality says that the row, or one field of it, holds."""
    _one_at_a_time()
    record.refresh_from_db()
    _keep_as_found(table, record.code, table.record_written(record))
    record.confirm(by=by, field=field)
    keep(table, record, Edition.What.CONFIRMED, by=by, fields=[field] if field else [])


def free_code(table: Table, name: str) -> str:
    """A code for a new row, made of its name; a pack's code begins with a letter."""
    stem = slugify(name)[:40].strip("-_") or "new"
    stem = stem if stem[0].isalpha() else f"no-{stem}"
    taken = set(table.model._default_manager.filter(code__startswith=stem).values_list("code", flat=True)) | {"new"}
    codes = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in codes if code not in taken)


def keep(table: Table, record: Any, what: str, *, by: Any, fields: list[str] | None = None) -> Edition:
    """Keep what a row says now as its next edition."""
    return _kept(table.kind, record.code, what, table.record_written(record), by=by, fields=fields or [])


def history(table: Table, code: str) -> Any:
    """The editions of a row, newest first."""
    return Edition.objects.filter(kind=table.kind, code=code).select_related("by").order_by("-number")


def _switch(table: Table, record: Any, *, on: bool, by: Any) -> None:
    _one_at_a_time()
    record.refresh_from_db()
    before = table.record_written(record)
    if wrong := new_problems(table.kind, record.code, {**before, "is_active": on}):
        raise Refused(wrong)
    _keep_as_found(table, record.code, before)
    if on:
        record.restore(by=by)
    else:
        record.retire(by=by)
    keep(table, record, Edition.What.RESTORED if on else Edition.What.RETIRED, by=by)


def _one_at_a_time() -> None:
    """Two changes that are right alone may be wrong together, so they come one after the other."""
    Municipality.objects.select_for_update(no_key=True).first()


def _set_by_itself(table: Table) -> tuple[str, ...]:
    return ("code", "is_active", "version") if table.kind == "collection_notices" else ("code", "is_active")


def _keep_as_found(table: Table, code: str, before: Written) -> None:
    """What the row said before it is changed at the desk, unless that is its last edition."""
    last = history(table, code).first()
    if last is None or last.digest != digest_of(before):
        _kept(table.kind, code, Edition.What.FOUND, before, by=None, fields=[])


def _kept(kind: str, code: str, what: str, written: Written, *, by: Any, fields: list[str]) -> Edition:
    last = Edition.objects.filter(kind=kind, code=code).order_by("-number").first()
    return Edition.objects.create(
        kind=kind, code=code, number=last.number + 1 if last else 1, what=what, written=written,
        digest=digest_of(written), fields=fields, by=by,
    )  # fmt: skip


def _overtaken(table: Table, now: Written, seen: str, typed: Written) -> Overtaken:
    """Held against what the writer began with, if that was kept."""
    editions = history(table, now["code"])
    base = editions.filter(digest=seen).first()
    began = base.written if base else None
    names = [name for name in table.fields if typed.get(name) != now.get(name)]
    both = [name for name in names if began is None or now.get(name) != began.get(name) != typed.get(name)]
    return Overtaken(now, began, editions.first(), both)


def merged(overtaken: Overtaken, typed: Written) -> Written:
    """What the second writer's form shows: their own words where they wrote, else what is said now."""
    if overtaken.base is None:
        return typed
    found = dict(overtaken.now)
    for name in {*typed, *overtaken.base}:
        if typed.get(name) != overtaken.base.get(name):
            found[name] = typed.get(name)
    return found
