"""The pages of drafts: keeping one while somebody types, reading a colleague's, and throwing one's own away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.cases.composing import keep_typed
from townline.cases.models import Case, Unsent
from townline.core.access import fetch, may
from townline.documents.models import Attachment
from townline.ui.moments import time_of_day


@require_POST
def keep_draft(request: HttpRequest, reference: str, verb: str) -> JsonResponse:
    """Keep what stands in the page, every few seconds; another window's words are never written over."""
    if verb not in Unsent.Verb.values:
        raise Http404
    fetch(request.user, Case, "note", reference=reference)
    draft, is_kept = keep_typed(request, reference, verb)
    if draft is None:
        return JsonResponse({"sentence": "", "revision": 0})
    if not is_kept:
        said = _("You have written something else here in another window. Press “Keep as draft” to see both.")
        return JsonResponse({"sentence": said, "revision": -1})
    said = _("Draft kept at %(time)s.") % {"time": time_of_day(draft.changed_at)}
    return JsonResponse({"sentence": said, "revision": draft.revision})


@require_safe
def draft(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A draft as it stands, for whoever may finish it."""
    case = fetch(request.user, Case, "note", reference=reference)
    found = fetch(request.user, Unsent.objects.filter(case=case).select_related("by"), "read", pk=pk)
    context = {
        "case": case,
        "draft": found,
        "files": Attachment.objects.filter(enclosure__unsent=found).order_by("id"),
        "query": f"?draft={found.pk}",
        "is_own": found.by_id == request.user.pk,
        "may_finish": may(request.user, found.verb, case),
    }
    return render(request, "cases/draft.html", context)


@require_POST
def discard_draft(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Throw one's own draft away."""
    case = fetch(request.user, Case, "note", reference=reference)
    found = fetch(request.user, Unsent.objects.filter(case=case), "discard", pk=pk)
    found.discard()
    messages.success(request, _("Your draft is thrown away."))
    return redirect(case)
