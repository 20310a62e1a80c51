"""Connections come from the environment, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cli.environment import connection, connections
from collectors.connection import ConnectionFormatError

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "watchlist",
    "collectors",
    "enrich",
    "warehouse",
    "queries",
    "digest",
    "pipeline",
    "cli",
)


def test_both_forms_are_read() -> None:
    found = connections(
        {
            "AIRFLOW_CONN_HORCH_X": '{"conn_type":"http","password":"secret","host":"http://h:1"}',
            "AIRFLOW_CONN_HORCH_SMTP": "smtp://user:pa%40ss@mail.example:2525",
            "AIRFLOW_CONN_HORCH_REDDIT": "",
            "AIRFLOW_CONN_OTHER": "http://other",
        }
    )
    assert set(found) == {"x", "smtp"}
    assert found["x"].password == "secret"
    assert (found["smtp"].port, found["smtp"].password) == (2525, "pa@ss")
    assert connection("mastodon", {}) is None


def test_a_broken_one_is_named_without_its_secret() -> None:
    with pytest.raises(ConnectionFormatError, match="AIRFLOW_CONN_HORCH_X") as caught:
        connections({"AIRFLOW_CONN_HORCH_X": "{hunter2"})
    assert "hunter2" not in str(caught.value)


def test_nothing_else_reads_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if any(_reads_environment(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    ]
    assert readers == ["cli/environment.py"]


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb")
