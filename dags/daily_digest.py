"""Mails each brand's digest at its local digest time.

Every quarter of an hour the brands whose digest is due today, in their own time zone, are looked
up; a brand's digest is due once a day whatever daylight saving does to the clocks, and is made up
for later the same day if Airflow was down. The warehouse keeps a ledger per brand, day and
recipient, so running a task again sends nothing twice. Without the connection `horch_smtp` the
digests are written to the outbox folder.
"""

from __future__ import annotations

from airflow.sdk import dag, task

import wiring


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
        return [{"brand": brand, "date": date} for brand, date in found]

    @task(pool=wiring.WRITER, map_index_template="{{ brand }} {{ date }}")
    def send(brand: str, date: str) -> None:
        from pipeline import mailing

        smtp = wiring.optional_connection("smtp")
        mailing.send_digest(wiring.home(), brand, date, smtp, wiring.now())

    send.expand_kwargs(due())


digest()
