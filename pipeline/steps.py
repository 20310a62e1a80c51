"""Every step from a landing file to the reader copy; each may be killed and run again.

A step opens the database for as short as it can, and what it hands on are paths and counts.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import desk.actions
import enrich
import warehouse
from collectors.landing import complete_files
from pipeline.collect import backfill, collect, plan
from pipeline.erasing import erase_files
from pipeline.home import Home

__all__ = [
    "answers",
    "backfill",
    "collect",
    "export_untagged",
    "forget",
    "load",
    "load_tags",
    "plan",
    "prepare",
    "publish",
    "tag_batch",
]


def prepare(home: Home, now: datetime) -> warehouse.SyncResult:
    """Create or migrate the database, bring the brands into it, remove what is past its time.

    That is texts older than the watch-list keeps them, and landing files that were loaded long
    enough ago: they hold what people have deleted since.
    """
    with warehouse.open_writer(home.warehouse) as con:
        synced = warehouse.sync_watchlist(con, home.watchlist, now)
        warehouse.apply_retention(con, now)
        before = now - home.watchlist.storage.keep_landing
        outlived = warehouse.outlived_landings(con, home.landing, before)
    for path in outlived:
        path.unlink(missing_ok=True)
    return synced


def forget(home: Home, who: str, now: datetime, platform: str | None = None) -> int:
    """Erase a person everywhere; return how many of their posts lost text and author.

    Loaded landing files and digest files that name them are deleted: the warehouse does not need
    them any more. The reader copy is replaced at once.
    """
    with warehouse.open_writer(home.warehouse) as con:
        posts = warehouse.forget(con, who, now, platform)
        loaded = set(complete_files(home.landing)) - set(
            warehouse.pending_landings(con, home.landing)
        )
        warehouse.update_answers(con, now)
    for name in {name for name, _ in posts}:
        ids = [post_id for on, post_id in posts if on == name]
        desk.actions.erase_notes(home.root / desk.actions.FILE, name, ids)
    if posts:
        erase_files(loaded, home.outbox, who)
    publish(home)
    return len(posts)


def load(home: Home, now: datetime) -> warehouse.LoadResult:
    """Load every complete landing file that is not in the database yet."""
    with warehouse.open_writer(home.warehouse) as con:
        pending = warehouse.pending_landings(con, home.landing)
        return warehouse.load_landing(con, pending, home.landing, now)


def export_untagged(home: Home, now: datetime) -> list[str]:
    """Write texts that wait for tags into batch files; return their paths, newest posts first."""
    with warehouse.open_writer(home.warehouse) as con:
        version = enrich.model_version(home.watchlist.tagging.model)
        paths = warehouse.export_untagged(con, home.batches / "untagged", version, now)
    return [str(path) for path in paths]


def tag_batch(home: Home, path: str) -> str:
    """Tag one batch file, without the database; return the path of the tags.

    A batch that is gone was tagged by an earlier try or exported anew by another process: either
    way somebody has it.
    """
    source = Path(path)
    target = source.parent.parent / "tagged" / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.exists():
        enrich.tag_file(source, target, home.watchlist.tagging.model)
        source.unlink(missing_ok=True)
    return str(target)


def load_tags(home: Home, now: datetime) -> warehouse.TagResult:
    """Load every tagged batch."""
    tagged = sorted((home.batches / "tagged").glob("*.jsonl"))
    with warehouse.open_writer(home.warehouse) as con:
        return warehouse.load_tags(con, tagged, now)


def answers(home: Home, now: datetime) -> int:
    """Work out who answered, in every thread that has changed; return how many there were.

    What people did on the triage page or by `horch correct` is taken in first.
    """
    with warehouse.open_writer(home.warehouse) as con:
        desk.sync_actions(con, home.root / desk.actions.FILE)
        return warehouse.update_answers(con, now)


def publish(home: Home) -> str:
    """Put a copy for readers in place; return its path."""
    warehouse.publish(home.warehouse, home.reader)
    return str(home.reader)
