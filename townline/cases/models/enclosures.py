"""Photos and documents of a case: each file lies with one case, or with what somebody types on the way to one."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.documents.models import Attachment

MOST_FILES = 100
"""With one case."""


class Enclosure(models.Model):
    """A file that lies with a case, a draft or words not sent yet; `is_shared` when the customer may have it too.

    `question` is the path of the question it answers; a file that came with a
    note or a message says with which.
    """

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="enclosure")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="enclosures")
    draft = models.ForeignKey("cases.Draft", null=True, on_delete=models.CASCADE, related_name="enclosures")
    unsent = models.ForeignKey("cases.Unsent", null=True, on_delete=models.CASCADE, related_name="enclosures")
    note = models.ForeignKey("cases.Note", null=True, on_delete=models.PROTECT, related_name="enclosures")
    message = models.ForeignKey("cases.Message", null=True, on_delete=models.PROTECT, related_name="enclosures")
    question = models.CharField(max_length=100, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="enclosed_with_one_thing",
                condition=Q(case__isnull=False, draft=None, unsent=None)
                | Q(case=None, draft__isnull=False, unsent=None)
                | Q(case=None, draft=None, unsent__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id or self.draft_id or self.unsent_id} {self.attachment_id}"


class Enclosing(Moving):
    """Adding photos and documents."""

    class Meta:
        abstract = True

    @verb
    def attach(self, *, by: Any, attachments: Iterable[Attachment], is_shared: bool = False) -> None:
        """Add photos or documents; possible on a closed case too. What the customer brings is theirs to see."""
        if not (added := self._enclose(attachments, is_shared=is_shared)):
            raise NotPossible(_("Choose at least one file."))
        self.save()
        self.record("attached", by=by, attachments=added)

    def _enclose(self, attachments: Iterable[Attachment], **more: Any) -> list[int]:
        """Let the files lie with this case; one that does already is passed over, one of a draft here comes along."""
        wanted = [attachment.pk for attachment in attachments]
        if wanted and self.is_confidential:
            raise NotPossible(_("The files of a confidential case are sealed: they are added where it is led."))
        Enclosure.objects.filter(attachment__in=wanted, unsent__case=self.pk).delete()
        taken = dict(Enclosure.objects.filter(attachment__in=wanted).values_list("attachment_id", "case_id"))
        if any(case != self.pk for case in taken.values()):
            raise NotPossible(_("One of these files lies with another case already. Choose it again."))
        added = [pk for pk in wanted if pk not in taken]
        if added and self.enclosures.count() + len(added) > MOST_FILES:
            raise NotPossible(_("A case holds at most %(count)s files.") % {"count": MOST_FILES})
        Enclosure.objects.bulk_create([Enclosure(case_id=self.pk, attachment_id=pk, **more) for pk in added])
        return added
