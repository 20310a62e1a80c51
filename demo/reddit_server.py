"""The world as Reddit's API would serve it to an approved script.

Paths: `/api/v1/access_token`, `/r/:a+b/new`, `/r/:a+b/comments`, `/search`, `/r/:a/search`,
`/comments/:id`, `/comments/:id/_/:comment`, `/api/morechildren`, `/api/info`, `/r/:a/about`.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from demo.http_server import LocalServer, Reply, Request
from demo.limits import RateLimit
from demo.model import World
from demo.query import QueryError
from demo.reddit_answers import Answers, error
from demo.reddit_shape import Shaper

CLIENT_ID = "demo-reddit-id"
CLIENT_SECRET = "demo-reddit-secret"  # noqa: S105
TOKEN_LIFE = timedelta(hours=24)

_COMMENTS = r"(?:/r/\w+)?/comments/([a-z0-9]+)"
_ROUTES: dict[str, Callable[[Answers, Request, tuple[str, ...]], Reply]] = {
    r"/r/([\w+]+)/new": lambda answers, _, found: answers.new(*found),
    r"/r/([\w+]+)/comments": lambda answers, _, found: answers.comments(*found),
    r"/r/([\w+]+)/search": lambda answers, _, found: answers.search(*found),
    r"/r/(\w+)/about": lambda answers, _, found: answers.about(*found),
    r"/search": lambda answers, _, found: answers.search(),
    rf"{_COMMENTS}(?:/\w*)?": lambda answers, _, found: answers.tree(*found),
    rf"{_COMMENTS}/\w*/([a-z0-9]+)": lambda answers, _, found: answers.tree(*found),
    r"/api/info": lambda answers, _, found: answers.info(),
    r"/api/morechildren": lambda answers, request, _: answers.more_children(
        request.form.get("link_id", ""), request.form.get("children", "").split(",")
    ),
}


@dataclass
class RedditApp:
    """Answers requests from a world.

    Attributes:
        clock: gives "now"; posts after it do not exist yet.
        limit: requests per `limit_window`. The window is one minute instead of Reddit's ten, or
            praw would spread a handful of requests over minutes.
        tree_size: comments shown before the rest hides behind `more`.
    """

    world: World
    clock: Callable[[], datetime]
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    limit: int = 1000
    limit_window: timedelta = timedelta(minutes=1)
    tree_size: int = 200
    tree_depth: int = 10
    tokens: dict[str, datetime] = field(default_factory=dict)
    _used: RateLimit | None = None
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, request: Request) -> Reply:
        """Answer one request."""
        with self._lock:
            if request.path == "/api/v1/access_token":
                return self._access_token(request)
            return self._answer(request, self.clock())

    def _access_token(self, request: Request) -> Reply:
        login = f"{self.client_id}:{self.client_secret}".encode()
        expected = f"basic {base64.b64encode(login).decode()}"
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if f"{scheme.lower()} {value}" != expected:
            return error(401, "Unauthorized")
        if request.form.get("grant_type") not in ("client_credentials", "password"):
            return Reply(200, {"error": "unsupported_grant_type"})
        token = f"demo-token-{len(self.tokens) + 1}"
        self.tokens[token] = self.clock() + TOKEN_LIFE
        seconds = int(TOKEN_LIFE.total_seconds())
        body = {"access_token": token, "token_type": "bearer", "expires_in": seconds, "scope": "*"}
        return Reply(200, body)

    def _answer(self, request: Request, now: datetime) -> Reply:
        token = request.headers.get("authorization", "").partition(" ")[2]
        if self.tokens.get(token, now) <= now:
            refusal = {"www-authenticate": 'Bearer realm="reddit", error="invalid_token"'}
            return Reply(401, {"message": "Unauthorized", "error": 401}, refusal)
        self._used = self._used or RateLimit(self.limit, self.limit_window)
        allowed = self._used.take(now)
        reset = max(1, int((self._used.resets_at(now) - now).total_seconds()))
        headers = {
            "x-ratelimit-remaining": f"{self._used.remaining:.1f}",
            "x-ratelimit-used": str(self._used.used),
            "x-ratelimit-reset": str(reset),
        }
        if not allowed:
            headers["retry-after"] = str(reset)
            return Reply(429, error(429, "Too Many Requests").body, headers)
        reply = self._routed(request, now)
        return Reply(reply.status, reply.body, headers | reply.headers)

    def _routed(self, request: Request, now: datetime) -> Reply:
        path = request.path.rstrip("/").removesuffix(".json")
        if subreddits := re.match(r"/r/([\w+]+)", path):
            refusal = self._closed(subreddits[1].lower().split("+"))
            if refusal:
                return refusal
        raw = request.query.get("raw_json") == "1"
        shaper = Shaper(self.world, now, raw, self.tree_size, self.tree_depth)
        answers = Answers(self.world, now, request.query, shaper)
        for pattern, route in _ROUTES.items():
            if found := re.fullmatch(pattern, path):
                try:
                    return route(answers, request, found.groups())
                except QueryError:
                    return Reply(200, shaper.listing([]))
        return error(404, "Not Found")

    def _closed(self, names: list[str]) -> Reply | None:
        """The refusal for a private subreddit or for one that is not there."""
        known = {post.subreddit.lower() for post in self.world.posts} | {"all"}
        private = {name.lower() for name in self.world.private_subreddits}
        if private.intersection(names):
            return error(403, "Forbidden", reason="private")
        if not known.intersection(names):
            place = f"/subreddits/search?q={names[0]}"
            return Reply(302, "<html><h1>302 Found</h1></html>", {"location": place})
        return None


class RedditServer(LocalServer):
    """`RedditApp` on a port of its own; the app's settings are attributes of `app`."""

    def __init__(self, app: RedditApp, port: int = 0) -> None:
        super().__init__(app, port)
        self.app = app
        self.clock = app.clock
