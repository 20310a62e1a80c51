"""The real DAGs, run by Airflow without a scheduler, against the servers of the demo world."""

import io
from pathlib import Path

import pytest
from rich.console import Console

import warehouse
from demo.display import Display
from demo.run import DemoFailed, Outcome, run

pytestmark = pytest.mark.xdist_group("airflow")
#: One number for everything that must not grow by running again.
COUNTS = {
    "posts": "SELECT count(*), count(DISTINCT (platform, post_id)) FROM posts",
    "tags": "SELECT count(*), count(DISTINCT (platform, post_id, model)) FROM tags",
    "answers": "SELECT count(*), count(DISTINCT (brand, platform, post_id)) FROM answers",
    "digests": "SELECT count(*), count(DISTINCT (brand, digest_date, recipient)) FROM digests",
}


def _run(folder: Path) -> tuple[Outcome, str]:
    screen = io.StringIO()
    with Display(Console(file=screen, width=100)) as display:
        outcome = run(folder, display)
    return outcome, screen.getvalue()


def _counts(outcome: Outcome) -> dict[str, tuple[int, int]]:
    with warehouse.open_reader(outcome.home.reader) as con:
        found = {name: con.execute(sql).fetchone() for name, sql in COUNTS.items()}
    return {name: row for name, row in found.items() if row}


def test_the_way_from_public_post_to_mail_and_again_without_anything_twice(tmp_path: Path) -> None:
    outcome, screen = _run(tmp_path / "demo")
    for dag in ("collect_x", "collect_reddit", "process", "digest"):
        assert f"DAG {dag}" in screen
    assert len(outcome.mails) == 3, "two recipients here, one there"
    assert {path.suffix for path in outcome.digests} == {".html", ".txt", ".csv"}
    with warehouse.open_reader(outcome.home.reader) as con:
        statuses = {row[0] for row in con.execute("SELECT DISTINCT status FROM answers").fetchall()}
    assert statuses >= {"unanswered", "holding", "deflected", "answered", "settled", "reopened"}
    first = _counts(outcome)
    assert first["posts"][0] > 300
    assert all(rows == distinct for rows, distinct in first.values())

    again, _screen = _run(tmp_path / "demo")
    second = _counts(again)
    assert again.mails == ()
    assert second["digests"] == first["digests"]
    assert all(rows == distinct for rows, distinct in second.values())


def test_a_failing_dag_names_task_cause_and_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.serve.TOKEN", "not the token")
    with pytest.raises(DemoFailed) as caught:
        _run(tmp_path / "demo")
    message = str(caught.value)
    assert message.startswith("collect_x failed at posts: x:")
    assert "\n" not in message
    assert (tmp_path / "demo" / "airflow.log").stat().st_size > 0
