"""What collecting costs beside a bare loop that only writes X's pages to disk.

Run: `python -m bench.collect [POSTS]` (100,000 unless given). A local server hands out pages that
were made beforehand; collecting and the bare loop, both with tweepy, read them in processes of
their own. Prints seconds, peak memory and the ratio.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import requests
import tweepy

from collectors import landing, registry
from collectors.connection import Connection
from collectors.model import Job, Window
from collectors.x_client import FIELDS, XWire
from demo.http_server import LocalServer, Reply, Request
from demo.ids import snowflake

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=6), NOW - timedelta(minutes=1))
QUERY = "@swmuster -is:retweet"
PAGE = 100


def main(count: int) -> None:
    """Measure both ways of `count` posts, and ours with a tenth of them."""
    pages = count // PAGE
    with LocalServer(_Pages(pages)) as full, LocalServer(_Pages(pages // 10)) as tenth:
        _measured("warm up", "bare", tenth.url)
        bare = min(_measured("bare loop", "bare", full.url) for _ in range(3))
        ours = min(_measured("collecting", "ours", full.url) for _ in range(3))
        _measured("a tenth", "ours", tenth.url)
    print(f"collecting takes {ours / bare:.2f} times as long as the bare loop")


def _measured(name: str, way: str, url: str) -> float:
    command = [sys.executable, "-m", "bench.collect", way, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, cpu, megabytes, size = json.loads(done.stdout)
    print(
        f"{name:<12} {seconds:6.1f} s  {cpu:6.1f} s CPU  {megabytes:5} MB peak  {size:6.1f} MB",
        flush=True,
    )
    return float(seconds)


def one_way(way: str, url: str) -> None:
    """Read everything once and print seconds, CPU seconds, peak memory and bytes written."""
    with tempfile.TemporaryDirectory() as folder:
        started, cpu = time.perf_counter(), time.process_time()
        (_ours if way == "ours" else _bare)(Path(folder), url)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([seconds, cpu, peak, size / 1e6]))


def _ours(folder: Path, url: str) -> None:
    platform = registry.get("x")
    client = platform.connect(Connection("x", host=url, password="token"))  # noqa: S106
    job = Job("x", "muster", "search", ("@swmuster",), WINDOW, QUERY)
    landing.collect_to_landing(platform, client, job, folder, NOW)


def _bare(folder: Path, url: str) -> None:
    client = tweepy.Client("token", return_type=requests.Response)
    client.session.mount("https://", XWire(url, "tweet"))
    token = None
    with (folder / "pages.jsonl").open("wb") as file:
        while True:
            response: Any = client.search_recent_tweets(
                QUERY,
                start_time=WINDOW.start,
                end_time=WINDOW.end,
                max_results=PAGE,
                next_token=token,
                **FIELDS["tweet"],
            )
            file.write(response.content + b"\n")
            token = response.json()["meta"].get("next_token")
            if token is None:
                return


class _Pages:
    """Answers with page after page; the token is the page's number."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, request: Request) -> Reply:
        return Reply(200, _page(int(request.query.get("next_token", "0")), self.count))


@cache
def _page(number: int, pages: int) -> str:
    posts, users = [], []
    for place in range(number * PAGE, number * PAGE + PAGE):
        at = WINDOW.end - (WINDOW.end - WINDOW.start) * (place / (pages * PAGE))
        posts.append(_post(snowflake(at, str(place)), place, at))
        users.append(
            {
                "id": str(place % 5000 + 1),
                "name": f"Kunde {place % 5000}",
                "username": f"kunde{place % 5000}",
                "public_metrics": {"followers_count": place % 900, "tweet_count": place % 77},
            }
        )
    meta: dict[str, Any] = {"result_count": PAGE, "newest_id": posts[0]["id"]}
    if number + 1 < pages:
        meta["next_token"] = str(number + 1)
    return json.dumps({"data": posts, "includes": {"users": users}, "meta": meta})


def _post(post_id: str, place: int, at: datetime) -> dict[str, Any]:
    text = f"@swmuster seit {place % 17} Tagen warte ich auf Antwort zu Vorgang {place * 7919}, "
    return {
        "id": post_id,
        "author_id": str(place % 5000 + 1),
        "text": text + "bei der Hotline geht niemand ans Telefon. Was soll ich tun?",
        "created_at": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
        "conversation_id": post_id,
        "edit_history_tweet_ids": [post_id],
        "lang": "de",
        "public_metrics": {"like_count": place % 5, "reply_count": 0, "retweet_count": 0,
                           "quote_count": 0, "impression_count": place % 500},
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] in (["bare"], ["ours"]):
        one_way(sys.argv[1], sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
