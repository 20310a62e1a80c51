"""The file of actions: what is written stays, and nobody waits."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE

import pytest
from fastapi.testclient import TestClient
from steps import mention_at, press

from desk import actions
from desk.actions import ActionsBusy, append, erase_notes, newest, read
from desk.check import WrongAction
from desk.model import Act
from warehouse import WarehouseBusy, open_writer

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
NOTE = Act("Ann", "kronfurt", "x", "1", "note", value="Rückruf")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / actions.FILE


def test_what_is_appended_is_read_back_in_order(path: Path) -> None:
    assert read(path) == []
    assert newest(path) == 0
    snooze = Act("Ben", "kronfurt", "x", "1", "snooze", until_at=NOW + timedelta(hours=2))
    told = [append(path, act, NOW) for act in (NOTE, snooze, replace(NOTE, action="done"))]
    assert read(path) == told
    assert read(path, after=told[0].seq) == told[1:]
    assert newest(path) == told[-1].seq


def test_times_rise_though_the_clock_stands_or_goes_back(path: Path) -> None:
    times = [append(path, NOTE, now).at for now in (NOW, NOW, NOW - timedelta(hours=1))]
    assert times == sorted(set(times))


def test_nothing_is_ever_changed_or_deleted(path: Path) -> None:
    append(path, NOTE, NOW)
    con = sqlite3.connect(path)
    for statement in (
        "DELETE FROM actions",
        "UPDATE actions SET value = 'anders'",
        "UPDATE actions SET who = 'Ben'",
        "UPDATE actions SET value = NULL, who = 'Ben'",
        "UPDATE actions SET until_at = 'x', value = 'y'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            con.execute(statement)
    con.close()
    assert read(path)[0].value == "Rückruf"


def test_notes_about_somebody_forgotten_are_blanked(path: Path) -> None:
    append(path, NOTE, NOW)
    append(path, replace(NOTE, post_id="2"), NOW)
    assert erase_notes(path, "x", ["1", "3"]) == 1
    assert [act.value for act in read(path)] == [None, "Rückruf"]
    assert erase_notes(path, "x", ["1", "3"]) == 0


@pytest.mark.parametrize(
    "act",
    [
        replace(NOTE, action="delete"),
        replace(NOTE, who=" "),
        replace(NOTE, post_id=""),
        replace(NOTE, action="snooze"),
        replace(NOTE, action="correct", field="author", value="x"),
        replace(NOTE, action="correct", field="lang", value="'; DROP TABLE actions"),
        replace(NOTE, action="correct", field="private_data", value="iban,ssn"),
    ],
)
def test_what_cannot_be_meant_is_refused(path: Path, act: Act) -> None:
    with pytest.raises(WrongAction):
        append(path, act, NOW)
    assert read(path) == []


@pytest.mark.parametrize(("field", "value"), [("private_data", ""), ("spill_over", "shop,app")])
def test_several_kinds_or_none_can_be_told(path: Path, field: str, value: str) -> None:
    assert (
        append(path, replace(NOTE, action="correct", field=field, value=value), NOW).value == value
    )


def _append_many(path: Path, who: str) -> None:
    for number in range(25):
        append(path, replace(NOTE, who=who, value=str(number)), NOW)


def test_processes_at_once_lose_nothing(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append_many, args=(path, who)) for who in ("Ann", "Ben")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    told = read(path)
    assert len(told) == 50
    for who in ("Ann", "Ben"):
        assert [act.value for act in told if act.who == who] == [str(n) for n in range(25)]


def test_a_file_that_is_held_says_so_within_a_second(path: Path) -> None:
    append(path, NOTE, NOW)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(ActionsBusy, match="busy; nothing was changed"):
        append(path, NOTE, NOW)
    assert time.monotonic() - began < 2
    assert len(read(path)) == 1
    holder.close()


def test_a_broken_file_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database" * 100)
    with pytest.raises(ActionsBusy, match="no usable file"):
        read(path)


HOLDER = """
import sys
from pathlib import Path
from warehouse import WarehouseBusy, open_writer
with open_writer(Path(sys.argv[1])) as con:
    con.execute("BEGIN")
    con.execute("DELETE FROM dirty_threads")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def pipeline(data: Path) -> Iterator[None]:
    """Another process in the middle of writing to the warehouse."""
    command = [sys.executable, "-c", HOLDER, str(data / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        yield
        assert holder.poll() is None, "it held the database all the time"
        holder.communicate(timeout=60)


def test_acting_never_waits_for_the_pipeline(
    client: Callable[[str], TestClient], data: Path, pipeline: None
) -> None:
    with pytest.raises(WarehouseBusy), open_writer(data / "warehouse.duckdb", wait_s=0):
        pass
    ann, ben = client("Ann"), client("Ben")
    took = []
    for post_id in ("outage-1", "iban-1", "holding-1"):
        page = ann.get(mention_at(post_id))
        began = time.monotonic()
        answer = press(ann, page, "me", follow_redirects=False)
        took.append(time.monotonic() - began)
        assert answer.status_code == 303
        assert "bei Ann" in ben.get(mention_at(post_id)).text
    assert min(took) < 1, took  # others may be using the machine
