"""Whose draft is it: the browser's that began it, or the account's."""

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from townline.accounts.models import User
from townline.cases.models import Draft
from townline.cases.models.drafts import DraftQuerySet
from townline.catalogue.models import Service
from townline.channels.models import Channel
from townline.core.access import fetch, visible


@dataclass(frozen=True)
class Drafter:
    """Somebody who is asking for something in this browser."""

    session_key: str
    user: Any = None
    is_anonymous: bool = True

    @classmethod
    def of(cls, request: Any) -> "Drafter":
        """The drafter of this request; the key stays the same when they sign in half-way."""
        user = request.user if request.user.is_authenticated else None
        return cls(request.session.get("drafter", ""), user)

    def begin(self, session: MutableMapping[str, Any], service: Service, language: str) -> Draft:
        """A new draft for this service, made when the first button is pressed."""
        key = session.setdefault("drafter", secrets.token_urlsafe(24))
        return Draft.objects.create(
            session_key=key,
            user=self.user if isinstance(self.user, User) and self.user.is_customer else None,
            service=service,
            form_version=service.questions,
            language=language,
            channel=Channel.WEB,
        )

    def unfinished(self) -> DraftQuerySet:
        """What they began on the portal and can go on with, last touched first."""
        return DraftQuerySet.unfinished(visible(self, Draft.objects.all()))

    def discard(self, token: str) -> None:
        """Throw away a draft that was not sent, with all that was typed; one that is gone already is no matter."""
        visible(self, Draft.objects.all()).filter(token=token, channel=Channel.WEB, case=None).delete()

    def resume(self, token: str, channel: str) -> Draft:
        """A representative's draft: begun when this token is sent first, the same one ever after."""
        Draft.objects.get_or_create(token=token, defaults={"user": self.user, "channel": channel})
        draft = fetch(self, Draft, "take", token=token)
        if draft.channel != channel:
            draft.keep("channel", channel)
        return draft
