"""Alerts on their way: once each, whatever fails, whoever else sends, whenever we are killed."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from collectors.connection import Connection
from digest.alerts import Outside, Pending, Report, deliver, pending, record
from digest.alerts import decide as decide_alerts
from digest.alerts.store import AlertJournal
from digest.errors import MailDown
from tests.digest.alerts.alert_sample import (
    CARE,
    NIGHT,
    NOW,
    Receiver,
    a_brand,
    a_row,
    an_alert,
    ordinary,
    storm,
)
from tests.digest.mailbox import Mailbox

OTHER = "leitung@kronfurt.example"
BRAND = a_brand(on_call=(NIGHT, OTHER))
TARGETS = (NIGHT, OTHER, CARE)


def waiting(*targets: str, alert_id: str = "shitstorm-1", minutes: int = 0) -> list[Pending]:
    at = NOW - timedelta(minutes=minutes)
    alert = an_alert(id=alert_id, decided_at=at)
    return [Pending(alert, target, (a_row(),)) for target in targets or TARGETS]


def go(
    outbox: Path,
    smtp: Connection | None,
    channel: str | None,
    what: list[Pending] | None = None,
    after: timedelta = timedelta(),
) -> Report:
    ways = {CARE: Connection("alerts_slack_care", password=channel)} if channel else {}
    outside = Outside(smtp, ways, "https://desk.kronfurt.example")
    return deliver(what or waiting(), BRAND, outbox, outside, NOW + after)


def test_everybody_gets_it_once(tmp_path: Path) -> None:
    with Mailbox() as mailbox, Receiver() as chat:
        first = go(tmp_path, mailbox.connection(), chat.address)
        again = go(tmp_path, mailbox.connection(), chat.address)
    assert sorted(target for _id, target in first.told) == sorted(TARGETS)
    assert (first.failures, again.told) == ([], [])
    assert sorted(mailbox.recipients) == sorted((NIGHT, OTHER))
    assert chat.titles == [
        "Beschwerdewelle: 21 Leute in der letzten Stunde, sonst 2 – Stadtwerke Kronfurt"
    ]
    subject = " ".join(mailbox.mails[0]["Subject"].split())
    assert subject == chat.titles[0]


@pytest.mark.parametrize("status", [500, 503, 404])
def test_a_channel_that_is_down_holds_up_nobody_and_gets_it_next_time(
    tmp_path: Path, status: int
) -> None:
    with Mailbox() as mailbox, Receiver(status=status) as chat:
        report = go(tmp_path, mailbox.connection(), chat.address)
        assert sorted(mailbox.recipients) == sorted((NIGHT, OTHER))
        (failure,) = report.failures
        assert str(status) in str(failure)
        chat.status = 200
        again = go(tmp_path, mailbox.connection(), chat.address)
        assert len(chat.got) == 1
    assert [target for _id, target in again.told] == [CARE]


def test_a_mail_server_that_is_down_holds_up_no_channel(tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        gone = mailbox.connection()
    with Receiver() as chat:
        report = go(tmp_path, gone, chat.address)
    assert len(chat.got) == 1
    (failure,) = report.failures
    assert isinstance(failure, MailDown)
    with Mailbox() as mailbox, Receiver() as chat:
        go(tmp_path, mailbox.connection(), chat.address)
        assert (sorted(mailbox.recipients), chat.got) == (sorted((NIGHT, OTHER)), [])


def test_one_mailbox_that_is_put_off_does_not_hold_up_the_next(tmp_path: Path) -> None:
    with Mailbox(refuse={OTHER: "451 greylisted"}) as mailbox:
        report = go(tmp_path, mailbox.connection(), None, waiting(NIGHT, OTHER))
        assert mailbox.recipients == [NIGHT]
        assert "greylisted" in str(report.failures[0])
        mailbox.refuse.clear()
        go(tmp_path, mailbox.connection(), None, waiting(NIGHT, OTHER))
    assert mailbox.recipients == [NIGHT, OTHER]


def test_a_refused_recipient_is_not_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox(refuse={OTHER: "550 no such user"}) as mailbox:
        report = go(tmp_path, mailbox.connection(), None, waiting(OTHER))
        mailbox.refuse.clear()
        go(tmp_path, mailbox.connection(), None, waiting(OTHER))
    assert report.failures == []
    assert mailbox.recipients == []
    assert f"refuses {OTHER}" in caplog.text


def test_old_news_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Receiver(status=500) as chat:
        go(tmp_path, None, chat.address, waiting(CARE))
        chat.status = 200
        late = go(tmp_path, None, chat.address, waiting(CARE), timedelta(hours=13))
    assert (chat.got, late.told, late.failures) == ([], [], [])
    assert "never got the alert" in caplog.text


def test_a_channel_that_was_taken_out_is_forgotten(tmp_path: Path) -> None:
    report = go(tmp_path, None, None, waiting("old_channel"))
    assert (report.told, report.failures) == ([], [])
    assert AlertJournal(tmp_path, "kronfurt", "shitstorm-1").deliveries()["old_channel"].status == (
        "skipped"
    )


def test_several_alerts_come_in_order_and_stop_at_the_first_failure(tmp_path: Path) -> None:
    both = [*waiting(CARE, alert_id="b", minutes=5), *waiting(CARE, alert_id="a", minutes=50)]
    with Receiver(status=500) as chat:
        assert len(go(tmp_path, None, chat.address, both).failures) == 1
        chat.status = 200
        told = go(tmp_path, None, chat.address, both).told
    assert told == [("a", CARE), ("b", CARE)]


def test_without_a_mail_server_there_are_files(tmp_path: Path) -> None:
    report = go(tmp_path, None, None, waiting(NIGHT))
    (path,) = report.files
    assert path.parent == tmp_path / "kronfurt" / "alerts"
    assert "@anke_wdt" in path.with_suffix(".txt").read_text("utf-8"), "to be found by forget"
    assert b"Importance: high" in path.read_bytes()
    assert go(tmp_path, None, None, waiting(NIGHT)).files == []


def test_a_channel_without_connection_is_named(tmp_path: Path) -> None:
    (failure,) = go(tmp_path, None, None, waiting(CARE)).failures
    assert "AIRFLOW_CONN_HORCH_ALERTS_SLACK_CARE is not set" in str(failure)


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.digest.alerts.test_alerts_delivery import go, NIGHT, OTHER, waiting
from collectors.connection import Connection
extra = {{"disable_ssl": True, "disable_tls": True, "from_email": "care@kronfurt.example"}}
smtp = Connection("smtp", "127.0.0.1", port=int(sys.argv[2]), extra=extra)
print("ready", flush=True)
sys.stdin.readline()
report = go(Path(sys.argv[1]), smtp, None, waiting(NIGHT, OTHER))
import json
print(json.dumps([target for _id, target in report.told]), flush=True)
"""


def start_child(outbox: Path, port: int) -> subprocess.Popen[str]:
    code = CHILD.format(root=str(Path(__file__).parents[3]))
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(outbox), str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_a_kill_after_acceptance_costs_at_most_one_copy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox() as mailbox:
        child = start_child(tmp_path, mailbox.port)
        first = min(NIGHT, OTHER)
        mailbox.kill[first] = child.pid  # the server has the mail; the sender never hears so
        child.communicate("go\n")
        assert child.returncode == -9
        with caplog.at_level(logging.WARNING):
            go(tmp_path, mailbox.connection(), None, waiting(NIGHT, OTHER))
    assert mailbox.recipients == [first, first, max(NIGHT, OTHER)]
    assert mailbox.mails[0]["Message-ID"] == mailbox.mails[1]["Message-ID"]
    assert f"{first} may get the alert" in caplog.text


def test_two_processes_at_once_send_once(tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        children = [start_child(tmp_path, mailbox.port) for _number in range(2)]
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        told = [json.loads(child.communicate()[0]) for child in children]
    assert sorted(mailbox.recipients) == sorted((NIGHT, OTHER))
    assert sorted(map(len, told)) == [0, 2]


def test_the_warehouse_knows_who_was_told(tmp_path: Path) -> None:
    brand = a_brand(posts="never")
    with ordinary(brand) as con, Mailbox() as mailbox, Receiver(status=500) as chat:
        storm(con, 20)
        decide_alerts(con, brand, NOW)
        todo = pending(con, brand.id)
        go(tmp_path, mailbox.connection(), chat.address, todo)
        record(con, tmp_path, todo)
        record(con, tmp_path, todo)
        left = [each.target for each in pending(con, brand.id)]
        rows = con.execute("SELECT target, status FROM alert_deliveries ORDER BY 1").fetchall()
    assert left == [CARE]
    assert rows == [(NIGHT, "sent"), (CARE, "pending")]


def test_what_a_killed_run_sent_is_caught_up_by_the_next(tmp_path: Path) -> None:
    """Sent and in the journal, not yet in the warehouse: the next run sends nothing, and notes."""
    brand = a_brand(posts="never", channels=())
    with ordinary(brand) as con, Mailbox() as mailbox:
        storm(con, 20)
        decide_alerts(con, brand, NOW)
        todo = pending(con, brand.id)
        go(tmp_path, mailbox.connection(), None, todo)
        again = pending(con, brand.id)
        assert again == todo
        assert go(tmp_path, mailbox.connection(), None, again).told == []
        record(con, tmp_path, again)
        assert pending(con, brand.id) == []
    assert mailbox.recipients == [NIGHT]
    assert NIGHT in AlertJournal(tmp_path, "kronfurt", todo[0].alert.id).deliveries()
