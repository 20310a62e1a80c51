"""An Airflow of the tests' own; nothing here imports Airflow into the tests' process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from demo.airflow_home import environment


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the DAG folder holds (see describe.py)."""
    home = tmp_path_factory.mktemp("airflow")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("describe.py"))],
        env=environment(home, home / "none.toml", {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"import_errors"') :])
    return found
