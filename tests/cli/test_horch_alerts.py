"""`horch alerts` and what `horch doctor` says of channels."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import warehouse
from pipeline import Home
from tests.cli.conftest import Horch
from tests.digest.alerts.alert_sample import Receiver, covered, storm

WATCHLIST = """\
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
handles = ["@KronfurtHilft"]
[brands.digest]
recipients = ["team@kronfurt.example"]
[brands.alerts]
channels = ["care"]
"""
NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    found = Home.open(tmp_path / "watchlist.toml")
    with warehouse.open_writer(found.warehouse) as con:
        warehouse.sync_watchlist(con, found.watchlist, NOW)
        covered(con, NOW - timedelta(weeks=9), NOW)
        storm(con, 20, NOW)
    warehouse.publish(found.warehouse, found.reader)
    return found


def variables(address: str) -> dict[str, str]:
    return {
        "AIRFLOW_CONN_HORCH_ALERTS_CARE": json.dumps({"conn_type": "http", "password": address})
    }


@pytest.mark.usefixtures("home")
def test_a_dry_run_explains_and_tells_nobody(horch: Horch) -> None:
    with Receiver() as chat:
        done = horch("alerts", "--dry-run", env=variables(chat.address))
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = [line for line in done.stdout.splitlines() if "shitstorm" in line]
    assert "of 100, to be told: 20 complaints by 20 people in " in line
    assert line.endswith("usual: fewer than 1. 20 unanswered.")
    assert "hotline" in done.stdout
    assert chat.got == []


@pytest.mark.usefixtures("home")
def test_it_tells_once(horch: Horch) -> None:
    with Receiver() as chat:
        first = horch("alerts", "--brand", "kronfurt", env=variables(chat.address))
        again = horch("alerts", env=variables(chat.address))
    assert (first.returncode, again.returncode) == (0, 0)
    assert "told care" in first.stdout
    assert "told care" not in again.stdout
    assert len(chat.got) == 1


@pytest.mark.usefixtures("home")
def test_the_past_is_shown_but_not_told(horch: Horch) -> None:
    with Receiver() as chat:
        done = horch("alerts", "--at", "3h", env=variables(chat.address))
    assert "quiet" in done.stdout
    assert chat.got == []


@pytest.mark.usefixtures("home")
def test_a_channel_that_fails_is_named(horch: Horch) -> None:
    with Receiver(status=500) as chat:
        done = horch("alerts", env=variables(chat.address))
    assert done.returncode == 1
    assert "the channel care does not take alerts (it answers 500)" in done.stderr


@pytest.mark.usefixtures("home")
def test_an_unknown_brand_is_wrong_usage(horch: Horch) -> None:
    assert horch("alerts", "--brand", "kronfurd").returncode == 2


@pytest.mark.usefixtures("home")
def test_doctor_looks_at_channels_without_sending(horch: Horch) -> None:
    with Receiver() as chat:
        done = horch("doctor", env=variables(chat.address))
    assert "care goes to JSON; nothing was sent to try it" in done.stdout
    assert chat.got == []
    missing = horch("doctor")
    assert "AIRFLOW_CONN_HORCH_ALERTS_CARE is not set" in missing.stdout
