"""A real mail server on loopback, that keeps what it got and refuses as it is told."""

import socket

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """Keeps every message; `refusal` is what it answers instead, at the recipient or after the text."""

    def __init__(self):
        self.kept = []
        self.refusal_of_recipient = ""
        self.refusal_of_text = ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refusal_of_recipient:
            return self.refusal_of_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.refusal_of_text:
            return self.refusal_of_text
        self.kept.append((envelope.rcpt_tos, envelope.content.decode("utf-8")))
        return "250 Accepted"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """The server, with the settings that lead to it."""
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 3
    postbox.controller = controller
    yield postbox
    if controller.server is not None:
        controller.stop()
