"""The demo world at a fixed anchor, its servers, and the real clients that read them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import praw
import pytest
import requests
import tweepy
from requests.adapters import HTTPAdapter

from demo.load import load_world
from demo.model import World
from demo.reddit_server import CLIENT_ID, CLIENT_SECRET, RedditApp, RedditServer
from demo.x_server import TOKEN, XApp, XServer

ANCHOR = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class Rehost(HTTPAdapter):
    """Sends to `base` what tweepy addresses to its hard-coded host."""

    def __init__(self, base: str) -> None:
        self.base = base
        super().__init__()

    def send(
        self, request: requests.PreparedRequest, stream: bool = False, **_options: object
    ) -> requests.Response:
        request.url = str(request.url).replace("https://api.twitter.com", self.base)
        return super().send(request, stream=stream, timeout=5)


@pytest.fixture(scope="session")
def anchor() -> datetime:
    """A Wednesday morning in office hours of both brands."""
    return ANCHOR


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


@pytest.fixture
def x(x_server: XServer) -> tweepy.Client:
    """tweepy, giving the bodies as they came."""
    client = tweepy.Client(bearer_token=TOKEN, return_type=dict)
    client.session.mount("https://api.twitter.com", Rehost(x_server.url))
    return client


@pytest.fixture
def praw_client() -> Callable[[RedditServer, str], praw.Reddit]:
    """Makes a praw client for a server and a secret."""
    return lambda server, secret: praw.Reddit(
        client_id=CLIENT_ID,
        client_secret=secret,
        user_agent="horchposten tests",
        oauth_url=server.url,
        reddit_url=server.url,
        check_for_updates=False,
    )


@pytest.fixture
def reddit(
    reddit_server: RedditServer, praw_client: Callable[[RedditServer, str], praw.Reddit]
) -> praw.Reddit:
    return praw_client(reddit_server, CLIENT_SECRET)
