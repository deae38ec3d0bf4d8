"""Keys with which another system signs in to the API."""

import hashlib
import secrets

from django.db import models
from django.utils import timezone

from townline.accounts.users import User


class ApiKey(models.Model):
    """One system's key. Only its hash is kept; the key itself is shown once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(key: str) -> str:
        """What is kept of a key."""
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def issue(cls, user: User, name: str) -> str:
        """Make a key for this user and return it, this one time."""
        key = secrets.token_urlsafe(32)
        cls.objects.create(user=user, name=name, digest=cls.digest_of(key))
        return key

    @classmethod
    def user_of(cls, key: str) -> User | None:
        """Who holds this key; None when it is unknown, switched off, or its holder is."""
        found = cls.objects.filter(digest=cls.digest_of(key), is_active=True, user__is_active=True)
        held = found.select_related("user").first()
        return held.user if held else None
