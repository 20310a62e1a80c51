"""Chat channels and webhooks, by apprise: its address of a channel is the connection's password.

Source: https://appriseit.com; every service there works, Slack, Teams, Mattermost and plain
webhooks (`jsons://`) are tested. Text goes out as plain text, so that apprise escapes what the
service would read as markup; `digest.alerts.chat` has removed it before.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from collectors.connection import ENVIRONMENT_PREFIX, Connection
from watchlist.errors import HorchError

if TYPE_CHECKING:
    import apprise

#: Connections of channels are called `horch_alerts_<channel>`.
PREFIX = "alerts_"
_STATUS = re.compile(r"error=(\d{3})")
_LOGGERS = ("apprise", "urllib3", "requests_oauthlib")


class ChannelWrong(HorchError):
    """A channel's connection is missing or holds no address of a channel."""


class ChannelDown(HorchError):
    """A channel does not take messages now."""


def variable(channel: str) -> str:
    """The variable that holds a channel's connection."""
    return f"{ENVIRONMENT_PREFIX}{PREFIX.upper()}{channel.upper()}"


def test(channel: str, connection: Connection | None) -> str:
    """Look whether a channel's connection names a channel; return which service. Nothing is sent.

    Raises:
        ChannelWrong: it does not.
    """
    with _quietly():
        return str(_open(channel, connection)[0].service_name)


def send(channel: str, connection: Connection | None, title: str, body: str) -> None:
    """Post one message.

    Raises:
        ChannelWrong: the connection names no channel.
        ChannelDown: the service does not take it now, or does not answer within seconds.
    """
    with _quietly() as words:
        sender = _open(channel, connection)
        is_sent = sender.notify(body=body, title=title, body_format="text", notify_type="warning")
    if not is_sent:
        status = _STATUS.search(" ".join(words))
        why = f"it answers {status[1]}" if status else "it does not answer"
        raise ChannelDown(
            f"the channel {channel} does not take alerts ({why}); they are tried again, "
            f"and given up after some hours; see {variable(channel)}"
        )


def _open(channel: str, connection: Connection | None) -> apprise.Apprise:
    if connection is None:
        raise ChannelWrong(
            f"{variable(channel)} is not set; put the channel's webhook address into its password"
        )
    import apprise  # half a second, and most runs have nothing to tell

    asset = apprise.AppriseAsset(
        app_id="Horchposten",
        app_desc="Horchposten",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
    )
    found = apprise.Apprise(asset=asset)
    if not connection.password or not found.add(connection.password.strip()) or len(found) != 1:
        raise ChannelWrong(
            f"{variable(channel)} holds no channel that is known; its password is one address, "
            'such as "https://hooks.slack.com/services/…" or "mmosts://chat.example.org/…"'
        )
    return found


@contextmanager
def _quietly() -> Iterator[list[str]]:
    """Keep what the libraries log, which names addresses and so secrets, out of every log."""
    words: list[str] = []
    keeper = _Keeper(words)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(each.propagate, each.level) for each in loggers]
    for each in loggers:
        each.propagate = False
        each.setLevel(logging.WARNING)
        each.addHandler(keeper)
    try:
        yield words
    finally:
        for each, (propagate, level) in zip(loggers, before, strict=True):
            each.removeHandler(keeper)
            each.setLevel(level)
            each.propagate = propagate


class _Keeper(logging.Handler):
    """Collects messages in memory."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self.words = words

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.words.append(record.getMessage())
