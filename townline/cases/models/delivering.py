"""How what was written reaches the customer: once more by e-mail, or on paper."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.talk import Message
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint, Customer


class Delivering(Moving):
    """Seeing to it that a message arrives; possible on a closed case too."""

    class Meta:
        abstract = True

    @verb
    def resend(self, *, by: Any, message: int, address: str = "") -> None:
        """Send a message again that did not arrive, to its address or to a corrected one.

        A corrected address takes the place of the old one with the customer; the
        failure stays in the history.
        """
        found = self._written(message)
        if found.mail is None:
            raise NotPossible(_("This message did not go by e-mail. Tell the customer by letter or by phone."))
        before = found.mail.contact_point
        if before and address and ContactPoint.key_of("email", address) != before.key:
            point = self._point_at(before, address, by)
            found.mail = found.mail.redirect(by=by, to=point)
            found.to = point
            found.save()
        else:
            found.mail.resend(by=by)
        self.save()
        self.record("resent", by=by, about=found.pk, new_mail=found.mail.pk)

    @verb
    def tell(self, *, by: Any, message: int, way: str) -> None:
        """Note that the customer has been told what a message says, on paper or in person."""
        found = self._written(message)
        if found.told_at:
            raise NotPossible(_("It is noted already that the customer was told."))
        found.told_at, found.told_way = timezone.now(), Message.Way(way)
        found.save()
        self.save()
        self.record("told", by=by, about=found.pk, way=found.told_way)

    def _written(self, message: int) -> Message:
        found = self.messages.filter(pk=message, direction=Message.Direction.OUT).select_related("mail__contact_point")
        if (one := found.first()) is None:
            raise NotPossible(_("There is no such message to the customer."))
        return one  # type: ignore[no-any-return]

    def _point_at(self, old: ContactPoint, address: str, by: Any) -> ContactPoint:
        """The customer's point of this address: one they have, else the old one corrected."""
        if self.customer is None:
            raise NotPossible(_("Nobody gave a name with this case, so there is nobody to keep an address for."))
        customer: Customer = self.customer.standing
        email = ContactPoint.Kind.EMAIL
        known = customer.points_in_use().get((email, ContactPoint.key_of(email, address)))
        if known is not None:
            return known
        if old.is_retired:
            return customer.add_point(by=by, kind=email, value=address)
        return old.correct(by=by, value=address)
