"""Mails each brand's digest at its local digest time.

Every quarter of an hour the brands whose digest is due today, in their own time zone, are looked
up; a brand's digest is due once a day whatever daylight saving does to the clocks, and is made up
for later the same day if Airflow was down. On the watch-list's weekday the week's comes as well.
The warehouse keeps a ledger per brand, day and recipient, so running a task again sends nothing
twice. Without the connection `horch_smtp` the digests are written to the outbox folder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import dag, task

import wiring

if TYPE_CHECKING:
    from digest import Edition


@dag(
    schedule="*/15 * * * *",
    start_date=wiring.START,
    catchup=False,
    max_active_runs=1,
    default_args=wiring.DEFAULTS,
    doc_md=__doc__,
    tags=["horch"],
)
def digest() -> None:
    """Declare the look-up and the sending."""

    @task(pool=wiring.WRITER)
    def due() -> list[dict[str, str]]:
        from pipeline import mailing

        found = mailing.due_digests(wiring.home(), wiring.now())
        return [{"brand": b, "date": date, "edition": edition} for b, date, edition in found]

    @task(pool=wiring.WRITER, map_index_template="{{ brand }} {{ date }} {{ edition }}")
    def send(brand: str, date: str, edition: Edition) -> None:
        from pipeline import mailing

        smtp = wiring.optional_connection("smtp")
        mailing.send_digest(wiring.home(), brand, date, smtp, wiring.now(), edition)

    send.expand_kwargs(due())


digest()
