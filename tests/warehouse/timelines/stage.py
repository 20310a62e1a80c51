"""Puts the timelines on a stage: a warehouse in memory, holding what their posts would leave in it.

A timeline is a small thread that a care lead can read: who said what when, and what should come
out. `brands.toml` holds the watch-list that all of them share.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import holidays

from watchlist.model import WEEKDAYS, Brand

HERE = Path(__file__).parent
SCHEMA = Path(__file__).parents[3] / "warehouse" / "schema"
NOW = datetime(2026, 12, 31, tzinfo=UTC)
"""No rule may depend on it."""

REPLY_KINDS = {"answer", "ask", "holding", "deflect", "social"}
FLAGS = ("complaint", "question", "praise", "urgent", "settled")
PRIVATE = {"iban", "card", "phone", "email", "address", "contract", "plate"}
_STEP = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SPAN = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?")


def seconds(span: str) -> int:
    """Read a span such as `1h 25m` as seconds."""
    found = _SPAN.fullmatch(span.strip())
    assert found and any(found.groups()), f"not a span: {span!r}"
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
    """One thread: `posts` as written, `expect` the rows that a care lead would look up."""

    name: str
    posts: list[dict[str, Any]]
    expect: list[dict[str, Any]]
    file: str
    platform: str = "x"
    zone: str = "Europe/Berlin"
    why: str = ""
    corrections: list[dict[str, str]] = field(default_factory=list)


def timelines() -> Iterator[Timeline]:
    """Every timeline of the folder, in the order of files and lines."""
    for path in sorted(HERE.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("timeline", ()):
            yield Timeline(file=path.stem, **entry)


def brands() -> list[Brand]:
    """The brands that the timelines speak of."""
    told = tomllib.loads((HERE / "brands.toml").read_text(encoding="utf-8"))
    return [Brand.model_validate(brand) for brand in told["brands"]]


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """A warehouse in memory with the schema and nothing else."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    for path in sorted(SCHEMA.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, **row: object) -> None:
    """Insert one row; columns that are not named stay NULL."""
    names, marks = ", ".join(row), ", ".join(f"${name}" for name in row)
    con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608


def watch(con: duckdb.DuckDBPyConnection, watched: list[Brand]) -> None:
    """Write the brands as the watch-list's tables."""
    for brand in watched:
        insert(
            con,
            "brands",
            brand=brand.id,
            name=brand.name,
            time_zone=brand.time_zone,
            answer_within_seconds=int(brand.answer_within.total_seconds()),
            digest_at=brand.digest.at,
            retention_seconds=int(brand.retention.total_seconds()),
        )
        for platform in ("x", "reddit", "facebook"):
            engage = brand.engages(platform)
            insert(con, "brand_platforms", brand=brand.id, platform=platform, engage=engage)
        for role, where, handle in brand.members():
            insert(con, "brand_accounts", brand=brand.id, platform=where, handle=handle, role=role)
        for role in ("own", "agency"):
            for signature in getattr(brand.signatures, role):
                insert(con, "brand_signatures", brand=brand.id, role=role, signature=signature)
        write_hours(con, brand, date(2024, 1, 1), date(2027, 1, 1))


def write_hours(con: duckdb.DuckDBPyConnection, brand: Brand, first: date, last: date) -> None:
    """Write the office hours of some days, worked out here once more, day by day."""
    if brand.office_hours.never_closes:
        return
    off = holidays.country_holidays(brand.country, subdiv=brand.state)
    opens, closes, before = [], [], []
    total = 0
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        if day in off and not brand.office_hours.on_holidays:
            continue
        for block in getattr(brand.office_hours, WEEKDAYS[day.weekday()]):
            start = datetime.combine(day, block.opens, brand.zone).astimezone(UTC)
            end_day = day + timedelta(days=block.closes is None)
            end = datetime.combine(end_day, block.closes or time(), brand.zone).astimezone(UTC)
            opens.append(start)
            closes.append(end)
            before.append(total)
            total += int((end - start).total_seconds())
    con.execute(
        "INSERT INTO office_hours SELECT $brand, unnest($opens), unnest($closes), unnest($before)",
        {"brand": brand.id, "opens": opens, "closes": closes, "before": before},
    )


class Stage:
    """A warehouse that timelines are played in, each in threads of its own."""

    def __init__(self) -> None:
        self.con = empty_warehouse()
        self.brands = {brand.id: brand for brand in brands()}
        watch(self.con, list(self.brands.values()))
        self._authors: set[tuple[str, str]] = set()

    def play(self, number: int, timeline: Timeline) -> None:
        """Put all posts of a timeline into the tables and mark their threads."""
        threads: dict[str, str] = {}
        before: datetime | None = None
        for index, post in enumerate(timeline.posts, start=1):
            before = moment(post["at"], before, ZoneInfo(timeline.zone))
            parent = parent_of(post, index)
            key = f"{number}-{index}"
            parent_id = None if parent is None else f"{number}-{parent}"
            threads[key] = threads.get(parent_id, parent_id) if parent_id else key
            self._post(timeline, key, post, before, threads[key], parent_id)
        for correction in timeline.corrections:
            insert(
                self.con,
                "corrections",
                platform=timeline.platform,
                post_id=f"{number}-{correction['post']}",
                field=correction["field"],
                value=correction["value"],
                corrected_by="lead",
                corrected_at=NOW,
            )

    def _post(
        self,
        timeline: Timeline,
        key: str,
        post: dict[str, Any],
        at: datetime,
        thread_id: str,
        parent_id: str | None,
    ) -> None:
        platform, who, deleted = timeline.platform, post["who"], post.get("deleted", False)
        if (platform, who) not in self._authors:
            self._authors.add((platform, who))
            insert(
                self.con,
                "authors",
                platform=platform,
                author_id=who,
                handle=who,
                first_seen_at=at,
                updated_at=at,
            )
        insert(
            self.con,
            "posts",
            platform=platform,
            post_id=key,
            author_id=None if deleted else who,
            text=None if deleted else post["says"],
            created_at=at,
            thread_id=thread_id,
            parent_id=parent_id,
            repost_of_id=parent_id if post.get("repost") else None,
            first_seen_at=at,
            updated_at=at,
            deleted_at=NOW if deleted else None,
        )
        insert(self.con, "dirty_threads", platform=platform, thread_id=thread_id)
        for brand, kind in self._mentions(post):
            insert(
                self.con,
                "mentions",
                brand=brand,
                platform=platform,
                post_id=key,
                kind=kind,
                is_imported=False,
                first_seen_at=at,
            )
        if post.get("tags") != "unread":
            insert(
                self.con, "tags", platform=platform, post_id=key, **tag_row(post.get("tags", ""))
            )

    def _mentions(self, post: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """The brands that a post concerns, by @handle or #hashtag; `kind` says otherwise."""
        for brand in self.brands.values():
            if post["who"] in {
                handle for role, _, handle in brand.members() if role != "superuser"
            }:
                continue
            if kind := post.get("kind"):
                if brand.id == post.get("brand", "werke"):
                    yield brand.id, kind
            elif f"@{brand.handles[0]}" in post["says"].lower():
                yield brand.id, "direct"
            elif f"#{brand.hashtags[0]}" in post["says"].lower():
                yield brand.id, "hashtag"

    def rows(self, number: int, timeline: Timeline, brand: str, post: int) -> dict[str, Any]:
        """The row of `answers` for one post of a timeline."""
        found = self.con.execute(
            "SELECT * FROM answers WHERE brand = $brand AND platform = $platform AND post_id = $id",
            {"brand": brand, "platform": timeline.platform, "id": f"{number}-{post}"},
        )
        names = [column[0] for column in found.description]
        rows = found.fetchall()
        assert len(rows) == 1, f"post {post} has {len(rows)} rows for {brand}"
        return dict(zip(names, rows[0], strict=True))

    def replies(self, number: int, timeline: Timeline, brand: str) -> dict[int, dict[str, Any]]:
        """The rows of `replies` of a timeline, by the number of the reply."""
        found = self.con.execute(
            "SELECT * FROM replies WHERE brand = $brand AND platform = $platform"
            " AND starts_with(post_id, $prefix)",
            {"brand": brand, "platform": timeline.platform, "prefix": f"{number}-"},
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return {int(row["post_id"].partition("-")[2]): row for row in rows}


def parent_of(post: dict[str, Any], index: int) -> int | str | None:
    """Whom a post answers: the one before unless `to` names another, `"nobody"` or `"?…"`."""
    to = post.get("to", index - 1)
    return None if to in (0, "nobody") else to


def tag_row(tags: str) -> dict[str, Any]:
    """Read `complaint iban spill:hotline` as the tags that a model would give."""
    words = tags.split()
    spilled = [word.removeprefix("spill:") for word in words if word.startswith("spill:")]
    known = {*FLAGS, *REPLY_KINDS, *PRIVATE}
    assert all(word in known or word.startswith("spill:") for word in words), tags
    kinds = [word for word in words if word in REPLY_KINDS]
    return {
        "model": "told",
        "text_hash": "",
        "lang": "de",
        "sentiment": "negative" if "complaint" in words else "neutral",
        **{flag: flag in words for flag in FLAGS},
        "private_data": [word for word in words if word in PRIVATE],
        "spill_over": spilled,
        "reply_kind": kinds[0] if kinds else "social",
        "tagged_at": NOW,
    }
