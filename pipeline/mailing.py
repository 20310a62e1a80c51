"""The last step: a brand's digest on its way to everybody who has not got it.

Apart from the other steps, because laying a mail out takes a second to import.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

import digest
import warehouse
from collectors.connection import Connection
from pipeline.home import Home

log = logging.getLogger(__name__)


def due_digests(home: Home, now: datetime) -> list[tuple[str, str, digest.Edition]]:
    """Return (brand id, ISO date, edition) of every digest whose time has come and is not out.

    Whom the mail server refused the last time is named in the log, until somebody mends it.
    """
    with warehouse.open_writer(home.warehouse) as con:
        served = digest.served(con, (now - timedelta(days=2)).date())
    due = digest.due(home.watchlist, now, served)
    for brand_id in dict.fromkeys(brand_id for brand_id, *_rest in due):
        for refused in refusals(home, brand_id):
            log.warning("%s", refused)
    return [(brand_id, day.isoformat(), edition) for brand_id, day, edition in due]


def refusals(home: Home, brand_id: str) -> list[str]:
    """Say whom a brand's last digest did not reach, why, and what to do."""
    return [
        f"{each.recipient} did not get the last digest of {brand_id} on {each.at:%Y-%m-%d}: the "
        f"mail server refuses the address ({each.detail}); correct recipients in the watch-list"
        for each in digest.refused(home.outbox, home.watchlist.brand(brand_id))
    ]


def read_digest(
    home: Home, brand_id: str, day: date, now: datetime, edition: digest.Edition = "daily"
) -> digest.Rendered:
    """Make a digest from the published copy, without sending it."""
    with warehouse.open_reader(home.reader) as con:
        url = home.watchlist.triage.url
        made = digest.build(con, home.watchlist.brand(brand_id), day, now, edition, url)
    return digest.render(made)


def send_digest(
    home: Home,
    brand_id: str,
    day: str,
    smtp: Connection | None,
    now: datetime,
    edition: digest.Edition = "daily",
) -> digest.DeliveryReport:
    """Send a brand's digest to whoever has not got it; write it to files without a mail server.

    Raises:
        MailDown: some recipients could not be served now; try again.
        MailRefused: the mail server wants other settings; a person must act.
    """
    brand, on = home.watchlist.brand(brand_id), date.fromisoformat(day)
    with warehouse.open_writer(home.warehouse) as con:
        served = {who for *which, who in digest.served(con, on) if which == [brand_id, on, edition]}
    rendered = read_digest(home, brand_id, on, now, edition)
    report = digest.deliver(rendered, brand, on, home.outbox, smtp, now, frozenset(served))
    with warehouse.open_writer(home.warehouse) as con:
        digest.record(con, home.outbox, brand_id, on, edition)
    report.raise_for_failures()
    return report
