"""Macros at a case: the list, what one would do, and doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townline.cases.models import Case
from townline.cases.timeline import newest_event, said_since
from townline.core.access import fetch, visible
from townline.macros.models import Macro
from townline.macros.running import digest, rehearse


@require_safe
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """The macros for this case."""
    case = fetch(request.user, Case.objects.for_page(), "note", reference=reference)
    found = visible(request.user, Macro.objects.offered(case).select_related("service"))
    macros = sorted(found, key=lambda one: (one.service is None, not one.kind, str(one.name).casefold()))
    return render(request, "macros/choose.html", {"case": case, "macros": macros})


def run(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """First what it would do, word for word; then, on the same page's button, exactly that."""
    case = fetch(request.user, Case.objects.for_page(), "note", reference=reference)
    macro = fetch(request.user, Macro.objects.offered(case), "run", code=code)
    shown = rehearse(macro, case, request.user)  # type: ignore[arg-type]
    seen = request.POST.get("seen", "")
    newer = said_since(case, int(seen), but_by=request.user) if seen.isdecimal() and len(seen) < 19 else []
    is_as_shown = request.POST.get("shown") == digest(shown)
    if request.method == "POST" and is_as_shown and not newer:
        macro.run(by=request.user, case=case)
        messages.success(request, _("Done: %(name)s.") % {"name": macro.name})
        return redirect(case)
    context = {
        "case": case,
        "macro": macro,
        "effects": shown,
        "digest": digest(shown),
        "is_possible": bool(shown) and not any(effect.refusal for effect in shown),
        "is_otherwise": request.method == "POST" and not is_as_shown,
        "newer": newer,
        "seen": newest_event(case),
    }
    return render(request, "macros/run.html", context)
