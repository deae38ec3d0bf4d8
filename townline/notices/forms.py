"""Shape of what is typed about a notice."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Service
from townline.core.localized import Localized
from townline.core.refusals import NotPossible
from townline.notices.models import WRITTEN, Notice
from townline.notices.season import day_of_season, parts_of
from townline.ui.forms import DateParts

PAIRS = ("name", "text", "area", "reason", "duration", "alternatives")
MOST_STREETS = 100


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=200, required=required)


def _lines(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=hint, max_length=2000, widget=area, required=required)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _l("Enter a time of day, such as 16:30.")},
    )  # fmt: skip


def _month(label: Any) -> forms.TypedChoiceField:
    choices = [("", _l("Month")), *MONTHS.items()]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, required=False, empty_value=None)


class NoticeForm(forms.Form):
    """Everything about a notice; `seen` is the revision that its writer began with."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_l("What is it?"), choices=Notice.Kind.choices, widget=forms.RadioSelect)
    name_en = _line(_l("What it says first, in English"), _l("A few words: “Watermain break”."), required=True)
    name_fr = _line(_l("What it says first, in French"))
    text_en = _lines(_l("The notice in English"), _l("What happens, and what people can do."), required=True)
    text_fr = _lines(_l("The notice in French"))
    area_en = _line(_l("Where, in English"), _l("Leave it empty for the whole municipality."))
    area_fr = _line(_l("Where, in French"))
    services = forms.MultipleChoiceField(
        label=_l("Which services is it about?"),
        help_text=_l("It shows on their pages, and gathers their cases. Without any it shows on the front page only."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    streets = _lines(
        _l("Streets and places of the area, each on a line"),
        _l("A case joins by itself when its place names one of them. Without any, cases from everywhere join."),
    )
    from_on = forms.DateField(label=_l("First day"), widget=DateParts(), required=False)
    from_time = _time(_l("At what time?"))
    until_on = forms.DateField(
        label=_l("Last day"), help_text=_l("Leave it empty until you know."), widget=DateParts(), required=False
    )
    until_time = _time(_l("Until what time?"))
    first_day = forms.IntegerField(label=_l("First day of the season"), min_value=1, max_value=31, required=False)
    first_month = _month(_l("Its month"))
    last_day = forms.IntegerField(label=_l("Last day of the season"), min_value=1, max_value=31, required=False)
    last_month = _month(_l("Its month, at the end"))
    reason_en = _line(_l("Why is the service disrupted? In English"))
    reason_fr = _line(_l("Why is the service disrupted? In French"))
    duration_en = _line(_l("How long is it expected to last? In English"))
    duration_fr = _line(_l("How long is it expected to last? In French"))
    alternatives_en = _lines(_l("What can people use instead? In English"))
    alternatives_fr = _lines(_l("What can people use instead? In French"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["services"]
        field.choices = [(one.code, str(one.name)) for one in Service.objects.filter(is_active=True)]

    @classmethod
    def shown(cls, notice: Notice) -> "NoticeForm":
        """The form with what the notice says."""
        initial: dict[str, Any] = {"seen": notice.revision, "kind": notice.kind, "services": notice.services}
        for part in PAIRS:
            initial |= {f"{part}_{one}": getattr(notice, part).get(one, "") for one in ("en", "fr")}
        for end, at in (("from", notice.from_at), ("until", notice.until_at)):
            local = timezone.localtime(at) if at else None
            initial |= {f"{end}_on": local.date(), f"{end}_time": local.time()} if local else {}
        for end, written in (("first", notice.season_from), ("last", notice.season_until)):
            initial |= dict(zip((f"{end}_month", f"{end}_day"), parts_of(written), strict=True)) if written else {}
        return cls(initial={**initial, "streets": "\n".join(notice.streets)})

    def clean_streets(self) -> list[str]:
        """Each line that says something."""
        found = [line.strip() for line in self.cleaned_data["streets"].splitlines() if line.strip()]
        if len(found) > MOST_STREETS:
            raise forms.ValidationError(_l("These are too many. Name 100 streets at most."))
        return found

    def clean(self) -> dict[str, Any]:
        """A season has two days; anything else has a beginning, before its end."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("kind") == Notice.Kind.SEASON:
            given |= {"from_at": None, "until_at": None}
            given |= {f"season_{to}": self._day_of_season(end) for to, end in (("from", "first"), ("until", "last"))}
            return given
        given |= {"season_from": "", "season_until": ""}
        given["from_at"] = _moment(given.get("from_on"), given.get("from_time"), time.min) or timezone.now()
        given["until_at"] = _moment(given.get("until_on"), given.get("until_time"), time(23, 59))
        if given["until_at"] and given["until_at"] <= given["from_at"]:
            self.add_error("until_on", _l("It ends before it begins. Choose a later end."))
        return given

    def _day_of_season(self, end: str) -> str:
        month, day = self.cleaned_data.get(f"{end}_month"), self.cleaned_data.get(f"{end}_day")
        try:
            return day_of_season(month or 0, day or 0)
        except NotPossible:
            self.add_error(f"{end}_day", _l("Enter a day that every year has, and its month."))
            return ""

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the notice."""
        given = self.cleaned_data
        pairs = {
            part: Localized({one: given[f"{part}_{one}"] for one in ("en", "fr") if given[f"{part}_{one}"]})
            for part in PAIRS
        }
        return {name: pairs.get(name, given.get(name)) for name in WRITTEN}


def _moment(on: Any, at: time | None, otherwise: time) -> datetime | None:
    return timezone.make_aware(datetime.combine(on, at or otherwise)) if on else None


class ExtendForm(forms.Form):
    """Until when it holds."""

    on = forms.DateField(label=_l("New last day"), widget=DateParts())
    at = _time(_l("Until what time?"))

    @property
    def until_at(self) -> datetime:
        """The moment."""
        found = _moment(self.cleaned_data["on"], self.cleaned_data["at"], time(23, 59))
        assert found
        return found


class CaseForm(forms.Form):
    """The case that belongs to it."""

    reference = forms.CharField(label=_l("Reference of a case that belongs to it"), max_length=40)
