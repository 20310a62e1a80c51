"""The examples of docs/queries.md run as they stand there."""

import re
from pathlib import Path

import pytest

from tests.pipeline.conftest import Play

TEXT = (Path(__file__).parents[2] / "docs/queries.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_the_python_example(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = _blocks("python")
    here = {
        '"swk"': '"kronfurt"',
        "var/reader.duckdb": str(play.home.reader),
        "datetime.now(UTC)": "datetime(2026, 11, 18, 10, tzinfo=UTC)",
    }
    for theirs, ours in here.items():
        assert theirs in example
        example = example.replace(theirs, ours)
    exec(example, {})  # noqa: S102 - our own documentation
    assert re.search(r"^x +\d+$", capsys.readouterr().out, re.MULTILINE)


def test_the_sql_example(play: Play) -> None:
    (example,) = _blocks("sql")
    rows = play.rows(example.replace("now()", "TIMESTAMPTZ '2026-11-18 10:00:00Z'"))
    assert "hotline" in {channel for channel, _, _ in rows}
