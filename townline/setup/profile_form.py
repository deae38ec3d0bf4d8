"""The form of the municipality's profile: its name, how a person is reached, and what everybody is promised."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Municipality
from townline.packs.table import Written
from townline.setup.live import TABLE_OF
from townline.setup.row_forms import RowForm, both, count, day, line, pick

MOST_POINTS = 12
SPARE = 2
WAYS = [
    ("phone", _l("By phone")), ("email", _l("By e-mail")), ("portal", _l("On the portal")),
    ("counter", _l("At a counter")), ("mail", _l("By mail")), ("fax", _l("By fax")),
]  # fmt: skip


class ProfileForm(RowForm):
    """The one row about the municipality itself.

    What begins each reference and the time zone are not changed here: references
    that people have stay as they are, and the zone belongs to the installation.
    """

    table = TABLE_OF["municipality"]

    name = both(_l("Name"))
    kind = both(_l("What it calls itself"), _l("Such as Town, Municipality or Region."))
    service_name = both(_l("Name of its front door"), _l("Such as Service Clarington."))
    address = line(_l("Address"), 300)
    phone = line(_l("Phone number"), 40)
    email = line(_l("E-mail address"), 254)
    website = line(_l("Website"), 200)
    brand__colour = line(_l("Colour of the portal"), 7, _l("As # and six hexadecimal digits, such as #0b4f6c."), True)
    brand__accent = line(_l("Second colour"), 7)
    alternate_format = both(_l("Line about accessible formats"), _l("Every page of the portal carries it."), rows=3)
    emergency = both(_l("What to do in an emergency"), rows=3)
    weather_words = both(
        _l("What customers are told during a weather event"), _l("To begin with; it can be changed each time."), rows=3,
        required=False,
    )  # fmt: skip
    about_glossary = both(_l("About the words we use"), _l("Which policy they come from."), rows=3, required=False)
    grace_days = count(_l("How many days after its end does what is said about a case still belong to it?"))
    not_solved = pick(_l("When a customer says that it is not solved"), Municipality.NotSolved.choices)
    survey_weeks = count(_l("How many weeks after its end is a customer asked about a case?"), _l("0 for never."))
    survey_gap_days = count(_l("For how many days is nobody asked again?"))
    conduct_policy__name = both(
        _l("Adopted policy on restrictions of contact"), _l("Without one, nobody can be restricted."), required=False
    )
    conduct_policy__adopted_on = day(_l("Adopted on"))
    conduct_policy__clause = line(_l("Its clause about restrictions"), 60)
    conduct_policy__appeal_days = count(_l("How many days are there to appeal?"), required=False, least=1)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        points = self.before.get("contact_points", [])
        for at in range(min(len(points) + SPARE, MOST_POINTS)):
            self._point(at, points[at] if at < len(points) else {})
        names = [name for name in self.fields if name.startswith("point_")]
        own = list(self.base_fields)
        until = own.index("alternate_format")
        self.order_fields([*own[:until], *names, *own[until:], *self.fields])

    def _point(self, at: int, now: Written) -> None:
        words = {"number": at + 1}
        self.fields |= {
            f"point_{at}_kind": pick(_("Way to reach a person %(number)s") % words, WAYS, _l("None")),
            f"point_{at}_value": line(_("Number or address %(number)s") % words, 300),
            f"point_{at}_label": both(_("What it is called %(number)s") % words, required=False),
            f"point_{at}_note": both(_("What to know about it %(number)s") % words, required=False),
        }
        self.initial.update({f"point_{at}_{part}": now.get(part, "") for part in ("kind", "value")})
        self.initial.update({f"point_{at}_{part}": now.get(part, {}) for part in ("label", "note")})

    def finish(self, raw: Written, typed: dict[str, Any]) -> None:
        """The ways to reach a person in their order; without a policy there is nothing about one."""
        parts = ("kind", "value", "label", "note")
        numbers = [at for at in range(MOST_POINTS) if typed.get(f"point_{at}_kind") or typed.get(f"point_{at}_value")]
        raw["contact_points"] = [{part: typed.get(f"point_{at}_{part}") for part in parts} for at in numbers]
        self.places = numbers
        for name in [name for name in raw if name.startswith("point_")]:
            del raw[name]
        policy = raw.get("conduct_policy", {})
        if not any((policy.get("name") or {}).values()) and not policy.get("adopted_on"):
            raw["conduct_policy"] = None

    def blame(self, where: str, what: str) -> None:
        """What is wrong with one way to reach a person stands beside it."""
        first, _dot, rest = where.partition(".")
        at, _dot, part = rest.partition(".")
        if first != "contact_points" or not at.isdecimal():
            return super().blame(where, what)
        return super().blame(f"point_{self.places[int(at)]}_{part.split('.')[0] or 'value'}", what)


SECTIONS = {
    "name": _l("What it is called"),
    "address": _l("Where it is, and how to reach it"),
    "brand__colour": _l("How the portal looks"),
    "point_0_kind": _l("Ways to reach a person, in their order"),
    "alternate_format": _l("What every customer is told"),
    "grace_days": _l("After the end of a case"),
    "conduct_policy__name": _l("Restrictions of contact"),
    "provenance__mark": _l("Where it comes from"),
}
"""The headings of the form, each above the field that it begins with."""
