"""One platform's round of collecting: plan, read within the budget, leave landing files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import warehouse
from collectors import landing, registry
from collectors.connection import Connection
from collectors.errors import CollectorError
from collectors.model import Job, Landing
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

    A failing job holds up the others only where the platform as a whole has failed (limits,
    credentials, outage). What was read before a failure is safe in a complete landing file.

    Raises:
        Busy: another process collects from the same platform for longer than a minute.
        LandingNotWritten: the disk is full.
        WarehouseBusy: another process holds the database for longer than a minute.
    """
    lock = home.locks / f"collect-{platform_name}"
    with exclusive(lock, f"collecting from {platform_name}", LOCK_WAIT_SECONDS):
        round_ = _Round(home, registry.get(platform_name), now)
        try:
            round_.read(connection, _brands(home, platform_name, brand_id))
        except CollectorError as error:
            round_.failures.append(error)
        return round_.report()


def plan(home: Home, platform_name: str, now: datetime, brand_id: str | None = None) -> list[Job]:
    """Return the jobs that `collect` would read now: searches, own accounts, threads, re-checks."""
    platform = registry.get(platform_name)
    return [
        job
        for brand in _brands(home, platform_name, brand_id)
        for job in _jobs(home, platform, brand, now)
    ]


@dataclass
class _Round:
    home: Home
    platform: registry.Platform
    now: datetime
    landed: list[Path] = field(default_factory=list)
    failures: list[CollectorError] = field(default_factory=list)

    def read(self, connection: Connection, brands: Sequence[Brand]) -> None:
        client = self.platform.connect(connection)
        for brand in brands:
            for job in _jobs(self.home, self.platform, brand, self.now):
                self._read_job(client, job)

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
        return loaded + sum(each.cost_usd for each in _trailers(waiting, self.platform.NAME))

    def report(self) -> CollectReport:
        trailers = [landing.read_trailer(path) for path in self.landed]
        return CollectReport(
            platform=self.platform.NAME,
            landed=tuple(self.landed),
            requests=sum(each.requests for each in trailers),
            posts=sum(each.posts for each in trailers),
            cost_usd=sum(each.cost_usd for each in trailers),
            failures=tuple(self.failures),
            ended_at=self.now,
        )


def _trailers(paths: Sequence[Path], platform_name: str) -> Iterator[Landing]:
    for path in paths:
        try:
            trailer = landing.read_trailer(path)
        except landing.LandingBroken:
            continue  # loading moves it aside and says so
        if trailer.platform == platform_name:
            yield trailer


def _brands(home: Home, platform_name: str, brand_id: str | None) -> list[Brand]:
    wanted = [brand for brand in home.watchlist.brands if platform_name in brand.platforms]
    return [brand for brand in wanted if brand_id in (None, brand.id)]


def _jobs(home: Home, platform: registry.Platform, brand: Brand, now: datetime) -> list[Job]:
    with warehouse.open_writer(home.warehouse) as con:
        pending = warehouse.pending_landings(con, home.landing)
        return [
            *warehouse.plan_jobs(con, pending, platform, brand, now),
            *warehouse.plan_threads(con, pending, platform, brand, now),
            *warehouse.plan_checks(con, platform, brand, now),
        ]
