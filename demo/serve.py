"""Play the demo world: `python -m demo.serve` starts both servers and prints how to reach them.

Beside the platforms' paths each server has `/_demo/clock`: a GET tells the time of the world, a
POST with `advance=90m` moves it on, so that late replies, edits and deletions happen.
"""

import argparse
import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from demo.http_server import Reply, Request
from demo.load import load_world
from demo.moments import duration
from demo.reddit_server import CLIENT_ID, CLIENT_SECRET, RedditApp, RedditServer
from demo.x_server import TOKEN, XApp, XServer


class Clock:
    """The time of the world: the machine's, moved on by `advance`."""

    def __init__(self, start: datetime | None = None) -> None:
        now = datetime.now(UTC)
        self._offset = (start or now) - now

    def __call__(self) -> datetime:
        """The time of the world, aware."""
        return datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        """Let that much time pass at once."""
        self._offset += by


def connections(x_url: str, reddit_url: str) -> dict[str, str]:
    """The environment variables with which Horchposten reaches the servers."""
    x = {"conn_type": "http", "host": x_url, "password": TOKEN}
    reddit = {
        "conn_type": "http",
        "host": reddit_url,
        "login": CLIENT_ID,
        "password": CLIENT_SECRET,
    }
    return {
        "AIRFLOW_CONN_HORCH_X": json.dumps(x),
        "AIRFLOW_CONN_HORCH_REDDIT": json.dumps(reddit),
    }


def with_clock(app: Callable[[Request], Reply], clock: Clock) -> Callable[[Request], Reply]:
    """The app with `/_demo/clock` in front."""

    def answer(request: Request) -> Reply:
        if request.path != "/_demo/clock":
            return app(request)
        if request.method == "POST":
            clock.advance(duration(request.form.get("advance", "")))
        return Reply(200, {"now": clock().isoformat()})

    return answer


def start(
    anchor: datetime, *, clock: Clock | None = None, x_port: int = 0, reddit_port: int = 0
) -> tuple[XServer, RedditServer]:
    """Both servers with the world of `anchor`, serving."""
    clock = clock or Clock()
    world = load_world(anchor)
    x = XServer(XApp(world, clock), x_port)
    reddit = RedditServer(RedditApp(world, clock), reddit_port)
    x.answer, reddit.answer = with_clock(x.app, clock), with_clock(reddit.app, clock)
    return x.start(), reddit.start()


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m demo.serve", description=__doc__)
    parser.add_argument("--anchor", type=datetime.fromisoformat, help="the world's now, with zone")
    parser.add_argument("--start", type=datetime.fromisoformat, help="what the clock shows first")
    parser.add_argument("--x-port", type=int, default=0)
    parser.add_argument("--reddit-port", type=int, default=0)
    options = parser.parse_args(arguments)
    anchor = options.anchor or datetime.now(UTC)
    clock = Clock(options.start)
    x, reddit = start(anchor, clock=clock, x_port=options.x_port, reddit_port=options.reddit_port)
    for name, value in connections(x.url, reddit.url).items():
        sys.stdout.write(f"export {name}='{value}'\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        x.stop()
        reddit.stop()


if __name__ == "__main__":
    main()
