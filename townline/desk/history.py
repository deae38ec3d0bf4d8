"""Everything that a customer had to do with us, in one order: cases, interactions and messages, newest first.

One query whatever there is, of what its reader may see; a confidential case and
what was said about it are not there at all for who may not know of it. The next
rows begin at a place, so that a long history goes on as fast as it began.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from townline.cases.models import Case, Message, Outcome, Status
from townline.channels.models import Channel, Interaction
from townline.core.access import visible
from townline.core.beside import Inner, as_moment
from townline.core.localized import Localized
from townline.core.paging import SIZE, place_of
from townline.ui.labels import labelled

Place = tuple[datetime, int, int]
CASE, INTERACTION, MESSAGE = 0, 1, 2


class Item(NamedTuple):
    """One thing in the history of a customer, in words."""

    at: datetime
    title: str
    kind: str
    text: str
    who: str
    reference: str
    place: str


def history(user: Any, family: list[int], after: str) -> tuple[list[Item], str]:
    """The items from a place on, and where the next ones begin."""
    cases: Any = visible(user, Case.objects.filter(customer__in=family))
    sources: list[tuple[int, QuerySet[Any], str, dict[str, Any]]] = [
        (CASE, cases, "received_at", {
            "reference": "reference", "subject": "subject", "status": "status", "channel": "channel",
            "service": Inner("service__name"), "outcome": "outcome",
        }),
        (INTERACTION, visible(user, Interaction.objects.filter(customer__in=family)), "received_at", {
            "channel": "channel", "outcome": "outcome", "text": "summary", "who": "entered_by__name",
            "service": Inner("service__name"),
        }),
        (MESSAGE, Message.objects.filter(case__in=cases.order_by().values("pk")), "at", {
            "reference": "case__reference", "direction": "direction", "text": "text", "who": "by__name",
        }),
    ]  # fmt: skip
    begin = _place(after)
    parts = [_part(rank, rows, at, fields, begin) for rank, rows, at, fields in sources]
    found = sorted(
        parts[0].union(*parts[1:], all=True), key=lambda row: (row[2], -row[0], row[1]), reverse=True
    )  # fmt: skip
    items = [_item(*row) for row in found[:SIZE]]
    return items, items[-1].place if len(found) > SIZE else ""


def _part(rank: int, rows: QuerySet[Any], at: str, fields: dict[str, Any], begin: Place | None) -> Any:
    """As many rows of one kind as could be on the page: it alone says which are the newest."""
    if begin:
        moment, begin_rank, begin_pk = begin
        later = Q(**{f"{at}__lt": moment})
        if rank >= begin_rank:
            same = Q(**{at: moment})
            later |= same & Q(pk__lt=begin_pk) if rank == begin_rank else same
        rows = rows.filter(**{f"{at}__lte": moment}).filter(later)
    newest = rows.order_by(f"-{at}", "-pk").values("pk")[: SIZE + 1]
    shown = rows.model._default_manager.filter(pk__in=newest).order_by()
    return shown.annotate(rank=Value(rank), moment=F(at), fields=JSONObject(**fields)).values_list(
        "rank", "pk", "moment", "fields"
    )


def _place(text: str) -> Place | None:
    rank, _separator, rest = text.partition("~")
    found = place_of(rest)
    return (found[0], int(rank), found[1]) if found and rank in ("0", "1", "2") else None


def _item(rank: int, pk: int, at: datetime | str, row: dict[str, Any]) -> Item:
    moment = as_moment(at) if isinstance(at, str) else at
    title, kind = {CASE: _case, INTERACTION: _interaction, MESSAGE: _message}[rank](row)
    text = row["subject"] if rank == CASE else row["text"]
    place = f"{rank}~{moment.isoformat()}_{pk}"
    return Item(moment, title, kind, text or "", row.get("who") or "", row.get("reference", ""), place)


def _case(row: dict[str, Any]) -> tuple[str, str]:
    state = Outcome(row["outcome"]).label if row["outcome"] else Status(row["status"]).label
    return labelled(_("Case"), state), "event"


def _interaction(row: dict[str, Any]) -> tuple[str, str]:
    said = [Channel(row["channel"]).label, Interaction.Outcome(row["outcome"]).label]
    service = str(Localized(row["service"])) if row["service"] else ""
    return " · ".join(str(part) for part in (*said, service) if part), "message"


def _message(row: dict[str, Any]) -> tuple[str, str]:
    return str(Message.Direction(row["direction"]).label), "message"
