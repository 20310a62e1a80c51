"""Connections come from the environment, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cli.environment import connection, connections, needed
from watchlist.errors import HorchError

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
    found, broken = connections(
        {
            "AIRFLOW_CONN_HORCH_X": '{"conn_type":"http","password":"secret","host":"http://h:1"}',
            "AIRFLOW_CONN_HORCH_SMTP": "smtp://user:pa%40ss@mail.example:2525",
            "AIRFLOW_CONN_HORCH_REDDIT": "",
            "AIRFLOW_CONN_OTHER": "http://other",
        }
    )
    assert (set(found), broken) == ({"x", "smtp"}, {})
    assert found["x"].password == "secret"
    assert (found["smtp"].port, found["smtp"].password) == (2525, "pa@ss")
    assert connection("mastodon", {}) is None


def test_a_broken_one_is_named_without_its_secret_and_spoils_no_other() -> None:
    variables = {"AIRFLOW_CONN_HORCH_X": "{hunter2", "AIRFLOW_CONN_HORCH_SMTP": "smtp://h"}
    found, broken = connections(variables)
    assert (set(found), set(broken)) == ({"smtp"}, {"x"})
    assert "AIRFLOW_CONN_HORCH_X" in str(broken["x"])
    assert "hunter2" not in str(broken["x"])


def test_a_missing_one_names_the_variable() -> None:
    with pytest.raises(HorchError, match="set AIRFLOW_CONN_HORCH_MASTODON"):
        needed("mastodon", {"AIRFLOW_CONN_HORCH_MASTODON": " "})


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
