"""A view: the list, filters and order that somebody comes back to, under a name."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

MOST = 100
"""So many views one person keeps; more are a sign that nobody looks at them."""


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views as the desk asks for them."""

    def in_use(self) -> "SavedViewQuerySet":
        """Not retired."""
        return self.filter(retired_at=None)

    def beside(self, user: Any) -> "SavedViewQuerySet":
        """As they stand beside the lists: one's own first, by name; each says whether the desk begins with it."""
        first = FirstView.objects.filter(user=user, view=OuterRef("pk"))
        mine = models.Case(models.When(owner=user, then=0), default=1)
        return (
            self.in_use().select_related("department").annotate(is_first=Exists(first)).order_by(mine, "sort_key", "id")
        )


class SavedView(Recorded):
    """A list with filters and an order, under a name.

    It holds what is asked, never what is found: whoever opens a shared view sees
    the cases that they may see, and “my cases” are those of the reader.
    """

    class Sharing(models.TextChoices):
        NOBODY = "nobody", _l("Only me")
        DEPARTMENT = "department", _l("One department")
        EVERYBODY = "everybody", _l("Everybody at the desk")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=60)
    whose = models.CharField(max_length=10)
    which = models.CharField(max_length=12)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=10, blank=True)
    filters = models.JSONField(default=dict)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.NOBODY)
    shared_with = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shared_with_a_department_or_not",
                condition=Q(sharing="department", shared_with__isnull=False)
                | (~Q(sharing="department") & Q(shared_with=None)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its address; it can be sent to whoever may see it."""
        return reverse("desk:view", args=[self.pk])

    @classmethod
    def keep(cls, *, by: Any, name: str, **asked: Any) -> "SavedView":
        """Save a list with its filters and order under a name."""
        if cls.objects.in_use().filter(owner=by).count() >= MOST:
            raise NotPossible(_("You have %(count)s views. Retire one that you no longer use.") % {"count": MOST})
        made = cls.objects.create(owner=by, name=name, sort_key=name.casefold()[:60], **asked)
        made.record("kept", by=by)
        return made

    @verb
    def rename(self, *, by: Any, name: str) -> None:
        """Call it something else."""
        self._must_be_in_use()
        self.name, self.sort_key = name, name.casefold()[:60]
        self.save()
        self.record("renamed", by=by)

    @verb
    def share(self, *, by: Any, sharing: str, shared_with: Department | None = None) -> None:
        """Let a department, or everybody at the desk, open it too; or nobody any more."""
        self._must_be_in_use()
        self.sharing = self.Sharing(sharing)
        self.shared_with = shared_with if self.sharing == self.Sharing.DEPARTMENT else None
        if self.sharing == self.Sharing.DEPARTMENT and self.shared_with is None:
            raise NotPossible(_("Choose the department."))
        if self.shared_with and self.shared_with.pk not in by.department_ids and not by.holds("case.read_all"):
            raise NotPossible(_("You can share it with a department that you work for."))
        self.save()
        self.record("shared", by=by, sharing=str(self.sharing), department=self.shared_with_id)

    @verb
    def retire(self, *, by: Any) -> None:
        """Take it away from beside the lists, for everybody; it can be brought back."""
        self._must_be_in_use()
        self.retired_at = timezone.now()
        self.save()
        FirstView.objects.filter(view=self).delete()
        self.record("retired", by=by)

    @verb
    def restore(self, *, by: Any) -> None:
        """Bring back a view that was retired."""
        if self.retired_at is None:
            raise NotPossible(_("This view is in use."))
        self.retired_at = None
        self.save()
        self.record("restored", by=by)

    @verb
    def put_first(self, *, by: Any) -> None:
        """The desk begins with it, for this person."""
        self._must_be_in_use()
        FirstView.objects.update_or_create(user=by, defaults={"view": self})
        self.record("put_first", by=by)

    @verb
    def put_back(self, *, by: Any) -> None:
        """The desk begins with one's own cases again."""
        gone, _rows = FirstView.objects.filter(user=by, view=self).delete()
        if not gone:
            raise NotPossible(_("Your desk does not begin with this view."))
        self.record("put_back", by=by)

    def _must_be_in_use(self) -> None:
        if self.retired_at:
            raise NotPossible(_("This view is retired. Bring it back first."))


class FirstView(models.Model):
    """With which view the desk begins, for one person."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_view")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} {self.view_id}"
