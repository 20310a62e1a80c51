"""Landing files go once they were loaded long enough ago: they hold what has been deleted since."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import Home, steps
from tests.warehouse.making import READ_AT, write_landing

WATCHLIST = """
[storage]
keep_landing = "3d"
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
platforms = ["x"]
handles = ["SWKronfurt"]
digest = { recipients = ["care@example.org"] }
"""
DAY = timedelta(days=1)


def test_loaded_and_broken_files_go_and_waiting_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "watchlist.toml").write_text(WATCHLIST)
    home = Home.open(tmp_path / "watchlist.toml")
    steps.prepare(home, READ_AT)
    loaded, broken = (write_landing(home.landing, name) for name in ("loaded", "broken"))
    broken.write_bytes(broken.read_bytes()[:-9])
    steps.load(home, READ_AT)
    waiting = write_landing(home.landing, "waiting")
    (aside,) = (home.landing / "broken").iterdir()

    steps.prepare(home, READ_AT + 2 * DAY)
    assert loaded.exists()
    assert aside.exists()

    steps.prepare(home, READ_AT + 4 * DAY)
    assert not loaded.exists()
    assert not aside.exists()
    assert waiting.exists()
    assert steps.load(home, datetime(2026, 4, 1, tzinfo=UTC)).files == 1
