"""What somebody has begun to write on a case and has not sent."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.cases.models.enclosures import Enclosure
from townline.documents.models import Attachment


class UnsentQuerySet(models.QuerySet["Unsent"]):
    """Drafts as whoever writes would ask for them."""

    def newest(self, before: int | None = None) -> "UnsentQuerySet":
        """Last begun first, from just before the given one."""
        rows = self.order_by("-id")
        return rows if before is None else rows.filter(pk__lt=before)


class Unsent(models.Model):
    """A draft: words begun on a case, kept on the server by case, author and verb.

    Nothing that happens to the case takes it away: it ends when it is sent, or
    when its author throws it away on purpose. Whoever may write on the case can
    read it and finish it. `revision` counts what was kept, so that a second
    window never writes over the first unseen.
    """

    class Verb(models.TextChoices):
        MESSAGE = "message", _l("Message to the customer")
        CLOSE = "close", _l("Words for the customer at the end")
        NOTE = "note", _l("Note for staff")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="unsent")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unsent", db_index=False)
    verb = models.CharField(max_length=10, choices=Verb)
    typed = models.JSONField(default=dict, help_text="What stands in each field of the page.")
    revision = models.PositiveIntegerField(default=1)
    began_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = UnsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "id"], name="unsent_author")]
        constraints = [models.UniqueConstraint(fields=["case", "by", "verb"], name="one_draft_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.verb} {self.changed_at:%Y-%m-%d %H:%M}"

    @property
    def text(self) -> str:
        """The words themselves, whatever their field is called."""
        return str(self.typed.get("text") or self.typed.get("words") or "")

    @classmethod
    @transaction.atomic
    def keep(
        cls, case: Any, *, by: Any, verb: str, typed: dict[str, Any], seen: int, has_files: bool = False
    ) -> "tuple[Unsent | None, bool]":
        """Keep what was typed, and say whether it was kept; nothing typed makes no draft, unless files came with it.

        `seen` is the revision that the writer's window knows. When another
        window has kept something else since, that one stays, and is handed back
        with False; the writer decides.
        """
        kept = cls.objects.select_for_update(no_key=True).filter(case=case, by=by, verb=verb).first()
        if kept is None:
            if not has_files and not any(str(value).strip() for value in typed.values()):
                return None, True
            made, is_new = cls.objects.get_or_create(case=case, by=by, verb=verb, defaults={"typed": typed})
            return made, is_new or made.typed == typed
        if kept.typed == typed:
            return kept, True
        if kept.revision != seen:
            return kept, False
        kept.typed, kept.revision, kept.changed_at = typed, kept.revision + 1, timezone.now()
        kept.save()
        return kept, True

    @transaction.atomic
    def hold(self, attachments: Iterable[Attachment]) -> None:
        """These files lie with the draft from now on, and no others; one that lies elsewhere stays there."""
        wanted = [attachment.pk for attachment in attachments]
        self.enclosures.exclude(attachment__in=wanted).delete()
        there = set(Enclosure.objects.filter(attachment__in=wanted).values_list("attachment_id", flat=True))
        new = [Enclosure(unsent=self, attachment_id=pk) for pk in wanted if pk not in there]
        Enclosure.objects.bulk_create(new, ignore_conflicts=True)

    def discard(self) -> None:
        """Throw it away with its files, on its author's word."""
        self.delete()
