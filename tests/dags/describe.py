"""Parse the DAG folder as Airflow does and print what it holds as JSON, for test_policy.py.

A process of its own, so that `AIRFLOW_HOME` is set before Airflow is imported, and so that Airflow
does not change the logging of the other tests.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

from airflow.configuration import conf
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import DAG

from watchlist.errors import HorchError

IMPORTED_BY_AIRFLOW = frozenset(sys.modules)


def _describe(dag: DAG) -> dict[str, object]:
    return {
        "timetable": type(dag.timetable).__name__,
        "cron": getattr(dag.timetable, "expression", None),
        "doc": dag.doc_md,
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "tags": sorted(dag.tags),
        "tasks": {
            task.task_id: {
                "owner": task.owner,
                "retries": task.retries,
                "retry_policy": type(task.retry_policy).__name__,
                "pool": task.pool,
                "is_mapped": task.is_mapped,
                "trigger_rule": task.trigger_rule.value,
                "upstream": sorted(task.upstream_task_ids),
                "outlets": [outlet.name for outlet in task.outlets],
                "has_timeout": task.execution_timeout is not None,
            }
            for task in dag.tasks
        },
    }


def _mistake_in_the_watchlist() -> HorchError | None:
    from wiring import brands_on

    try:
        brands_on("x")
    except HorchError as error:
        return error
    return None


def _decisions() -> dict[str, list[object]]:
    """What the tasks' retry policy makes of each kind of failure: action and seconds to wait."""
    import wiring
    from collectors.errors import PlatformDown, QuotaExhausted, RateLimited, Unauthorized

    now = wiring.now()
    errors = {
        "rate limit": RateLimited("x", "…", "…", now + timedelta(minutes=9)),
        "reset has passed": RateLimited("x", "…", "…", now - timedelta(minutes=1)),
        "outage": PlatformDown("x", "…", "…"),
        "month's quota": QuotaExhausted("x", "…", "…", now + timedelta(days=12)),
        "credentials": Unauthorized("x", "…", "…"),
        "no connection": wiring.NotConnected("x"),
        "watch-list": _mistake_in_the_watchlist(),
        "anything else": OSError("…"),
    }
    policy = wiring.PlatformRetries()
    found = {name: policy.evaluate(error, 1, 3) for name, error in errors.items()}
    return {
        name: [each.action.value, each.retry_delay and each.retry_delay.total_seconds()]
        for name, each in found.items()
    }


if __name__ == "__main__":
    folder = Path(conf.get("core", "dags_folder"))
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    new_modules = sorted(set(sys.modules) - IMPORTED_BY_AIRFLOW)
    json.dump(
        {
            "import_errors": bag.import_errors,
            "new_modules": new_modules,
            "decisions": _decisions(),
            "dags": {dag_id: _describe(dag) for dag_id, dag in bag.dags.items()},
        },
        sys.stdout,
    )
