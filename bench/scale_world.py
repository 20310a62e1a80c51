"""A warehouse of millions of made-up posts, in minutes: texts, threads and tags drawn by DuckDB.

One block of three weeks is made like any other warehouse: posts are matched, threads worked out.
The weeks before it are copies with other posts and other customers, moved back in time: what is
measured at this size is not how posts are made but how long it takes to ask about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb

import warehouse
from bench.posts import PHRASES
from pipeline import Home

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
BLOCK_POSTS, BLOCK_DAYS = 250_000, 21
POSTS_OF_A_THREAD = 2.33
"""What the shapes in threads.sql come to."""
MODEL = "made-up 1"
FIRST_ID = 1_900_000_000_000_000_000
_IDS_OF_A_BLOCK = 100_000_000
_SQL = Path(__file__).parent / "sql" / "scale"
_WATCHLIST = """
[[brands]]
id = "muster"
name = "Stadtwerke Muster"
platforms = ["x", "reddit"]
handles = ["@muster"]
hashtags = ["#muster"]
names = ["muster"]
state = "NW"
answer_within = "4h"
accounts = { agency = ["muster_hilft"], marketing = ["muster_erleben"] }
office_hours.mon = ["08:00-12:00", "13:00-18:00"]
office_hours.tue = ["08:00-18:00"]
office_hours.wed = ["08:00-18:00"]
office_hours.fri = ["08:00-16:00"]
digest = { recipients = ["care@muster.example.org"] }

[[brands]]
id = "paket"
name = "Paketdienst Muster"
platforms = ["x", "reddit"]
handles = ["@paket"]
hashtags = ["#paket"]
names = ["paket"]
answer_within = "2h"
accounts = { own = ["paket_hilft"], marketing = ["paket_erleben"] }
digest = { recipients = ["care@paket.example.org"] }

[[brands]]
id = "netz"
name = "Netzbetrieb Muster"
platforms = ["x", "reddit"]
handles = ["@netz"]
hashtags = ["#netz"]
names = ["netz"]
state = "HH"
answer_within = "1h"
accounts = { own = ["netz_hilft"], marketing = ["netz_erleben"] }
office_hours.mon = ["05:00-24:00"]
office_hours.sun = ["06:00-24:00"]
office_hours.on_holidays = true
digest = { recipients = ["care@netz.example.org"] }
"""


def run(con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> None:
    """Run every statement of `bench/sql/scale/<name>.sql` with those parameters that it names."""
    for query, names in _statements(name):
        con.execute(query, {key: parameters[key] for key in names} or None)


def build(folder: Path, posts: int) -> Home:
    """Make a warehouse of about so many posts in a folder that has none."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "watchlist.toml").write_text(_WATCHLIST, encoding="utf-8")
    home = Home.open(folder / "watchlist.toml")
    if home.warehouse.exists():
        return home
    part = home.warehouse.with_name("making.duckdb")
    block = home.warehouse.with_name("block.duckdb")
    for leftover in (part, block):
        leftover.unlink(missing_ok=True)
    _make_block(home, block, min(posts, BLOCK_POSTS))
    with warehouse.open_writer(part) as con:
        con.execute(f"ATTACH '{block}' AS block (READ_ONLY)")
        con.execute("INSERT INTO model_runs FROM block.model_runs")
        for blocks_back in reversed(range(max(1, round(posts / BLOCK_POSTS)))):
            run(con, "copy", blocks_back=blocks_back, days=BLOCK_DAYS, ids=_IDS_OF_A_BLOCK)
        con.execute("DETACH block")
        warehouse.sync_watchlist(con, home.watchlist, NOW)
        con.execute("DELETE FROM dirty_threads")  # the copies were worked out with their block
        con.execute("CHECKPOINT")
    block.unlink()
    part.rename(home.warehouse)
    return home


def draw(
    con: duckdb.DuckDBPyConnection, posts: int, days: int, until: datetime, blocks_on: int = 0
) -> None:
    """Fill the temporary tables `scale_posts` and `scale_tags`; each block has ids of its own."""
    run(con, "phrasings")
    con.executemany("INSERT INTO phrasings VALUES (?, ?, ?)", list(_phrasings()))
    size = {"days": days, "threads": max(int(posts / POSTS_OF_A_THREAD), 1), "until": until}
    own = {"seed": blocks_on, "first_author": 10_000_000 * (blocks_on + 1)}
    run(con, "threads", **size, **own)
    first_id = FIRST_ID + blocks_on * _IDS_OF_A_BLOCK
    run(con, "posts", until=until, model=MODEL, first_id=first_id, **own)


def _make_block(home: Home, file: Path, posts: int) -> None:
    with warehouse.open_writer(file) as con:
        draw(con, posts, BLOCK_DAYS, NOW)
        run(con, "store", model=MODEL)
        warehouse.sync_watchlist(con, home.watchlist, NOW)
        warehouse.update_answers(con, NOW + timedelta(minutes=1), full=True)
        con.execute("CHECKPOINT")


def _phrasings() -> Iterator[tuple[str, str, list[str]]]:
    for (lang, kind), texts in PHRASES.items():
        yield lang, kind, texts


@cache
def _statements(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    parts = duckdb.extract_statements((_SQL / f"{name}.sql").read_text(encoding="utf-8"))
    return tuple((part.query, frozenset(part.named_parameters)) for part in parts)
