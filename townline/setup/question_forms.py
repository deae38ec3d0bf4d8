"""The forms of the question editor: a title, a page, a question with its options, limits and conditions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Service
from townline.questions.clean import Wrong, normalized
from townline.questions.definition import CHOICES, COUNTED, NUMBERS, TEXTS, Kind, Question
from townline.questions.fields import written as as_typed
from townline.questions.terms import Context
from townline.questions.words import only_if
from townline.setup.conditions import choices, earlier, lines_of, rule_of
from townline.setup.form_drafts import FormDraft
from townline.setup.row_forms import both, line, pick, tick

LINES = 5
SPARE = 3
PHONE = r"^[0-9][0-9 .()-]{2,30}( ext\. [0-9]{1,6})?$"
ID = r"^[a-z][a-z0-9_]{0,39}$"


class TitleForm(forms.Form):
    """What the whole form is called."""

    title = both(_l("Title of the form"), for_staff=True)


class ConditionForm(forms.Form):
    """Lines of “Only if …”; `where` is the page, and the question if there is one."""

    match = forms.ChoiceField(
        label=_l("When there are several lines"), required=False,
        choices=[("all", _l("All of them must be so")), ("any", _l("One of them is enough"))],
    )  # fmt: skip
    drop = tick(_l("Take this condition out"))

    def __init__(self, data: Any = None, *, draft: FormDraft, page_id: str, name: str = "", before: Any = None) -> None:
        self.draft, self.before = draft, before or {}
        self.definition = draft.parsed
        super().__init__(data)
        self.questions = earlier(self.definition, page_id, name)
        found = lines_of(self.before.get("show_if"), self.questions)
        self.kept_rule = self.before.get("show_if") if found is None else None
        lines, self.initial["match"] = found or ([], "all")
        offered = choices(self.definition, page_id, name)
        for at in range(LINES if self.questions and self.kept_rule is None else 0):
            chosen, value = lines[at] if at < len(lines) else ("", "")
            self.fields[f"if_{at}"] = forms.ChoiceField(
                label=_("Only if (line %(number)s)") % {"number": at + 1},
                choices=offered,
                required=False,
                initial=chosen,
            )
            self.fields[f"value_{at}"] = line(_("Compared with"), 40)
            self.initial[f"value_{at}"] = value
        if self.kept_rule is None:
            del self.fields["drop"]

    @property
    def kept_words(self) -> str:
        """The condition that cannot be said in lines, in words."""
        rule = self._parsed_rule() if self.kept_rule else None
        return only_if(self.definition, rule) if rule else ""

    def _parsed_rule(self) -> Any:
        parts: list[Any] = [*self.definition.pages, *(one for page in self.definition.pages for one in page.questions)]
        return next((one.show_if for one in parts if one.id == self.before["id"]), None)

    @property
    def condition_lines(self) -> list[tuple[Any, Any]]:
        """The fields of each line beside each other."""
        return [(self[f"if_{at}"], self[f"value_{at}"]) for at in range(LINES) if f"if_{at}" in self.fields]

    def condition(self, typed: dict[str, Any]) -> Any:
        """The rule of all lines; what cannot be read is said at its line."""
        if self.kept_rule is not None:
            return None if typed.get("drop") else self.kept_rule
        context, lines = Context(today=timezone.localdate()), []
        for at in range(LINES):
            chosen, value = typed.get(f"if_{at}", ""), typed.get(f"value_{at}", "")
            try:
                rule_of([(chosen, value)], "all", self.questions, context)
                lines.append((chosen, value))
            except Wrong as wrong:
                self.add_error(f"value_{at}", str(wrong))
        return None if self.errors else rule_of(lines, typed.get("match", "all"), self.questions, context)


class PageForm(ConditionForm):
    """A page: its title, whether it is a list, and when it is asked."""

    title = both(_l("Title of the page"), for_staff=True)
    item = both(
        _l("Answered once for each"), _l("For a list: what one item is called, such as dog."), required=False,
        for_staff=True,
    )  # fmt: skip
    least = forms.IntegerField(label=_l("At least how many?"), min_value=0, max_value=50, required=False)
    most = forms.IntegerField(label=_l("At most how many?"), min_value=1, max_value=50, required=False)

    field_order = ("title", "item", "least", "most", "drop", "match")

    def __init__(self, data: Any = None, *, draft: FormDraft, before: Any = None) -> None:
        super().__init__(data, draft=draft, page_id=(before or {}).get("id", "") or "\0", before=before)
        repeat = self.before.get("repeat", {})
        self.initial.update({"title": self.before.get("title", {}), "item": repeat.get("item", {})})
        self.initial.update({"least": repeat.get("min", 0) if repeat else None, "most": repeat.get("max")})

    @property
    def first_fields(self) -> list[Any]:
        """What stands above the conditions."""
        return [self[name] for name in ("title", "item", "least", "most")]

    def clean(self) -> Any:
        """The page as it is written."""
        typed = super().clean() or {}
        if bool(typed.get("item")) != bool(typed.get("most")) and not self.errors:
            self.add_error("most", _("A list needs both: what one item is called, and how many there are at most."))
        rule = self.condition(typed)
        self.written = {"id": self.before.get("id") or free_id(self.draft, typed.get("title"), "page")}
        self.written |= {"title": typed.get("title"), "show_if": rule, "repeat": _repeat(typed)}
        return typed


def _repeat(typed: dict[str, Any]) -> dict[str, Any] | None:
    if not typed.get("item"):
        return None
    return {"min": typed.get("least") or 0, "max": typed.get("most"), "item": typed["item"]}


class QuestionForm(ConditionForm):
    """One question: what is asked, how it is answered, within which limits, and when it is asked."""

    label = both(_l("The question"), for_staff=True, rows=2)
    hint = both(_l("Help"), _l("What is meant, or an example."), rows=2, required=False, for_staff=True)
    kind = forms.ChoiceField(label=_l("How is it answered?"), choices=Kind.choices)
    required = tick(_l("It must be answered"))
    page = pick(_l("On which page?"), ())
    min = line(_l("Least"), 20, _l("For numbers and amounts of money."))
    max = line(_l("Most"), 20, _l("For numbers and amounts; for files, how many."))
    max_length = forms.IntegerField(
        label=_l("Most characters"), help_text=_l("For text."), min_value=1, max_value=10_000, required=False
    )
    past = tick(_l("Only today or earlier"), _l("For a date."))
    pii = tick(_l("The answer is personal information"), _l("The service must then show a notice of collection."))
    staff_only = tick(_l("Only staff are asked"), _l("At the desk, never on the portal."))
    id = forms.RegexField(
        ID, label=_l("Short name"), required=False,
        help_text=_l("For reports and rules: small letters, digits and _. Made by itself when it is left empty."),
        error_messages={"invalid": _l("Use small letters, digits and _, and begin with a letter.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, draft: FormDraft, page_id: str, before: Any = None) -> None:
        # A new question stands at the end of its page: everything on that page is earlier.
        name = (before or {}).get("id") or "\0"
        super().__init__(data, draft=draft, page_id=page_id, name=name, before=before)
        self.question = self.definition.question(name)
        self.initial.update({key: value for key, value in self.before.items() if key in self.base_fields})
        self.initial.update({"page": page_id, **self._limits_typed()})
        pages: Any = self.fields["page"]
        pages.choices = [(page.id, str(page.title) or page.id) for page in self.definition.pages]
        self._add_options()

    def _limits_typed(self) -> dict[str, Any]:
        limits = {name: self.before[name] for name in ("min", "max") if name in self.before}
        if self.question is None or self.question.kind == Kind.FILE:
            return limits
        return {name: as_typed(self.question, value) for name, value in limits.items()}

    def _add_options(self) -> None:
        rows = self.before.get("options", [])
        self.many = len(rows) + SPARE
        if self.is_bound:
            self.many = max(self.many, sum(1 for name in self.data if name.endswith("_label_en")))
        services = [(one.code, str(one.name)) for one in Service.objects.offered()]
        for at in range(min(self.many, 300)):
            now = rows[at] if at < len(rows) else {}
            self._add_option(f"option_{at}", at + 1, now, services)

    def _add_option(self, name: str, number: int, now: dict[str, Any], services: list[Any]) -> None:
        words, instead = {"number": number}, now.get("instead", {})
        code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput, initial=now.get("code", ""))
        given = {
            "code": code,
            "label": both(_("Choice %(number)s") % words, required=False, for_staff=True),
            "stop": both(
                _("Choosing it ends the form with"), rows=2, required=False, for_staff=True
            ),
            "emergency": tick(_("and says to call 9-1-1")),
            "phone": forms.RegexField(
                PHONE, label=_("and gives this phone number"), required=False,
                error_messages={"invalid": _("Write it as 905-555-0123 or 905-555-0123 ext. 12.")},
            ),
            "service": pick(_("and leads to this service"), services, _("None")),
        }  # fmt: skip
        self.fields |= {f"{name}_{part}": field for part, field in given.items()}
        self.initial.update({f"{name}_{part}": now.get(part, {}) for part in ("label", "stop")})
        self.initial.update({f"{name}_{part}": instead.get(part, "") for part in ("emergency", "phone", "service")})

    @property
    def option_rows(self) -> list[dict[str, Any]]:
        """The fields of each choice."""
        parts = ("code", "label", "stop", "emergency", "phone", "service")
        names = [f"option_{at}" for at in range(min(self.many, 300))]
        return [
            {part: self[f"{name}_{part}"] for part in parts} | {"has_more": bool(self.initial.get(f"{name}_stop"))}
            for name in names
        ]

    def clean(self) -> Any:
        """The question as it is written."""
        typed = super().clean() or {}
        rule = self.condition(typed)
        kept = {name: self.before[name] for name in ("checks", "open311") if name in self.before}
        self.written = {**kept, "id": self._id(typed), "kind": typed.get("kind"), "label": typed.get("label")}
        for name in ("hint", "required", "past", "pii", "staff_only", "max_length"):
            self.written |= {name: typed[name]} if typed.get(name) else {}
        self.written |= {"show_if": rule} if rule else {}
        self.written |= self._limits(typed)
        if typed.get("kind") in CHOICES:
            self.written["options"] = self._options(typed)
        self._fit(typed)
        return typed

    def _id(self, typed: dict[str, Any]) -> str:
        given: str = typed.get("id") or ""
        if given and given != self.before.get("id") and given in self.draft.names:
            self.add_error("id", self._taken(given))
        return given or self.before.get("id") or free_id(self.draft, typed.get("label"), "question")

    def _taken(self, name: str) -> str:
        question = self.definition.question(name)
        if question is None:
            return _("“%(id)s” is used already, or was used before: old answers still stand under it.") % {"id": name}
        return _("“%(id)s” is the short name of the question “%(label)s” already.") % {
            "id": name, "label": question.label,
        }  # fmt: skip

    def _limits(self, typed: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name in ("min", "max"):
            if text := typed.get(name):
                try:
                    found[name] = _read(text, typed.get("kind", ""))
                except Wrong as wrong:
                    self.add_error(name, str(wrong))
        return found

    def _options(self, typed: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for at in range(min(self.many, 300)):
            one = {part: typed.get(f"option_{at}_{part}") for part in ("code", "label", "stop")}
            if not one["label"]:
                continue
            instead = {part: typed.get(f"option_{at}_{part}") for part in ("emergency", "phone", "service")}
            instead = {part: value for part, value in instead.items() if value}
            code = one["code"] or _free_code(one["label"].get("en", ""), [each["code"] for each in found], at + 1)
            more = {name: value for name, value in (("stop", one["stop"]), ("instead", instead)) if value}
            found.append({"code": code, "label": one["label"], **more})
        return found

    def _fit(self, typed: dict[str, Any]) -> None:
        """What means nothing for this kind of answer is said here, not at the end."""
        kind = typed.get("kind")
        for name, kinds in {"min": NUMBERS, "max": COUNTED, "max_length": TEXTS, "past": {Kind.DATE}}.items():
            if typed.get(name) and kind not in kinds:
                self.add_error(
                    name, _("This means nothing for “%(kind)s”.") % {"kind": Kind(kind).label if kind else ""}
                )
        if kind in CHOICES and not self.written["options"]:
            self.add_error("option_0_label", _("Write at least one choice."))


def _read(text: str, kind: str) -> Any:
    if kind not in COUNTED:
        return None
    asked = Question.model_validate({"id": "limit", "kind": "money" if kind == Kind.MONEY else "number", "label": {}})
    return normalized(asked, text, Context(today=timezone.localdate()))


def _free_code(text: str, taken: list[str], at: int) -> str:
    code = slugify(text)[:50].strip("-_") or f"choice-{at}"
    return code if code not in taken else f"{code}-{at}"


def free_id(draft: FormDraft, text: Any, noun: str) -> str:
    """A short name that was never used in this form, made of the English text."""
    said = text.get("en", "") if isinstance(text, dict) else ""
    words = slugify(said).replace("-", "_").split("_")
    stem = "_".join(words[:4])[:30].strip("_") or noun
    stem = stem if stem[0].isalpha() else f"{noun}_{stem}"[:30]
    taken = draft.names
    return next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, 3000))) if name not in taken)
