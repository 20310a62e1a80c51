"""The endpoints of X: from checked parameters to a page of posts or accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from demo.http_server import Reply
from demo.ids import base36
from demo.model import Author, Post, World
from demo.query import Match
from demo.x_billing import OWN_MENTION_USD, POST_USD, Meter
from demo.x_counts import STEPS, count_by
from demo.x_dialect import Dialect
from demo.x_params import BadParameterError, Parameters, known
from demo.x_query import compile_query, names
from demo.x_shape import Shaper, timestamp
from demo.x_stretch import stretch

TIMELINE_END = 3200
MENTIONS_END = 800
_TOKEN_SALT = 36**12


@dataclass(frozen=True)
class Answers:
    """One request's way to its answer."""

    world: World
    now: datetime
    dialect: Dialect
    lenient: bool
    given: Mapping[str, str]
    meter: Meter

    def search(self, _: str) -> Reply:
        """Posts of the last 7 days that match a query, newest first."""
        parameters = self._parameters("search")
        match = compile_query(parameters.required("query"), self.world)
        parameters.choice("sort_order", frozenset({"recency", "relevancy"}))
        return self._page(parameters, match, low=10, recent=True)

    def timeline(self, user_id: str) -> Reply:
        """Posts by one account, reposts included, as far back as X keeps them."""
        parameters = self._parameters("timeline")
        excluded = parameters.choice("exclude", frozenset({"replies", "retweets"}))

        def match(post: Post) -> bool:
            left_out = (post.reply_to and "replies" in excluded) or (
                post.repost_of and "retweets" in excluded
            )
            return _is_by(post, user_id) and not left_out

        return self._page(parameters, match, low=5, end=TIMELINE_END)

    def mentions(self, user_id: str) -> Reply:
        """Posts that name one account."""
        parameters = self._parameters("mentions")
        handles = {a.handle.lower() for a in self.world.authors.values() if _is(a, user_id)}

        def match(post: Post) -> bool:
            return not post.repost_of and bool(handles & names(post.text))

        return self._page(parameters, match, low=5, end=MENTIONS_END, price=OWN_MENTION_USD)

    def lookup(self, _: str) -> Reply:
        """Posts by their ids; what is gone stands in `errors`."""
        parameters = self._parameters("lookup")
        shaper = self._shaper(parameters)
        found, errors = [], []
        for post_id in parameters.items("ids"):
            post = self.world.get("x", post_id)
            if post and post.exists(self.now):
                found.append(post)
            else:
                errors.append(shaper.not_found("ids", post_id))
        body, posts, users = shaper.page(found)
        self.meter.charge(posts, users, self.now)
        if errors:
            body["errors"] = [*errors, *body.get("errors", ())]
        return Reply(200, body)

    def users_by(self, _: str) -> Reply:
        """Accounts by their handles."""
        parameters = self._parameters("users")
        handles = parameters.items("usernames")
        return self._users(parameters, handles, "usernames")

    def user_by(self, handle: str) -> Reply:
        """One account by its handle."""
        reply = self._users(self._parameters("user"), [handle], "username")
        if "data" in reply.body:
            reply.body["data"] = reply.body["data"][0]
        return reply

    def counts(self, _: str) -> Reply:
        """How many posts match a query, by minute, hour or day."""
        parameters = self._parameters("counts")
        match = compile_query(parameters.required("query"), self.world)
        parameters.choice("granularity", frozenset(STEPS))
        times = [post.created_at for post in self._matching(parameters, match, recent=True)]
        step = STEPS[self.given.get("granularity", "hour")]
        where = stretch(parameters, recent=True)
        word = f"{self.dialect.word}_count"
        data = [
            {"start": timestamp(start), "end": timestamp(end), word: count}
            for start, end, count in count_by(step, times, where.start or self.now, where.end)
        ]
        return Reply(200, {"data": data, "meta": {f"total_{word}": len(times)}})

    def _parameters(self, endpoint: str) -> Parameters:
        accepted = known(self.dialect, endpoint)
        parameters = Parameters(self.given, self.dialect, self.now, self.lenient, accepted)
        parameters.refuse_unknown()
        return parameters

    def _shaper(self, parameters: Parameters, *, users: bool = False) -> Shaper:
        return Shaper(self.world, self.now, self.dialect, parameters.wanted(users=users))

    def _matching(self, parameters: Parameters, match: Match, *, recent: bool) -> list[Post]:
        where = stretch(parameters, recent=recent)
        return [
            post
            for post in self.world.on("x", self.now)
            if where.covers(post.created_at, post.post_id) and match(post)
        ]

    def _page(
        self,
        parameters: Parameters,
        match: Match,
        *,
        low: int,
        recent: bool = False,
        end: int | None = None,
        price: Decimal = POST_USD,
    ) -> Reply:
        size = parameters.number("max_results", low, 100, 10)
        posts = self._matching(parameters, match, recent=recent)[:end]
        token = self.given.get("next_token", self.given.get("pagination_token"))
        if token is not None:
            before = _read_token(token)
            posts = [post for post in posts if int(post.post_id) < before]
        page = posts[:size]
        body, billed, users = self._shaper(parameters).page(page)
        body["meta"] = _meta(page, more=len(posts) > size)
        self.meter.charge(billed, users, self.now, price)
        return Reply(200, body)

    def _users(self, parameters: Parameters, handles: list[str], name: str) -> Reply:
        shaper = self._shaper(parameters, users=True)
        found = [self.world.authors.get(handle.lower()) for handle in handles]
        users = [user for user in found if user]
        missing = [handle for handle, user in zip(handles, found, strict=True) if not user]
        self.meter.charge([], users, self.now)
        body: dict[str, Any] = {}
        if users:
            body["data"] = [shaper.user(user) for user in users]
        if missing:
            body["errors"] = [shaper.not_found(name, handle, "user") for handle in missing]
        return Reply(200, body)


def _meta(page: list[Post], *, more: bool) -> dict[str, Any]:
    if not page:
        return {"result_count": 0}
    meta = {
        "newest_id": page[0].post_id,
        "oldest_id": page[-1].post_id,
        "result_count": len(page),
    }
    return meta | {"next_token": base36(_TOKEN_SALT + int(page[-1].post_id))} if more else meta


def _read_token(token: str) -> int:
    try:
        before = int(token, 36) - _TOKEN_SALT
    except ValueError:
        before = -1
    if before < 0:
        message = f"The `next_token` query parameter value [{token}] is not valid"
        raise BadParameterError(message, next_token=token)
    return before


def _is(author: Author | None, user_id: str) -> bool:
    return author is not None and str(author.number) == user_id


def _is_by(post: Post, user_id: str) -> bool:
    return _is(post.author, user_id)
