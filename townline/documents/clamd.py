"""Asking clamd, ClamAV's daemon, over its socket: is there anything in this file?

The protocol is three lines long: `INSTREAM`, the file in parts that are each
preceded by their length, and a length of zero; the answer is one line.
"""

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

PATIENCE = 60
QUICK = 3
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """Clamd does not answer, or says that it cannot scan this now."""


def is_configured() -> bool:
    """Does this installation scan?"""
    return bool(settings.CLAMD)


def answers() -> bool:
    """Is clamd there?"""
    try:
        return _ask(b"zPING\0", (), QUICK) == "PONG"
    except ScannerAway:
        return False


def scan(parts: Iterable[bytes]) -> str:
    """The name of what was found, in ClamAV's words; empty when the file is clean. Raises `ScannerAway`."""
    said = _ask(b"zINSTREAM\0", parts, PATIENCE).removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAway(said)


def _ask(command: bytes, parts: Iterable[bytes], patience: float) -> str:
    try:
        with _connected(patience) as line:
            line.sendall(command)
            if b"INSTREAM" in command:
                for part in parts:
                    line.sendall(struct.pack("!I", len(part)) + part)
                line.sendall(struct.pack("!I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
                answer += more
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected(patience: float) -> socket.socket:
    """To the socket file, or to `host:port`."""
    where: str = settings.CLAMD
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        line.connect(where)
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)
