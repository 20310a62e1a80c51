"""The demo world, collected and worked out by real clients, as `horch run` would."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import warehouse
from collectors.connection import Connection
from demo.load import load_world
from demo.model import World
from demo.reddit_server import CLIENT_ID, CLIENT_SECRET, RedditApp, RedditServer
from demo.x_server import TOKEN, XApp, XServer
from pipeline import Home
from pipeline.run import RunReport, run_once

ANCHOR = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
WATCHLIST = Path(__file__).parents[2] / "demo/watchlist.toml"


@dataclass
class Play:
    """The world being played, and one installation that watches it.

    Attributes:
        now: The time of the world; move it on by assignment.
    """

    home: Home
    world: World
    connections: dict[str, Connection]
    now: datetime

    def run(self) -> RunReport:
        """Run the whole way once."""
        return run_once(self.home, self.connections, lambda: self.now, lambda _text: None)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the reader copy."""
        with warehouse.open_reader(self.home.reader) as con:
            return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """The world at its anchor, watched for the first time, and once more to read the threads."""
    folder = tmp_path_factory.mktemp("play")
    text = WATCHLIST.read_text("utf-8").replace("retention =", 'recheck = "all"\nretention =')
    (folder / "watchlist.toml").write_text(text, "utf-8")
    world = load_world(ANCHOR)
    made = Play(Home.open(folder / "watchlist.toml"), world, {}, ANCHOR + timedelta(minutes=1))
    x = XServer(XApp(world, lambda: made.now))
    reddit = RedditServer(RedditApp(world, lambda: made.now))
    with x.start(), reddit.start():
        made.connections = {
            "x": Connection("x", host=x.url, password=TOKEN),
            "reddit": Connection(
                "reddit", host=reddit.url, login=CLIENT_ID, password=CLIENT_SECRET
            ),
        }
        made.run()
        made.run()
        yield made
