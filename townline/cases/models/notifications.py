"""What staff are told at their desk: somebody mentioned them, a case is theirs, something is due."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications as their page asks for them."""

    def unseen(self) -> "NotificationQuerySet":
        """Not looked at yet."""
        return self.filter(seen_at=None)

    def to_mail(self) -> "NotificationQuerySet":
        """Neither looked at nor mailed yet, to people who want them mailed."""
        return self.unseen().filter(mailed_at=None, user__has_notices_mailed=True, user__is_active=True)

    def newest(self, before: int | None = None) -> "NotificationQuerySet":
        """Last one first, from just before the given one."""
        rows = self.order_by("-id")
        return rows if before is None else rows.filter(pk__lt=before)

    def see(self) -> int:
        """Note that they were looked at, by the one they are for; a matter of theirs alone, and no event."""
        return self.unseen().update(seen_at=timezone.now())


class Notification(models.Model):
    """One thing one member of staff is told about one case, once.

    `key` names what it is about (a clock, a note, an event): the same thing is
    never told twice to the same person, however often it is tried. It holds no
    words of its own; what it says follows from its kind and its case.
    """

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _l("This case is yours now")
        MENTIONED = "mentioned", _l("You were mentioned")
        HANDED_OVER = "handed_over", _l("A case was handed over to your department")
        GIVEN_BACK = "given_back", _l("A case of your department was given back")
        COMPLIMENT = "compliment", _l("Somebody said thank you")
        HEARD = "heard", _l("The customer wrote or called")
        NOT_SOLVED = "not_solved", _l("The customer says that it is not solved")
        PART_CLOSED = "part_closed", _l("A part of this case was closed")
        FOLLOWED_UP = "followed_up", _l("A new case came of this one")
        DUE_SOON = "due_soon", _l("A promise is due soon")
        OVERDUE = "overdue", _l("A promise is overdue")
        CALLBACK_DUE = "callback_due", _l("A call that we owe about it is overdue")
        ESCALATED = "escalated", _l("A promise has been overdue for some time")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications", db_index=False
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "id"], name="notification_newest"),
            models.Index(fields=["user"], condition=models.Q(seen_at=None), name="notification_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
