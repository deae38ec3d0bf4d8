import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from townline.documents.tests.samples import EICAR

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The folder of the files, empty, for this test alone."""
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture(scope="session")
def clamd_socket() -> Iterator[str]:
    """A clamd of the tests’ own, on a socket of its own, that knows one signature: EICAR, wherever it stands."""
    found = subprocess.run([ROOT / "script/clamav"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(found.stderr)
    home = Path(tempfile.mkdtemp(prefix="clamd", dir="/tmp"))
    socket = home / "clamd.sock"
    (home / "signatures").mkdir()
    (home / "signatures/test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    (home / "clamd.conf").write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {home}/signatures\nForeground yes\nPidFile {home}/clamd.pid\n"
        f"User {_user()}\nStreamMaxLength 30M\nSelfCheck 0\n"
    )
    with (home / "log").open("wb") as log:
        command = [found.stdout.strip().splitlines()[-1], "--config-file", str(home / "clamd.conf")]
        daemon = subprocess.Popen(command, stdout=log, stderr=log)
    until = time.monotonic() + PATIENCE
    while not socket.exists() and daemon.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    if not socket.exists():
        daemon.kill()
        pytest.fail(f"clamd did not start: {(home / 'log').read_text()}")
    yield str(socket)
    daemon.send_signal(signal.SIGKILL)
    daemon.wait()


def _user() -> str:
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def scanner(settings: Any, clamd_socket: str) -> Callable[[], None]:
    """Scanning is on; call it to let the scanner go away."""
    settings.CLAMD = clamd_socket

    def goes_away() -> None:
        settings.CLAMD = clamd_socket + ".gone"

    return goes_away
