"""The form of an officer's step, with what the step asks."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.kinds import TimeUnit
from townline.catalogue.models import Kind
from townline.core.localized import Localized
from townline.packs.table import Written
from townline.setup.live import TABLE_OF
from townline.setup.other_forms import steps
from townline.setup.row_forms import RowForm, both, count, pick, services, several, tick

ASKS = {
    "note": _l("Note"), "on": _l("Date"), "amount": _l("Amount"), "number": _l("Number"), "choice": _l("Choice"),
}  # fmt: skip


class StepForm(RowForm):
    """One thing an officer does; nothing of it limits what may be done."""

    table = TABLE_OF["steps"]
    starts = {"order": 0}

    name = both(_l("Name"))
    about = both(_l("What it is, for staff"), rows=2, required=False, for_staff=True)
    service = pick(_l("For which service?"), services, _l("None: for a kind of case"))
    kind = pick(_l("For which kind of case?"), Kind.choices, _l("None: for a service"))
    order = count(_l("Place in the list"))
    is_first = tick(_l("A case usually begins with it"))
    followed_by = several(_l("What usually comes next?"), steps, _l("None chosen: anything."))
    leads_to = pick(_l("What is then expected?"), steps, _l("Nothing"))
    amount = count(_l("Its own time, once it is expected"), required=False, least=1)
    unit = pick(_l("Of what?"), TimeUnit.choices, _l("No time"))
    tells = both(_l("What the customer is told"), _l("Write {date} where the date stands."), rows=2, required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        asked = {one["ask"]: one for one in self.before.get("asks", ())}
        for ask, label in ASKS.items():
            self._ask(ask, label, asked.get(ask, {}))
        self.order_fields([*self.base_fields, *(name for name in self.fields if name.startswith("ask_")), *self.fields])

    def _ask(self, ask: str, label: Any, now: Written) -> None:
        words = {"what": label}
        self.fields[f"ask_{ask}"] = both(_("It asks (%(what)s)") % words, required=False)
        self.initial[f"ask_{ask}"] = now.get("label", {})
        self.fields[f"ask_{ask}_required"] = tick(_("%(what)s: it must be given") % words)
        self.initial[f"ask_{ask}_required"] = now.get("is_required", False)
        if ask == "on":
            self.fields["ask_on_ahead"] = tick(_("The date lies ahead"))
            self.initial["ask_on_ahead"] = now.get("when") == "ahead"
        if ask == "choice":
            self.fields["ask_choice_options"] = both(
                _("What can be chosen"), _("One a line, in the same order in both languages."), rows=4, required=False
            )
            self.initial["ask_choice_options"] = _lines(now.get("options", []))

    def finish(self, raw: Written, typed: dict[str, Any]) -> None:
        """What is asked, each thing once."""
        before = {one["ask"]: one for one in self.before.get("asks", ())}
        raw["asks"] = []
        for ask in [*before, *(one for one in ASKS if one not in before)]:
            label, options = typed.get(f"ask_{ask}"), typed.get("ask_choice_options") if ask == "choice" else None
            if label:
                one = {"ask": ask, "label": label, "is_required": typed[f"ask_{ask}_required"]}
                one |= {"when": "ahead"} if ask == "on" and typed["ask_on_ahead"] else {}
                one |= {"options": self._options(options, before.get("choice", {}))} if options else {}
                raw["asks"].append(one)
        for name in [name for name in raw if name.startswith("ask_")]:
            del raw[name]

    def _options(self, texts: dict[str, str], before: Written) -> list[Written]:
        en, fr = ([one.strip() for one in texts[code].splitlines() if one.strip()] for code in ("en", "fr"))
        if len(en) != len(fr):
            self.add_error("ask_choice_options", _("Write as many lines in French as in English."))
            return []
        codes = {one["label"]["en"]: one["code"] for one in before.get("options", [])}
        return [
            {"code": codes.get(here) or _code(here, at), "label": {"en": here, "fr": there}}
            for at, (here, there) in enumerate(zip(en, fr, strict=True), 1)
        ]


def _code(text: str, at: int) -> str:
    code = slugify(text)[:40].strip("-_")
    return code if code and code[0].isalpha() else f"option-{at}"


def _lines(options: list[Written]) -> Localized:
    return Localized({code: "\n".join(one["label"].get(code, "") for one in options) for code in ("en", "fr")})
