"""The form of one routing rule: conditions as choices, never as text a machine must parse."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Kind, Priority
from townline.channels.models import Channel
from townline.questions.definition import Kind as Asked
from townline.questions.definition import Question
from townline.questions.words import said
from townline.routing.models import Deal, Queue, Step
from townline.routing.rules import About, Condition, Rule
from townline.routing.words import Names, modes
from townline.ui.forms import Choice
from townline.ui.labels import labelled

CHOSEN = {"services": About.SERVICE, "kinds": About.KIND, "channels": About.CHANNEL}
SINGLE = {
    "language": About.LANGUAGE, "priority": About.PRIORITY, "hours": About.HOURS,
    "intake": About.INTAKE, "decision": About.DECISION, "fulfilment": About.FULFILMENT,
}  # fmt: skip
PLACES = 20
ANY = ("", _l("It does not matter"))
DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


def boxes(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """Several of a list; none means that it does not matter."""
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple)


def one(label: Any, choices: Any = ()) -> forms.ChoiceField:
    """One of a list, or none of them."""
    return forms.ChoiceField(label=label, required=False, choices=[ANY, *choices])


def day_of_year(label: Any) -> forms.RegexField:
    """A month and a day, without a year."""
    return forms.RegexField(
        DAY,
        label=label,
        required=False,
        help_text=_l("Month and day, such as 11-15 for 15 November."),
        error_messages={"invalid": _l("Write month and day with two digits each, such as 11-15.")},
    )


class RuleForm(forms.Form):
    """When it is like this … it goes there. Whatever is left open does not matter to the rule."""

    step = forms.ChoiceField(
        label=_l("At which step?"), choices=Step.choices, initial=Step.DECISION, widget=forms.RadioSelect,
        help_text=_l("A rule for intake sends a new case to somebody first; they pass it on when they are done."),
    )  # fmt: skip
    services = boxes(_l("The service is one of"), _l("With one service chosen and saved, its questions can be asked."))
    kinds = boxes(_l("The kind of case is one of"))
    channels = boxes(_l("It came by one of"))
    place = forms.CharField(
        label=_l("The place says one of"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_l("One a line: a street, a hamlet. It is looked for as whole words."),
    )  # fmt: skip
    language = one(_l("The customer’s language"), [("en", _l("English")), ("fr", _l("French"))])
    priority = one(_l("The priority"), Priority.choices)
    hours = one(
        _l("Opening hours of the department"),
        [("open", _l("It comes in during the hours")), ("closed", _l("It comes in outside the hours"))],
    )
    season_from = day_of_year(_l("It comes in from"))
    season_until = day_of_year(_l("It comes in until"))
    intake = one(_l("Intake of the service"))
    decision = one(_l("Decision of the service"))
    fulfilment = one(_l("Work of the service"))
    queue = forms.ChoiceField(label=_l("Where does it go?"), widget=forms.Select)
    raises = one(_l("Does it get a priority?"), Priority.choices)
    deal = one(_l("How is it given out?"), Deal.choices)

    def __init__(self, data: Any = None, *, names: Names, rule: Rule | None = None, service: str = "") -> None:
        self.names, self.rule = names, rule
        about = [value for one in rule.when if one.about == About.SERVICE for value in one.is_] if rule else []
        self.asked_service = about[0] if len(about) == 1 else service if not rule else ""
        super().__init__(data, initial=self._initial(rule, service))
        self._offer("services", [(code, str(name)) for code, name in names.services.items()])
        self._offer("kinds", list(Kind.choices))
        self._offer("channels", list(Channel.choices))
        ways = [(code, label) for code, label in modes().items() if code not in ("en", "fr")]
        for step in Step.values:
            self._offer(step, [ANY, *ways])
        self._offer("queue", [("", _("Choose")), *_queues()])
        for question in self.questions():
            options = [(code, Choice(said(question, code))) for code in _codes(question)]
            field = boxes(_("The answer to “%(question)s” is one of") % {"question": question.label})
            field.choices = options
            self.fields[f"answer_{question.id}"] = field

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def questions(self) -> Iterator[Question]:
        """The questions of the one service that the rule is about, as far as they are answered by choosing."""
        definition = self.names.questions.get(self.asked_service)
        for page in definition.pages if definition else ():
            for question in page.questions if not page.repeat else ():
                if question.kind in (Asked.ONE_CHOICE, Asked.MANY_CHOICES, Asked.YES_NO):
                    yield question

    @property
    def kept(self) -> list[Condition]:
        """Conditions of the rule that this form does not ask; they stay as they are."""
        if self.rule is None:
            return []
        ids = {question.id for question in self.questions()}
        return [one for one in self.rule.when if one.is_not or (one.question and one.question not in ids)]

    @property
    def when_fields(self) -> list[Any]:
        """What the rule asks, in the order of the page."""
        return [self[name] for name in self.fields if name not in ("step", *THEN)]

    @property
    def then_fields(self) -> list[Any]:
        """What the rule does."""
        return [self[name] for name in THEN]

    def _initial(self, rule: Rule | None, service: str) -> dict[str, Any]:
        if rule is None:
            return {"services": [service] if service else []}
        found: dict[str, Any] = {
            "step": rule.step.value, "queue": rule.to.queue or rule.to.department,
            "raises": rule.to.priority or "", "deal": rule.to.deal or "",
        }  # fmt: skip
        lists = {about: name for name, about in CHOSEN.items()}
        singles = {about: name for name, about in SINGLE.items()}
        for condition in rule.when:
            if condition.is_not:
                continue
            if condition.about in lists:
                found[lists[condition.about]] = list(condition.is_)
            elif condition.about in singles:
                found[singles[condition.about]] = condition.is_[0]
            elif condition.about == About.PLACE:
                found["place"] = "\n".join(condition.is_)
            elif condition.about == About.SEASON and len(condition.is_) == 1:
                found["season_from"], found["season_until"] = condition.is_[0].split("/")
            elif condition.about == About.ANSWER:
                found[f"answer_{condition.question}"] = list(condition.is_)
        return found

    def clean(self) -> dict[str, Any]:
        """A rule asks for something at least, and a time of the year has two ends."""
        typed: dict[str, Any] = super().clean() or {}
        if bool(typed.get("season_from")) != bool(typed.get("season_until")) and not (
            self.errors.keys() & {"season_from", "season_until"}
        ):
            missing = "season_until" if typed.get("season_from") else "season_from"
            self.add_error(missing, _("A time of the year has a first and a last day."))
        places = [line for line in typed.get("place", "").splitlines() if line.strip()]
        if len(places) > PLACES or any(len(line.strip()) > 100 for line in places):
            self.add_error("place", _("Write up to 20 lines, each with 100 characters at most."))
        if not self.errors.keys() - set(THEN) and not self._conditions(typed):
            self.add_error(None, _("Say when the rule holds: choose something under “When”."))
        return typed

    def _conditions(self, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {"about": about.value, "is": typed[name]} for name, about in CHOSEN.items() if typed.get(name)
        ]
        for name, value in typed.items():
            if name.startswith("answer_") and value:
                found.append({"about": "answer", "question": name.removeprefix("answer_"), "is": value})
        if places := [line.strip() for line in typed.get("place", "").splitlines() if line.strip()]:
            found.append({"about": "place", "is": places})
        found += [{"about": about.value, "is": [typed[name]]} for name, about in SINGLE.items() if typed.get(name)]
        if typed.get("season_from"):
            found.append({"about": "season", "is": [f"{typed['season_from']}/{typed['season_until']}"]})
        return [*found, *(one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in self.kept)]

    @property
    def written(self) -> dict[str, Any]:
        """The rule as it is stored."""
        typed = self.cleaned_data
        queue = Queue.objects.select_related("department").get(code=typed["queue"])
        to = {"department": queue.department.code}
        if not queue.is_default:
            to["queue"] = queue.code
        if typed["raises"]:
            to["priority"] = typed["raises"]
        if typed["deal"]:
            to["deal"] = typed["deal"]
        return {"step": typed["step"], "when": self._conditions(typed), "to": to}


THEN = ("queue", "raises", "deal")


class SeenForm(forms.Form):
    """What state of the draft somebody had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    up = forms.BooleanField(required=False, widget=forms.HiddenInput)


class DealForm(forms.Form):
    """How the cases of a queue come to people."""

    deal = forms.ChoiceField(
        label=_l("How do its cases come to people?"), choices=Deal.choices, widget=forms.RadioSelect
    )
    cap = forms.IntegerField(
        label=_l("With how many open cases is somebody given no more?"),
        help_text=_l("They can still take one themselves."),
        min_value=1,
        max_value=500,
    )


def _queues() -> list[tuple[str, str]]:
    rows = (
        Queue.objects.usable().select_related("department").order_by("department__sort_key", "-is_default", "sort_key")
    )
    return [
        (row.code, str(row.department.name) if row.is_default else labelled(row.department.name, str(row.name)))
        for row in rows
    ]


def _codes(question: Question) -> list[str]:
    return ["yes", "no"] if question.kind == Asked.YES_NO else [option.code for option in question.options]
