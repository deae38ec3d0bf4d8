"""Two processes that live and stop together: the web server and the worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

PATIENCE = 15.0
TICK = 0.1

Say = Callable[[str], Any]


def command_of(*arguments: str) -> list[str]:
    """A command that runs with this same Python."""
    return [sys.executable, "-m", *arguments]


class Household:
    """Starts processes, waits on them, and stops all of them when one stops or somebody asks."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), self._ask_to_stop)

    def _ask_to_stop(self, *_: Any) -> None:
        self.asked_to_stop = True

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start a member in a group of its own, so that Ctrl-C reaches it through us alone."""
        self.members[name] = subprocess.Popen(command, env=environment, start_new_session=True)

    @property
    def stopped(self) -> list[str]:
        """The members that have ended by themselves."""
        return [name for name, process in self.members.items() if process.poll() is not None]

    def wait(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Come back with True when `until` is true; with False when it is time to stop."""
        while not self.asked_to_stop and not self.stopped:
            if until():
                return True
            time.sleep(TICK)
        return False

    def stop(self) -> int:
        """Stop everybody, in order and completely. The exit code tells whether somebody died by itself."""
        died = self.stopped
        for name in died:
            self.say(f"The {name} stopped by itself (exit code {self.members[name].returncode}).")
        for process in self.members.values():
            with suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + PATIENCE
        for name, process in self.members.items():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"The {name} did not stop within {PATIENCE:.0f} seconds and was ended.")
            self._sweep(process)
        return 1 if died else 0

    def _sweep(self, process: subprocess.Popen[bytes]) -> None:
        """End what is left of a member: itself, and what it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
