"""What open pages ask every fifteen seconds: has anything come in, or changed, since they were drawn?

Most of the time nothing has, and one look at the newest event says so.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townline.cases.models import Case
from townline.core.access import fetch
from townline.core.paging import id_of
from townline.desk.counting import CappedCount
from townline.desk.lists import ALL, MINE, Desk, WorkList
from townline.desk.living import changed_rows, happened_to, newest_event, stamps
from townline.desk.seeing import Views
from townline.timeline.models import Event
from townline.ui.templatetags.ui import capped


def changes(request: HttpRequest) -> JsonResponse:
    """What a list has to tell: how many are new and which of its rows changed, in a sentence, and the counts."""
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in ("whose", "which", "code")}
    desk = Desk(request.user)  # type: ignore[arg-type]
    shown = desk.find(asked["whose"] or ALL, asked["which"] or "newest", asked["code"])
    seen_event = id_of(request.GET.get("event", ""))
    if seen_event is not None and newest_event() <= seen_event:
        return JsonResponse({"sentence": "", "changed": [], "counts": {}})
    views = Views(desk)
    lists = [one for _owner, group in desk.beside(shown) for _name, one in group]
    drawn = stamps(request.GET.get("rows", ""))
    after = seen_event if shown.whose == MINE else id_of(request.GET.get("after", ""))
    new = {"came_in": CappedCount(_new(shown, desk, after or 0, list(drawn)))}
    found = desk.counts(lists, views.questions() | new)
    changed = changed_rows(desk.user, drawn)
    said = [_said_new(found["came_in"]), _said_changed(len(changed))]
    return JsonResponse({
        "sentence": " ".join(one for one in said if one),
        "changed": [str(pk) for pk in changed],
        "counts": {one.url: capped(found[one.url]) for one in lists if one.url in found},
    })  # fmt: skip


def _new(shown: WorkList, desk: Desk, after: int, drawn: list[int]) -> Any:
    """What came into a list: cases that were entered since then; into one's own, also what was given to one."""
    rows = shown.rows(desk.user, timezone.now(), desk.seen).exclude(pk__in=drawn)
    if shown.whose != MINE:
        return rows.filter(pk__gt=after)
    given = Event.objects.filter(pk__gt=after, name__in=("case.assigned", "case.received", "case.taken"))
    return rows.filter(pk__in=given.values("case_id"))


def _said_new(count: int) -> str:
    sentence = ngettext("%(count)s new case has come in.", "%(count)s new cases have come in.", count)
    return sentence % {"count": capped(count)} if count else ""


def _said_changed(count: int) -> str:
    sentence = ngettext("%(count)s case on this page has changed.", "%(count)s cases on this page have changed.", count)
    return sentence % {"count": count} if count else ""


def case_changes(request: HttpRequest, reference: str) -> JsonResponse:
    """What has happened to a case since its page was drawn, by whom."""
    case = fetch(request.user, Case.objects.only("pk"), "read", reference=reference)
    found = happened_to(case, id_of(request.GET.get("event", "")) or 0, but_by=request.user)
    if not found:
        return JsonResponse({"sentence": ""})
    names = ", ".join(dict.fromkeys(str(event.by) for event in found))
    return JsonResponse({"sentence": _("Something newer arrived (%(names)s).") % {"names": names}})
