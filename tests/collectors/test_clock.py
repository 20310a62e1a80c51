"""A clock that runs ahead would call read what is still to be written: it is noticed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collectors import registry
from collectors.errors import WrongClock
from collectors.model import Window
from collectors.reading import Json
from demo.reddit_server import RedditServer
from demo.x_server import XServer
from tests.collectors.conftest import NOW
from watchlist.model import Brand


def test_reddit_would_not_notice_so_we_do(
    reddit_server: RedditServer, reddit_client: Callable[..., Json], brand: Brand
) -> None:
    reddit = registry.get("reddit")
    client = reddit_client(reddit_server)
    (job, *_rest) = reddit.jobs(brand, reddit.topics(brand), Window(NOW - timedelta(days=1), NOW))

    assert list(reddit.collect(client, job, NOW + timedelta(minutes=1)))
    assert list(reddit.collect(client, job, NOW - timedelta(hours=9)))
    with pytest.raises(WrongClock, match="180 minutes ahead"):
        list(reddit.collect(client, job, NOW + timedelta(hours=3)))


def test_x_too_even_where_no_time_is_asked_for(
    x_server: XServer, x_client: Callable[..., Json], brand: Brand
) -> None:
    x = registry.get("x")
    job = x.check_jobs(brand, ["1"], Window(NOW - timedelta(days=1), NOW))[0]

    with pytest.raises(WrongClock, match="set it"):
        list(x.collect(x_client(x_server), job, NOW + timedelta(hours=30)))
