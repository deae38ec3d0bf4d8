"""The pages where opening hours are seen, and closures are entered and taken away."""

from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.accounts.forms import CloseOnForm, DayForm, YearForm
from townline.accounts.models import Calendar, Closure, Counter, Department
from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.ui.moments import day

SEEDED_AHEAD = 3
"""So many years ahead of this one the public holidays are offered."""


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every calendar: its hours, who goes by it, and when it is closed next."""
    if not may(request.user, "read", Calendar()):
        raise NotAllowed(_("You do not have permission to see opening hours and closures."))
    coming = Closure.objects.filter(on__gte=timezone.localdate())
    calendars = visible(request.user, _with_users()).prefetch_related(
        Prefetch("closures", queryset=coming, to_attr="coming")
    )
    return render(request, "accounts/calendars.html", {"calendars": calendars})


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One calendar with its closures, year by year."""
    return _page(request, fetch(request.user, _with_users(), "read", code=code), CloseOnForm())


@require_POST
def close_on(request: HttpRequest, code: str) -> HttpResponse:
    """Close one day; what cannot be is said beside what was typed."""
    calendar = fetch(request.user, _with_users(), "close_on", code=code)
    form = CloseOnForm(request.POST)
    if form.is_valid():
        try:
            calendar.close_on(by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error("on", str(refusal))
        else:
            return _changed(request, calendar, _("Closed on %(day)s.") % {"day": day(form.cleaned_data["on"])})
    return _page(request, calendar, form)


@require_POST
def open_on(request: HttpRequest, code: str) -> HttpResponse:
    """Take a closure away."""
    calendar = fetch(request.user, Calendar, "open_on", code=code)
    form = DayForm(request.POST)
    if not form.is_valid():
        raise Http404
    calendar.open_on(by=request.user, **form.cleaned_data)
    return _changed(request, calendar, _("Not closed any more on %(day)s.") % {"day": day(form.cleaned_data["on"])})


@require_POST
def seed(request: HttpRequest, code: str) -> HttpResponse:
    """Add the public holidays of a year."""
    calendar = fetch(request.user, Calendar, "seed", code=code)
    form = YearForm(request.POST)
    if not form.is_valid():
        raise Http404
    calendar.seed(by=request.user, **form.cleaned_data)
    sentence = _("The public holidays of %(year)s are added. Please check them: each can be removed.")
    return _changed(request, calendar, sentence % form.cleaned_data)


def _with_users() -> QuerySet[Calendar]:
    """With the departments and counters that go by each."""
    return Calendar.objects.order_by("pk").prefetch_related(
        Prefetch("departments", queryset=Department.objects.filter(is_active=True)),
        Prefetch("counters", queryset=Counter.objects.filter(is_active=True).order_by("pk")),
    )


def _changed(request: HttpRequest, calendar: Calendar, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("accounts:calendar", calendar.code)


def _page(request: HttpRequest, calendar: Calendar, form: CloseOnForm) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "calendar": calendar,
        "form": form,
        "coming": _by_year(calendar.closures.filter(on__gte=today)),
        "over": _by_year(calendar.closures.filter(on__lt=today).order_by("-on")),
        "may_edit": may(request.user, "close_on", calendar),
        "year_to_seed": _year_to_seed(calendar),
    }
    return render(request, "accounts/calendar.html", context)


def _by_year(closures: Iterable[Closure]) -> list[tuple[int, list[Closure]]]:
    return [(year, list(found)) for year, found in groupby(closures, key=lambda closure: closure.on.year)]


def _year_to_seed(calendar: Calendar) -> int | None:
    """The next year of which no holiday was proposed yet; what staff took away is not offered again."""
    this = timezone.localdate().year
    if calendar.holidays != Calendar.Holidays.ONTARIO:
        return None
    fresh = (year for year in range(this, this + SEEDED_AHEAD + 1) if year not in calendar.holiday_years)
    return next((year for year in fresh if calendar.missing_holidays(year)), None)
