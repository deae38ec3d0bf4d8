"""The desk's pages of the verbs that belong to some kinds of case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as to
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from townline.cases.kinds.forms import MakeFormalForm, PassOnForm, RedirectForm, RefileForm
from townline.cases.models import Case
from townline.cases.views import ask, done
from townline.catalogue.bodies import FORMAL_COMPLAINT
from townline.catalogue.models import Body, Kind, Service
from townline.core.access import fetch
from townline.ui.labels import labelled


def refile(request: HttpRequest, reference: str) -> HttpResponse:
    """File the case under another service."""
    case = fetch(request.user, Case.objects.for_page(), "refile", reference=reference)
    form = RefileForm(request.POST or None, case=case)
    if form.is_valid():
        case.refile(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s is filed anew."))
    return ask(request, case, form, _("File it under another service"), _("File it there"), is_sent=True)


def redirect(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the body that looks after it, then tell the customer how to get there."""
    case = fetch(request.user, Case.objects.for_page(), "redirect", reference=reference)
    bodies = list(Body.objects.filter(is_active=True).exclude(code=FORMAL_COMPLAINT))
    body = next((one for one in bodies if one.code == request.GET.get("body")), None)
    if body is None:
        return render(request, "cases/kinds/redirect.html", {"case": case, "bodies": bodies})
    form = RedirectForm(request.POST or None, initial={"words": words_of(body, case.language)})
    if form.is_valid():
        case.redirect(by=request.user, body=body, **form.cleaned_data)
        return done(
            request, case, _("Case %(reference)s is closed: it is not ours, and the customer is told whose it is.")
        )
    return ask(request, case, form, labelled(_("Not ours"), body), _("Close and tell the customer"), is_sent=True)


def words_of(body: Body | None, language: str) -> str:
    """What a customer is told of a body, in their language."""
    if body is None:
        return ""
    with override(language):
        return f"{body.say}\n\n{labelled(body.name, body.reach)}"


def make_formal(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that the customer wants a formal complaint, and tell them how to file one."""
    case = fetch(request.user, Case.objects.for_page(), "make_formal", reference=reference)
    way = Body.objects.filter(code=FORMAL_COMPLAINT, is_active=True).first()
    form = MakeFormalForm(request.POST or None, initial={"words": words_of(way, case.language)})
    if form.is_valid():
        case.make_formal(by=request.user, **form.cleaned_data)
        said = _("Noted on case %(reference)s: the customer wants a formal complaint.")
        if not Service.objects.filter(kind=Kind.FORMAL_COMPLAINT, is_active=True).exists():
            return done(request, case, said)
        messages.success(request, said % {"reference": case.reference})
        return to(f"{reverse('complaints:write_down')}?from={case.reference}")
    return ask(request, case, form, _("The customer wants a formal complaint"), _("Note it"), is_sent=True)


def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring a compliment to whom it is about."""
    case = fetch(request.user, Case.objects.for_page(), "pass_on", reference=reference)
    about = case.answers.get("about_what", "")
    form = PassOnForm(request.POST or None, initial={"about": about, "department": case.department.code})
    if form.is_valid():
        case.pass_on(by=request.user, **form.cleaned_data)
        return done(request, case, _("The compliment of case %(reference)s is passed on."))
    return ask(request, case, form, _("Pass the compliment on"), _("Pass it on"))


@require_POST
def read_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that feedback was read, and close it with thanks."""
    case = fetch(request.user, Case, "read_feedback", reference=reference)
    case.read_feedback(by=request.user)
    return done(request, case, _("Read: case %(reference)s is closed with thanks."))


VERBS: dict[str, Any] = {
    "refile": refile,
    "redirect": redirect,
    "make_formal": make_formal,
    "pass_on": pass_on,
    "read_feedback": read_feedback,
}
