"""The form of times for work on roads, by class of road."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import RoadStandard
from townline.setup.live import TABLE_OF
from townline.setup.row_forms import RowForm, both, count, pick, services

UNITS = [("hours", _l("hours")), ("calendar_days", _l("calendar days"))]
CLASSES = (*RoadStandard.CLASSES, "all")


class RoadForm(RowForm):
    """How soon one matter on a road is seen to; for staff to keep an eye on, to be verified, and promised to nobody."""

    table = TABLE_OF["road_standards"]

    name = both(_l("Name"))
    service = pick(_l("For which service?"), services)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        for code in CLASSES:
            self._times(code, self.before.get("classes", {}).get(code, {}))
        times = [name for name in self.fields if name.startswith("classes__")]
        self.order_fields([*self.base_fields, *times, *self.fields])

    def _times(self, code: str, now: dict[str, Any]) -> None:
        words = {"road": _("All roads") if code == "all" else _("Roads of class %(number)s") % {"number": code}}
        at = f"classes__{code}"
        self.fields |= {
            f"{at}__threshold": both(_("%(road)s: from what on?") % words, required=False),
            f"{at}__amount": count(_("%(road)s: within how many?") % words, required=False, least=1),
            f"{at}__unit": pick(_("%(road)s: of what?") % words, UNITS, _l("No time")),
        }
        self.initial.update({f"{at}__{part}": now.get(part, "") for part in ("amount", "unit")})
        self.initial[f"{at}__threshold"] = now.get("threshold", {})
