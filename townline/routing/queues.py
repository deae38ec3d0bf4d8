"""The queues that departments work from."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.accounts.set_up import Retirable, SetUp
from townline.core.localized import LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.ui.labels import labelled


class Deal(models.TextChoices):
    """How the cases of a queue come to people."""

    OFF = "off", _l("Staff take what they can")
    ROUND_ROBIN = "round_robin", _l("In turn, to whoever is present")
    LEAST_LOADED = "least_loaded", _l("To whoever is present and has the fewest open cases")


class QueueQuerySet(models.QuerySet["Queue"]):
    """Queues as a case asks for them."""

    def usable(self) -> "QueueQuerySet":
        """Work can go there: neither the queue nor its department has ended."""
        return self.filter(is_active=True, department__is_active=True)

    def default_of(self, department: Department) -> "Queue":
        """The queue that a department has in any case; made when its pack named none."""
        fields: dict[str, Any] = {
            "code": department.code, "name": department.name, "sort_key": department.sort_key[:100],
        }  # fmt: skip
        return self.get_or_create(department=department, is_default=True, defaults=fields)[0]


class Queue(Retirable):
    """The list of cases a department works from. Each department has a default one, and may have others.

    Every case stands in exactly one, always of its own department, so that
    none floats. `cap` is how many open cases somebody may have before no more
    are dealt to them; whoever wants may still take one.
    """

    code = models.SlugField(unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="queues")
    name = LocalizedField()
    sort_key = models.CharField(max_length=100)
    is_default = models.BooleanField(default=False)
    deal = models.CharField(max_length=12, choices=Deal, default=Deal.OFF)
    cap = models.PositiveSmallIntegerField(default=20)
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    objects = QueueQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["department"], condition=Q(is_default=True), name="one_default_queue_per_department"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True), name="default_queue_stays_in_use"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def full_name(self) -> str:
        """“Public Works”, or “Public Works: Winter”."""
        department = str(self.department.name)
        return department if self.is_default else labelled(department, str(self.name))

    @verb
    def change(self, *, by: Any, **values: Any) -> SetUp:
        """Let it say this from now on; it stays with its department, as its cases do."""
        if values.get("department", self.department) != self.department:
            raise NotPossible(_("A queue stays with its department. Make another one there, and move the cases."))
        return super().change(by=by, **values)

    @verb
    def retire(self, *, by: Any) -> None:
        """Take it out of use; a default queue stays, and so does one in which somebody's case waits."""
        if self.is_default:
            raise NotPossible(_("A default queue stays in use. End the department instead."))
        if self.cases.exclude(status="closed").exists():
            raise NotPossible(_("There are still open cases in this queue. Move them to another one first."))
        super().retire(by=by)

    @verb
    def give_out(self, *, by: Any, deal: str, cap: int) -> None:
        """Say how its cases come to people, and with how many open ones somebody is given no more."""
        if (self.deal, self.cap) == (deal, cap):
            raise NotPossible(_("That is how it is already."))
        self.deal, self.cap = Deal(deal), cap
        self.save()
        self.record("given_out", by=by, deal=self.deal, cap=cap)


class Turn(models.Model):
    """When somebody was last given a case by turn: whose turn is longest ago is next."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="turn")
    given_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.given_at}"
