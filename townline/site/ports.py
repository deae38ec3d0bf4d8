"""Is a port free, and who has it if not?"""

import socket
from pathlib import Path

LISTENING = "0A"


def is_free(host: str, port: int) -> bool:
    """Could a server listen here now?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def who_has(port: int) -> str:
    """The program that listens on this port, as far as this machine lets us see."""
    sockets = {f"socket:[{inode}]" for inode in _listeners(port)}
    for handles in Path("/proc").glob("[0-9]*/fd"):
        if sockets and _holds(handles, sockets):
            command = (handles.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            return f"process {handles.parent.name} ({command.strip()[:80]})"
    return "another program"


def _listeners(port: int) -> set[str]:
    """The inodes of the sockets that listen on this port, on Linux."""
    tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
    rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[3] == LISTENING and int(row[1].rsplit(":", 1)[1], 16) == port}


def _holds(handles: Path, sockets: set[str]) -> bool:
    try:
        return any(str(handle.readlink()) in sockets for handle in handles.iterdir())
    except OSError:
        return False
