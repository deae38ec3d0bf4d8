"""What a customer or a representative has typed so far."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from townline.catalogue.models import Service
from townline.channels.models import Channel, Interaction
from townline.questions.models import FormVersion


def new_token() -> str:
    """An unguessable address for a draft."""
    return secrets.token_urlsafe(16)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts as the portal asks for them."""

    def unfinished(self) -> "DraftQuerySet":
        """Typed into on the portal and not sent, last touched first."""
        begun = self.filter(
            channel=Channel.WEB, case=None, interaction=None, is_held=False, began_at__gt=timezone.now() - Draft.KEPT
        )
        return begun.exclude(done=[]).order_by("-changed_at")

    def too_old(self) -> "DraftQuerySet":
        """Begun so long ago that they are no longer kept; what was sent and waits is."""
        return self.filter(is_held=False, began_at__lte=timezone.now() - Draft.KEPT)


class Draft(models.Model):
    """A matter on its way in, kept on the server from the first page on.

    It belongs to the browser session (or the account) that began it, is the
    idempotency key of the intake (`interaction` and `case` are set once, for
    good), and is removed after 30 days. A representative's begins before
    anybody knows which service it is about.
    """

    KEPT = timedelta(days=30)

    token = models.CharField(max_length=32, unique=True, default=new_token)
    session_key = models.CharField(max_length=64, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    form_version = models.ForeignKey(FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="en")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    answers = models.JSONField(default=dict)
    place = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    done = models.JSONField(default=list, help_text="The pages that were completed.")
    case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    follows = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    interaction = models.ForeignKey(Interaction, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_held = models.BooleanField(default=False, help_text="It was sent, and waits to be looked at.")
    began_at = models.DateTimeField(default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["session_key"], name="draft_browser")]

    def __str__(self) -> str:
        return self.token

    @property
    def kept_until(self) -> datetime:
        """When it is thrown away, unless it was sent."""
        return self.began_at + self.KEPT

    @transaction.atomic
    def keep(
        self, part: str, value: Any, page: str = "", *, among: Collection[str] | None = None, again: str = ""
    ) -> None:
        """Keep what was typed on one page; `page` marks it as complete.

        What another window kept meanwhile stays. Of a part that several pages
        share, only the keys `among` are this page's to change. What was sent
        already stays as it was sent. A change has the page `again` asked once more.
        """
        shared = ["answers", "place", "contact", "done", "case", "interaction", "follows", "is_held"]
        self.refresh_from_db(fields=shared, from_queryset=Draft.objects.select_for_update(no_key=True))
        if self.case_id or self.interaction_id or self.is_held:
            return
        if among is not None:
            others = {key: kept for key, kept in getattr(self, part).items() if key not in among}
            value = others | {key: kept for key, kept in value.items() if key in among}
        if again and getattr(self, part) != value:
            self.done = [one for one in self.done if one != again]
        setattr(self, part, value)
        if page and page not in self.done:
            self.done = [*self.done, page]
        self.save()
