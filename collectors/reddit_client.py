"""Ask Reddit through praw: raw JSON, never a long sleep, typed errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import praw
import prawcore
import requests

from collectors import reddit_errors
from collectors.connection import ENVIRONMENT_PREFIX, Connection
from collectors.errors import RateLimited, Unauthorized
from collectors.reading import Json
from collectors.wire import Answer, Wire, check_clock

HOST = "https://oauth.reddit.com"
_LOGIN_HOST = "https://www.reddit.com"

#: Seconds to connect, and seconds without a byte before an answer counts as lost; praw asks
#: three times.
TIMEOUT = (10.0, 15.0)


@dataclass(frozen=True)
class RedditClient:
    """A connected praw client; nothing secret shows in its representation."""

    api: Any = field(repr=False)
    wire: Wire = field(repr=False)
    host: str

    def get(self, now: datetime, path: str, **parameters: str | int) -> Answer:
        """Read one page. Raises `CollectorError`."""
        url = f"{self.host}/{path}?{urlencode(parameters)}"
        return Answer(url, self._request(now, method="GET", path=path, params=parameters))

    def more(self, now: datetime, link_id: str, children: list[str]) -> Answer:
        """Read comments that a tree only names. Raises `CollectorError`."""
        path = "api/morechildren"
        data = {"link_id": link_id, "children": ",".join(children), "sort": "new"}
        answer = self._request(now, method="POST", path=path, data=data)
        return Answer(f"{self.host}/{path}?{urlencode({'link_id': link_id})}", answer)

    def _request(self, now: datetime, **request: object) -> Json:
        self._leave_before_sleep(now)
        self.wire.last = None
        try:
            answer = self.api.request(**request)
        except (
            prawcore.PrawcoreException,
            praw.exceptions.PRAWException,
            requests.RequestException,
            AssertionError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:
            # praw stumbles over answers it does not expect (a 401 without a header is a KeyError),
            # so the answer itself is asked. Causes are not chained: they can hold the login.
            last = self.wire.last
            if last is not None and last.status_code != requests.codes.ok:
                raise reddit_errors.from_answer(last, now) from None
            raise reddit_errors.no_answer(error) from None
        check_clock("reddit", self.wire.last, now)
        return answer

    def _leave_before_sleep(self, now: datetime) -> None:
        """Give up where praw would wait out the limit inside the call, up to ten minutes."""
        remaining = self.api.auth.limits["remaining"]
        if remaining is None or remaining >= 1:
            return
        again = reddit_errors.reset(self.wire.last, now) or now + timedelta(minutes=10)
        raise RateLimited(
            "reddit", "the requests of this minute are used up", f"goes on at {again:%H:%M}", again
        )


def connect(connection: Connection) -> RedditClient:
    """Make a client from a connection: login = client id, password = client secret.

    Raises:
        Unauthorized: one of them is missing.
    """
    variable = f"{ENVIRONMENT_PREFIX}{connection.name.upper()}"
    if not connection.login or not connection.password:
        raise Unauthorized(
            "reddit",
            "no client id or no client secret",
            f"put them into login and password of {variable}",
        )
    extra = connection.extra
    host = connection.base_url
    session, wire = requests.Session(), Wire(TIMEOUT)
    session.mount("https://", wire)
    session.mount("http://", wire)
    api = praw.Reddit(
        client_id=connection.login,
        client_secret=connection.password,
        user_agent=str(extra.get("user_agent") or "python:horchposten:v0.1"),
        username=extra.get("username"),
        password=extra.get("password"),
        oauth_url=host or HOST,
        reddit_url=host or _LOGIN_HOST,
        check_for_updates=False,
        check_for_async=False,
        ratelimit_seconds=1,
        requestor_kwargs={"session": session},
    )
    return RedditClient(api, wire, host or HOST)
