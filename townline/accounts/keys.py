"""Keys with which another system signs in to the API."""

import hashlib
import secrets
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.users import User
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class KeyedRequest(HttpRequest):
    """A request that came with a valid key; `auth` is whose key it is."""

    auth: User


def digest_of(secret: str) -> str:
    """What is kept of a key or a link: never the secret itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKey(Recorded):
    """One system's key. Only its hash is kept; the key itself is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, user: User, name: str, *, by: User | None = None) -> str:
        """Make a key for this user and return it, this one time."""
        key = secrets.token_urlsafe(32)
        with transaction.atomic():
            made = cls.objects.create(user=user, name=name, digest=digest_of(key))
            made.record("issued", by=by or User.objects.system(), user=user.pk)
        return key

    @classmethod
    def user_of(cls, key: str) -> User | None:
        """Who holds this key; None when it is unknown, switched off, or its holder is."""
        found = cls.objects.filter(digest=digest_of(key), is_active=True, user__is_active=True)
        held = found.select_related("user").first()
        return held.user if held else None

    @verb
    def switch_off(self, *, by: Any) -> None:
        """Let nobody in with this key any more."""
        if not self.is_active:
            raise NotPossible(_("This key is switched off already."))
        self.is_active = False
        self.save()
        self.record("switched_off", by=by)
