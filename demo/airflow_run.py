"""Run DAGs once, one after another, without a scheduler: `python -m demo.airflow_run DAG …`.

Prints one JSON line for each thing that happens: `{"step"}` when one is done,
`{"dag", "task", "part", "state", "cause"}` and `{"dag", "state"}`. Everything else that Airflow
has to say goes to standard error. The environment (`demo.airflow_home`) must be set before Python
starts. Exits with 1 at the first DAG that fails.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from airflow.listeners import hookimpl

if TYPE_CHECKING:
    from airflow.sdk import DAG
    from airflow.sdk.execution_time.task_runner import RuntimeTaskInstance


class Announcer:
    """Writes what Airflow tells its listeners as JSON lines."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def say(self, **event: object) -> None:
        """Write one line."""
        self.out.write(json.dumps(event) + "\n")
        self.out.flush()

    def _task(self, task: RuntimeTaskInstance, state: str, cause: str = "") -> None:
        part = task.rendered_map_index
        self.say(dag=task.dag_id, task=task.task_id, part=part, state=state, cause=cause)

    @hookimpl
    def on_task_instance_running(
        self, previous_state: object, task_instance: RuntimeTaskInstance
    ) -> None:
        """A task begins."""
        self._task(task_instance, "running")

    @hookimpl
    def on_task_instance_success(
        self, previous_state: object, task_instance: RuntimeTaskInstance
    ) -> None:
        """A task has ended well."""
        self._task(task_instance, "success")

    @hookimpl
    def on_task_instance_failed(
        self, previous_state: object, task_instance: RuntimeTaskInstance, error: object
    ) -> None:
        """A task has failed, for now or for good."""
        self._task(task_instance, "failed", str(error) or type(error).__name__)


def main(dag_ids: list[str]) -> int:
    """Prepare the metadata database, then run each DAG."""
    announcer = Announcer(_keep_stdout_for_events())
    _prepare_database()
    announcer.say(step="metadata database")
    dags = _load_dags()
    announcer.say(step="DAGs")
    from airflow.sdk.listener import get_listener_manager

    get_listener_manager().add_listener(announcer)  # type: ignore[no-untyped-call]
    for dag_id in dag_ids:
        state = str(dags[dag_id].test().state)
        announcer.say(dag=dag_id, state=state)
        if state != "success":
            return 1
    return 0


def _keep_stdout_for_events() -> TextIO:
    events = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return events


def _prepare_database() -> None:
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    from demo.airflow_home import ROOT

    initdb()
    pools: dict[str, dict[str, Any]] = json.loads((ROOT / "config/pools.json").read_text("utf-8"))
    for name, pool in pools.items():
        Pool.create_or_update_pool(name, **pool)


def _load_dags() -> dict[str, DAG]:
    from airflow.configuration import conf
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import BundleDagBag

    DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call]
    folder = Path(conf.get("core", "dags_folder"))
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name="dags-folder")
    if bag.import_errors:
        raise SystemExit("\n".join(bag.import_errors.values()))
    for dag in bag.dags.values():
        for task in dag.tasks:
            task.retries = 0  # somebody is waiting: say at once what fails
    return dict(bag.dags)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
