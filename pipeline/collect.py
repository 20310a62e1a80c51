"""One platform's round of collecting: plan, read within the budget, leave landing files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import duckdb

import warehouse
from collectors import landing, registry
from collectors.connection import Connection
from collectors.errors import CollectorError, Refused
from collectors.model import Job, Landing, Window
from pipeline.home import Home
from pipeline.report import CollectReport
from watchlist.files import exclusive
from watchlist.model import Brand

#: How long a second collector of the same platform waits for the first.
LOCK_WAIT_SECONDS = 60.0

#: Makes one brand's jobs of one kind; takes a connection, the files that wait to be loaded, and
#: `platform` and `brand` by name.
Planner: TypeAlias = Callable[..., list[Job]]


def collect(
    home: Home,
    platform_name: str,
    connection: Connection,
    now: datetime,
    brand_id: str | None = None,
) -> CollectReport:
    """Read what a platform has published since its coverage ends, for one brand or for all.

    Searches come first, conversations next, re-checks last, so that a limit or a budget that ends
    the round early costs what matters least. A failing job or brand holds up the others only where
    the platform as a whole has failed (limits, credentials, outage). What was read before a
    failure is safe in a complete landing file.

    Raises:
        Busy: another process collects from the same platform for longer than a minute.
        LandingNotWritten: the disk is full.
        WarehouseBusy: another process holds the database for longer than a minute.
    """
    with _only_one(home, platform_name):
        round_ = _Round(home, registry.get(platform_name), now)
        round_.read(connection, _brands(home, platform_name, brand_id), _kinds(now))
        return round_.report()


def backfill(
    home: Home,
    platform_name: str,
    connection: Connection,
    now: datetime,
    brand_id: str,
    window: Window,
) -> CollectReport:
    """Read what a brand's topics lack in a window, as far as the platform still gives it.

    Raises:
        Busy, LandingNotWritten, WarehouseBusy: as `collect`.
    """
    missing = partial(warehouse.plan_backfill, window=window, now=now)
    with _only_one(home, platform_name):
        round_ = _Round(home, registry.get(platform_name), now)
        round_.read(connection, _brands(home, platform_name, brand_id), [missing])
        return round_.report()


def plan(home: Home, platform_name: str, now: datetime, brand_id: str | None = None) -> list[Job]:
    """Return the jobs that `collect` would read now: searches, own accounts, threads, re-checks.

    Raises:
        Refused: a brand's terms and excluded words do not fit a search.
    """
    platform = registry.get(platform_name)
    brands = _brands(home, platform_name, brand_id)
    with warehouse.open_writer(home.warehouse) as con:
        pending = warehouse.pending_landings(con, home.landing)
        return [
            job
            for kind in _kinds(now)
            for brand in brands
            for job in kind(con, pending, platform=platform, brand=brand)
        ]


@dataclass
class _Books:
    """What a platform has cost this month: in the database, and in files that wait for it."""

    folder: Path
    loaded: frozenset[Path]
    loaded_usd: float
    waiting_usd: dict[Path, float] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        con: duckdb.DuckDBPyConnection,
        home: Home,
        platform_name: str,
        pending: Sequence[Path],
        now: datetime,
    ) -> _Books:
        """Take down what is loaded, so that a round need not open the database again."""
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        folder = home.landing / platform_name
        loaded = frozenset(landing.complete_files(folder)) - frozenset(pending)
        return cls(folder, loaded, warehouse.spent_usd(con, platform_name, month))

    def spent_usd(self) -> float:
        """Sum up, with the files that have come since."""
        waiting = [path for path in landing.complete_files(self.folder) if path not in self.loaded]
        for path in waiting:
            if path not in self.waiting_usd:
                self.waiting_usd[path] = sum(each.cost_usd for each in _trailers([path]))
        return self.loaded_usd + sum(self.waiting_usd[path] for path in waiting)


@dataclass
class _Round:
    home: Home
    platform: registry.Platform
    now: datetime
    landed: list[Path] = field(default_factory=list)
    failures: list[CollectorError] = field(default_factory=list)
    books: _Books = field(init=False)

    def read(
        self, connection: Connection, brands: Sequence[Brand], kinds: Sequence[Planner]
    ) -> None:
        """Read job after job; only a failure of the platform as a whole ends the round."""
        landing.remove_stale_parts(self.home.landing / self.platform.NAME)
        try:
            client = self.platform.connect(connection)
            for job in self._plan(brands, kinds):
                self._read_job(client, job)
        except CollectorError as error:
            self.failures.append(error)

    def _plan(self, brands: Sequence[Brand], kinds: Sequence[Planner]) -> list[Job]:
        """Plan everything at once: opening the database takes longer than most requests."""
        jobs: list[Job] = []
        with warehouse.open_writer(self.home.warehouse) as con:
            pending = warehouse.pending_landings(con, self.home.landing)
            self.books = _Books.read(con, self.home, self.platform.NAME, pending, self.now)
            for kind in kinds:
                for brand in brands:
                    try:
                        jobs += kind(con, pending, platform=self.platform, brand=brand)
                    except Refused as error:  # terms that fit no search; other brands go on
                        self.failures.append(error)
        return jobs

    def _read_job(self, client: registry.Client, job: Job) -> None:
        try:
            path = landing.collect_to_landing(
                self.platform, client, job, self.home.landing, self.now, self._affordable()
            )
        except CollectorError as error:
            self._keep(error.path)
            if error.stops_platform:
                raise
            self.failures.append(error)
        else:
            self._keep(path)

    def _keep(self, path: Path | None) -> None:
        if path is not None:
            self.landed.append(path)

    def _affordable(self) -> int | None:
        budget = self.home.watchlist.budget.get(self.platform.NAME)
        if budget is None:
            return None
        return landing.affordable_posts(self.platform.PRICE, budget - self.books.spent_usd())

    def report(self) -> CollectReport:
        trailers = list(_trailers(self.landed))
        return CollectReport(
            platform=self.platform.NAME,
            landed=tuple(self.landed),
            requests=sum(each.requests for each in trailers),
            posts=sum(each.posts for each in trailers),
            cost_usd=sum(each.cost_usd for each in trailers),
            failures=tuple(self.failures),
            ended_at=self.now,
        )


def _only_one(home: Home, platform_name: str) -> AbstractContextManager[None]:
    lock = home.locks / f"collect-{platform_name}"
    return exclusive(lock, f"collecting from {platform_name}", LOCK_WAIT_SECONDS)


def _trailers(paths: Sequence[Path]) -> Iterator[Landing]:
    for path in paths:
        try:
            yield landing.read_trailer(path)
        except (landing.LandingBroken, FileNotFoundError):
            continue  # loading moves it aside and says so


def _brands(home: Home, platform_name: str, brand_id: str | None) -> list[Brand]:
    wanted = [brand for brand in home.watchlist.brands if platform_name in brand.platforms]
    return [brand for brand in wanted if brand_id in (None, brand.id)]


def _kinds(now: datetime) -> list[Planner]:
    """Return what makes the plans of a round, in order of what matters most."""
    every = (warehouse.plan_jobs, warehouse.plan_threads, warehouse.plan_checks)
    return [partial(kind, now=now) for kind in every]
