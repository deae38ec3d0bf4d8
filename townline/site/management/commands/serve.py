"""`townline serve`: the web server and the worker, started and stopped together."""

import os
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.site import ports, preparing
from townline.site.processes import Household, command_of


class Command(BaseCommand):
    """Serves this installation until Ctrl-C. A demonstration (TOWNLINE_DEMO) is made ready first."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and with how many processes."""
        parser.add_argument("--host", default=os.environ.get("TOWNLINE_HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("TOWNLINE_PORT", "8000")))
        parser.add_argument("--web-processes", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, prepare, start both, wait, stop both."""
        self.began = time.monotonic()
        host, port = options["host"], options["port"]
        if not ports.is_free(host, port):
            raise CommandError(
                f"Port {port} is taken by {ports.who_has(port)}. Stop that, or choose another with --port {port + 1}."
            )
        self._prepare()
        base = os.environ.get("TOWNLINE_BASE_URL", f"http://{host}:{port}").rstrip("/")
        household = Household(self.stdout.write)
        environment = {**os.environ, "TOWNLINE_BASE_URL": base}
        if options["web_processes"] > 1:
            environment.setdefault("TOWNLINE_CACHE", "database")
        household.start("web server", web_command(host, port, options["web_processes"]), environment)
        household.start("worker", command_of("townline", "worker"), environment)
        if household.wait(until=lambda: answers(host, port)):
            self._welcome(base)
            household.wait()
        self.stdout.write("Stopping …")
        code = household.stop()
        self.stdout.write("Townline has stopped.")
        if code:
            raise CommandError("One of the two processes ended by itself; the reason is above.")

    def _prepare(self) -> None:
        if settings.DEMO:
            preparing.prepare()
            preparing.demonstrate()
            return
        preparing.require_built_files()
        preparing.require_database()
        if pending := preparing.pending_migrations():
            raise CommandError(f"{pending} changes to the database are waiting. Run: townline setup")
        preparing.require_guarded_database()

    def _welcome(self, base: str) -> None:
        lines = [
            "",
            f"Townline is running, {time.monotonic() - self.began:.1f} seconds after the start.",
            f"  For the public   {base}/",
            f"  For staff        {base}/desk/",
        ]
        if settings.DEMO:
            lines.append(f"  To sign in       {base}/demo/ – a demonstration: each role is one click")
        self.stdout.write("\n".join([*lines, "Ctrl-C stops it.", ""]))


def web_command(host: str, port: int, processes: int) -> list[str]:
    """The command that starts the web server."""
    where = ["--host", host, "--port", str(port)]
    size = ["--workers", str(processes), "--blocking-threads", "4", "--workers-kill-timeout", "10"]
    rest = ["--respawn-failed-workers", "--log-level", "warning", "--no-ws"]
    return command_of("granian", "--interface", "wsgi", *where, *size, *rest, "townline.site.wsgi:application")


def answers(host: str, port: int) -> bool:
    """Does the web server answer, whatever it says?"""
    reached = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    try:
        urllib.request.urlopen(f"http://{reached}:{port}/healthz", timeout=2).close()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True
