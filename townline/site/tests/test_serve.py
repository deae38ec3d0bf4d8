import os
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest

from townline.site import ports
from townline.site.processes import Household
from townline.site.secret import make_secret_key

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)",
]


@pytest.fixture
def said():
    return []


@pytest.fixture
def household(said):
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(name) for name in names]
    household = Household(said.append)
    yield household
    household.stop()
    for name, handler in zip(names, before, strict=True):
        signal.signal(name, handler)


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_when_one_process_dies_the_other_is_stopped_and_it_is_said(household, said):
    household.start("web server", SLEEP, dict(os.environ))
    household.start("worker", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))

    is_ready = household.wait()
    code = household.stop()

    assert not is_ready
    assert code == 1
    assert said == ["The worker stopped by itself (exit code 3)."]
    assert household.members["web server"].returncode == -signal.SIGTERM


def test_a_request_to_stop_stops_both(household, said):
    household.start("web server", SLEEP, dict(os.environ))
    household.start("worker", SLEEP, dict(os.environ))
    os.kill(os.getpid(), signal.SIGTERM)

    household.wait()
    code = household.stop()

    assert code == 0
    assert said == []
    assert [process.returncode for process in household.members.values()] == [-signal.SIGTERM] * 2


def test_a_process_that_does_not_stop_is_ended(household, said, monkeypatch):
    monkeypatch.setattr("townline.site.processes.PATIENCE", 0.5)
    household.start("worker", STUBBORN, dict(os.environ))
    time.sleep(0.5)

    household.stop()

    assert household.members["worker"].returncode == -signal.SIGKILL
    assert len(said) == 1


def test_waiting_ends_when_the_web_server_answers(household):
    household.start("web server", SLEEP, dict(os.environ))

    assert household.wait(until=lambda: True)


def test_a_taken_port_is_named_with_who_has_it(listener):
    assert not ports.is_free("127.0.0.1", listener)
    assert ports.who_has(listener).startswith(f"process {os.getpid()} (")


def test_serving_on_a_taken_port_is_refused_in_a_sentence(listener, tmp_path):
    command = [sys.executable, "-m", "townline", "serve", "--port", str(listener)]
    environment = {**os.environ, "TOWNLINE_VAR": str(tmp_path)}

    refused = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert refused.returncode == 1
    assert f"Port {listener} is taken by process {os.getpid()}" in refused.stderr
    assert f"--port {listener + 1}" in refused.stderr


def test_a_command_without_a_secret_key_says_what_to_do(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "TOWNLINE_SECRET_KEY"}
    environment |= {"TOWNLINE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "townline.site.settings"}

    refused = subprocess.run(
        [sys.executable, "-m", "townline", "check"], env=environment, capture_output=True, text=True
    )

    assert refused.returncode == 1
    assert "townline setup" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("TOWNLINE_SECRET_KEY", raising=False)
    monkeypatch.setenv("TOWNLINE_VAR", str(tmp_path / "var"))

    make_secret_key()
    first = (tmp_path / "var/secret-key").read_text()
    make_secret_key()

    assert len(first) > 50
    assert (tmp_path / "var/secret-key").read_text() == first
    assert stat.S_IMODE((tmp_path / "var/secret-key").stat().st_mode) == 0o600


def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path):
    environment = {**os.environ, "TOWNLINE_VAR": str(tmp_path), "TOWNLINE_SECRET_KEY": "only-for-tests"}
    environment |= {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/town.sqlite3"}

    refused = subprocess.run(
        [sys.executable, "-m", "townline", "setup"], env=environment, capture_output=True, text=True
    )

    assert refused.returncode == 1
    assert "The database does not answer (unable to open database file)" in refused.stderr
    assert "Traceback" not in refused.stderr
