"""Several people, one matter: whoever comes after the first follows the case."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.channels.models import Channel, Interaction
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint, Customer


class FollowerQuerySet(models.QuerySet["Follower"]):
    """Followers as a case asks for them."""

    def live(self) -> "FollowerQuerySet":
        """Those who have not stopped."""
        return self.filter(unfollowed_at=None)

    def with_addresses(self) -> "FollowerQuerySet":
        """With what `address` reads."""
        return self.select_related("contact_point__replaced_by")


class Follower(models.Model):
    """Somebody who told us of a matter that was known already, and hears of it in their own language.

    They are a reporter like the first, with a contact (`interaction`) and a link of
    their own. Neither learns of the other: not the name, not the words, not the address.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="followers", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="follows")
    contact_point = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )
    interaction = models.ForeignKey(Interaction, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=2, default="en")
    followed_at = models.DateTimeField(default=timezone.now)
    unfollowed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="follower_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "customer"], condition=models.Q(unfollowed_at=None), name="followed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.customer_id}"

    @property
    def address(self) -> ContactPoint | None:
        """The e-mail address that reaches them, if one does."""
        point = self.contact_point.current if self.contact_point else None
        works = point and point.kind == ContactPoint.Kind.EMAIL and point.status == ContactPoint.Status.ACTIVE
        return point if works else None


class Following(Moving):
    """Joining a case that somebody else brought, and leaving it."""

    class Meta:
        abstract = True

    @verb
    def follow(
        self,
        *,
        by: Any,
        customer: Customer,
        contact_point: ContactPoint | None = None,
        language: str = "en",
        text: str = "",
        channel: str = Channel.WEB,
    ) -> Follower:
        """Somebody else tells us of the same matter: they hear of it too, and what they say is kept as their own."""
        self._must_be_open()
        if self.is_confidential or self.parent_id:
            raise NotPossible(_("Nobody can follow this case."))
        if self.customer and customer.standing == self.customer.standing:
            raise NotPossible(_("This is their own case: they hear of it already."))
        if self.followers.live().filter(customer=customer).exists():
            raise NotPossible(_("They follow this case already."))
        interaction = self.interactions.create(
            channel=channel,
            customer=customer,
            service=self.service,
            summary=text,
            language=language,
            outcome=Interaction.Outcome.ADDED,
            entered_by=by,
        )
        follower: Follower = self.followers.create(
            customer=customer, contact_point=contact_point, language=language, interaction=interaction
        )
        self.save()
        self.record("followed", by=by, follower=follower.pk, interaction=interaction.pk, channel=str(channel))
        return follower

    @verb
    def unfollow(self, *, by: Any, follower: Follower) -> None:
        """They hear of it no more; what they said stays."""
        if not self.followers.live().filter(pk=follower.pk).update(unfollowed_at=timezone.now()):
            raise NotPossible(_("They do not follow this case any more."))
        self.save()
        self.record("unfollowed", by=by, follower=follower.pk)
