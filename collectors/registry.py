"""The platforms that can be collected, by name; modules load when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from collectors.connection import Connection
from collectors.model import Asking, Gap, Job, Page, Post, Price, Topic, Unusable, Window
from collectors.reading import Json
from watchlist.errors import HorchError

if TYPE_CHECKING:
    from watchlist.model import Brand  # a second of imports, and schedulers read this file often

#: To add a platform: one line here, its module, its tests.
PLATFORMS = {
    "x": "collectors.x",
    "reddit": "collectors.reddit",
}


#: Whatever a platform's own `connect` returns; only its own `collect` looks inside.
Client: TypeAlias = Any


class UnknownPlatform(HorchError):
    """A platform name that is not in the registry."""


class Platform(Protocol):
    """What a platform's module offers."""

    NAME: str
    HOST: str
    PRICE: Price

    def topics(self, brand: Brand) -> list[Topic]:
        """Everything the watch-list makes this platform search for the brand."""

    def jobs(self, brand: Brand, topics: Sequence[Topic], window: Window) -> list[Job]:
        """Pack topics that share a window into as few series of requests as possible."""

    def thread_jobs(self, brand: Brand, root_ids: Sequence[str], window: Window) -> list[Job]:
        """Jobs that read what was published in these threads."""

    def check_jobs(self, brand: Brand, post_ids: Sequence[str], window: Window) -> list[Job]:
        """Jobs that read stored posts again, to find edits and deletions."""

    def reach(self, job: Job, now: datetime) -> tuple[Window | None, list[Gap]]:
        """Return the part of the job's window the platform can give now, and what it cannot."""

    def connect(self, connection: Connection) -> Client:
        """Make a client, without a request. Raises `Unauthorized` where credentials lack."""

    def collect(
        self, client: Client, job: Job, now: datetime, max_posts: int | None = None
    ) -> Iterator[Page | Gap | Asking]:
        """Read a job page by page; never more than `max_posts` posts. Raises `CollectorError`."""

    def to_posts(self, payload: Json) -> Iterator[Post | Unusable]:
        """Understand one page; anything odd becomes `Unusable`, never an exception."""

    def weekly_posts(self, client: Client, job: Job, now: datetime) -> int | None:
        """Count a job's posts of the last 7 days; None where reading is free."""


def get(name: str) -> Platform:
    """Load one platform's module.

    Raises:
        UnknownPlatform: the name is not in `PLATFORMS`.
    """
    if name not in PLATFORMS:
        known = ", ".join(sorted(PLATFORMS))
        raise UnknownPlatform(f"no platform is called {name!r}; choose from {known}")
    return cast(Platform, import_module(PLATFORMS[name]))


if TYPE_CHECKING:
    from collectors import reddit, x

    _KEEP_THE_PROTOCOL: list[Platform] = [x, reddit]  # mypy checks it here
