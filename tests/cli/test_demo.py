"""What `horch demo` says at its end; tests/dags/test_chain.py runs the demo itself."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli import demo, query
from demo.run import Outcome, demo_watchlist
from pipeline import Home


@pytest.fixture
def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.chdir(tmp_path)
    watchlist = demo_watchlist(Path())
    made = Outcome(
        home=Home.open(watchlist),
        watchlist=watchlist,
        digests=(Path("digests/a.html"), Path("digests/a.txt"), Path("digests/a.csv")),
        mails=(Path("mail/a.eml"),),
        world_since=datetime.now(UTC),
    )
    monkeypatch.setattr("demo.run.run", lambda folder, display: made)
    monkeypatch.setattr(query, "print_query", lambda *_arguments: sys.stdout.write("THE LIST\n"))
    return made


def test_the_list_the_files_and_a_query_to_try(
    outcome: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.demo(Path("var/demo"))
    lines = capsys.readouterr().out.splitlines()
    assert "THE LIST" in lines
    assert [line.split() for line in lines if line.startswith(("digest", "mail", "database"))] == [
        ["digest", "digests/a.html"],
        ["digest", "digests/a.txt"],
        ["mail", "mail/a.eml"],
        ["database", "reader.duckdb"],
    ]
    assert lines[-1] == "Try: .venv/bin/horch query response_times --watchlist watchlist.toml"


def test_a_second_run_of_a_day_and_an_old_world_are_explained(
    outcome: Outcome, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Outcome(outcome.home, outcome.watchlist, (), (), outcome.world_since - timedelta(days=9))
    monkeypatch.setattr("demo.run.run", lambda folder, display: old)
    demo.demo(Path("var/demo"))
    shown = capsys.readouterr().out
    assert "mail      none: today's digests are out already" in shown
    assert "delete . for a fresh one" in shown
