"""Every recipient gets one mail a day, whatever breaks; against a real SMTP server."""

from __future__ import annotations

import json
import logging
import resource
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from mailbox import Mailbox
from pathlib import Path

import digest_sample as sample
import pytest

from collectors.connection import Connection, parse_connection
from digest import DeliveryReport, MailDown, MailRefused, Rendered, deliver
from digest.journal import Journal
from watchlist.model import Brand

DAY = date(2026, 11, 18)
ANNA, BERT, CARL = "anna@kronfurt.example", "bert@kronfurt.example", "carl@kronfurt.example"


@pytest.fixture
def brand() -> Brand:
    return sample.a_brand(digest={"recipients": (ANNA, BERT, CARL)})


RENDERED = Rendered(
    subject="2 unbeantwortet – Kronfurt",
    text="Zwei warten.\n",
    html='<p>Zwei warten.</p><img src="cid:days" alt="">',
    csv_bytes=b"\xef\xbb\xbfVon\r\n",
    images={"days": b"\x89PNG"},
    language="de",
    is_empty=False,
)


def send(brand: Brand, outbox: Path, smtp: Connection | None, **more: object) -> DeliveryReport:
    rendered = Rendered(**{**vars(RENDERED), **more})
    return deliver(rendered, brand, DAY, outbox, smtp, sample.NOW)


def test_every_recipient_gets_a_mail_of_their_own(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        report = send(brand, tmp_path, mailbox.connection())
    assert mailbox.recipients == [ANNA, BERT, CARL]
    assert [mail["To"] for mail in mailbox.mails] == [ANNA, BERT, CARL]
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 3
    assert report.sent == (ANNA, BERT, CARL)
    report.raise_for_failures()


def test_a_second_run_sends_nothing(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        send(brand, tmp_path, mailbox.connection())
        report = send(brand, tmp_path, mailbox.connection())
    assert len(mailbox.taken) == 3
    assert report.deliveries == ()


def test_who_is_served_by_the_warehouse_gets_nothing(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        deliver(RENDERED, brand, DAY, tmp_path, mailbox.connection(), sample.NOW, {ANNA, CARL})
    assert mailbox.recipients == [BERT]


def test_a_recipient_added_during_the_day_gets_the_digest(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        send(sample.a_brand(digest={"recipients": (ANNA,)}), tmp_path, mailbox.connection())
        send(brand, tmp_path, mailbox.connection())
    assert mailbox.recipients == [ANNA, BERT, CARL]


def test_each_day_has_its_own_digest(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        for days in (0, 1):
            day, now = DAY + timedelta(days), sample.NOW + timedelta(days)
            deliver(RENDERED, brand, day, tmp_path, mailbox.connection(), now)
    assert mailbox.recipients == [ANNA, BERT, CARL] * 2


@pytest.mark.parametrize("stage", ["refuse", "after_data"])
def test_a_refused_recipient_does_not_stop_the_others(
    brand: Brand, tmp_path: Path, stage: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox(**{stage: {ANNA: "550 5.1.1 no such\tuser"}}) as mailbox:  # type: ignore[arg-type]
        report = send(brand, tmp_path, mailbox.connection())
        again = send(brand, tmp_path, mailbox.connection())
    assert mailbox.recipients == [BERT, CARL]
    assert (report.refused, report.sent) == ((ANNA,), (BERT, CARL))
    assert report.deliveries[0].detail == "550 5.1.1 no such user"
    assert f"refuses {ANNA}: 550 5.1.1 no such user" in caplog.text
    report.raise_for_failures()  # nothing to try again
    assert again.deliveries == ()


@pytest.mark.parametrize("stage", ["refuse", "after_data"])
def test_who_is_put_off_is_tried_again(brand: Brand, tmp_path: Path, stage: str) -> None:
    with Mailbox(**{stage: {ANNA: "451 greylisted"}}) as mailbox:  # type: ignore[arg-type]
        report = send(brand, tmp_path, mailbox.connection())
        assert (report.later, report.sent) == ((ANNA,), (BERT, CARL))
        with pytest.raises(MailDown, match=r"1 of 3 recipients .* \(451 greylisted\)"):
            report.raise_for_failures()
        getattr(mailbox, stage).clear()
        again = send(brand, tmp_path, mailbox.connection())
    assert again.sent == (ANNA,)
    assert mailbox.recipients == [BERT, CARL, ANNA]


def test_a_connection_cut_after_the_mail_was_taken_is_told(
    brand: Brand, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The one case that can give two copies: they carry the same Message-ID."""
    with Mailbox(hang_up={ANNA}) as mailbox:
        report = send(brand, tmp_path, mailbox.connection())
        assert (report.later, report.sent) == ((ANNA,), (BERT, CARL))
        caplog.clear()
        send(brand, tmp_path, mailbox.connection())
    assert mailbox.recipients == [ANNA, BERT, CARL, ANNA]
    assert mailbox.mails[0]["Message-ID"] == mailbox.mails[3]["Message-ID"]
    assert f"{ANNA} may get the digest of kronfurt twice" in caplog.text


def test_a_server_that_is_away_is_down(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        gone = mailbox.connection()
    report = send(brand, tmp_path, gone)
    assert report.later == (ANNA, BERT, CARL)
    with pytest.raises(MailDown, match=r"mail server 127\.0\.0\.1:"):
        report.raise_for_failures()


def test_a_refused_sender_is_a_setting(brand: Brand, tmp_path: Path) -> None:
    with Mailbox(sender_reply="553 not your address") as mailbox:
        report = send(brand, tmp_path, mailbox.connection())
    assert report.later == (ANNA, BERT, CARL)
    with pytest.raises(MailRefused, match=r"care@kronfurt.example \(553 not your address\)"):
        report.raise_for_failures()


def test_a_wrong_password_is_a_setting(brand: Brand, tmp_path: Path) -> None:
    options = {"auth_required": True, "auth_require_tls": False, "authenticator": _nobody}
    with Mailbox(options=options) as mailbox:
        report = send(brand, tmp_path, mailbox.connection("care", "s3cret-word"))
    with pytest.raises(MailRefused, match="refuses the login") as caught:
        report.raise_for_failures()
    assert "s3cret-word" not in str(caught.value)


def _nobody(*_given: object) -> object:
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=False, handled=False)


def test_a_server_without_encryption_is_not_used(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        report = send(brand, tmp_path, mailbox.connection(disable_tls=False))
    assert mailbox.taken == []
    with pytest.raises(MailRefused, match="STARTTLS"):
        report.raise_for_failures()


def test_a_certificate_nobody_signed_is_not_trusted(brand: Brand, tmp_path: Path) -> None:
    with Mailbox(options={"tls_context": _own_certificate(tmp_path)}) as mailbox:
        report = send(brand, tmp_path, mailbox.connection(disable_tls=False))
    assert mailbox.taken == []
    with pytest.raises(MailRefused, match="certificate"):
        report.raise_for_failures()


def test_a_trusted_certificate_is_used(
    brand: Brand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailbox(options={"tls_context": _own_certificate(tmp_path)}) as mailbox:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        report = send(brand, tmp_path, mailbox.connection(disable_tls=False))
    assert report.sent == (ANNA, BERT, CARL)


def _own_certificate(folder: Path) -> ssl.SSLContext:
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", *kind, "-nodes", *names, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def test_a_connection_without_sender_says_so(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        report = send(brand, tmp_path, mailbox.connection(from_email=""))
    with pytest.raises(MailRefused, match="from_email"):
        report.raise_for_failures()


def test_the_uri_form_of_a_connection_works(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        uri = f"smtp://127.0.0.1:{mailbox.port}/?disable_ssl=true&disable_tls=true&from_email=a%40b.example"
        send(brand, tmp_path, parse_connection("smtp", uri))
    assert mailbox.mails[0]["From"].addresses[0].addr_spec == "a@b.example"


def test_without_a_mail_server_there_are_files(brand: Brand, tmp_path: Path) -> None:
    report = send(brand, tmp_path, None)
    names = {path.name for path in report.files}
    assert names == {f"2026-11-18.{kind}" for kind in ("html", "txt", "csv", "eml")}
    assert {each.status for each in report.deliveries} == {"written"}
    assert "data:image/png" in (tmp_path / "kronfurt" / "2026-11-18.html").read_text()
    assert (
        b"anna@kronfurt.example, bert@" in (tmp_path / "kronfurt" / "2026-11-18.eml").read_bytes()
    )
    assert send(brand, tmp_path, None).deliveries == ()


def test_an_empty_digest_is_sent_or_skipped_as_set(tmp_path: Path) -> None:
    skipping = sample.a_brand(digest={"recipients": (ANNA,), "when_empty": "skip"})
    with Mailbox() as mailbox:
        report = send(skipping, tmp_path, mailbox.connection(), is_empty=True)
        assert [each.status for each in report.deliveries] == ["skipped"]
        assert send(skipping, tmp_path, mailbox.connection()).deliveries == ()
        sending = sample.a_brand(id="other", digest={"recipients": (ANNA,)})
        send(sending, tmp_path, mailbox.connection(), is_empty=True)
    assert mailbox.recipients == [ANNA]


CHILD = """
import json, sys
from datetime import datetime
from pathlib import Path
sys.path.insert(0, {here!r})
from test_digest_delivery import RENDERED, DAY, child_brand
from collectors.connection import Connection
from digest import deliver
import digest_sample as sample
extra = {{"disable_ssl": True, "disable_tls": True, "from_email": "care@kronfurt.example"}}
smtp = Connection("smtp", "127.0.0.1", port=int(sys.argv[2]), extra=extra)
print("ready", flush=True)
sys.stdin.readline()
report = deliver(RENDERED, child_brand(), DAY, Path(sys.argv[1]), smtp, sample.NOW)
print(json.dumps(report.sent), flush=True)
"""


def child_brand() -> Brand:
    return sample.a_brand(digest={"recipients": (ANNA, BERT, CARL)})


def start_child(outbox: Path, port: int) -> subprocess.Popen[str]:
    """A process of its own that is ready to deliver when it is told to."""
    code = CHILD.format(here=str(Path(__file__).parent))
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
    brand: Brand, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox() as mailbox:
        child = start_child(tmp_path, mailbox.port)
        mailbox.kill[BERT] = child.pid  # the server has Bert's mail; the sender never hears so
        child.communicate("go\n")
        assert child.returncode == -9
        with caplog.at_level(logging.WARNING):
            report = send(brand, tmp_path, mailbox.connection())
    assert report.sent == (BERT, CARL)
    assert mailbox.recipients == [ANNA, BERT, BERT, CARL]
    assert mailbox.mails[1]["Message-ID"] == mailbox.mails[2]["Message-ID"]
    assert f"{BERT} may get the digest" in caplog.text
    assert ANNA not in caplog.text


def test_two_processes_at_once_send_once(tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        children = [start_child(tmp_path, mailbox.port) for _number in range(2)]
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        sent = [json.loads(child.communicate()[0]) for child in children]
    assert sorted(mailbox.recipients) == [ANNA, BERT, CARL]
    assert sorted(map(len, sent)) == [0, 3]


def test_a_torn_journal_line_hides_no_other(brand: Brand, tmp_path: Path) -> None:
    with Mailbox() as mailbox:
        send(sample.a_brand(digest={"recipients": (ANNA,)}), tmp_path, mailbox.connection())
        journal = Journal(tmp_path / "kronfurt", DAY)
        with journal.path.open("ab") as file:
            file.write(b'{"recipient": "bert@kronf\x00\x00')
        send(brand, tmp_path, mailbox.connection())
    assert mailbox.recipients == [ANNA, BERT, CARL]
    assert set(journal.deliveries()) == {ANNA, BERT, CARL}


def test_a_full_disk_shows_before_anything_is_sent(brand: Brand, tmp_path: Path) -> None:
    """The journal's first line is written before the mail leaves; without it nothing does."""
    with Mailbox() as mailbox, no_room(), pytest.raises(OSError, match="File too large"):
        send(brand, tmp_path, mailbox.connection())
    assert mailbox.taken == []


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
