"""Declaring a significant weather event, saying so to customers, and declaring it over."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from townline.accounts.models import Municipality
from townline.cases.forms import long_text
from townline.cases.models import Weather
from townline.cases.weather import declare
from townline.core.access import fetch, may, visible
from townline.core.localized import Localized
from townline.core.refusals import NotAllowed

BEFORE = 20


class WordsForm(forms.Form):
    """What customers are told while it lasts."""

    en = long_text(
        _l("What customers are told, in English"), _l("In your own words. Do not say that the law requires a time.")
    )
    fr = long_text(_l("What customers are told, in French"), "")

    @property
    def words(self) -> Localized:
        """In both languages."""
        return Localized(self.cleaned_data)


@require_safe
def weather(request: HttpRequest) -> HttpResponse:
    """Whether one is declared, and those of before."""
    _demand(request, "declare")
    return _page(request, WordsForm(initial=_words(_running(request))))


@require_POST
def declare_weather(request: HttpRequest) -> HttpResponse:
    """Declare one."""
    _demand(request, "declare")
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    declare(by=request.user, words=form.words)
    messages.success(request, _("The weather event is declared. Winter promises given now begin when it is over."))
    return redirect("desk:weather")


@require_POST
def reword_weather(request: HttpRequest) -> HttpResponse:
    """Tell customers something else."""
    found = fetch(request.user, Weather.objects.running(), "reword")
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    found.reword(by=request.user, words=form.words)
    messages.success(request, _("Customers are told this from now on."))
    return redirect("desk:weather")


@require_POST
def end_weather(request: HttpRequest) -> HttpResponse:
    """Declare it over."""
    fetch(request.user, Weather.objects.running(), "end").end(by=request.user)
    messages.success(request, _("The weather event is over. What was promised meanwhile begins now."))
    return redirect("desk:weather")


def _page(request: HttpRequest, form: WordsForm) -> HttpResponse:
    before = visible(request.user, Weather.objects.filter(is_over=True)).order_by("-id")[:BEFORE]
    return render(request, "desk/weather.html", {"form": form, "running": _running(request), "before": before})


def _running(request: HttpRequest) -> Weather | None:
    return visible(request.user, Weather.objects.running().select_related("declared_by")).first()


def _words(running: Weather | None) -> Localized:
    municipality = Municipality.objects.first()
    return running.words if running else municipality.weather_words if municipality else Localized()


def _demand(request: HttpRequest, action: str) -> None:
    if not may(request.user, action, Weather()):
        raise NotAllowed(_("You do not have permission to do this."))
