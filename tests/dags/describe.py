"""Parse the DAG folder as Airflow does and print what it holds as JSON, for test_policy.py.

A process of its own, so that `AIRFLOW_HOME` is set before Airflow is imported, and so that Airflow
does not change the logging of the other tests.
"""

import json
import sys
from pathlib import Path

from airflow.configuration import conf
from airflow.dag_processing.dagbag import BundleDagBag
from airflow.sdk import DAG

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


if __name__ == "__main__":
    folder = Path(conf.get("core", "dags_folder"))
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    json.dump(
        {
            "import_errors": bag.import_errors,
            "new_modules": sorted(set(sys.modules) - IMPORTED_BY_AIRFLOW),
            "dags": {dag_id: _describe(dag) for dag_id, dag in bag.dags.items()},
        },
        sys.stdout,
    )
