"""An Airflow of its own in a folder: for the demo and the tests, beside the operator's."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(
    folder: Path, watchlist: Path, connections: Mapping[str, str], port: int | None = None
) -> dict[str, str]:
    """The variables with which a process runs the project's DAGs in another `AIRFLOW_HOME`.

    What the surrounding shell says about Airflow or this project is left out, so that a demo
    never reads an operator's connections.

    Args:
        folder: The new `AIRFLOW_HOME`: metadata database and logs.
        watchlist: The watch-list that the DAGs read.
        connections: `AIRFLOW_CONN_HORCH_*` variables.
        port: Where the web pages and the tasks' API are served, if they are; the two ports
            above it serve logs.
    """
    own = ("AIRFLOW_", "AIRFLOW__", "HORCH_")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    variables |= {
        "AIRFLOW_HOME": str(folder.resolve()),
        "AIRFLOW_CONFIG": str(ROOT / "airflow.cfg"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__API__SECRET_KEY": secrets.token_urlsafe(48),
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_urlsafe(48),
        "HORCH_WATCHLIST": str(watchlist.resolve()),
    }
    if port is not None:
        address = f"http://127.0.0.1:{port}"
        variables |= {
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": address,
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port + 1),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(port + 2),
        }
    return variables | dict(connections)
