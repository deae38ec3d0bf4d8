"""Who else is at a case: what the page of a case says and asks every few seconds."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.cases.beside import stands_beside
from townline.cases.models import Case, Presence, Unsent
from townline.cases.timeline import said_since
from townline.core.access import fetch, may


@stands_beside("present", who="user__name", is_writing="is_writing")
def _present(case: Any, user: Any) -> Any:
    """The others who have this case open."""
    return Presence.objects.of_others(user).filter(case=case)


@stands_beside("drafts", pk="pk", verb="verb", by="by_id", who="by__name", at="changed_at")
def _drafts(case: Any, user: Any) -> Any:
    """What is begun and not sent, for those who write on this case."""
    return Unsent.objects.filter(case=case) if may(user, "note", case) else None


def sentences(present: Iterable[tuple[str, bool]]) -> list[str]:
    """“Ben Okafor is writing here.” for each of them."""
    return [
        (_("%(name)s is writing on this case.") if is_writing else _("%(name)s has this case open.")) % {"name": name}
        for name, is_writing in present
    ]


@require_POST
def here(request: HttpRequest, reference: str) -> JsonResponse:
    """The page is open: keep that in mind, and say who else is here and what is new since it was drawn."""
    case = fetch(request.user, Case, "read", reference=reference)
    Presence.heard_of(case, by=request.user, is_writing=request.POST.get("writing") == "1")
    others = Presence.objects.of_others(request.user).filter(case=case).order_by("id")
    said = sentences(others.values_list("user__name", "is_writing")[:5])
    seen = request.POST.get("seen", "")
    if seen.isdecimal() and len(seen) < 19 and said_since(case, int(seen), but_by=request.user):
        said.append(_("Something newer has arrived."))
    return JsonResponse({"sentence": " ".join(said)})
