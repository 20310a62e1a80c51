"""The demo world at a fixed anchor, and its servers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from demo.load import load_world
from demo.model import World
from demo.reddit_server import RedditApp, RedditServer
from demo.x_server import XApp, XServer

ANCHOR = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
"""A Wednesday morning in office hours of both brands."""


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(ANCHOR)


@pytest.fixture
def x_server(world: World) -> Iterator[XServer]:
    with XServer(XApp(world, lambda: ANCHOR)) as server:
        yield server


@pytest.fixture
def reddit_server(world: World) -> Iterator[RedditServer]:
    with RedditServer(RedditApp(world, lambda: ANCHOR)) as server:
        yield server
