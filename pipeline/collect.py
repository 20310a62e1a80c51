"""One platform's round of collecting: plan, read within the budget, leave landing files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

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
        plans = _plans(home, round_.platform, _brands(home, platform_name, brand_id), now)
        round_.read(connection, plans)
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
    brands = _brands(home, platform_name, brand_id)
    with _only_one(home, platform_name):
        round_ = _Round(home, registry.get(platform_name), now)
        round_.read(
            connection, [_missing(home, round_.platform, brand, window) for brand in brands]
        )
        return round_.report()


def plan(home: Home, platform_name: str, now: datetime, brand_id: str | None = None) -> list[Job]:
    """Return the jobs that `collect` would read now: searches, own accounts, threads, re-checks.

    Raises:
        Refused: a brand's terms and excluded words do not fit a search.
    """
    platform = registry.get(platform_name)
    brands = _brands(home, platform_name, brand_id)
    return list(chain.from_iterable(_plans(home, platform, brands, now)))


@dataclass
class _Round:
    home: Home
    platform: registry.Platform
    now: datetime
    landed: list[Path] = field(default_factory=list)
    failures: list[CollectorError] = field(default_factory=list)

    def read(self, connection: Connection, plans: Iterable[Iterator[Job]]) -> None:
        """Read plan after plan; only a failure of the platform as a whole ends the round."""
        landing.remove_stale_parts(self.home.landing / self.platform.NAME)
        try:
            client = self.platform.connect(connection)
            for jobs in plans:
                self._read_plan(client, jobs)
        except CollectorError as error:
            self.failures.append(error)

    def _read_plan(self, client: registry.Client, jobs: Iterator[Job]) -> None:
        try:
            for job in jobs:
                self._read_job(client, job)
        except Refused as error:  # a brand whose terms fit no search; the others go on
            self.failures.append(error)

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
        return landing.affordable_posts(self.platform.PRICE, budget - self._spent_this_month())

    def _spent_this_month(self) -> float:
        month = self.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        with warehouse.open_writer(self.home.warehouse) as con:
            loaded = warehouse.spent_usd(con, self.platform.NAME, month)
            waiting = warehouse.pending_landings(con, self.home.landing)
        trailers = _trailers(waiting)
        return loaded + sum(t.cost_usd for t in trailers if t.platform == self.platform.NAME)

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


def _plans(
    home: Home, platform: registry.Platform, brands: Sequence[Brand], now: datetime
) -> Iterator[Iterator[Job]]:
    """Yield one plan for each brand and kind of reading; each is made when it is its turn."""
    for kind in (warehouse.plan_jobs, warehouse.plan_threads, warehouse.plan_checks):
        for brand in brands:
            yield _planned(home, partial(kind, platform=platform, brand=brand, now=now))


def _missing(
    home: Home, platform: registry.Platform, brand: Brand, window: Window
) -> Iterator[Job]:
    plan_backfill = warehouse.plan_backfill
    yield from _planned(home, partial(plan_backfill, platform=platform, brand=brand, window=window))


def _planned(home: Home, plan_with: Callable[..., list[Job]]) -> Iterator[Job]:
    with warehouse.open_writer(home.warehouse) as con:
        jobs = plan_with(con, warehouse.pending_landings(con, home.landing))
    yield from jobs
