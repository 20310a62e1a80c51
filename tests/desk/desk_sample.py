"""A published copy made of `world.toml` by the steps that a run takes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any

from warehouse import import_posts, load_tags, open_writer, publish, sync_watchlist, update_answers
from watchlist.model import Watchlist

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
"""Wednesday morning, 10:30 in Kronfurt."""
FLAGS = ("complaint", "question", "praise", "urgent", "settled")
REPLY_KINDS = ("answer", "ask", "holding", "deflect", "social")
_UNITS = {"m": 60, "h": 3600, "d": 86400}
_WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("08:00-12:00", "13:00-18:00"))

WATCHLIST = Watchlist.model_validate(
    {
        "brands": [
            {
                "id": "kronfurt",
                "name": "Stadtwerke Kronfurt",
                "handles": ["@KronfurtHilft"],
                "names": ["Stadtwerke Kronfurt"],
                "accounts": {"superuser": ["strom_sepp"]},
                "signatures": {"agency": ["^mk"]},
                "office_hours": _WEEKDAYS,
                "digest": {"recipients": ["care@kronfurt.example"]},
            },
            {
                "id": "dunmarrow",
                "name": "Dunmarrow Parcels",
                "handles": ["@DunmarrowHelp"],
                "time_zone": "Europe/London",
                "country": "GB",
                "digest": {"recipients": ["care@dunmarrow.example"], "language": "en"},
            },
        ]
    }
)


def span(text: str) -> timedelta:
    """Read `90m`, `3h` or `2d`."""
    return timedelta(seconds=int(text[:-1]) * _UNITS[text[-1]])


def threads() -> list[dict[str, Any]]:
    """The threads of `world.toml`."""
    path = Path(__file__).with_name("world.toml")
    told: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["thread"]
    return told


def flood(count: int) -> Iterator[dict[str, Any]]:
    """Many threads of one complaint each."""
    for number in range(count):
        yield {
            "key": f"flood-{number}",
            "ago": f"{1 + number % 20_000}m",
            "brand": "kronfurt",
            "posts": [
                {
                    "who": f"kunde{number}",
                    "says": f"@KronfurtHilft Zum {number}. Mal: der Zähler in Haus {number}"
                    " zeigt nichts an, und am Telefon hebt seit Tagen niemand ab. Was nun?",
                    "tags": "complaint question spill:hotline",
                    "followers": number % 900,
                }
            ],
        }


def post_id(key: str, number: int = 1) -> str:
    """The id of a thread's post."""
    return f"{key}-{number}"


def fill(folder: Path, plays: list[dict[str, Any]], now: datetime = NOW) -> None:
    """Bring threads into the warehouse in `folder` and publish it."""
    followers = [
        {"author_id": f"id-{post['who']}", "count": post["followers"]}
        for play in plays
        for post in play["posts"]
        if "followers" in post
    ]
    with open_writer(folder / "warehouse.duckdb") as con:
        sync_watchlist(con, WATCHLIST, now)
        for brand in {play["brand"] for play in plays}:
            path = folder / f"{brand}.jsonl"
            posts = [post for play in plays if play["brand"] == brand for post in _posts(play, now)]
            path.write_text("\n".join(json.dumps(post) for post in posts), encoding="utf-8")
            import_posts(con, path, brand, now)
        sync_watchlist(con, WATCHLIST, now)
        tags = folder / "tags.jsonl"
        rows = [json.dumps(row) for play in plays for row in _tags(play)]
        tags.write_text("\n".join(rows) + "\n", encoding="utf-8")
        load_tags(con, [tags], now)
        con.execute(
            "UPDATE authors SET follower_count = told.n FROM (SELECT unnest($ids) AS id,"
            " unnest($counts) AS n) AS told WHERE authors.author_id = told.id",
            {
                "ids": [row["author_id"] for row in followers],
                "counts": [row["count"] for row in followers],
            },
        )
        update_answers(con, now)
    publish(folder / "warehouse.duckdb", folder / "reader.duckdb")


def _posts(play: dict[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
    start = now - span(play["ago"])
    for number, post in enumerate(play["posts"], start=1):
        link = f"https://x.example/{play['key']}/status/{number}"
        yield {
            "platform": play.get("platform", "x"),
            "post_id": post_id(play["key"], number),
            "author_id": f"id-{post['who']}",
            "author_handle": post["who"],
            "text": post["says"],
            "created_at": (start + span(post.get("after", "0m"))).isoformat(),
            "permalink": post.get("link", link),
            "reply_to_id": post_id(play["key"], number - 1) if number > 1 else None,
            "root_id": post_id(play["key"]) if number > 1 else None,
            "repost_of_id": post.get("repost_of"),
        }


def _tags(play: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number, post in enumerate(play["posts"], start=1):
        words = post["tags"].split()
        flags = {flag: flag in words for flag in FLAGS}
        sentiment = (
            "negative" if flags["complaint"] else "positive" if flags["praise"] else "neutral"
        )
        yield {
            "platform": play.get("platform", "x"),
            "post_id": post_id(play["key"], number),
            "text_hash": md5(post["says"].encode(), usedforsecurity=False).hexdigest(),
            "model": "told",
            "lang": play.get("lang", "de"),
            "sentiment": sentiment,
            "sentiment_scores": {"negative": 0.6, "neutral": 0.3, "positive": 0.1},
            **flags,
            "scores": {flag: 0.93 if flags[flag] else 0.04 for flag in FLAGS[:4]},
            "private_data": [w for w in words if w in ("iban", "contract", "phone", "email")],
            "spill_over": [w.removeprefix("spill:") for w in words if w.startswith("spill:")],
            "reply_kind": next((w for w in words if w in REPLY_KINDS), "social"),
        }
