"""Page through X's searches and look-ups, with a bound on pages that lead nowhere."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from collectors.errors import BY_ITSELF, PlatformDown
from collectors.frontier import Frontier
from collectors.model import Asking, Gap, GapReason, Job, Page, Window
from collectors.reading import as_count, as_dicts, as_text, as_time
from collectors.wire import Answer
from collectors.x_client import XClient
from collectors.x_posts import history, id_time, included_posts, included_users, posts_of

log = logging.getLogger(__name__)

_PAGE = 100
_SMALLEST_PAGE = 10
#: A post can bring the post it answers and the post it quotes.
_POSTS_PER_RESULT = 3
#: So many pages in a row without an older post (empty, repeated) end the reading.
_STALLED_PAGES = 10

#: Fields that every post has; each is known by an old and a new name.
_EXPECTED = (
    ("author_id",),
    ("conversation_id",),
    ("created_at",),
    ("public_metrics",),
    ("edit_history_tweet_ids", "edit_history_post_ids"),
)


def search(
    client: XClient, job: Job, now: datetime, max_posts: int | None
) -> Iterator[Page | Gap | Asking]:
    """Read all pages of a recent search, newest first.

    Yields a gap where the budget ends, or where X's page tokens lead nowhere.
    """
    walk = _Walk(job, now)
    token: str | None = None
    while True:
        size = _page_size(max_posts, walk.posts)
        if size < _SMALLEST_PAGE:
            yield from walk.gap("budget", f"the budget allows {max_posts} posts in this run")
            break
        yield _asking(size)
        answer = client.posts(
            "search_recent_tweets",
            now,
            query=job.target,
            start_time=job.window.start,
            end_time=job.window.end,
            max_results=size,
            next_token=token,
        )
        token = _next_token(answer)
        yield walk.page(answer)
        if token is None:
            break
        if walk.is_stuck(token):
            yield from walk.gap("truncated", "X's page tokens lead nowhere")
            break
    walk.report(client)


def look_up(
    client: XClient, job: Job, now: datetime, max_posts: int | None
) -> Iterator[Page | Gap | Asking]:
    """Read stored posts again by id, and the newest version of those that were edited."""
    walk = _Walk(job, now)
    asked: set[str] = set()
    wanted = list(job.root_ids)
    while wanted:
        size = _page_size(max_posts, walk.posts)
        if not size:
            yield Gap(job.window, "budget", f"the budget allows {max_posts} posts in this run")
            break
        ids, wanted = wanted[:size], wanted[size:]
        asked.update(ids)
        yield _asking(len(ids))
        answer = client.posts("get_tweets", now, ids=ids)
        yield walk.page(answer)
        newest = {versions[-1] for item in posts_of(answer.payload) if (versions := history(item))}
        given = {as_text(item.get("id")) for item in posts_of(answer.payload)}
        wanted += sorted(newest - given - asked - set(wanted))
    walk.report(client)


@dataclass
class _Walk:
    """What has been seen of one series of pages."""

    job: Job
    now: datetime
    frontier: Frontier = field(init=False)
    posts: int = 0
    results: int = 0
    errors: int = 0
    stalled: int = 0
    lowest_id: int | None = None
    tokens: set[str] = field(default_factory=set)
    absent: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.frontier = Frontier(self.job.window)

    def page(self, answer: Answer) -> Page:
        """Wrap an answer and take note of what it holds."""
        items, added = posts_of(answer.payload), included_posts(answer.payload)
        posts = len({as_text(item.get("id")) for item in items + added})
        self.posts += posts
        self._note(items, answer.payload)
        return Page(
            url=answer.url,
            retrieved_at=self.now,
            payload=answer.payload,
            posts=posts,
            users=len(included_users(answer.payload)),
            read_from=None if self.job.kind == "check" else self._advance(items),
        )

    def is_stuck(self, token: str) -> bool:
        """Tell whether the next page would be one we have read, or the tenth without news."""
        if token in self.tokens:
            return True
        self.tokens.add(token)
        return self.stalled >= _STALLED_PAGES

    def gap(self, reason: GapReason, detail: str) -> Iterator[Gap]:
        """Yield the part of the window that was not read, if there is one."""
        unread: Window | None = self.frontier.unread()
        if unread:
            yield Gap(unread, reason, detail)

    def report(self, client: XClient) -> None:
        """Say what X left out of its answers; the same fields only once per client."""
        if self.errors:
            log.info("x: %d partial errors in a %s job", self.errors, self.job.kind)
        missing = ", ".join(sorted(self.absent))
        if missing and missing not in client.told:
            client.told.add(missing)
            log.warning(
                "x: up to %d of %d posts came without fields we asked for: %s; "
                'try the other "dialect" in the extra of AIRFLOW_CONN_HORCH_X',
                max(self.absent.values()),
                self.results,
                missing,
            )

    def _advance(self, items: list[dict[str, Any]]) -> datetime | None:
        return self.frontier.advance([time for item in items if (time := _time(item))])

    def _note(self, items: list[dict[str, Any]], payload: Mapping[str, Any]) -> None:
        self.results += len(items)
        self.errors += len(as_dicts(payload.get("errors")))
        ids = [int(one) for item in items if (one := as_text(item.get("id"))) and one.isdigit()]
        is_older = bool(ids) and (self.lowest_id is None or min(ids) < self.lowest_id)
        self.stalled = 0 if is_older else self.stalled + 1
        if is_older:
            self.lowest_id = min(ids)
        for names in _EXPECTED:
            self.absent[names[0]] += sum(not any(name in item for name in names) for item in items)
        self.absent += Counter()  # drops the zeros


def _asking(size: int) -> Asking:
    """Say what a page of so many results can cost at most: each may bring two more posts."""
    return Asking(posts=size * _POSTS_PER_RESULT, users=size * _POSTS_PER_RESULT)


def _page_size(max_posts: int | None, read: int) -> int:
    if max_posts is None:
        return _PAGE
    return max(0, min(_PAGE, (max_posts - read) // _POSTS_PER_RESULT))


def _time(item: Mapping[str, Any]) -> datetime | None:
    return as_time(item.get("created_at")) or id_time(as_text(item.get("id")) or "")


def _next_token(answer: Answer) -> str | None:
    """Return the token of the next page.

    Raises:
        PlatformDown: the answer lacks what every search answer has; taking it for the last page
            would pass an unread window off as read.
    """
    meta, data = answer.payload.get("meta"), answer.payload.get("data")
    if not isinstance(meta, dict):
        raise _broken("a search answer without `meta`")
    count = as_count(meta.get("result_count")) or 0
    if count > (len(data) if isinstance(data, list) else 0):
        raise _broken("a search answer with fewer posts than it says")
    return as_text(meta.get("next_token"))


def _broken(cause: str) -> PlatformDown:
    error = PlatformDown("x", cause, BY_ITSELF)
    error.may_be_billed = True
    return error
