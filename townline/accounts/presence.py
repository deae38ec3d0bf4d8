"""The page on which staff say when they are away and who covers, for themselves or as a supervisor for others."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from townline.accounts.absences import HERE, Absence, French
from townline.accounts.models import User
from townline.core.access import fetch, may, visible
from townline.core.refusals import NotPossible
from townline.ui.forms import DateParts


class AwayForm(forms.Form):
    """From when until when, and who covers."""

    from_on = forms.DateField(label=_l("First day away"), widget=DateParts())
    until_on = forms.DateField(label=_l("Last day away"), widget=DateParts())
    cover = forms.ModelChoiceField(
        label=_l("Who covers?"), queryset=User.objects.none(), required=False, empty_label=_l("Nobody"),
        help_text=_l("They see the open cases in their own list and can do everything with them."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cover"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues(person.department_ids).exclude(pk=person.pk)


class FrenchForm(forms.Form):
    """How well somebody serves in French."""

    french = forms.ChoiceField(
        label=_l("Serving in French"), choices=French.choices, required=False, widget=forms.RadioSelect
    )


class BackForm(forms.Form):
    """Which absence ends."""

    absence = forms.IntegerField(widget=forms.HiddenInput)


def colleagues(departments: frozenset[int]) -> Any:
    """Staff of these departments, by name."""
    staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True, departments__in=departments)
    return staff.distinct().order_by("name", "pk")


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Who of one's departments is here, who is away and until when, and who covers."""
    user: Any = request.user
    people = list(visible(user, colleagues(user.department_ids)))
    away = Absence.objects.to_come().filter(user__in=people).order_by("-from_on", "-pk")
    next_of = {absence.user_id: absence for absence in away}
    now, today = timezone.now(), timezone.localdate()
    rows = [
        {
            "person": one,
            "absence": next_of.get(one.pk),
            "is_away": one.pk in next_of and next_of[one.pk].from_on <= today,
            "is_here": bool(one.seen_at and now - one.seen_at <= HERE),
            "may_change": may(user, "be_away", one),
        }
        for one in people
    ]
    return render(request, "accounts/team.html", {"rows": rows})


def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """The absences of one person, and a new one."""
    person = fetch(request.user, User, "be_away", pk=pk)
    form = AwayForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            person.be_away(by=request.user, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The absence of %(name)s is entered.") % {"name": person})
            return redirect("accounts:presence", pk)
    context = {
        "person": person,
        "form": form,
        "french": FrenchForm(initial={"french": person.french}),
        "absences": person.absences.to_come(),
        "is_own": person.pk == request.user.pk,
    }
    return render(request, "accounts/presence.html", context)


@require_POST
def be_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End an absence, or take it back."""
    person = fetch(request.user, User, "be_back", pk=pk)
    form = BackForm(request.POST)
    if not form.is_valid():
        raise Http404
    person.be_back(by=request.user, **form.cleaned_data)
    messages.success(request, _("The absence is ended."))
    return redirect("accounts:presence", pk)


@require_POST
def serve_in_french(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how well somebody serves in French."""
    person = fetch(request.user, User, "serve_in_french", pk=pk)
    form = FrenchForm(request.POST)
    if not form.is_valid():
        raise Http404
    person.serve_in_french(by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("accounts:presence", pk)
