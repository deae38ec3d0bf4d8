"""The list of routing rules in its versions: one in force, and perhaps a draft of the next."""

import json
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.routing.drafts import Drafted
from townline.routing.rules import Rule
from townline.timeline.models import Recorded

Rules = tuple[Rule, ...]


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    """Versions of the list."""

    def published(self) -> "RuleSetQuerySet":
        """Those that are or were in force, the newest first."""
        return self.filter(is_draft=False).order_by("-version")

    def in_force(self) -> "RuleSet | None":
        """The one that new cases go by."""
        return self.published().first()

    def newest_version(self) -> int:
        """The number of the one in force; 0 when there is none yet."""
        return self.published().values_list("version", flat=True).first() or 0

    def put_in_force(self, rules: list[dict[str, Any]], *, by: Any) -> "RuleSet":
        """A whole list as the next version, as a pack says it."""
        version = self.newest_version() + 1
        now = timezone.now()
        fields: dict[str, Any] = {"begun_by": by, "changed_by": by, "published_at": now, "based_on": version - 1}
        return self.create(version=version, is_draft=False, rules=rules, **fields)


class RuleSet(Drafted, Recorded):
    """One version of the list of routing rules, in order: the first rule that holds decides.

    A version that was published is never changed; a draft has no version yet,
    and there is one at most. `changes` counts what was done to a draft, so that
    of two clerks who edit it at once the second is told. `based_on` is the
    version that a draft was begun from.
    """

    version = models.PositiveIntegerField(null=True, unique=True)
    is_draft = models.BooleanField(default=True)
    rules = models.JSONField(default=list)
    digest = models.CharField(max_length=64, editable=False)
    based_on = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_draft"], condition=Q(is_draft=True), name="one_draft_of_routing"),
            models.CheckConstraint(
                condition=Q(is_draft=True, version=None) | Q(is_draft=False, version__gt=0),
                name="published_routing_has_a_version",
            ),
        ]

    def __str__(self) -> str:
        return str(_l("Draft")) if self.version is None else str(self.version)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With the digest of its rules, by which they are read once per process."""
        self.digest = sha256(json.dumps(self.rules, sort_keys=True).encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def parsed(self) -> Rules:
        """Its rules, in order."""
        return parsed(self.digest, lambda: self.rules)


_read: OrderedDict[str, Rules] = OrderedDict()
REMEMBERED = 16


def parsed(digest: str, load: Callable[[], Any]) -> Rules:
    """The rules of a list with this digest; read once per process, however many cases go by them."""
    if digest not in _read:
        _read[digest] = tuple(Rule.model_validate(rule) for rule in load())
        while len(_read) > REMEMBERED:
            _read.popitem(last=False)
    return _read[digest]
