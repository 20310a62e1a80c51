"""The world as X's v2 API would serve it, strict about what it is asked.

Paths: `/2/tweets/search/recent`, `/2/tweets/counts/recent`, `/2/tweets`, `/2/users/by`,
`/2/users/by/username/:username`, `/2/users/:id/tweets`, `/2/users/:id/mentions`.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from demo.http_server import LocalServer, Reply, Request
from demo.limits import RateLimit
from demo.model import World
from demo.query import QueryError
from demo.x_answers import Answers
from demo.x_billing import Meter
from demo.x_dialect import DIALECTS, Dialect
from demo.x_params import BadParameterError, invalid_request

log = logging.getLogger(__name__)

TOKEN = "demo-x-token"  # noqa: S105
LIMITS = {"search": 450, "counts": 300, "lookup": 300, "users": 300, "timeline": 1500}
"""Requests per 15 minutes."""

_ROUTES: dict[str, tuple[str, Callable[[Answers, str], Reply]]] = {
    r"/2/tweets/search/recent": ("search", Answers.search),
    r"/2/tweets/counts/recent": ("counts", Answers.counts),
    r"/2/tweets": ("lookup", Answers.lookup),
    r"/2/users/by": ("users", Answers.users_by),
    r"/2/users/by/username/(\w+)": ("users", Answers.user_by),
    r"/2/users/(\d+)/tweets": ("timeline", Answers.timeline),
    r"/2/users/(\d+)/mentions": ("timeline", Answers.mentions),
}


@dataclass
class XApp:
    """Answers requests from a world.

    Attributes:
        clock: gives "now"; posts after it do not exist yet.
        dialect: `old` (2.165) or `new` (2.167).
        lenient: ignore unknown field names, as X is said to do, instead of answering 400.
        meter: what was read and what it cost.
        limits: requests per 15 minutes by kind of endpoint.
    """

    world: World
    clock: Callable[[], datetime]
    dialect: str = "old"
    token: str = TOKEN
    lenient: bool = False
    meter: Meter = field(default_factory=Meter)
    limits: dict[str, int] = field(default_factory=dict)
    _used: dict[str, RateLimit] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, request: Request) -> Reply:
        """Answer one request."""
        with self._lock:
            return self._answer(request, self.clock(), DIALECTS[self.dialect])

    def _answer(self, request: Request, now: datetime, dialect: Dialect) -> Reply:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return problem(401, "Unauthorized")
        for pattern, (kind, route) in _ROUTES.items():
            if found := re.fullmatch(pattern, request.path):
                answers = Answers(self.world, now, dialect, self.lenient, request.query, self.meter)
                return self._limited(kind, now, partial(route, answers, "".join(found.groups())))
        return problem(404, "Not Found")

    def _limited(self, kind: str, now: datetime, answer: Callable[[], Reply]) -> Reply:
        most = self.limits.get(kind, LIMITS[kind])
        limit = self._used.setdefault(kind, RateLimit(most, timedelta(minutes=15)))
        allowed = limit.take(now)
        reply = self._paid(answer) if allowed else problem(429, "Too Many Requests")
        headers = {
            "x-rate-limit-limit": str(most),
            "x-rate-limit-remaining": str(limit.remaining),
            "x-rate-limit-reset": str(int(limit.resets_at(now).timestamp())),
        }
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _paid(self, answer: Callable[[], Reply]) -> Reply:
        if self.meter.out_of_credits:
            return _CREDITS_DEPLETED
        if self.meter.capped:
            return _CAP_EXCEEDED
        try:
            return answer()
        except BadParameterError as error:
            return Reply(400, invalid_request(error, DIALECTS[self.dialect]))
        except QueryError as error:
            bad = BadParameterError(f"There were errors processing your request: {error}", query="")
            return Reply(400, invalid_request(bad, DIALECTS[self.dialect]))


class XServer(LocalServer):
    """`XApp` on a port of its own; the app's settings are attributes of `app`."""

    def __init__(self, app: XApp, port: int = 0) -> None:
        super().__init__(app, port)
        self.app = app
        self.clock = app.clock


def problem(status: int, title: str) -> Reply:
    """X's short kind of error body."""
    body = {"title": title, "type": "about:blank", "status": status, "detail": title}
    return Reply(status, body)


_CREDITS_DEPLETED = Reply(
    402,
    {
        "account_id": 1,
        "title": "CreditsDepleted",
        "detail": "Your enrolled account does not have any credits to fulfill this request.",
        "type": "https://api.twitter.com/2/problems/credits",
    },
)
_CAP_EXCEEDED = Reply(
    429,
    {
        "account_id": 1,
        "product_name": "standard-basic",
        "title": "UsageCapExceeded",
        "period": "Monthly",
        "scope": "Product",
        "detail": "Usage cap exceeded: Monthly product cap",
        "type": "https://api.twitter.com/2/problems/usage-capped",
    },
)
