"""How fast posts become tags, answers and a digest, and how much memory that takes.

Run: `python -m bench.pipeline [POSTS]` (100,000 unless given). Prints posts per second for each
step and for the whole way, and the peak memory of the largest process.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import digest
import warehouse
from bench.posts import posts
from enrich.bench import own_peak, run
from enrich.workers import workers
from pipeline import Home, steps
from pipeline.run import tag_batches

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
WATCHLIST = """
[[brands]]
id = "muster"
name = "Stadtwerke Muster"
platforms = ["x"]
handles = ["@swmuster"]
state = "NW"
answer_within = "4h"
accounts = { agency = ["swmuster_hilft"] }
office_hours = { mon = ["08:00-12:00", "13:00-18:00"], tue = ["08:00-18:00"] }
digest = { recipients = ["care@muster.example.org"] }
"""


def main(count: int) -> None:
    """Measure one way of `count` posts and print a line per step."""
    with tempfile.TemporaryDirectory() as folder:
        home = home_in(Path(folder))
        file = Path(folder) / "posts.jsonl"
        write(file, count)
        total = 0.0
        for name, step in steps_of(home, file).items():
            started = time.perf_counter()
            step()
            took = time.perf_counter() - started
            total += took if name != "import again" else 0.0
            print(f"{name:<12} {took:8.1f} s  {count / took:>12,.0f} posts/s", flush=True)
    print(f"{'whole way':<12} {total:8.1f} s  {count / total:>12,.0f} posts/s")
    print(f"peak memory  {own_peak():,.0f} MB here, {_tagging_peak():,.0f} MB in a tagging process")


def home_in(folder: Path) -> Home:
    """Return an installation that watches the brand of the posts."""
    (folder / "watchlist.toml").write_text(WATCHLIST, encoding="utf-8")
    return Home.open(folder / "watchlist.toml")


def write(file: Path, count: int) -> None:
    """Write posts as JSON lines."""
    with file.open("w", encoding="utf-8") as out:
        for post in posts(count, NOW - timedelta(minutes=5)):
            out.write(json.dumps(post) + "\n")


def steps_of(home: Home, file: Path) -> dict[str, Callable[[], Any]]:
    """Return the steps from a file to a digest, by name and in order."""

    def load() -> None:
        steps.prepare(home, NOW)
        with warehouse.open_writer(home.warehouse) as con:
            warehouse.import_posts(con, file, "muster", NOW)
            warehouse.sync_watchlist(con, home.watchlist, NOW)

    def tag() -> None:
        tag_batches(home, steps.export_untagged(home, NOW))
        steps.load_tags(home, NOW)

    def mail() -> None:
        brand = home.watchlist.brands[0]
        with warehouse.open_reader(home.reader) as con:
            digest.render(digest.build(con, brand, NOW.date(), NOW))

    return {
        "import": load,
        "tags": tag,
        "answers": lambda: steps.answers(home, NOW),
        "publish": lambda: steps.publish(home),
        "digest": mail,
        "import again": lambda: load(),
    }


def _tagging_peak() -> float:
    """Peak memory of a process that tags, started as the pipeline starts it."""
    with workers(1) as pool:
        return pool.submit(run, 20_000).result().peak


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
