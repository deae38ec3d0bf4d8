"""Who a member of staff is to the municipality's own identity provider (OpenID Connect)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Identity(models.Model):
    """The lasting name of one member of staff at the provider; addresses and names change, this does not."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identity")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(name="one_user_per_identity", fields=["issuer", "subject"])]

    def __str__(self) -> str:
        return f"{self.user}"
