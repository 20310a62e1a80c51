"""Running `horch`: in this process where that is enough, else as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

WATCHLIST = """\
[[brands]]
id = "strom"
name = "Strom AG"
handles = ["@strom_ag"]
hashtags = ["#stromag"]
[brands.digest]
recipients = ["care@example.org"]
"""
COMMAND = (sys.executable, "-c", "from cli.main import main; main()")
Horch = Callable[..., subprocess.CompletedProcess[str]]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without any connection of the machine the tests run on."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW_", "HORCH_WATCH"))}
    return {**kept, "PYTHONWARNINGS": "default", **(extra or {})}


@pytest.fixture
def horch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Horch:
    """Run `horch` in an empty folder within this process; keywords: `stdin`, `env`."""
    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) - set(environment()):
        monkeypatch.delenv(name)

    def run(
        *args: str, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(app, args, input=stdin, env=env, catch_exceptions=False)
        return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def process(tmp_path: Path) -> Horch:
    """Run `horch` in an empty folder as a process of its own; keywords: `stdin`, `env`."""

    def run(
        *args: str, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *args],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=environment(env),
            cwd=tmp_path,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def watchlist(tmp_path: Path) -> Path:
    """A watch-list in the folder where `horch` runs."""
    path = tmp_path / "watchlist.toml"
    path.write_text(WATCHLIST, encoding="utf-8")
    return path


def one_line(stderr: str) -> str:
    """Return the only line of an error stream, which must be ours."""
    (line,) = stderr.splitlines()
    assert line.startswith("horch: ")
    return line.removeprefix("horch: ")
