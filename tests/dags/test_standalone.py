"""`make up` as an operator starts it, with its own home, ports and the demo world's servers.

The proof that scheduler, dag processor, task API and asset events work together: nothing is
triggered by hand.
"""

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from demo import serve
from demo.airflow_home import ROOT, environment
from demo.run import demo_watchlist
from pipeline import Home

pytestmark = [pytest.mark.xdist_group("airflow"), pytest.mark.slow]
#: Alone on two cores it takes two to three minutes.
PATIENCE_SECONDS = 540.0
#: Airflow stops its API first, and its scheduler then waits long for tasks that try to reach it.
_STOPPING_SECONDS = 30.0


def _free_port() -> int:
    """A port that is free, and the two above it, which serve logs, most likely too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port if port < 65_000 else port - 1_000


@contextmanager
def _airflow(home: Path, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`make up`, stopped as by Ctrl-C, and by force where that takes long."""
    with (home / "standalone.log").open("wb") as log:
        airflow = subprocess.Popen(
            ["make", "up"], cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield airflow
    finally:
        os.killpg(airflow.pid, signal.SIGINT)
        try:
            airflow.wait(_STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(airflow.pid, signal.SIGKILL)
            airflow.wait()


def _successes(home: Path) -> set[tuple[str, str]]:
    """(DAG, how it was started) of every run that has succeeded."""
    try:
        with closing(sqlite3.connect(f"file:{home}/airflow.db?mode=ro", uri=True)) as con:
            rows = con.execute("SELECT dag_id, run_type FROM dag_run WHERE state = 'success'")
            return set(rows)
    except sqlite3.OperationalError:  # not created yet, or just being written
        return set()


def _judged(watchlist: Path) -> set[str]:
    """The platforms whose mentions have come out at the end of the chain."""
    home = Home.open(watchlist)
    if not home.reader.exists():
        return set()
    with warehouse.open_reader(home.reader) as con:
        return {row[0] for row in con.execute("SELECT DISTINCT platform FROM answers").fetchall()}


def _wait_for(done: Callable[[], bool], airflow: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert airflow.poll() is None, "Airflow has ended by itself"
        assert time.monotonic() < give_up_at, "Airflow took too long"
        time.sleep(0.5)


def test_scheduled_runs_collect_and_their_assets_set_off_the_rest(tmp_path: Path) -> None:
    x, reddit = serve.start(datetime.now(UTC))
    watchlist = demo_watchlist(tmp_path)
    with x, reddit:
        connections = serve.connections(x.url, reddit.url)
        variables = environment(tmp_path, watchlist, connections, port=_free_port())
        with _airflow(tmp_path, variables) as airflow:
            wanted = {
                ("collect_x", "scheduled"),
                ("collect_reddit", "scheduled"),
                ("process", "asset_triggered"),
                ("digest", "scheduled"),
            }
            _wait_for(lambda: wanted <= _successes(tmp_path), airflow)
            # Whatever was collected after that processing sets off another one.
            _wait_for(lambda: _judged(watchlist) == {"reddit", "x"}, airflow)
