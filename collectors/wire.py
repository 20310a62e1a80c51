"""The last step before the network, shared by all clients that use requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import requests
from requests.adapters import HTTPAdapter

from collectors.errors import WrongClock
from collectors.reading import Json

#: Clocks differ a little, and an answer takes a while.
_TOLERATED = timedelta(minutes=2)


@dataclass(frozen=True)
class Answer:
    """A good answer: where it came from and its JSON."""

    url: str
    payload: Json


class Wire(HTTPAdapter):
    """Sends every request with a time-out and remembers the last answer.

    tweepy knows no time-out and praw does not let us set its own; both lose the answer when they
    stumble over it.

    Attributes:
        timeout: Seconds to connect, and seconds without a byte before an answer counts as lost.
        last: The answer to the last request; None where there was none.
    """

    def __init__(self, timeout: tuple[float, float]) -> None:
        super().__init__()
        self.timeout = timeout
        self.last: requests.Response | None = None

    def send(
        self, request: requests.PreparedRequest, *args: Json, **options: Json
    ) -> requests.Response:
        """Send one request."""
        self.last = None
        self.last = super().send(request, *args, **options | {"timeout": self.timeout})
        return self.last


def check_clock(platform: str, response: requests.Response | None, now: datetime) -> None:
    """Compare our time with the platform's, where its answer says it.

    Raises:
        WrongClock: ours is ahead. A clock that is behind does no harm: what it does not know of
            is read once it is right.
    """
    said = response.headers.get("date", "") if response is not None else ""
    try:
        ahead = now - parsedate_to_datetime(said)
    except (TypeError, ValueError):  # no date, or a date without zone
        return
    if ahead > _TOLERATED:
        minutes = round(ahead.total_seconds() / 60)
        raise WrongClock(
            platform,
            f"this computer's clock is {minutes} minutes ahead of the platform's",
            "set it, and nothing is lost",
        )
