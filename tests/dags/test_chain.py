"""The real DAGs, run by Airflow without a scheduler, against the servers of the demo world."""

import io
from pathlib import Path

import pytest
from rich.console import Console

import warehouse
from demo.display import Display
from demo.run import DAGS, DemoFailed, Outcome, run

pytestmark = pytest.mark.xdist_group("airflow")
#: One number for everything that must not grow by running again.
COUNTS = {
    "posts": "SELECT count(*), count(DISTINCT (platform, post_id)) FROM posts",
    "tags": "SELECT count(*), count(DISTINCT (platform, post_id, model)) FROM tags",
    "answers": "SELECT count(*), count(DISTINCT (brand, platform, post_id)) FROM answers",
    "digests": "SELECT count(*), count(DISTINCT (brand, digest_date, recipient)) FROM digests",
}


def _run(folder: Path, dags: tuple[str, ...]) -> tuple[Outcome, str]:
    screen = io.StringIO()
    with Display(Console(file=screen, width=100)) as display:
        outcome = run(folder, display, dags)
    return outcome, screen.getvalue()


def _counts(outcome: Outcome) -> dict[str, tuple[int, int]]:
    with warehouse.open_writer(outcome.home.warehouse) as con:
        found = {name: con.execute(sql).fetchone() for name, sql in COUNTS.items()}
    return {name: row for name, row in found.items() if row}


def test_from_public_post_to_mail_after_a_failure_and_twice_without_anything_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    with monkeypatch.context() as mistaken:
        mistaken.setattr("demo.serve.TOKEN", "not the token")
        with pytest.raises(DemoFailed) as caught:
            _run(folder, DAGS)
    message = str(caught.value)
    assert message.startswith("collect_x failed at posts: x:")
    assert "\n" not in message
    assert (folder / "airflow.log").stat().st_size > 0

    outcome, screen = _run(folder, (*DAGS, *DAGS))
    for dag in DAGS:
        assert screen.count(f"DAG {dag}") == 2
    assert len(outcome.mails) == 3, "two recipients here, one there, nobody twice"
    assert {path.suffix for path in outcome.digests} == {".html", ".txt", ".csv"}
    counts = _counts(outcome)
    assert counts["posts"][0] > 300
    assert counts["digests"] == (3, 3)
    assert all(rows == distinct for rows, distinct in counts.values())
    with warehouse.open_reader(outcome.home.reader) as con:
        statuses = {row[0] for row in con.execute("SELECT DISTINCT status FROM answers").fetchall()}
    assert statuses >= {"unanswered", "holding", "deflected", "answered", "settled", "reopened"}
