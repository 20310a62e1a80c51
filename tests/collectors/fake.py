"""A platform that yields what a test gives it, and short ways to land its pages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from collectors import landing
from collectors.model import Gap, Job, Page, Post, Price, Unusable, Window
from collectors.reading import Json

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(hours=4), NOW)
JOB = Job("fake", "brand", "search", ("#topic", "name:Ä/ö"), WINDOW, "query")


class FakePlatform:
    """A platform that yields what the test gives it."""

    NAME = "fake"
    HOST = ""
    PRICE = Price(post=0.005, user=0.01)

    def __init__(self, *items: Page | Gap | BaseException, gaps: tuple[Gap, ...] = ()) -> None:
        self.items = items
        self.gaps = list(gaps)

    def reach(self, job: Job, now: datetime) -> tuple[Window | None, list[Gap]]:
        lost = [gap.window for gap in self.gaps]
        left = job.window.minus(lost)
        return (left[0] if left else None), self.gaps

    def collect(
        self, client: Json, job: Job, now: datetime, max_posts: int | None = None
    ) -> Iterator[Page | Gap]:
        for item in self.items:
            if isinstance(item, BaseException):
                raise item
            yield item

    def to_posts(self, payload: Json) -> Iterator[Post | Unusable]:
        yield from ()

    topics = jobs = thread_jobs = check_jobs = connect = weekly_posts = to_posts


def page(payload: Json = None, hours_ago: float | None = None, posts: int = 1) -> Page:
    read_from = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    return Page("https://fake.example/1", NOW, payload, posts, users=1, read_from=read_from)


def land(folder: Path, *items: Page | Gap | BaseException, job: Job = JOB) -> Path:
    path = landing.collect_to_landing(FakePlatform(*items), None, job, folder, NOW)
    assert path is not None
    return path
