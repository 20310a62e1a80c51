"""What collectors take and give: windows, topics, jobs, pages and posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal

JobKind = Literal["search", "own", "thread", "check"]
GapReason = Literal["too_old", "truncated", "quota", "budget", "credits", "credentials", "down"]


@dataclass(frozen=True, order=True)
class Window:
    """A half-open stretch of time, `start <= t < end`, both aware and in UTC.

    Raises:
        ValueError: an end is naive, or the window is empty or runs backwards.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a window needs aware datetimes")
        if self.start >= self.end:
            raise ValueError(f"a window must not be empty: {self.start} .. {self.end}")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def minus(self, others: Iterable[Window]) -> tuple[Window, ...]:
        """Return the parts of this window that lie in none of the others, in order of time."""
        parts: list[Window] = []
        start = self.start
        for other in sorted(others):
            if start < min(other.start, self.end):
                parts.append(Window(start, min(other.start, self.end)))
            start = max(start, other.end)
        if start < self.end:
            parts.append(Window(start, self.end))
        return tuple(parts)


@dataclass(frozen=True, order=True)
class Topic:
    """One term that is searched on one platform for one brand; coverage is kept per topic.

    `name` is what a person would read in a coverage table: `@handle`, `#tag`, `name:…`,
    `own:@handle`, `r/sub:posts`, `r/sub:comments`, `search:…`.
    """

    platform: str
    brand: str
    name: str
    kind: JobKind = "search"


@dataclass(frozen=True)
class Job:
    """Topics that share one window and fit one series of requests.

    `target` is the platform's own address of the series: an X query, a Reddit listing path.
    `root_ids` are the threads of a `thread` job, or the stored posts that a `check` job reads
    again to see whether they were edited or deleted.
    """

    platform: str
    brand: str
    kind: JobKind
    topics: tuple[str, ...]
    window: Window
    target: str = ""
    root_ids: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Twelve hex digits that tell this job's topics and roots from those of other jobs."""
        parts = "\n".join((*self.topics, "", *self.root_ids))
        return blake2b(parts.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Price:
    """What a platform charges in US dollars for each post and each author it returns."""

    post: float = 0.0
    user: float = 0.0

    def of(self, posts: int, users: int) -> float:
        """Price of that many posts and authors."""
        return self.post * posts + self.user * users


@dataclass(frozen=True)
class Page:
    """One answer of a platform as it came, before anybody has understood it.

    Attributes:
        posts: How many posts the platform bills for this answer; `users` likewise.
        read_from: With this page and those before it, everything the job asked for that was
            published at or after this moment has been read. None where nothing can be said yet,
            because the platform gives no order or has not kept to it.
    """

    url: str
    retrieved_at: datetime
    payload: Any
    posts: int
    users: int = 0
    read_from: datetime | None = None


@dataclass(frozen=True)
class Asking:
    """Said before a request that costs money: the most posts and authors it can be billed for.

    It goes into the books should the answer get lost on its way, or we be killed meanwhile.
    """

    posts: int
    users: int


@dataclass(frozen=True)
class Gap:
    """A stretch of time that a platform did not give, with the reason.

    `is_final` says that no later try can close it.
    """

    window: Window
    reason: GapReason
    detail: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class Post:
    """Anything a person or company published; key `(platform, post_id)`.

    The fields of the post record that other programs hand in (see the README), and those that
    only a platform knows. Times are aware UTC; counts are None where the platform hides them.
    """

    platform: str
    post_id: str
    author_id: str
    text: str
    created_at: datetime
    author_handle: str | None = None
    author_name: str | None = None
    permalink: str | None = None
    reply_to_id: str | None = None
    root_id: str | None = None
    repost_of_id: str | None = None
    quote_of_id: str | None = None
    lang: str | None = None
    like_count: int | None = None
    reply_count: int | None = None
    repost_count: int | None = None
    view_count: int | None = None
    follower_count: int | None = None
    edited_at: datetime | None = None
    is_deleted: bool = False


@dataclass(frozen=True)
class Unusable:
    """A piece of a payload that is no post we can keep; it goes to `rejects` with its reason."""

    reason: str
    raw: str


@dataclass(frozen=True)
class Landing:
    """The trailer of a landing file: what was asked, what was read, what is missing."""

    platform: str
    brand: str
    kind: JobKind
    topics: tuple[str, ...]
    window: Window
    covered: tuple[Window, ...]
    retrieved_at: datetime
    gaps: tuple[Gap, ...] = ()
    root_ids: tuple[str, ...] = ()
    requests: int = 0
    posts: int = 0
    users: int = 0
    cost_usd: float = 0.0
    error: str = field(default="")
