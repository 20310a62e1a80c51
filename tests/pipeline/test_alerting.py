"""The alert step on an installation: decides in the warehouse, sends, notes; once in all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

import warehouse
from collectors.connection import Connection, ConnectionFormatError
from pipeline import Home
from pipeline.alerting import check_alerts
from tests.digest.alerts.alert_sample import NIGHT, NOW, Receiver, covered, storm
from tests.digest.mailbox import Mailbox

WATCHLIST = f"""\
[triage]
url = "https://desk.kronfurt.example"
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
handles = ["@KronfurtHilft"]
[brands.digest]
recipients = ["team@kronfurt.example"]
[brands.alerts]
on_call = ["{NIGHT}"]
channels = ["care"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that has been read for nine quiet weeks and has a storm now."""
    (tmp_path / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    found = Home.open(tmp_path / "watchlist.toml")
    with warehouse.open_writer(found.warehouse) as con:
        warehouse.sync_watchlist(con, found.watchlist, NOW)
        covered(con, NOW - timedelta(weeks=9), NOW)
        storm(con, 20)
    return found


def statuses(home: Home) -> Mapping[str, str]:
    with warehouse.open_writer(home.warehouse) as con:
        return dict(con.execute("SELECT target, status FROM alert_deliveries").fetchall())


def test_a_storm_is_told_and_noted(home: Home) -> None:
    with Mailbox() as mailbox, Receiver() as chat:
        ways = {"smtp": mailbox.connection(), "alerts_care": to(chat.address)}
        (report,) = check_alerts(home, ways.get, NOW)
        (again,) = check_alerts(home, ways.get, NOW + timedelta(minutes=15))
    assert [alert.kind for alert in report.decided] == ["shitstorm"]
    assert (again.decided, again.report.told) == ((), [])
    assert mailbox.recipients == [NIGHT]
    assert "https://desk.kronfurt.example/?brand=kronfurt" in chat.got[0][1]["message"]
    assert statuses(home) == {NIGHT: "sent", "care": "sent"}
    report.raise_for_failures()


def test_a_broken_mail_connection_does_not_turn_alerts_into_files(home: Home) -> None:
    def broken(name: str) -> Connection | None:
        if name == "smtp":
            raise ConnectionFormatError("AIRFLOW_CONN_HORCH_SMTP cannot be read; write JSON")
        return to(chat.address)

    with Receiver() as chat:
        (report,) = check_alerts(home, broken, NOW)
    assert statuses(home) == {NIGHT: "pending", "care": "sent"}
    with pytest.raises(ConnectionFormatError):
        report.raise_for_failures()


def test_a_brand_that_names_nobody_is_left_alone(home: Home) -> None:
    quiet = home.watchlist.brands[0].model_copy(
        update={"alerts": home.watchlist.brands[0].alerts.model_copy(
            update={"on_call": (), "channels": ()})}
    )  # fmt: skip
    silent = Home(home.watchlist.model_copy(update={"brands": (quiet,)}), home.root)
    assert check_alerts(silent, {}.get, NOW) == []


CHILD = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from pipeline import Home
from pipeline.alerting import check_alerts
from collectors.connection import Connection
from tests.digest.alerts.alert_sample import NOW
extra = {{"disable_ssl": True, "disable_tls": True, "from_email": "care@kronfurt.example"}}
smtp = Connection("smtp", "127.0.0.1", port=int(sys.argv[2]), extra=extra)
home = Home.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
check_alerts(home, {{"smtp": smtp}}.get, NOW)
"""


def test_two_schedulers_tell_once(home: Home, tmp_path: Path) -> None:
    code = CHILD.format(root=str(Path(__file__).parents[2]))
    with Mailbox() as mailbox:
        command = [sys.executable, "-c", code, str(tmp_path / "watchlist.toml"), str(mailbox.port)]
        children = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _number in range(2)
        ]
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        assert [child.wait(120) for child in children] == [0, 0]
    assert mailbox.recipients == [NIGHT]
    with warehouse.open_writer(home.warehouse) as con:
        assert con.execute("SELECT count(*) FROM alerts").fetchone() == (1,)


def to(address: str) -> Connection:
    return Connection("alerts_care", password=address)
