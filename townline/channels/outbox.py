"""Mail without a mail server: each message becomes a file that can be opened and read."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.text import slugify


class OutboxBackend(BaseEmailBackend):
    """Writes messages into `var/outbox/`, one `.eml` file each; used when `EMAIL_URL` is not set."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them all; a file is complete as soon as it has its name."""
        folder = settings.EMAIL_OUTBOX
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            moment = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
            path = folder / f"{moment}-{slugify(message.subject)[:60]}.eml"
            half = path.with_suffix(".part")
            half.write_bytes(message.message().as_bytes())
            half.rename(path)
        return len(email_messages)
