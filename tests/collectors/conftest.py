"""The demo world's servers, a brand that watches it, and clients that reach it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors import landing, registry
from collectors.connection import Connection
from collectors.model import Job, Landing, Post, Unusable, Window
from collectors.reading import Json
from demo.http_server import LocalServer, Reply, Request
from demo.load import load_world
from demo.model import World
from demo.reddit_server import CLIENT_ID, CLIENT_SECRET, RedditApp, RedditServer
from demo.x_server import TOKEN, XApp, XServer
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def week() -> Window:
    return Window(NOW - timedelta(days=6), NOW - timedelta(minutes=1))


@pytest.fixture(scope="session")
def world() -> World:
    return load_world(NOW)


@pytest.fixture(scope="session")
def brand() -> Brand:
    return Brand.model_validate(
        {
            "id": "kronfurt",
            "name": "Stadtwerke Kronfurt",
            "handles": ["SWKronfurt"],
            "names": ["Stadtwerke Kronfurt"],
            "hashtags": ["kronfurt"],
            "subreddits": ["kronfurt"],
            "accounts": {"agency": ["x:SWKronfurtHilft"], "superuser": ["helferin"]},
            "digest": {"recipients": ["care@kronfurt.example"]},
        }
    )


@pytest.fixture
def x_server(world: World) -> Iterator[XServer]:
    with XServer(XApp(world, lambda: NOW)) as server:
        yield server


@pytest.fixture
def reddit_server(world: World) -> Iterator[RedditServer]:
    with RedditServer(RedditApp(world, lambda: NOW)) as server:
        yield server


@pytest.fixture
def x_client() -> Callable[..., Json]:
    """Connect to a stand-in for X."""

    def connect(server: LocalServer, **extra: str) -> Json:
        connection = Connection("x", host=server.url, password=TOKEN, extra=extra)
        return registry.get("x").connect(connection)

    return connect


@pytest.fixture
def reddit_client(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Json]:
    """Connect to a stand-in for Reddit; praw's retries do not wait."""
    monkeypatch.setattr(
        "prawcore.sessions.FiniteRetryStrategy._sleep_seconds", lambda _strategy: None
    )

    def connect(server: LocalServer) -> Json:
        connection = Connection("reddit", host=server.url, login=CLIENT_ID, password=CLIENT_SECRET)
        return registry.get("reddit").connect(connection)

    return connect


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[Request], Reply]], LocalServer]]:
    """Start a local server that answers with a function of the test's own."""
    running: list[LocalServer] = []

    def start(answer: Callable[[Request], Reply]) -> LocalServer:
        running.append(LocalServer(answer).start())
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def land(tmp_path: Path) -> Callable[..., tuple[Landing, list[Post], list[Unusable]]]:
    """Read a job into a landing file and that file back."""

    def collect(
        client: Json, job: Job, **options: Json
    ) -> tuple[Landing, list[Post], list[Unusable]]:
        platform = registry.get(job.platform)
        path = landing.collect_to_landing(platform, client, job, tmp_path, NOW, **options)
        assert path is not None
        found = [
            one for line in landing.read_landing(path) for one in platform.to_posts(line["payload"])
        ]
        return (
            landing.read_trailer(path),
            [one for one in found if isinstance(one, Post)],
            [one for one in found if isinstance(one, Unusable)],
        )

    return collect
