"""Two ways in which a contact ends without a case: we call back, or it belongs to an outside body."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from townline.callbacks.asking import Wanted, ask
from townline.callbacks.models import Callback
from townline.cases.intake import Heard, hand_to
from townline.catalogue.bodies import FORMAL_COMPLAINT
from townline.catalogue.models import Body
from townline.channels.models import Interaction
from townline.customers.models import ContactPoint
from townline.desk.forms import SOMEBODY_NEW

CALL_BACK, PARTNER = "call-back", "partner"


class Endings:
    """What `Taking` knows of these two."""

    form: Any
    people: Any
    chosen: Any
    customer: Any
    case: Any
    data: Any
    draft: Any
    user: Any

    @cached_property
    def bodies(self) -> list[Body]:
        """Everybody to whom a matter can be handed."""
        return list(Body.objects.filter(is_active=True).exclude(code=FORMAL_COMPLAINT))

    @property
    def body(self) -> Body | None:
        """The one that is chosen: how to reach it and what to say stand beside the form."""
        code = (self.data or {}).get("body", "")
        return next((one for one in self.bodies if one.code == code), None)

    @property
    def demands_of_endings(self) -> dict[str, Callable[[], None]]:
        """What each of the two must know."""
        return {CALL_BACK: self._demand_call_back, PARTNER: self._demand_partner}

    def _body_choices(self) -> list[tuple[str, Any]]:
        return [("", _("Choose")), *((one.code, str(one)) for one in self.bodies)]

    def _demand_call_back(self) -> None:
        self.form.must_be_ahead()
        if self.people and not self.form.typed("customer"):
            self.form.add_error("customer", _("Choose who it is, or “Somebody new”."))
        phone = self.form.typed("phone")
        if phone and self.form.cleaned_data.get("is_borrowed"):
            self.form.add_error("is_borrowed", _("To call them there, the number has to be kept with the customer."))
        if not phone and not self._has_phone:
            self.form.add_error("phone", _("Ask for the phone number at which we call them back."))
        if self.form.typed("reference") and self.case is None:
            self.form.add_error("reference", _("There is no case with this reference that you can add to."))
        if not self.form.typed("summary"):
            self.form.add_error("summary", _("Enter what it is about, so that whoever calls knows."))

    @property
    def _has_phone(self) -> bool:
        points = self.chosen.points if self.chosen else []
        return any(point.kind == ContactPoint.Kind.PHONE for point in points)

    def _demand_partner(self) -> None:
        if self.body is None:
            self.form.add_error("body", _("Choose to whom it belongs."))
        if self.form.typed("handed") != Interaction.Handed.WRITTEN:
            return
        if not self.form.cleaned_data.get("agrees"):
            self.form.add_error("agrees", _("Ask them first: who they are is passed on only when they agree."))
        if self.people and not self.form.typed("customer"):
            self.form.add_error("customer", _("Choose who it is, or “Somebody new”."))
        elif self.form.typed("customer") in ("", SOMEBODY_NEW) and not self.form.typed("name"):
            self.form.add_error("name", _("Enter who it is that agrees."))

    def _call_back(self, heard: Heard, typed: dict[str, Any]) -> Callback:
        wanted = Wanted(typed["call_on"], typed["call_from"], typed["call_until"])
        contact = self.form.contact()
        return ask(self.draft, heard, by=self.user, contact=contact, case=self.case, wanted=wanted)

    def _hand(self, heard: Heard, typed: dict[str, Any]) -> Interaction:
        assert self.body is not None
        way = typed["handed"] or Interaction.Handed.TOLD
        contact, agrees = self.form.contact(), typed["agrees"]
        return hand_to(self.draft, heard, self.body, way, by=self.user, contact=contact, has_consent=agrees)
