"""How fast a warehouse of millions of posts answers, takes in an hour, and takes in a million.

Run: `python -m bench.scale [POSTS [FOLDER]]` (1,000,000 posts unless given). With a folder the
warehouse is kept there, and built only where it lacks; the measurements work on a copy. Prints
seconds, processor seconds of both cores together, and the peak memory; asking, the hour and the
million are measured in a process of their own each.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import duckdb

import warehouse
from bench.scale_world import MODEL, NOW, build, draw, run
from pipeline import Home
from warehouse.merge import merge_staged

BRAND = "muster"
HOUR_POSTS = 2_000
UPSERT_POSTS = 1_000_000
_RUNS = 3
_NO_BARS = "SET enable_progress_bar = false"  # DuckDB takes a spawned process for interactive
_FOLDERS = ("triage", "metrics", "checks")


def main(posts: int, folder: Path | None) -> None:
    """Build the warehouse where it lacks and measure everything on a copy of it."""
    with tempfile.TemporaryDirectory() as temporary:
        with _measured("build"):
            home = build(folder or Path(temporary) / "kept", posts)
        copy = Path(temporary) / "copy"
        shutil.copytree(home.root.parent, copy, ignore=shutil.ignore_patterns("reader.*"))
        measure(Home.open(copy / "watchlist.toml"))


def measure(home: Home) -> None:
    """Run and print every measurement; the warehouse is another one afterwards."""
    with _measured("publish"):
        warehouse.publish(home.warehouse, home.reader)
    for step in (_ask_all, _an_hour, _upsert):
        process = multiprocessing.get_context("spawn").Process(target=step, args=(home,))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"{step.__name__} has failed; what it said stands above")
    with _measured("publish again"):
        warehouse.publish(home.warehouse, home.reader)


def _ask_all(home: Home) -> None:
    with _measured("all queries"), warehouse.open_reader(home.reader) as con:
        con.execute(_NO_BARS)
        for query in warehouse.catalogue():
            if query.folder in _FOLDERS:
                _ask(con, f"{query.folder}/{query.name}")


def _ask(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Time a query as `horch query` runs it: at first, then the shortest of a few runs."""
    times = []
    rows = 0
    for _ in range(1 if name.startswith("checks/") else 1 + _RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        rows = len(warehouse.run_query(con, name, now=NOW, brand=BRAND))
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    warm = [min(some) for some in zip(*(times[1:] or times), strict=True)]
    milliseconds = [1000 * seconds for seconds in (*times[0], *warm)]
    print(f"{name:<32}" + "{:8,.0f} {:8,.0f} ms CPU".format(*milliseconds[:2]), end="")
    print(" first {:8,.0f} {:8,.0f} ms CPU warm".format(*milliseconds[2:]), end="")
    print(f" {rows:>9,} rows", flush=True)


def _an_hour(home: Home) -> None:
    """What an hour brings: new threads, and words in old ones."""
    until = NOW + timedelta(hours=1)
    with warehouse.open_writer(home.warehouse) as con:
        con.execute(_NO_BARS)
        draw(con, HOUR_POSTS, 1, until, blocks_on=1)
        run(con, "stage", since=NOW - timedelta(hours=3), now=until)
        run(con, "hour", now=NOW)
        with _measured("an hour: load"):
            _merge(con)
        with _measured("an hour: tags"), warehouse.transaction(con):
            con.execute(
                "CREATE OR REPLACE TEMP TABLE staged_tags AS SELECT *, 0 AS seq FROM new_tags"
            )
            warehouse.run_sql(con, "tagging/apply", model_in_use=MODEL, now=until)
        with _measured("an hour: answers"):
            count = warehouse.update_answers(con, until)
    print(f"{'':<32} {count:,} threads worked out again")


def _upsert(home: Home) -> None:
    """A million posts at once, every second one known with other counts; then the same again."""
    now = NOW + timedelta(hours=2)
    with warehouse.open_writer(home.warehouse) as con:
        con.execute(_NO_BARS)
        draw(con, UPSERT_POSTS // 2, 28, now, blocks_on=2)
        run(con, "stage", since=NOW - timedelta(days=90), now=now)
        run(con, "upsert", known=UPSERT_POSTS // 2, now=now)
        with _measured(f"upsert of {UPSERT_POSTS:,}"):
            _merge(con)
        with _measured("the same again"):
            _merge(con)


def _merge(con: duckdb.DuckDBPyConnection) -> None:
    with warehouse.transaction(con):
        merge_staged(con, NOW + timedelta(hours=3))


@contextmanager
def _measured(name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    took, used = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<32} {took:8,.1f} s  {used:8,.1f} s  CPU {_peak_mb():>7,} MB peak", flush=True)


def _peak_mb() -> int:
    """The most memory this process has held; what the parent held does not count."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.scale")
    parser.add_argument("posts", nargs="?", type=int, default=1_000_000, help="how many posts")
    parser.add_argument("folder", nargs="?", type=Path, help="where the warehouse is kept")
    return parser.parse_args()


if __name__ == "__main__":
    wanted = _arguments()
    main(wanted.posts, wanted.folder)
