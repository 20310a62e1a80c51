"""Landing files into the warehouse: posts, and what reading them covered, missed and cost.

Every transaction takes whole files with everything that follows from them, so a run that is killed
leaves a file either loaded or untouched.
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from collectors import registry
from collectors.landing import LandingBroken, read_landing, read_trailer
from collectors.model import Post, Unusable
from collectors.reading import raw
from warehouse.db import transaction
from warehouse.entries import LedgerStage
from warehouse.heal import heal_ahead
from warehouse.ledger import is_ahead
from warehouse.merge import merge_staged
from warehouse.records import time_problem
from warehouse.staging import PostStage, RejectStage
from warehouse.statements import run_sql

log = logging.getLogger(__name__)

#: Posts of one transaction, in whole files: bounds what a killed run repeats.
POSTS_AT_ONCE = 200_000
BROKEN = "broken"


@dataclass
class LoadResult:
    """What a load or import did, in posts where nothing else is said.

    Attributes:
        files: read and now loaded.
        seen: in them, also several times.
        changed: known before and different now, if only by a count.
        rejected: lines, or parts of pages, that could not be used.
        mentions: new ones.
        broken: files that were not whole, where they lie now.
    """

    files: int = 0
    seen: int = 0
    new: int = 0
    changed: int = 0
    rejected: int = 0
    mentions: int = 0
    broken: list[Path] = field(default_factory=list)


def load_landing(
    con: duckdb.DuckDBPyConnection, paths: Iterable[Path], landing_dir: Path, now: datetime
) -> LoadResult:
    """Load landing files that are not loaded yet.

    Broken files are noted in `rejects`, moved to `<landing_dir>/broken/`, and their windows are
    planned again, since nothing of them was covered.
    """
    result = LoadResult()
    heal_ahead(con, now)
    loaded = {row[0] for row in run_sql(con, "load/loaded_landings").fetchall()}
    fresh = deque(path for path in paths if _relative(path, landing_dir) not in loaded)
    while fresh:
        batch = _Batch(con, landing_dir, now)
        batch.take(fresh)
        batch.add_to(result)
    return result


class _Batch:
    """Files that are loaded in one transaction."""

    def __init__(self, con: duckdb.DuckDBPyConnection, landing_dir: Path, now: datetime) -> None:
        self.con = con
        self.landing_dir = landing_dir
        self.now = now
        self.files = self.seen = self.rejected = 0
        self.broken: list[Path] = []

    def take(self, paths: deque[Path]) -> None:
        """Load as many of the first files as fit."""
        with transaction(self.con):
            self.posts = PostStage(self.con)
            self.rejects = RejectStage(self.con, self.now)
            self.ledger = LedgerStage(self.con, self.now)
            broken_before = {row[0] for row in run_sql(self.con, "load/broken_before").fetchall()}
            while paths and self.posts.size < POSTS_AT_ONCE:
                self._take_file(paths.popleft(), broken_before)
            self.posts.flush()
            self.rejects.flush()
            self.ledger.flush()
            run_sql(self.con, "load/join_coverage")
            self.merged = merge_staged(self.con, self.now)
        self._move_broken()

    def add_to(self, result: LoadResult) -> None:
        result.files += self.files
        result.seen += self.posts.size
        result.new += self.merged.new
        result.changed += self.merged.changed
        result.rejected += self.rejects.size
        result.mentions += self.merged.mentions
        result.broken += self.broken

    def _take_file(self, path: Path, broken_before: set[str]) -> None:
        name = _relative(path, self.landing_dir)
        if name in broken_before:
            run_sql(self.con, "load/forget_rejects", file=name)
        try:
            landing = read_trailer(path)
            platform = registry.get(landing.platform)
        except (LandingBroken, registry.UnknownPlatform) as error:
            log.warning("%s", error)
            self.rejects.add(name, 0, str(error), "")
            self.broken.append(path)
            return
        posts_before, rejects_before = self.posts.size, self.rejects.size
        for number, page in enumerate(read_landing(path), start=1):
            retrieved_at = datetime.fromisoformat(page["retrieved_at"])
            # Posts seen at a time to come would outlive every deletion up to then.
            seen_at = self.now if is_ahead(landing, self.now) else retrieved_at
            for item in platform.to_posts(page["payload"]):
                self._take_item(name, number, item, retrieved_at, seen_at)
        self.files += 1
        self.ledger.add(
            landing,
            path=name,
            sha256=_sha256(path),
            post_count=self.posts.size - posts_before,
            reject_count=self.rejects.size - rejects_before,
        )

    def _take_item(
        self, name: str, page: int, item: Post | Unusable, retrieved_at: datetime, seen_at: datetime
    ) -> None:
        if isinstance(item, Unusable):
            self.rejects.add(name, page, item.reason, item.raw)
        elif problem := time_problem(item.created_at, retrieved_at):
            self.rejects.add(name, page, problem, raw(vars(item)))
        else:
            self.posts.add(item, seen_at)

    def _move_broken(self) -> None:
        folder = self.landing_dir / BROKEN
        for number, path in enumerate(self.broken):
            folder.mkdir(exist_ok=True)
            self.broken[number] = path.replace(_unused(folder / f"{path.name}.broken"))


def _relative(path: Path, landing_dir: Path) -> str:
    return str(path.relative_to(landing_dir)) if path.is_relative_to(landing_dir) else str(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unused(path: Path) -> Path:
    number, target = 1, path
    while target.exists():
        number += 1
        target = path.with_name(f"{number}-{path.name}")
    return target
