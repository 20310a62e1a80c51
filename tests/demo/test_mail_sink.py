import json
import smtplib
from email.message import EmailMessage
from pathlib import Path

from demo.mail_sink import MailSink


def test_each_recipient_gets_a_file_of_their_own(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Guten Morgen"
    mail["From"] = "horch@example.org"
    mail.set_content("Noch offen: 3")
    with MailSink(tmp_path / "mail") as sink:
        reached = json.loads(sink.connection)
        with smtplib.SMTP(reached["host"], reached["port"]) as server:
            server.send_message(mail, to_addrs=["a@example.org", "../b@example.org"])
    assert [path.parent for path in sink.received] == [tmp_path / "mail"] * 2
    assert all("Noch offen: 3" in path.read_text() for path in sink.received)
    assert {path.name[18:] for path in sink.received} == {
        "a@example.org.eml",
        ".._b@example.org.eml",
    }
