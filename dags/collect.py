"""Collects what a platform has published since the last run, brand by brand.

Every quarter of an hour each brand's topics are searched from where their coverage ends, and the
threads of open mentions are read again. Pages lie in landing files as they came; the run says so
to `process` through the asset `landed_<platform>`.

* A failing brand or platform holds up no other: what was read is safe, the rest is planned again.
* After a rate limit or an outage the task is tried again when the platform allows it; wrong
  credentials fail at once and name the connection (`horch_x`, `horch_reddit`, …).
* Backfills are not needed: coverage knows what is missing.
"""

from __future__ import annotations

from airflow.sdk import dag, task

import wiring
from collectors.registry import PLATFORMS


def collect_platform(platform: str) -> None:
    """Declare the DAG of one platform."""

    @dag(
        dag_id=f"collect_{platform}",
        schedule="*/15 * * * *",
        start_date=wiring.START,
        catchup=False,
        max_active_runs=1,
        default_args=wiring.DEFAULTS,
        doc_md=__doc__,
        tags=["horch", "collect", platform],
    )
    def collect() -> None:
        @task
        def brands() -> list[str]:
            return wiring.brands_on(platform)

        # One brand after another: rate limits belong to the credentials, which brands share.
        @task(
            outlets=[wiring.landed(platform)],
            max_active_tis_per_dag=1,
            map_index_template="{{ brand }}",
        )
        def posts(brand: str) -> dict[str, float]:
            from pipeline import steps

            found = wiring.connection(platform)
            report = steps.collect(wiring.home(), platform, found, wiring.now(), brand)
            report.raise_for_failures()
            return {"requests": report.requests, "posts": report.posts, "usd": report.cost_usd}

        posts.expand(brand=brands())

    collect()


for name in PLATFORMS:
    collect_platform(name)
