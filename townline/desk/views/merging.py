"""A customer typed twice: who it may be, what would stand together, and taking it apart again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from townline.core.access import fetch, visible
from townline.customers.models import ContactPoint, Customer
from townline.desk.knowing import Known, candidates, plain, with_cases

LABELS: dict[str, Any] = {
    "name": _l("Name"),
    "kind": _l("Person or business"),
    "language": _l("Language"),
    "way": _l("How they like to be answered"),
    "text_format": _l("In which format"),
}
MOST, SAME = 8, 200


class LookForm(forms.Form):
    """Whom else it may be."""

    who = forms.CharField(
        label=_l("The other record: a name, a phone number or an e-mail address"), max_length=120, required=False
    )


class ChooseForm(forms.Form):
    """What shall hold, where the two say different things."""

    def __init__(self, *args: Any, one: Customer, other: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            theirs, ours = getattr(other, name), getattr(one, name)
            if theirs != ours:
                choices = [(value, said(one, name, value)) for value in (theirs, ours)]
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    initial=theirs,
                    required=bool(theirs and ours),
                    widget=forms.RadioSelect,
                )


def said(customer: Customer, name: str, value: str) -> str:
    """A value of a field in words."""
    choices = dict(Customer._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    known = {"language": {"en": _("English"), "fr": _("French")}}.get(name, choices)
    return str(known.get(value, value) or _("Nothing noted"))


def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else this customer may be: of the same name or reached at the same place, or looked up."""
    one = fetch(request.user, Customer, "merge", pk=pk)
    form = LookForm(request.POST or None)
    words = plain(form.cleaned_data["who"]) if form.is_valid() else ""
    user: Any = request.user
    found = _looked_up(user, words) if words else alike(user, one)
    people = [known for known in found if known.customer.pk != one.standing.pk]
    context = {"customer": one, "form": form, "people": people, "words": words}
    return render(request, "desk/merge_look.html", context)


def _looked_up(user: Any, words: str) -> list[Known]:
    if "@" in words:
        return candidates(user, email=words)
    is_number = bool(ContactPoint.key_of(ContactPoint.Kind.PHONE, words))
    return candidates(user, phone=words) if is_number else candidates(user, name=words)


def alike(user: Any, one: Customer) -> list[Known]:
    """Records of the same name, or reached at the same address or number; exact matches, never guesses."""
    points = list(ContactPoint.objects.filter(customer=one).exclude(key="").values_list("kind", "key"))
    reached = [ContactPoint.objects.filter(kind=kind, key=key).values("customer") for kind, key in points]
    named = Customer.objects.filter(sort_key=one.sort_key).values("pk")
    same = set(named.union(*reached).values_list("pk", flat=True)[:SAME]) - {one.pk}
    rows = visible(user, Customer.objects.filter(pk__in=same, merged_into=None)).order_by("pk")
    return with_cases(user, rows[:MOST])


def merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What would stand together, and doing it."""
    one = fetch(request.user, Customer, "merge", pk=pk)
    into = fetch(request.user, Customer, "merge", pk=other)
    form = ChooseForm(request.POST or None, one=one, other=into)
    reason = one.why_not_into(into)
    if request.method == "POST" and form.is_valid():
        one.merge(by=request.user, into=into, chosen=form.cleaned_data)
        messages.success(request, _("They stand together now. You can take them apart again on this page."))
        return redirect("desk:customer", pk=into.pk)
    both = {known.customer.pk: known for known in with_cases(request.user, [one, into])}  # type: ignore[arg-type]
    context = {"one": one, "into": into, "form": form, "reason": reason, "sides": [both[into.pk], both[one.pk]]}
    return render(request, "desk/merge.html", context)


@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """Let them stand apart again."""
    one = fetch(request.user, Customer, "unmerge", pk=pk)
    one.unmerge(by=request.user)
    messages.success(request, _("They stand apart again, each with what was its own."))
    return redirect("desk:customer", pk=pk)
