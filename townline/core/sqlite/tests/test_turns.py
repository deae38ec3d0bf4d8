"""Writers of one SQLite file queue, and nobody is left standing."""

import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

import pytest
from django.db import OperationalError, connections, transaction

from townline.core.sqlite.turn import Turn
from townline.site.bench import writers


def test_eight_processes_write_in_the_order_they_asked() -> None:
    writes = writers.contend("queued", seconds=2, writers=8)

    by_row = sorted(write for one in writes for write in one)
    tickets = [write.ticket for write in by_row]
    counts = [len(one) for one in writes]

    assert tickets == sorted(tickets)
    assert len(set(tickets)) == len(tickets)
    assert min(counts) > max(counts) / 2


def test_a_killed_writer_gives_up_its_turn(tmp_path: Path) -> None:
    path = str(tmp_path / "town.sqlite3")
    code = (
        f"from townline.core.sqlite.turn import Turn; t = Turn({path!r}, 5); t.take(); print('in', flush=True); input()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdin
    assert holder.stdout.readline() == b"in\n"
    turn = Turn(path, 0.2)
    with pytest.raises(TimeoutError):
        turn.take()

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()

    turn.take()
    assert turn.is_held
    turn.give_back()


def test_a_waiting_writer_that_dies_lets_nobody_past_the_one_that_is_in(tmp_path: Path) -> None:
    path = str(tmp_path / "town.sqlite3")
    first, second, third = Turn(path, 5), Turn(path, 0.1), Turn(path, 0.1)
    first.take()

    with pytest.raises(TimeoutError):
        second.take()
    with pytest.raises(TimeoutError):
        third.take()

    first.give_back()
    third.take()
    assert third.is_held
    third.give_back()


def test_threads_of_one_process_queue_too(tmp_path: Path) -> None:
    path, entered = str(tmp_path / "town.sqlite3"), []
    first = Turn(path, 5)
    first.take()

    def write(name: str) -> None:
        turn = Turn(path, 5)
        turn.take()
        entered.append((turn.ticket, name))
        turn.give_back()

    threads = [threading.Thread(target=write, args=[name]) for name in "abcd"]
    for thread in threads:
        thread.start()
    assert entered == []
    first.give_back()
    for thread in threads:
        thread.join()

    assert sorted(entered) == entered
    assert len(entered) == 4


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_turn_is_given_back_when_the_transaction_ends(filed: str, end: str) -> None:
    connection = connections[filed]

    with transaction.atomic(using=filed):
        with transaction.atomic(using=filed), connection.cursor() as cursor:
            cursor.execute("INSERT INTO note (body) VALUES ('a')")
        held_after_a_savepoint = connection.turn.is_held
        if end == "rollback":
            transaction.set_rollback(True, using=filed)
        if end == "close":
            connection.close()

    assert held_after_a_savepoint
    assert not connection.turn.is_held


def test_a_transaction_that_waits_too_long_is_refused_as_sqlite_does(filed: str) -> None:
    other = Turn(connections[filed].settings_dict["NAME"], 1)
    other.take()

    asked = monotonic()
    with pytest.raises(OperationalError, match="database is locked"), transaction.atomic(using=filed):
        pass
    waited = monotonic() - asked
    other.give_back()

    assert waited >= 0.3
    with transaction.atomic(using=filed), connections[filed].cursor() as cursor:
        cursor.execute("INSERT INTO note (body) VALUES ('after')")


def test_a_single_statement_queues_when_it_writes_and_not_when_it_reads(filed: str) -> None:
    other = Turn(connections[filed].settings_dict["NAME"], 1)
    other.take()

    with connections[filed].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (0,)
        with pytest.raises(OperationalError, match="database is locked"):
            cursor.execute("INSERT INTO note (body) VALUES (%s) RETURNING id", ["a"])
        other.give_back()
        cursor.execute("INSERT INTO note (body) VALUES (%s) RETURNING id", ["a"])
        assert cursor.fetchone() == (1,)
        cursor.executemany("INSERT INTO note (body) VALUES (%s)", [["b"], ["c"]])
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (3,)

    assert not connections[filed].turn.is_held


def test_the_database_is_durable_and_keeps_its_references(filed: str) -> None:
    with connections[filed].cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert connections[filed].transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
def test_a_lock_without_the_key_is_no_obstacle(django_user_model: type) -> None:
    user = django_user_model.objects.create_user("ada@example.org")

    with transaction.atomic():
        locked = django_user_model._base_manager.select_for_update(no_key=True).get(pk=user.pk)

    assert locked == user
