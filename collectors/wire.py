"""The last step before the network, shared by all clients that use requests."""

from __future__ import annotations

from dataclasses import dataclass

import requests
from requests.adapters import HTTPAdapter

from collectors.reading import Json


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
