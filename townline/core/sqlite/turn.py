"""Taking turns at writing one SQLite file.

SQLite lets one writer in at a time, but lets the waiting ones poll for it, so
that under load an unlucky one waits for seconds. Here writers draw a ticket
and go in that order, whatever process or thread they belong to.

A ticket is a locked byte in a small file beside the database. The lock belongs
to the open file (Linux “open file description” locks): the kernel gives it up
when the file is closed and when the process dies, however it dies. A writer
goes in when no earlier byte is locked.
"""

import fcntl
import os
import struct
import time
from io import FileIO

AVAILABLE = hasattr(fcntl, "F_OFD_SETLK")

_LOCK = struct.Struct("@hhqqi0q")
_COUNTER = struct.Struct("<q")
_DISPENSER = 0
_FIRST = 64
_PAUSE = 0.0002
_MOST_AHEAD = 10


class Turn:
    """One connection's turn at writing the database file at `path`."""

    def __init__(self, path: str, patience: float) -> None:
        self.path = f"{path}-turns"
        self.patience = patience
        self.ticket: int | None = None
        self._file: FileIO | None = None

    @property
    def is_held(self) -> bool:
        """Is it this connection's turn now?"""
        return self._file is not None

    def take(self) -> None:
        """Draw a ticket and wait until every earlier one is given back, or raise `TimeoutError`."""
        if self.is_held:
            return
        until = time.monotonic() + self.patience
        file = FileIO(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660), "r+")
        try:
            self.ticket = _draw(file, until)
            _wait_for(file, self.ticket, until)
        except BaseException:
            file.close()
            raise
        self._file = file

    def give_back(self) -> None:
        """Let the next one in; nothing happens when it is not this connection's turn."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _draw(file: FileIO, until: float) -> int:
    """The next number, with its byte locked before anybody can draw a later one."""
    while not _lock(file, _DISPENSER):
        _pause(1, until)
    number = _FIRST
    if kept := os.pread(file.fileno(), _COUNTER.size, 0):
        number = _COUNTER.unpack(kept)[0] + 1
    os.pwrite(file.fileno(), _COUNTER.pack(number), 0)
    _lock(file, number)
    fcntl.fcntl(file, fcntl.F_OFD_SETLK, _LOCK.pack(fcntl.F_UNLCK, os.SEEK_SET, _DISPENSER, 1, 0))
    return number


def _wait_for(file: FileIO, ticket: int, until: float) -> None:
    while (first := _first_before(file, ticket)) is not None:
        _pause(ticket - first, until)


def _first_before(file: FileIO, ticket: int) -> int | None:
    """An earlier ticket that is still out; Linux names the oldest."""
    if ticket == _FIRST:
        return None
    asked = _LOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, _FIRST, ticket - _FIRST, 0)
    kind, _whence, start, _length, _pid = _LOCK.unpack(fcntl.fcntl(file, fcntl.F_OFD_GETLK, asked))
    return None if kind == fcntl.F_UNLCK else start


def _lock(file: FileIO, byte: int) -> bool:
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0))
    except BlockingIOError:
        return False
    return True


def _pause(ahead: int, until: float) -> None:
    """Sleep a little, longer for those further back; a blocking lock could not be given up in time."""
    if time.monotonic() > until:
        raise TimeoutError
    time.sleep(_PAUSE * min(max(ahead, 1), _MOST_AHEAD))
