"""The foot of a digest in words: how far was read, what is missing, what it cost."""

from __future__ import annotations

from digest.model import Digest, Row, Section, View
from digest.plain import defused, one_line
from digest.words import Words

_GAPS_SHOWN = 6


def freshness(digest: Digest, section: Section, words: Words) -> View:
    """Up to when each platform has been read; a warning where that is too long ago."""
    late = [row for row in section.rows if row["is_stale"]]
    fresh = [_until(row, "until", digest, words) for row in section.rows if not row["is_stale"]]
    return {
        "warnings": [
            _until(row, "stale" if row["read_until_at"] else "never", digest, words) for row in late
        ],
        "lines": [words.listing(fresh)] if fresh else [],
    }


def _until(row: Row, message: str, digest: Digest, words: Words) -> str:
    at = row["read_until_at"]
    return words(
        f"gaps.{message}",
        platform=words.label("platform", row["platform"]),
        time=words.moment(at, digest.now) if at else "",
    )


def gaps(digest: Digest, section: Section, words: Words) -> View:
    """What is missing, each with its reason."""
    hidden = len(section.rows) - _GAPS_SHOWN
    lines = [_gap(row, digest, words) for row in section.rows[:_GAPS_SHOWN]]
    if hidden > 0:
        lines.append(words.count("gaps.more", hidden))
    is_certain = not any(row["is_stale"] for row in digest.rows("freshness"))
    return {"lines": lines or [words("gaps.none")] * is_certain}


def _gap(row: Row, digest: Digest, words: Words) -> str:
    return words(
        "gaps.line",
        platform=words.label("platform", row["platform"]),
        topics=defused(one_line(", ".join(row["topics"]), 80)),
        start=words.moment(row["start_at"], digest.now),
        end=words.moment(row["end_at"], digest.now),
        reason=", ".join(
            [words.label("gaps", row["reason"])] + [words("gaps.catch_up")] * (not row["is_final"])
        ),
    )


def cost(digest: Digest, section: Section, words: Words) -> View:
    """What the month has cost so far."""
    lines = [
        words(
            "cost.month",
            platform=words.label("platform", row["platform"]),
            cost=words.money(row["cost_usd"]),
            posts=words.count("cost.posts", row["post_count"]),
            requests=words.count("cost.requests", row["request_count"]),
        )
        for row in section.rows
    ]
    return {"lines": lines or [words("cost.none")]}
