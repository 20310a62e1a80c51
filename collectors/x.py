"""X (formerly Twitter): recent search, the answers of the brand's own accounts, conversations.

Source: X API v2 through tweepy: recent search, post lookup, recent counts.
Reach: The last 7 days; what is older when it is first asked for is a gap (`too_old`).
Limits: 450 searches in 15 minutes for an app, 100 posts each; a query has at most 512 characters.
Cost: $0.005 for each post and $0.010 for each author returned. We count posts and authors that X
    adds to an answer as billed too, which is the dearer reading of its price list; what is read
    twice within a UTC day costs once, which we do not count on.
Auth: The bearer token of an app attached to a paid project, as the password of
    AIRFLOW_CONN_HORCH_X; `{"dialect": "post"}` as extra asks in the field names of August 2026.
Omits: Reposts (search does not return them), protected accounts, direct messages, and replies
    deep under an edited post where X names a version of it that we have not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from collectors import x_query
from collectors.model import Asking, Gap, Job, JobKind, Page, Price, Topic, Window
from collectors.x_client import HOST, XClient, connect
from collectors.x_pages import look_up, search
from collectors.x_posts import to_posts
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

NAME = "x"
PRICE = Price(post=0.005, user=0.010)

#: X gives 7 days; reading many pages takes a while, and the window must not fall out meanwhile.
_REACH = timedelta(days=7) - timedelta(minutes=15)
#: X refuses windows that end less than 10 seconds ago.
_SETTLED = timedelta(seconds=12)
_IDS_PER_JOB = 100


def topics(brand: Brand) -> list[Topic]:
    """Handles, hashtags and names to search for, and the accounts whose answers are read.

    The company's accounts are read by `from:` searches: many fit one request, and they cost no
    look-up of user ids, where timelines need one request and one paid look-up for each account.
    """
    searched = [f"@{handle}" for handle in brand.handles if x_query.is_handle(handle)]
    searched += [f"#{tag}" for tag in brand.hashtags]
    searched += [f"name:{name}" for name in brand.names]
    answering = [
        f"own:@{handle}"
        for role, platform, handle in brand.members()
        if role != "superuser" and platform in (None, NAME) and x_query.is_handle(handle)
    ]
    return _topics(brand, searched, "search") + _topics(brand, answering, "own")


def jobs(brand: Brand, topics: Sequence[Topic], window: Window) -> list[Job]:
    """Pack topics of one window into queries, searches and own accounts apart.

    Raises:
        Refused: a term and the excluded words do not fit one query.
    """
    searched = [topic.name for topic in topics if topic.kind == "search"]
    answering = [topic.name for topic in topics if topic.kind == "own"]
    ending = x_query.suffix(brand.exclude)
    return [
        *_jobs(brand, "search", searched, window, ending),
        *_jobs(brand, "own", answering, window, x_query.suffix(())),
    ]


def thread_jobs(brand: Brand, root_ids: Sequence[str], window: Window) -> list[Job]:
    """Pack conversations into queries; ids that X cannot know are left out."""
    known = [f"thread:{root}" for root in root_ids if root.isascii() and root.isdigit()]
    return list(_jobs(brand, "thread", known, window))


def check_jobs(brand: Brand, post_ids: Sequence[str], window: Window) -> list[Job]:
    """Put up to 100 stored posts into each job, as many as X looks up in one request."""
    ids = [one for one in post_ids if one.isascii() and one.isdigit()]
    starts = range(0, len(ids), _IDS_PER_JOB)
    packs = [tuple(ids[start : start + _IDS_PER_JOB]) for start in starts]
    return [Job(NAME, brand.id, "check", (), window, root_ids=pack) for pack in packs]


def reach(job: Job, now: datetime) -> tuple[Window | None, list[Gap]]:
    """Cut a job's window to the 7 days X gives and to whole seconds; name what is too old."""
    if job.kind == "check":
        return job.window, []
    now = now.replace(microsecond=0)
    oldest, newest = now - _REACH, now - _SETTLED
    start, end = max(job.window.start, oldest), min(job.window.end, newest)
    end = end.replace(microsecond=0)
    gaps = []
    if job.window.start < oldest:
        lost = Window(job.window.start, min(oldest, job.window.end))
        gaps.append(Gap(lost, "too_old", "X gives the last 7 days only", is_final=True))
    return (Window(start, end) if start < end else None), gaps


def collect(
    client: XClient, job: Job, now: datetime, max_posts: int | None = None
) -> Iterator[Page | Gap | Asking]:
    """Read one job, newest posts first.

    Raises:
        CollectorError: X refused or failed; the pages yielded before are good.
    """
    if job.kind == "check":
        return look_up(client, job, now, max_posts)
    return search(client, job, now, max_posts)


def weekly_posts(client: XClient, job: Job, now: datetime) -> int | None:
    """Ask X how many posts of the last 7 days a job's query finds; the posts are not billed."""
    answer = client.ask("get_recent_tweets_count", now, query=job.target, granularity="day")
    meta = answer.payload.get("meta")
    counts = meta if isinstance(meta, dict) else {}
    total = counts.get("total_tweet_count", counts.get("total_post_count", 0))
    return total if isinstance(total, int) else 0


def _topics(brand: Brand, names: Sequence[str], kind: JobKind) -> list[Topic]:
    return [Topic(NAME, brand.id, name, kind) for name in dict.fromkeys(names)]


def _jobs(
    brand: Brand, kind: JobKind, names: Sequence[str], window: Window, ending: str = ""
) -> Iterator[Job]:
    for packed, query in x_query.pack(names, ending):
        roots = tuple(name.removeprefix("thread:") for name in packed) if kind == "thread" else ()
        yield Job(NAME, brand.id, kind, packed, window, query, roots)
