"""`horch backfill`: what it asks for, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors import landing
from demo.serve import connections, start
from tests.cli.conftest import Horch

NOW = datetime.now(UTC)


@pytest.fixture
def x_only(watchlist: Path) -> Path:
    text = watchlist.read_text(encoding="utf-8")
    watchlist.write_text(text.replace("handles =", 'platforms = ["x"]\nhandles ='), "utf-8")
    return watchlist


def test_only_what_is_missing_is_read(horch: Horch, x_only: Path) -> None:
    x, reddit = start(NOW)
    env = connections(x.url, reddit.url)
    since = (NOW - timedelta(days=2)).isoformat()
    options = ("backfill", "--brand", "strom", "--since", since, "--until", NOW.isoformat())
    try:
        first, second = horch(*options, env=env), horch(*options, env=env)
    finally:
        x.stop()
        reddit.stop()

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    files = landing.complete_files(x_only.parent / "var" / "landing")
    asked = [landing.read_trailer(file).window for file in files]
    long = [window for window in asked if window.end - window.start > timedelta(hours=1)]
    assert [window.start for window in long] == [NOW - timedelta(days=2)] * 2  # search and own
    assert len(asked) == 4  # the second time only the minutes that may still change


def test_a_window_must_not_run_backwards(horch: Horch, x_only: Path) -> None:
    done = horch("backfill", "--brand", "strom", "--since", "1d", "--until", "2d")

    assert done.returncode == 2
    assert "--until" in done.stderr
