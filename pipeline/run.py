"""The whole way once, for a shop without a scheduler."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from collectors.connection import Connection
from collectors.errors import NotConnected
from digest import DeliveryReport
from enrich import ModelError
from enrich.workers import workers
from pipeline import mailing, steps
from pipeline.alerting import AlertReport, check_alerts
from pipeline.home import Home
from pipeline.report import CollectReport
from watchlist.errors import HorchError

#: Fewer batches than this are tagged in this process: a second one takes seconds to start.
PARALLEL_FROM = 4


@dataclass(frozen=True)
class RunReport:
    """What one run did, and what failed on the way."""

    collected: tuple[CollectReport, ...]
    new_posts: int
    tagged: int
    threads: int
    alerts: tuple[AlertReport, ...]
    digests: tuple[DeliveryReport, ...]
    failures: tuple[HorchError, ...]


def run_once(
    home: Home,
    connections: Mapping[str, Connection],
    now: Callable[[], datetime],
    progress: Callable[[str], None],
) -> RunReport:
    """Collect, load, tag, answer, publish, tell what cannot wait and send what is due.

    A platform or mail server that fails holds up nothing else; its error is in the report.

    Args:
        home: The installation.
        connections: By name (`x`, `reddit`, `smtp`); a platform without one is a failure.
        now: The clock.
        progress: Told in a few words what is being done.
    """
    steps.prepare(home, now())
    collected = [_collect(home, name, connections, now, progress) for name in _platforms(home)]
    new_posts, tagged, threads, tag_failures = process(home, now, progress)
    told, alert_failures = _tell(home, connections, now, progress)
    digests, mail_failures = _send(home, connections.get("smtp"), now, progress)
    failures = [error for report in collected for error in report.failures]
    return RunReport(
        tuple(collected),
        new_posts,
        tagged,
        threads,
        tuple(told),
        tuple(digests),
        (*failures, *tag_failures, *alert_failures, *mail_failures),
    )


def process(
    home: Home, now: Callable[[], datetime], progress: Callable[[str], None]
) -> tuple[int, int, int, list[HorchError]]:
    """Load, tag, answer and publish.

    Returns:
        The numbers of new posts, tags and threads, and what failed: a model that cannot be used
        holds up nothing else, its texts wait.
    """
    progress("loading")
    loaded = steps.load(home, now())
    progress(f"tagging ({loaded.new} new posts)")
    failures: list[HorchError] = []
    try:
        tag_batches(home, steps.export_untagged(home, now()))
    except ModelError as error:
        failures.append(error)
    tagged = steps.load_tags(home, now()).loaded
    progress("working out who answered")
    threads = steps.answers(home, now())
    progress("publishing")
    steps.publish(home)
    return loaded.new, tagged, threads, failures


def _platforms(home: Home) -> list[str]:
    return sorted({name for brand in home.watchlist.brands for name in brand.platforms})


def _collect(
    home: Home,
    name: str,
    connections: Mapping[str, Connection],
    now: Callable[[], datetime],
    progress: Callable[[str], None],
) -> CollectReport:
    progress(f"collecting from {name}")
    found = connections.get(name)
    if found is None:
        return CollectReport(name, (), 0, 0, 0.0, (NotConnected(name),), now())
    return steps.collect(home, name, found, now())


def tag_batches(home: Home, batches: Sequence[str]) -> None:
    """Tag batch files, side by side where there are enough of them to be worth the start."""
    count = min(len(batches), os.cpu_count() or 1)
    if len(batches) < PARALLEL_FROM or count == 1:
        for batch in batches:
            steps.tag_batch(home, batch)
        return
    # A fresh interpreter each: a forked one would share DuckDB's and spaCy's threads.
    with workers(count) as pool:
        list(pool.map(partial(steps.tag_batch, home), batches))


def _tell(
    home: Home,
    connections: Mapping[str, Connection],
    now: Callable[[], datetime],
    progress: Callable[[str], None],
) -> tuple[list[AlertReport], list[HorchError]]:
    progress("looking for what cannot wait")
    try:
        reports = check_alerts(home, connections.get, now())
    except HorchError as error:
        return [], [error]
    return reports, [error for each in reports for error in each.report.failures]


def _send(
    home: Home,
    smtp: Connection | None,
    now: Callable[[], datetime],
    progress: Callable[[str], None],
) -> tuple[list[DeliveryReport], list[HorchError]]:
    reports: list[DeliveryReport] = []
    failures: list[HorchError] = []
    for brand_id, day, edition in mailing.due_digests(home, now()):
        progress(f"{edition} digest of {brand_id} for {day}")
        try:
            reports.append(mailing.send_digest(home, brand_id, day, smtp, now(), edition))
        except HorchError as error:
            failures.append(error)
    return reports, failures
