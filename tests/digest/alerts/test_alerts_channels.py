"""Channels by apprise, against real receivers: what arrives, what fails, what stays secret."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import pytest
from apprise.plugins.slack import NotifySlack

from collectors.connection import Connection
from digest.alerts import channels
from digest.alerts.chat import harmless
from tests.digest.alerts.alert_sample import Receiver, certificate

HOSTILE = "<!channel> <@U12> @channel [a](http://evil.example) *b* _c_ `d` & ~e~"
SECRET = "TIiajkdnlazkcOXrIdevi7"
SLACK = f"https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/{SECRET}"


def to(address: str) -> Connection:
    return Connection("alerts_care", password=address)


def test_slack_gets_plain_text_without_mentions(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as slack:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{slack.port}/services")
        channels.send("care", to(SLACK), "Titel", f"Kurz & gut\n{harmless(HOSTILE)}")
    ((path, payload),) = slack.got
    assert path.endswith(SECRET)
    assert payload["mrkdwn"] is False
    (attachment,) = payload["attachments"]
    assert attachment["title"] == "Titel"
    text = attachment["text"]
    assert text.startswith("Kurz &amp; gut\n")
    assert not {"<", ">"} & set(text)
    assert "@channel" not in text
    assert "&lt;" not in text, "even undone there would be nothing to act on"
    assert "icon_url" not in payload


def test_mattermost_takes_markdown_and_finds_none() -> None:
    with Receiver() as mattermost:
        address = f"mmost://127.0.0.1:{mattermost.port}/abcdefghijklmnop"
        channels.send("care", to(address), "Titel", harmless(HOSTILE))
    ((path, payload),) = mattermost.got
    assert path == "/hooks/abcdefghijklmnop"
    assert not set("<>[]*`~") & set(payload["text"])
    assert "@channel" not in payload["text"]


def test_teams_gets_a_card_over_https(tmp_path: Path) -> None:
    with Receiver(certificate=certificate(tmp_path), status=202) as teams:
        address = f"workflows://127.0.0.1:{teams.port}/643e69f83c8944438d68119179a10a64/"
        address += "hAMQ2wIFDDEHJnDlHyzFw-mCuu1Tt2KPAPs5sBMt9mM/?verify=no"
        channels.send("care", to(address), "Titel", harmless(HOSTILE))
        channels_text = str(teams.got)
    assert "AdaptiveCard" in channels_text
    assert "Titel" in channels_text
    assert "](http" not in channels_text
    assert "http://evil.example" not in channels_text.replace("(a)(http://evil.example)", "")


def test_a_webhook_gets_title_and_message() -> None:
    with Receiver() as hook:
        channels.send("care", to(hook.address), "Titel", "Text")
    ((path, payload),) = hook.got
    assert path == "/hook"
    assert (payload["title"], payload["message"], payload["type"]) == ("Titel", "Text", "warning")


@pytest.mark.parametrize(("status", "words"), [(500, "answers 500"), (404, "answers 404"),
                                               (302, "answers 302")])  # fmt: skip
def test_a_refusal_is_told_without_the_secret(
    status: int, words: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(status=status) as slack:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{slack.port}/services")
        with pytest.raises(channels.ChannelDown, match=words) as caught:
            channels.send("care", to(SLACK), "Titel", "Text")
    assert SECRET not in str(caught.value) + caplog.text
    assert "AIRFLOW_CONN_HORCH_ALERTS_CARE" in str(caught.value)


def test_a_service_that_does_not_answer_is_not_waited_for() -> None:
    with Receiver(wait_seconds=0.4) as slow:
        began = datetime.now().astimezone()
        with pytest.raises(channels.ChannelDown, match="does not answer"):
            channels.send("care", to(f"{slow.address}?rto=0.1"), "Titel", "Text")
    assert (datetime.now().astimezone() - began).total_seconds() < 10
    with pytest.raises(channels.ChannelDown, match="does not answer"):
        channels.send("care", to(slow.address), "Titel", "Text")


@pytest.mark.parametrize("address", ["", "nonsense", "https://chat.example.org/hooks/abc",
                                     f"slack://no/{SECRET}!/x", "nothing://x/y"])  # fmt: skip
def test_an_address_of_nothing_is_a_setting_to_correct(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(channels.ChannelWrong, match="holds no channel that is known") as caught:
        channels.send("care", to(address), "Titel", "Text")
    assert SECRET not in str(caught.value) + caplog.text


def test_a_missing_connection_names_its_variable() -> None:
    with pytest.raises(channels.ChannelWrong, match="AIRFLOW_CONN_HORCH_ALERTS_CARE is not set"):
        channels.test("care", None)


def test_trying_a_channel_sends_nothing() -> None:
    with Receiver() as hook:
        assert channels.test("care", to(hook.address)) == "JSON"
    assert hook.got == []
    assert channels.test("care", to(SLACK)) == "Slack"


def test_other_logs_are_left_as_they_were() -> None:
    before = logging.getLogger("urllib3").level
    with Receiver() as hook:
        channels.send("care", to(hook.address), "Titel", "Text")
    assert logging.getLogger("urllib3").level == before
    assert logging.getLogger("urllib3").propagate
