"""Reddit: new submissions and comments of subreddits, search, comment trees.

Source: Reddit's API through praw: `/r/<sub>/new`, `/r/<sub>/comments`, `/search`,
    `/comments/<id>`, `/api/info`.
Reach: The newest 1,000 items of a listing, about 250 of a search; what lies before them is a gap
    (`truncated`). There is no comment search: comments are seen in watched subreddits and in
    threads that are already known.
Limits: 100 requests a minute, 100 items each.
Cost: None.
Auth: An app that Reddit has approved: client id and secret as login and password of
    AIRFLOW_CONN_HORCH_REDDIT; optional extra `user_agent`, and `username` with `password` for a
    script app.
Omits: Comments outside watched subreddits, private and quarantined subreddits, what was deleted
    before it was read, and more than 40 "more comments" links in one thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from collectors.model import Gap, Job, Page, Price, Topic, Window
from collectors.reddit_client import HOST, RedditClient, connect
from collectors.reddit_pages import info, listing, trees
from collectors.reddit_posts import to_posts
from watchlist.model import Brand

__all__ = [
    "HOST",
    "NAME",
    "PRICE",
    "check_jobs",
    "collect",
    "connect",
    "jobs",
    "reach",
    "thread_jobs",
    "to_posts",
    "topics",
    "weekly_posts",
]

NAME = "reddit"
PRICE = Price()

_IDS_PER_JOB = 100
_NEWEST_OF_ALL = {"sort": "new", "type": "link", "t": "all", "include_over_18": "on"}


def topics(brand: Brand) -> list[Topic]:
    """Submissions and comments of the brand's subreddits, and a search for each name."""
    read = (*brand.subreddits, *brand.watch_subreddits)
    names = [f"r/{sub}:{part}" for sub in read for part in ("posts", "comments")]
    names += [f"search:{name}" for name in brand.names]
    return [Topic(NAME, brand.id, name) for name in dict.fromkeys(names)]


def jobs(brand: Brand, topics: Sequence[Topic], window: Window) -> list[Job]:
    """Make one job for each topic.

    Listings of several subreddits (`r/a+b`) would save requests, which cost nothing, and share
    one limit of 1,000 items; and one private subreddit would spoil them all.
    """
    return [
        Job(NAME, brand.id, "search", (topic.name,), window, _target(brand, topic.name))
        for topic in topics
    ]


def thread_jobs(brand: Brand, root_ids: Sequence[str], window: Window) -> list[Job]:
    """Make one job for each comment tree; ids that are no submission's are left out."""
    return [
        Job(NAME, brand.id, "thread", (f"thread:{root}",), window, root_ids=(root,))
        for root in root_ids
        if root.startswith("t3_") and root[3:].isalnum()
    ]


def check_jobs(brand: Brand, post_ids: Sequence[str], window: Window) -> list[Job]:
    """Put up to 100 stored posts into each job, as many as Reddit looks up in one request."""
    known = [one for one in post_ids if one[:3] in ("t1_", "t3_") and one[3:].isalnum()]
    starts = range(0, len(known), _IDS_PER_JOB)
    packs = [tuple(known[start : start + _IDS_PER_JOB]) for start in starts]
    return [Job(NAME, brand.id, "check", (), window, root_ids=pack) for pack in packs]


def reach(job: Job, now: datetime) -> tuple[Window | None, list[Gap]]:
    """Cut a job's window at the present; how far back a listing goes shows when it is read."""
    if job.kind == "check":
        return job.window, []
    end = min(job.window.end, now)
    return (Window(job.window.start, end) if job.window.start < end else None), []


def collect(
    client: RedditClient, job: Job, now: datetime, max_posts: int | None = None
) -> Iterator[Page | Gap]:
    """Read one job; listings newest first, back to the window's start.

    Raises:
        CollectorError: Reddit refused or failed; the pages yielded before are good.
    """
    match job.kind:
        case "thread":
            return trees(client, job, now)
        case "check":
            return info(client, job, now)
    return listing(client, job, now, max_posts)


def weekly_posts(client: RedditClient, job: Job, now: datetime) -> int | None:
    """Reading Reddit is free, so nothing is counted beforehand."""
    return None


def _target(brand: Brand, topic: str) -> str:
    """Return a topic's listing as a path, for a search with its query."""
    where, _colon, what = topic.partition(":")
    if where != "search":
        return f"{where}/{'new' if what == 'posts' else 'comments'}"
    words = [_phrase(what), *(f"NOT {_phrase(text)}" for text in brand.exclude)]
    query = {
        "q": " ".join(words),
        "sort": "new",
        "type": "link",
        "t": "all",
        "include_over_18": "on",
    }
    return f"search?{urlencode(query)}"


def _phrase(text: str) -> str:
    return '"' + " ".join(text.replace('"', " ").split()) + '"'
