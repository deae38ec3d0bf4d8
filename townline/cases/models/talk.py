"""What is written on a case: notes for staff, messages to and from the customer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.minding import mind
from townline.cases.models.moves import Moving, not_in_future
from townline.channels.models import Interaction, Mail
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint
from townline.documents.models import Attachment
from townline.wording.models import Template
from townline.wording.placeholders import still_open, unfilled

Drafts = Iterable[tuple[int, int]]
"""The drafts that end with what is sent: each with the revision that was sent."""


class Note(models.Model):
    """Internal text. It is a record too: an access request can ask for it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:60]


class Message(models.Model):
    """Text to the customer, or from them. Sent ones carry the mail that brings them."""

    class Direction(models.TextChoices):
        OUT = "out", _l("To the customer")
        IN = "in", _l("From the customer")

    class Way(models.TextChoices):
        LETTER = "letter", _l("By letter")
        PHONE = "phone", _l("By phone")
        COUNTER = "counter", _l("At the counter")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=2)
    is_for_followers = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    mail = models.OneToOneField(Mail, null=True, blank=True, on_delete=models.PROTECT, related_name="message")
    to = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Where it goes, when that is not the contact point of the case.",
    )  # fmt: skip
    told_at = models.DateTimeField(null=True, blank=True)
    told_way = models.CharField(max_length=10, choices=Way, blank=True, help_text="How they were told without e-mail.")
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.PROTECT, related_name="messages",
        help_text="The version of the template that it was begun with.",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.text[:60]


class Talking(Moving):
    """Writing on a case."""

    class Meta:
        abstract = True

    @verb
    def acknowledge(self, *, by: Any) -> None:
        """The customer has been told, in whatever way, that we have it."""
        if not self.clocks.filter(promise="acknowledge", ended_at=None).exists():
            raise NotPossible(_("The customer has been told already."))
        self.keep("acknowledge")
        self.save()
        self.record("acknowledged", by=by)

    @verb
    def note(
        self, *, by: Any, text: str, attachments: Iterable[Attachment] = (), template: Any = None, drafts: Drafts = ()
    ) -> Note:
        """Write something down for staff, perhaps with files; possible on a closed case too."""
        note: Note = self.notes.create(by=by, text=text)
        files = self._with_files(attachments, note=note)
        self._end_drafts(drafts)
        self.save()
        self.record("noted", by=by, note=note.pk, **files)
        return note

    @verb
    def message(
        self,
        *,
        by: Any,
        text: str,
        language: str = "",
        to: Any = None,
        attachments: Iterable[Attachment] = (),
        template: Any = None,
        drafts: Drafts = (),
        for_followers: bool = False,
    ) -> Message:
        """Tell the customer something; this answers them. It goes out by e-mail where there is one.

        Files are on their tracking page, to which the mail leads. `to` is another
        address of the customer than the one given with the case. With `for_followers`
        everybody who follows the case is told the same words.
        """
        self._must_still_be_for(by, "message")
        self._must_be_open()
        if self.parent_id:
            raise NotPossible(_("This is a part of another case: only that one answers the customer."))
        message = self._tell(
            by=by, text=text, language=language, to=to, attachments=attachments, template=template,
            for_followers=for_followers,
        )  # fmt: skip
        self._end_drafts(drafts)
        return message

    @verb
    def contact(
        self, *, by: Any, channel: str, text: str, customer: Any = None, received_at: datetime | None = None
    ) -> Interaction:
        """The customer got in touch about this again.

        A case that has ended stays so; one that ended long ago is followed by a
        new one, and what is said of a merged one lands where that goes on.
        """
        received_at = not_in_future(received_at)
        said = {"channel": channel, "text": text, "customer": customer, "received_at": received_at}
        if self.survivor_id:
            landed: Interaction = self.survivor.contact(by=by, **said)
            return landed
        if self.is_long_over:
            new = self.follow_up(by=by, **said)
            first: Interaction = new.interactions.get()
            return first
        interaction = self.keep_contact(by=by, **said)
        follower = self.followers.live().filter(customer=customer).first() if customer else None
        self.save()
        self.record(
            "contacted", by=by, happened_at=received_at, channel=str(channel), interaction=interaction.pk,
            **({"follower": follower.pk} if follower else {}),
        )  # fmt: skip
        return interaction

    def keep_contact(self, *, by: Any, channel: str, text: str, customer: Any, received_at: datetime) -> Interaction:
        """One contact more about this case."""
        kept: Interaction = self.interactions.create(
            channel=channel,
            customer=customer,
            service=self.service,
            summary=text,
            language=self.language,
            outcome=Interaction.Outcome.ADDED,
            is_confidential=self.is_confidential,
            received_at=received_at,
            entered_by=by,
        )
        return kept

    def _with_files(self, attachments: Iterable[Attachment], **more: Any) -> dict[str, list[int]]:
        """What the event says of the files; nothing when there are none."""
        added = self._enclose(attachments, **more)
        return {"attachments": added} if added else {}

    def _tell(self, *, by: Any, text: str, attachments: Iterable[Attachment] = (), **more: Any) -> Message:
        """A message that answers the customer, with its event."""
        message = self._say(by=by, text=text, **more)
        files = self._with_files(attachments, message=message, is_shared=True)
        self.keep("answer")
        self.save()
        self.record("messaged", by=by, message=message.pk, **files)
        return message

    def _say(
        self,
        *,
        by: Any,
        text: str,
        language: str = "",
        to: Any = None,
        template: Any = None,
        for_followers: bool = False,
    ) -> Message:
        if names := unfilled(text):
            raise NotPossible(still_open(names))
        if to is not None and (self.customer is None or to.customer_id not in self.customer.family_ids):
            raise NotPossible(_("This address is not one of the customer’s."))
        mind(self, text, for_followers=for_followers)
        message: Message = self.messages.create(
            by=by,
            text=text,
            language=language or self.language,
            to=to,
            template=template,
            is_for_followers=for_followers,
        )
        return message

    def _end_drafts(self, drafts: Drafts) -> None:
        """What was sent is no draft any more, unless something else has been written into it since."""
        for pk, revision in drafts:
            self.unsent.filter(pk=pk, revision=revision).delete()
