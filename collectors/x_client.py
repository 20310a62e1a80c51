"""Ask X through tweepy: a time-out on every request, another host for tests, typed errors."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, cast

import requests
import tweepy
from requests.utils import get_environ_proxies

from collectors import x_errors
from collectors.connection import ENVIRONMENT_PREFIX, Connection
from collectors.errors import BY_ITSELF, PlatformDown, Unauthorized
from collectors.reading import Json, parse
from collectors.wire import Answer, Wire, check_clock

HOST = "https://api.twitter.com"  # what tweepy asks, whatever it is told

Dialect = Literal["tweet", "post"]

#: Seconds to connect, and seconds without a byte before an answer counts as lost.
TIMEOUT = (10.0, 30.0)

_USER_FIELDS = ["id", "name", "public_metrics", "username"]
_SHARED_FIELDS = ["conversation_id", "created_at", "id", "lang", "public_metrics", "text"]
#: The same wishes in X's names of 2025 and of August 2026; the new ones make `author_id`, the
#: references and the edit history expansions only. tweepy calls them `tweet_fields` either way.
FIELDS: dict[Dialect, dict[str, list[str]]] = {
    "tweet": {
        "tweet_fields": [
            *_SHARED_FIELDS,
            "author_id",
            "edit_history_tweet_ids",
            "note_tweet",
            "referenced_tweets",
            "withheld",
        ],
        "expansions": ["author_id", "referenced_tweets.id", "referenced_tweets.id.author_id"],
        "user_fields": _USER_FIELDS,
    },
    "post": {
        "tweet_fields": [*_SHARED_FIELDS, "note_post", "withheld"],
        "expansions": ["author_id", "edit_history_post_ids", "referenced_posts"],
        "user_fields": _USER_FIELDS,
    },
}


class XWire(Wire):
    """Reaches another host than tweepy's, and speaks names that tweepy does not know."""

    def __init__(self, base_url: str, dialect: Dialect) -> None:
        super().__init__(TIMEOUT)
        self.base_url = base_url
        self.dialect = dialect

    def send(
        self, request: requests.PreparedRequest, *args: Json, **options: Json
    ) -> requests.Response:
        """Send one request, to `base_url` where one is given."""
        url = request.url or ""
        if self.dialect == "post":
            url = url.replace("tweet.fields=", "post.fields=")
        if self.base_url:
            url = self.base_url + url.removeprefix(HOST)
            options["proxies"] = get_environ_proxies(url)
        request.url = url
        return super().send(request, *args, **options)


@dataclass(frozen=True)
class XClient:
    """A connected tweepy client; nothing secret shows in its representation.

    `told` holds the warnings that have been logged once and need no second time.
    """

    api: Any
    wire: XWire
    told: set[str] = field(default_factory=set)

    def __repr__(self) -> str:
        return f"XClient({self.wire.base_url or HOST}, dialect={self.wire.dialect!r})"

    def posts(self, method: str, now: datetime, **parameters: object) -> Answer:
        """Call a tweepy method that returns posts, asking for all fields we use."""
        return self.ask(method, now, **parameters, **FIELDS[self.wire.dialect])

    def ask(self, method: str, now: datetime, **parameters: object) -> Answer:
        """Call a tweepy method once.

        Raises:
            CollectorError: whatever went wrong, in our terms. Causes are not chained, because
                those of requests can hold the token.
        """
        try:
            response = getattr(self.api, method)(**parameters)
            check_clock("x", response, now)
            return Answer(response.url, _json_object(response.content))
        except requests.RequestException as error:
            raise x_errors.no_answer(error) from None
        except (tweepy.TweepyException, AttributeError, KeyError, TypeError, ValueError) as error:
            # tweepy stumbles over error bodies and headers that are not what it expects, so the
            # answer itself is asked, not tweepy's exception.
            if self.wire.last is not None and not self.wire.last.ok:
                raise x_errors.from_answer(self.wire.last, now) from None
            broken = PlatformDown("x", f"an answer that is no JSON object ({error})", BY_ITSELF)
            broken.may_be_billed = True
            raise broken from None


def connect(connection: Connection) -> XClient:
    """Make a client from a connection whose password is the app's bearer token.

    Raises:
        Unauthorized: the token is missing or cannot be one, or the dialect is unknown.
    """
    # tweepy writes the token into the log at level DEBUG.
    logging.getLogger("tweepy.client").setLevel(logging.INFO)
    variable = f"{ENVIRONMENT_PREFIX}{connection.name.upper()}"
    token = connection.password.strip()
    if not token:
        raise Unauthorized("x", "no bearer token", f"put it into the password of {variable}")
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise Unauthorized(
            "x", "the bearer token has characters none has", f"copy it again into {variable}"
        )
    dialect = connection.extra.get("dialect", "tweet")
    if dialect not in FIELDS:
        raise Unauthorized(
            "x", f"unknown dialect {dialect!r}", f'set "dialect" to tweet or post in {variable}'
        )
    api = tweepy.Client(token, return_type=requests.Response, wait_on_rate_limit=False)
    wire = XWire(connection.base_url, cast(Dialect, dialect))
    api.session.mount("https://", wire)
    api.session.max_redirects = 0  # X does not redirect; whoever does is not X
    return XClient(api, wire)


def _json_object(content: bytes) -> dict[str, Any]:
    payload = parse(content)
    if not isinstance(payload, dict):
        raise TypeError(f"a {type(payload).__name__}")
    return payload
