"""The desk's pages on which a case is hidden from the public, and shown again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from townline.cases.forms_public import HideForm, ShowAgainForm
from townline.cases.models import Case
from townline.cases.views import ask, done
from townline.core.access import fetch


def hide(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why the public hears no more of it."""
    case = fetch(request.user, Case.objects.for_page(), "hide", reference=reference)
    form = HideForm(request.POST or None)
    if form.is_valid():
        case.hide(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s is hidden from the public. Work on it goes on."))
    about = _("Others see it no more before they report the same, and those who follow it do not see its place.")
    return ask(request, case, form, _("Hide it from the public"), _("Hide it"), about=about)


def show_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why the public hears of it again."""
    case = fetch(request.user, Case.objects.for_page(), "show_again", reference=reference)
    form = ShowAgainForm(request.POST or None)
    if form.is_valid():
        case.show_again(by=request.user, **form.cleaned_data)
        return done(request, case, _("The public hears of case %(reference)s again."))
    about = _("Others hear of it again before they report the same, as far as its service lets them.")
    return ask(request, case, form, _("Show it to the public again"), _("Show it again"), about=about)


VERBS: dict[str, Any] = {"hide": hide, "show_again": show_again}
