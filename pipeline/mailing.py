"""The last step: a brand's digest on its way to everybody who has not got it.

Apart from the other steps, because laying a mail out takes a second to import.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import digest
import warehouse
from collectors.connection import Connection
from pipeline.home import Home


def due_digests(home: Home, now: datetime) -> list[tuple[str, str]]:
    """Return (brand id, ISO date) of every digest whose local time has come and that is not out."""
    with warehouse.open_writer(home.warehouse) as con:
        served = digest.served(con, (now - timedelta(days=2)).date())
    due = digest.due(home.watchlist, now, served)
    return [(brand_id, day.isoformat()) for brand_id, day in due]


def send_digest(
    home: Home, brand_id: str, day: str, smtp: Connection | None, now: datetime
) -> digest.DeliveryReport:
    """Send a brand's digest to whoever has not got it; write it to files without a mail server.

    Raises:
        MailDown: some recipients could not be served now; try again.
        MailRefused: the mail server wants other settings; a person must act.
    """
    brand, on = home.watchlist.brand(brand_id), date.fromisoformat(day)
    with warehouse.open_writer(home.warehouse) as con:
        served = {who for b, d, who in digest.served(con, on) if (b, d) == (brand_id, on)}
    with warehouse.open_reader(home.reader) as con:
        rendered = digest.render(digest.build(con, brand, on, now))
    report = digest.deliver(rendered, brand, on, home.outbox, smtp, now, frozenset(served))
    with warehouse.open_writer(home.warehouse) as con:
        digest.record(con, home.outbox, brand_id, on)
    report.raise_for_failures()
    return report
