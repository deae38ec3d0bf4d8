"""The scripts under Setup: what the answering service asks and says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townline.afterhours.forms import ScriptForm
from townline.afterhours.models import Script
from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed


@require_safe
def scripts(request: HttpRequest) -> HttpResponse:
    """Every script, in the order in which they are offered."""
    if not may(request.user, "review", Script()):
        raise NotAllowed(_("You do not have permission to do this."))
    found = visible(request.user, Script.objects.select_related("service", "rota__department"))
    return render(request, "afterhours/scripts.html", {"scripts": found})


def script(request: HttpRequest, code: str) -> HttpResponse:
    """One script, and a change of it."""
    action = "change" if request.method == "POST" else "review"
    found = fetch(request.user, Script.objects.select_related("service"), action, code=code)
    form = ScriptForm(request.POST or None, script=found)
    if request.method == "POST" and form.is_valid():
        found.change(by=request.user, **form.written)
        messages.success(request, _("The script is changed. The next call is taken by it."))
        return redirect("afterhours:scripts")
    context = {"script": found, "form": form, "may_change": may(request.user, "change", found)}
    return render(request, "afterhours/script.html", context)
