"""Page through Reddit's listings and comment trees, with a bound on what never ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from collectors.errors import BY_ITSELF, NotFound, PlatformDown
from collectors.frontier import Frontier
from collectors.model import Gap, GapReason, Job, Page
from collectors.reading import Json, as_dicts, as_text
from collectors.reddit_client import RedditClient
from collectors.reddit_posts import fullname, published, select
from collectors.wire import Answer

_PAGE = 100
#: A listing with so many items has been cut off by Reddit rather than come to its end; Reddit
#: leaves deleted items out of the 1,000 and 250 it promises.
_CUT_OFF = {"search": 225, "listing": 900}
_MAX_PAGES = 40
#: Requests for comments that one tree only names; the largest thread has thousands of them.
_MORE_REQUESTS = 40
_MORE_IDS = 100


def listing(
    client: RedditClient, job: Job, now: datetime, max_posts: int | None
) -> Iterator[Page | Gap]:
    """Read a listing from its newest item back to the window's start.

    Yields a gap where the listing ends before that, or the budget does.
    """
    parts = urlsplit(job.target)
    kind = "search" if parts.path == "search" else "listing"
    frontier = Frontier(job.window)
    parameters: dict[str, str | int] = {**dict(parse_qsl(parts.query)), "limit": _PAGE}
    seen: set[str] = set()
    read = 0
    while True:
        if max_posts is not None and read + _PAGE > max_posts:
            yield from _gap(job, frontier, "budget", f"the budget allows {max_posts} posts")
            return
        answer = client.get(now, parts.path, **parameters)
        children, after = _children(answer)
        page = _page(answer, now, children, frontier)
        read += page.posts
        yield page
        if _reaches_back(children, job):
            return
        if after is None:
            if read >= _CUT_OFF[kind] and (lost := frontier.beyond_listing()):
                detail = f"Reddit's listing ended after {read} items"
                yield Gap(lost, "truncated", detail, is_final=True)
            return
        if after in seen or len(seen) >= _MAX_PAGES:
            yield from _gap(job, frontier, "truncated", "Reddit's page tokens lead nowhere")
            return
        seen.add(after)
        parameters["after"] = after


def trees(client: RedditClient, job: Job, now: datetime) -> Iterator[Page | Gap]:
    """Read whole comment trees. One that has vanished is a page with a missing post."""
    for root in job.root_ids:
        tree = _Tree(client, root, now)
        yield from tree.pages()
        if tree.left:
            yield Gap(job.window, "truncated", f"{tree.left} comments of {root} were not read")


def info(client: RedditClient, job: Job, now: datetime) -> Iterator[Page | Gap]:
    """Read stored posts again; those that Reddit does not return are named as missing."""
    answer = client.get(now, "api/info", id=",".join(job.root_ids))
    children, _after = _children(answer)
    posts = [select(child) for child in children]
    found = {fullname(post) for post in as_dicts(posts)}
    missing = [name for name in job.root_ids if name not in found]
    payload = {"posts": posts, "missing": missing, "checked_at": now.isoformat()}
    yield Page(answer.url, now, payload, len(posts))


def _page(answer: Answer, now: datetime, children: list[Any], frontier: Frontier) -> Page:
    posts = [select(child) for child in children]
    times = [moment for post in posts if (moment := published(post))]
    return Page(answer.url, now, {"posts": posts}, len(posts), read_from=frontier.advance(times))


def _reaches_back(children: list[Any], job: Job) -> bool:
    """Tell whether the rest of the listing lies before the window.

    In a page that is out of order its oldest item proves nothing; then all have to be older.
    """
    times = [moment for child in children if (moment := published(select(child)))]
    if not times:
        return False
    is_ordered = times == sorted(times, reverse=True)
    return (min(times) if is_ordered else max(times)) < job.window.start


def _gap(job: Job, frontier: Frontier, reason: GapReason, detail: str) -> Iterator[Gap]:
    unread = frontier.unread()
    if unread:
        yield Gap(unread, reason, detail)


def _children(answer: Answer) -> tuple[list[Any], str | None]:
    """Return a listing's children and the token of the next page.

    Raises:
        PlatformDown: the answer is no listing.
    """
    data = answer.payload.get("data") if isinstance(answer.payload, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(children, list):
        raise PlatformDown("reddit", "an answer that is no listing", BY_ITSELF)
    return children, as_text(data.get("after"))


@dataclass
class _Tree:
    """One submission with its comments, as they are found."""

    client: RedditClient
    root: str
    now: datetime
    named: list[str] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    left: int = 0

    def pages(self) -> Iterator[Page]:
        path = f"comments/{self.root[3:]}"
        try:
            answer = self.client.get(self.now, path, limit=500, sort="new")
        except NotFound as error:
            if not error.cause.startswith("404"):
                raise  # hidden, not gone: a subreddit that closed may open again
            missing = {"posts": [], "missing": [self.root], "checked_at": self.now.isoformat()}
            yield Page(f"{self.client.host}/{path}", self.now, missing, 0)
            return
        yield self._page(answer)
        for _request in range(_MORE_REQUESTS):
            if self.named:
                ids, self.named = self.named[:_MORE_IDS], self.named[_MORE_IDS:]
                yield self._page(self.client.more(self.now, self.root, ids))
            elif self.branches:
                branch = self.branches.pop()
                yield self._page(self.client.get(self.now, f"{path}/_/{branch}", limit=500))
        self.left = len(self.named) + len(self.branches)

    def _page(self, answer: Answer) -> Page:
        posts = list(self._walk(_things(answer)))
        return Page(answer.url, self.now, {"posts": posts}, len(posts))

    def _walk(self, things: list[Any]) -> Iterator[Any]:
        """Yield the posts of a tree, each once, and note what it only names."""
        stack = list(reversed(things))
        while stack:
            thing = stack.pop()
            data = thing.get("data") if isinstance(thing, dict) else None
            if not isinstance(data, dict):
                yield thing
            elif thing.get("kind") == "more":
                self._note_more(data)
            else:
                post = select(thing)
                name = fullname(post)
                if name is None or name not in self.known:
                    self.known.add(name or "")
                    yield post
                stack += reversed(_listed(data.get("replies")))

    def _note_more(self, data: dict[str, Any]) -> None:
        children = data.get("children")
        ids = (
            [one for one in children if isinstance(one, str)] if isinstance(children, list) else []
        )
        parent = as_text(data.get("parent_id")) or ""
        if ids:
            self.named += [one for one in ids if f"t1_{one}" not in self.known]
        elif parent.startswith("t1_") and f"branch {parent}" not in self.known:
            self.known.add(f"branch {parent}")
            self.branches.append(parent[3:])


def _things(answer: Answer) -> list[Any]:
    """Return the top of a tree: two listings, or what `morechildren` answers.

    Raises:
        PlatformDown: the answer is neither.
    """
    payload = answer.payload
    if isinstance(payload, list):
        return [thing for part in payload for thing in _listed(part)]
    json = payload.get("json") if isinstance(payload, dict) else None
    data = json.get("data") if isinstance(json, dict) else None
    things = data.get("things") if isinstance(data, dict) else None
    if not isinstance(things, list):
        raise PlatformDown("reddit", "an answer that is no comment tree", BY_ITSELF)
    return things


def _listed(value: Json) -> list[Json]:
    """Return the children of a listing; Reddit writes "no replies" as an empty text."""
    data = value.get("data") if isinstance(value, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    return children if isinstance(children, list) else []
