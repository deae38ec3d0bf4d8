"""When the time to keep a case is over: what people said and who they are goes, the skeleton stays to be counted."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from townline.cases.models.enclosures import Enclosure
from townline.cases.models.moves import Moving
from townline.cases.models.states import Status
from townline.channels.models import Interaction, Mail
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.documents import store
from townline.documents.models import Attachment


class Disposing(Moving):
    """Disposing of what a case holds; reference, service, days, promises and outcome stay."""

    disposed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @verb
    def dispose(self, *, by: Any, disposition: int, at: Any) -> None:
        """Take everything personal away; the parts above ask before whether the time is over and nothing holds it."""
        if self.disposed_at:
            raise NotPossible(_("This case was disposed of already."))
        if self.status != Status.CLOSED:
            raise NotPossible(_("Only a closed case can be disposed of."))
        self._forget_files()
        self._forget_words()
        self._forget_contacts()
        self.subject = str(self.service.name)[:200]
        self.answers, self.why_here, self.place_label = {}, "", ""
        self.latitude = self.longitude = None
        self.customer = self.contact_point = None
        self.disposed_at = at
        self.save()
        self.record("disposed", by=by, disposition=disposition)

    def _forget_files(self) -> None:
        enclosed = Enclosure.objects.filter(Q(case=self.pk) | Q(unsent__case=self.pk))
        attachments = list(enclosed.values_list("attachment_id", flat=True))
        names = list(Attachment.objects.filter(pk__in=attachments).values_list("file", flat=True))
        enclosed.delete()
        Attachment.objects.filter(pk__in=attachments).delete()
        transaction.on_commit(lambda: _discard(names))

    def _forget_words(self) -> None:
        """Notes and messages keep their row, for events name them; mails go with their address."""
        from townline.cases.saying import forget

        forget([self.pk])
        self.unsent.all().delete()
        self.drafts.all().delete()
        self.notes.update(text="")
        self.messages.update(text="", mail=None, to=None)
        mails = Mail.objects.filter(case_id=self.pk)
        mails.update(replaced_by=None)
        mails.delete()
        self.steps.update(note="", number="")
        self.hidings.update(words="")
        self.refilings.update(answers={})

    def _forget_contacts(self) -> None:
        self.followers.all().delete()
        still = self.interactions.filter(cases__disposed_at=None).exclude(cases=self.pk)
        of_this_alone = self.interactions.exclude(pk__in=still.values("pk"))
        Interaction.objects.filter(pk__in=list(of_this_alone.values_list("pk", flat=True))).update(
            summary="", customer=None
        )


def _discard(names: Iterable[str]) -> None:
    for name in names:
        store.discard(name)
