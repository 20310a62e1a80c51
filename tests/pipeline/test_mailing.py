"""Who could not be reached the last time is named by the next run and by `horch doctor`."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import warehouse
from cli.findings import recipient_findings
from digest import Delivery
from digest.journal import Journal
from pipeline import Home
from pipeline.mailing import due_digests

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
WATCHLIST = """
[[brands]]
id = "muster"
name = "Stadtwerke Muster"
handles = ["@swmuster"]
[brands.digest]
recipients = ["care@muster.example.org"]
weekly = "fri"
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "watchlist.toml").write_text(WATCHLIST, encoding="utf-8")
    home = Home.open(tmp_path / "watchlist.toml")
    with warehouse.open_writer(home.warehouse) as con:
        warehouse.sync_watchlist(con, home.watchlist, NOW)
    delivery = Delivery("care@muster.example.org", "<1>", "refused", "550 no such user", NOW)
    Journal(home.outbox / "muster", date(2026, 11, 19)).add(delivery)
    return home


def test_the_next_run_names_refused_recipients(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found = due_digests(home, NOW)
    assert found == [("muster", "2026-11-20", "daily"), ("muster", "2026-11-20", "weekly")]
    (message,) = caplog.messages
    assert message.startswith("care@muster.example.org did not get the last digest of muster")
    assert "550 no such user" in message
    assert message.endswith("correct recipients in the watch-list")


def test_doctor_names_refused_recipients(home: Home) -> None:
    (finding,) = recipient_findings(home)
    assert finding.needs_attention
    assert "550 no such user" in finding.message
