"""Puts the timelines on a stage: a warehouse in memory, holding what their posts would leave in it.

A timeline is a small thread that a care lead can read: who said what when, and what should come
out. `brands.toml` holds the watch-list that all of them share.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import md5
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import orjson

from collectors.model import Post
from warehouse.answers import update_answers
from warehouse.db import transaction
from warehouse.merge import merge_staged
from warehouse.staging import PostStage
from warehouse.sync import sync_watchlist
from warehouse.tagging import load_tags
from watchlist.model import Watchlist

HERE = Path(__file__).parent
SCHEMA = Path(__file__).parents[3] / "warehouse" / "schema"
NOW = datetime(2028, 12, 31, tzinfo=UTC)
"""No rule may depend on it."""

REPLY_KINDS = {"answer", "ask", "holding", "deflect", "social"}
FLAGS = ("complaint", "question", "praise", "urgent", "settled")
PRIVATE = {"iban", "card", "phone", "email", "address", "contract", "plate"}
_STEP = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SPAN = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?")


def seconds(span: str) -> int:
    """Read a span such as `1h 25m` as seconds."""
    found = _SPAN.fullmatch(span.strip())
    assert found is not None, f"not a span: {span!r}"
    days, hours, minutes, rest = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def moment(text: str, before: datetime | None, zone: ZoneInfo) -> datetime:
    """Read local time (`2026-03-02 09:00`), UTC (`…Z`), or a step from the post before (`+25m`)."""
    if step := _STEP.fullmatch(text):
        assert before, "the first post needs a date"
        sign, *parts = step.groups()
        days, hours, minutes, rest = (int(part or 0) for part in parts)
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=rest)
        return before + span if sign == "+" else before - span
    told = datetime.fromisoformat(text)
    return (told if told.tzinfo else told.replace(tzinfo=zone)).astimezone(UTC)


@dataclass
class Timeline:
    """One thread: `posts` as written, `expect` what a care lead would look up.

    A post answers the one before it unless `to` says otherwise: the number of another, `"nobody"`,
    or `"?9"` for one that was never collected.
    """

    name: str
    posts: list[dict[str, Any]]
    expect: list[dict[str, Any]] = field(default_factory=list)
    file: str = ""
    platform: str = "x"
    zone: str = "Europe/Berlin"
    why: str = ""
    corrections: list[dict[str, Any]] = field(default_factory=list)

    def as_posts(self, number: int) -> Iterator[Post]:
        """The posts as a collector would hand them on."""
        at: datetime | None = None
        for index, post in enumerate(self.posts, start=1):
            at = moment(post["at"], at, ZoneInfo(self.zone))
            target = parent_of(post, index)
            link = "repost_of_id" if post.get("repost") else "reply_to_id"
            link = "quote_of_id" if post.get("quotes") else link
            yield Post(
                platform=self.platform,
                post_id=post_key(number, index),
                author_id=f"id-{post['who']}",
                author_handle=post["who"],
                text=post["says"],
                created_at=at,
                root_id=post_key(number, post["root"]) if "root" in post else None,
                is_deleted=post.get("deleted", False),
                **({link: post_key(number, target)} if target is not None else {}),
            )

    def as_tags(self, number: int) -> Iterator[dict[str, Any]]:
        """The tags as `horch tag` would give them."""
        for index, post in enumerate(self.posts, start=1):
            if post.get("tags") != "unread":
                yield {
                    "platform": self.platform,
                    "post_id": post_key(number, index),
                    "text_hash": md5(post["says"].encode(), usedforsecurity=False).hexdigest(),
                    **tag_row(post.get("tags", "")),
                }


def parent_of(post: dict[str, Any], index: int) -> int | str | None:
    """The post that another one answers, quotes or repeats."""
    to = post.get("to", index - 1)
    return None if to in (0, "nobody") else to


def timelines() -> Iterator[Timeline]:
    """Every timeline of the folder, in the order of files and lines."""
    for path in sorted(HERE.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("timeline", ()):
            yield Timeline(file=path.stem, **entry)


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with the schema and the timelines' watch-list."""
    con = duckdb.connect(config={"threads": 1})  # more only wait for each other in small worlds
    con.execute("SET TimeZone = 'UTC'")
    for path in sorted(SCHEMA.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    told = tomllib.loads((HERE / "brands.toml").read_text(encoding="utf-8"))
    sync_watchlist(con, Watchlist.model_validate(told), NOW)
    return con


class Stage:
    """A warehouse that posts and tags are brought into by the steps that a run takes."""

    def __init__(self) -> None:
        self.con = empty_warehouse()

    def play(self, plays: Iterable[tuple[int, Timeline]]) -> None:
        """Load timelines, each in threads of its own, and work out their answers."""
        posts: list[Post] = []
        tags: list[dict[str, Any]] = []
        for number, timeline in plays:
            posts += timeline.as_posts(number)
            tags += timeline.as_tags(number)
            for correction in timeline.corrections:
                self._correct(timeline.platform, post_key(number, correction["post"]), correction)
        self.load(replace(post, is_deleted=False) for post in posts)
        self.tag(tags)
        self.load((post for post in posts if post.is_deleted), NOW + timedelta(hours=1))
        update_answers(self.con, NOW)

    def load(self, posts: Iterable[Post], at: datetime = NOW) -> None:
        """Load posts as a platform shows them."""
        with transaction(self.con):
            staged = PostStage(self.con)
            for post in posts:
                staged.add(post, at)
            staged.flush()
            merge_staged(self.con, at)

    def tag(self, rows: Iterable[dict[str, Any]], at: datetime = NOW) -> None:
        """Load tags; `rows` are lines as `horch tag` writes them."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tagged.jsonl"
            path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
            result = load_tags(self.con, [path], at)
        assert not result.rejected

    def _correct(self, platform: str, post_id: str, correction: dict[str, Any]) -> None:
        self.con.execute(
            "INSERT INTO corrections VALUES ($platform, $post_id, $field, $value, 'lead', $now)",
            {
                "platform": platform,
                "post_id": post_id,
                "field": correction["field"],
                "value": correction["value"],
                "now": NOW,
            },
        )

    def mention(self, number: int, timeline: Timeline, brand: str, post: int) -> dict[str, Any]:
        """The row of `answers` for one post of a timeline."""
        rows = self._rows("answers", number, timeline, brand)
        assert post in rows, f"post {post} is no mention of {brand}"
        return rows[post]

    def replies(self, number: int, timeline: Timeline, brand: str) -> dict[int, dict[str, Any]]:
        """The rows of `replies` of a timeline, by the number of the reply."""
        return self._rows("replies", number, timeline, brand)

    def _rows(
        self, table: str, number: int, timeline: Timeline, brand: str
    ) -> dict[int, dict[str, Any]]:
        found = self.con.execute(
            f"SELECT * FROM {table} WHERE brand = $brand AND platform = $platform"  # noqa: S608
            " AND starts_with(post_id, $prefix)",
            {"brand": brand, "platform": timeline.platform, "prefix": f"{number:05d}"},
        )
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return {post_number(row["post_id"]): row for row in rows}


def post_key(number: int, post: int | str) -> str:
    """The id of a timeline's post; of one that nobody has (`"?9"`) too."""
    return f"{number:05d}{int(str(post).removeprefix('?')):04d}"


def post_number(post_id: str) -> int:
    """The number of the post within its timeline."""
    return int(post_id[5:])


def tag_row(tags: str) -> dict[str, Any]:
    """Read `complaint iban spill:hotline` as the tags that a model would give."""
    words = tags.split()
    known = {*FLAGS, *REPLY_KINDS, *PRIVATE}
    assert all(word in known or word.startswith("spill:") for word in words), tags
    kinds = [word for word in words if word in REPLY_KINDS]
    return {
        "model": "told",
        "lang": "de",
        "sentiment": "negative" if "complaint" in words else "neutral",
        **{flag: flag in words for flag in FLAGS},
        "private_data": [word for word in words if word in PRIVATE],
        "spill_over": [word.removeprefix("spill:") for word in words if word.startswith("spill:")],
        "reply_kind": kinds[0] if kinds else "social",
    }
