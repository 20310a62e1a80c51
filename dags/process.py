"""Turns landing files into answers: load, tag, follow the threads, publish, tell what cannot wait.

Runs when a platform has landed files, and once an hour for what is left over: imported posts, and
what a failed collector had already read. The heavy tagging never holds the database open: texts
without tags are exported in batches, tagged side by side, and the tags loaded. Tasks that open the
database for writing share the pool `horch_writer`, which has one slot. Analysts read the copy that
`publish` puts in place at the end.

Every step does only what is not done yet, so each may be killed and run again.
"""

from __future__ import annotations

import functools
import operator

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, TriggerRule, dag, task

import wiring
from collectors.registry import PLATFORMS

ANY_PLATFORM = functools.reduce(operator.or_, (wiring.landed(name) for name in PLATFORMS))


@dag(
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("50 * * * *", timezone="UTC"), assets=ANY_PLATFORM
    ),
    start_date=wiring.START,
    catchup=False,
    max_active_runs=1,
    default_args=wiring.DEFAULTS,
    doc_md=__doc__,
    tags=["horch"],
)
def process() -> None:
    """Declare the chain."""

    @task(pool=wiring.WRITER)
    def load() -> None:
        from pipeline import steps

        home, now = wiring.home(), wiring.now()
        steps.prepare(home, now)
        steps.load(home, now)

    @task(pool=wiring.WRITER)
    def export_untagged() -> list[str]:
        from pipeline import steps

        return steps.export_untagged(wiring.home(), wiring.now())

    @task
    def tag(path: str) -> str:
        from pipeline import steps

        return steps.tag_batch(wiring.home(), path)

    # A batch that cannot be tagged must not keep the others from being answered …
    @task(pool=wiring.WRITER, trigger_rule=TriggerRule.ALL_DONE)
    def load_tags() -> int:
        from pipeline import steps

        return steps.load_tags(wiring.home(), wiring.now()).loaded

    @task(pool=wiring.WRITER)
    def answers() -> int:
        from pipeline import steps

        return steps.answers(wiring.home(), wiring.now())

    @task(pool=wiring.WRITER)
    def publish() -> str:
        from pipeline import steps

        return steps.publish(wiring.home())

    # A channel that is down is tried again by the next run; nothing waits for it.
    @task(pool=wiring.WRITER)
    def alerts() -> None:
        from pipeline import alerting

        home, now = wiring.home(), wiring.now()
        for report in alerting.check_alerts(home, wiring.optional_connection, now):
            report.raise_for_failures()

    # … but the run must not look well.
    @task(trigger_rule=TriggerRule.ONE_FAILED, retries=0)
    def report_failure() -> None:
        raise RuntimeError("a step of this run failed; its own log says why")

    loaded, tagged = load(), tag.expand(path=(batches := export_untagged()))
    loaded >> batches
    tagged >> load_tags() >> (answered := answers()) >> publish()
    answered >> alerts()
    [loaded, batches, tagged] >> report_failure()


process()
