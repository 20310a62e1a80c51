"""The step that tells at once what cannot wait: decide, send, note.

Apart from the other steps, because laying a mail out takes a second to import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import warehouse
from collectors.connection import Connection
from digest import alerts
from digest.alerts.channels import PREFIX
from pipeline.home import Home
from watchlist.errors import HorchError
from watchlist.model import Brand

SMTP = "smtp"


@dataclass(frozen=True)
class AlertReport:
    """What one brand was told, to whom, and what failed."""

    brand: str
    decided: tuple[alerts.Alert, ...]
    report: alerts.Report

    def raise_for_failures(self) -> None:
        """Raise the first failure; what it held up is tried again by the next run."""
        for error in self.report.failures:
            raise error


def check_alerts(
    home: Home,
    connection: Callable[[str], Connection | None],
    now: datetime,
    brand_id: str | None = None,
) -> list[AlertReport]:
    """Decide what brands are to be told, and tell them; nothing is told twice.

    Args:
        home: The installation.
        connection: Finds a connection by its short name: `smtp`, `alerts_<channel>`.
        now: Aware time.
        brand_id: This brand only.
    """
    brands = [brand for brand in home.watchlist.brands if brand_id in (None, brand.id)]
    return [_check(home, brand, connection, now) for brand in brands if brand.alerts.anybody]


def _check(
    home: Home, brand: Brand, connection: Callable[[str], Connection | None], now: datetime
) -> AlertReport:
    with warehouse.open_writer(home.warehouse) as con:
        decided = alerts.decide(con, brand, now)
        pending = alerts.pending(con, brand.id)
    if not pending:
        return AlertReport(brand.id, tuple(decided), alerts.Report())
    found, broken = _connections(brand, connection)
    outside = alerts.Outside(
        found.pop(SMTP, None),
        {name.removeprefix(PREFIX): each for name, each in found.items()},
        home.watchlist.triage.url,
    )
    reachable = [each for each in pending if not (each.is_mail and SMTP in broken)]
    report = alerts.deliver(reachable, brand, home.outbox, outside, now)
    with warehouse.open_writer(home.warehouse) as con:
        alerts.record(con, home.outbox, pending)
    report.failures[:0] = broken.values()
    return AlertReport(brand.id, tuple(decided), report)


def _connections(
    brand: Brand, connection: Callable[[str], Connection | None]
) -> tuple[dict[str, Connection], dict[str, HorchError]]:
    """Find the ways out; beside them those that are broken, which hold up no other."""
    found: dict[str, Connection] = {}
    broken: dict[str, HorchError] = {}
    for name in (SMTP, *(f"{PREFIX}{channel}" for channel in brand.alerts.channels)):
        try:
            each = connection(name)
        except HorchError as error:
            broken[name] = error
        else:
            found |= {name: each} if each else {}
    return found, broken
