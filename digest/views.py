"""Sections in words: one function per shape, from rows to what both templates lay out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, sqrt
from typing import Any

from digest.chart import draw
from digest.model import Digest, Row, Section
from digest.plain import defused, one_line
from digest.words import Words
from digest.work import author, work_list

View = dict[str, Any]

CHART = "days"
_TILES = ("open", "overdue", "due_today", "new", "closed")
_HEAT_STEPS = 6
_GAPS_SHOWN = 6
_NOTABLE = 0.25
_NAMED = 3
_PATTERN_FROM = 12  # mentions; fewer make no pattern


def lead(digest: Digest, section: Section, words: Words) -> View:
    """The counts that everything begins with, and what burns."""
    row = section.rows[0]
    states = ("unanswered", "holding", "deflected", "reopened")
    split = _counted(words, row, [(f"state_{state}", state) for state in states])
    burns = list(_burning(digest, row, words))
    return {
        "tiles": [
            (name, row[f"{name}_count"], words.number(row[f"{name}_count"])) for name in _TILES
        ],
        "split": words("lead.split", parts=words.listing(split)) if len(split) > 1 else "",
        "burns": burns,
        "preview": burns or split,
        "snoozed": next(iter(_counted(words, row, [("snoozed", "snoozed")])), ""),
        "nothing": "" if row["open_count"] else _nothing(row, words),
    }


def _burning(digest: Digest, row: Row, words: Words) -> Iterable[str]:
    """What cannot wait, with the first authors by name."""
    for key, column in (
        ("urgent", "urgent"),
        ("private", "private_data"),
        ("reopened", "reopened"),
    ):
        if count := row[f"{column}_count"]:
            posts = [post for post in digest.rows("work_list") if column in _marks(post)]
            names = ", ".join(author(post, words) for post in posts[:_NAMED])
            yield f"{words.count(f'lead.{key}', count)}: {names}{' …' * (count > _NAMED)}"


def _marks(post: Row) -> set[str]:
    return {*post["reasons"], post["status"]}


def _counted(words: Words, row: Row, messages: Iterable[tuple[str, str]]) -> list[str]:
    """The messages whose counts are not nil, given as (message, column without `_count`)."""
    counts = [(message, row[f"{column}_count"]) for message, column in messages]
    return [words.count(f"lead.{message}", count) for message, count in counts if count]


def _nothing(row: Row, words: Words) -> str:
    new = row["mention_count"]
    since = words.count("lead.nothing_but", new) if new else words("lead.nothing_new")
    return f"{words('lead.nothing')} {since}"


def figures(digest: Digest, section: Section, words: Words) -> View:
    """Yesterday beside the weeks before; figures that were nil in both are left out."""
    shown = [row for row in section.rows if row["yesterday_value"] or _shows(row["usual_value"])]
    if not shown:
        return {}
    day_count = shown[0]["day_count"]
    head = [words.label("column", column) for column in ("metric", "yesterday", "usual")]
    return {
        "day": words.day(digest.date - timedelta(days=1)),
        "cells": [head, *(_figure(row, words) for row in shown)],
        "note": words.count("figures.usual", day_count)
        if day_count
        else words("figures.usual_none"),
    }


def _shows(usual: float | None) -> bool:
    return usual is not None and usual >= 0.05  # less is written as nil


def _figure(row: Row, words: Words) -> list[str]:
    name, now, usual = row["metric"], row["yesterday_value"], row["usual_value"]
    shown = f"{_trend(name, now, usual)} {_amount(name, now, words)}".strip()
    return [words.label("figures", name), shown, _amount(name, usual, words, digits=1)]


def _amount(name: str, amount: float | None, words: Words, digits: int = 0) -> str:
    if amount is None:
        return words("figures.none")
    if name.endswith("_seconds"):
        return words.open_span(amount)
    return words.percent(amount) if name.endswith("_pct") else words.number(amount, digits)


def _trend(name: str, now: float | None, usual: float | None) -> str:
    """An arrow where yesterday was clearly unusual; one or two posts more are chance.

    None for the share still open: older mentions had more time to be answered.
    """
    if now is None or not usual or name.endswith("_pct") or abs(now - usual) < _NOTABLE * usual:
        return ""
    if name.endswith("_count") and abs(now - usual) < 3:
        return ""
    return "↑" if now > usual else "↓"


def days(digest: Digest, section: Section, words: Words) -> View:
    """Two weeks as a chart, with its alternative text and a line of blocks for the text part."""
    volume = [row["mention_count"] for row in section.rows]
    backlog = [row["open_count"] for row in section.rows]
    if not any(volume) and not any(backlog):
        return {}
    alt = words(
        "days.alt",
        volume=words.number(volume[-1]),
        mean=words.number(sum(volume) / len(volume), 1),
        backlog=words.number(backlog[-1]),
        before=words.number(backlog[0]),
    )
    labels = [str(row["day"].day) for row in section.rows]
    return {
        "image": CHART,
        "png": draw(volume, backlog, labels),
        "alt": alt,
        "span": _day_range(section.rows[0]["day"], section.rows[-1]["day"], words),
        "series": [
            (name, amounts, words.number(amounts[-1]))
            for name, amounts in (("volume", volume), ("backlog", backlog))
        ],
    }


def _day_range(first: date, last: date, words: Words) -> str:
    return f"{words.short_day(first)} – {words.short_day(last)}"


def hours(digest: Digest, section: Section, words: Words) -> View:
    """Four weeks as a grid of weekday and hour, 0 (nothing) to 6 (the busiest hour)."""
    if sum(row["mention_count"] for row in section.rows) < _PATTERN_FROM:
        return {}
    counts = {(row["weekday"], row["hour"]): row["mention_count"] for row in section.rows}
    (day, hour), top = max(counts.items(), key=lambda cell: (cell[1], -cell[0][0], -cell[0][1]))
    outside = sum(row["outside_count"] for row in section.rows) / sum(counts.values())
    peak = {"day": words.weekday(day - 1, "wide"), "from": hour, "to": hour + 1}
    return {
        "grid": [
            (words.weekday(number - 1), [_step(counts.get((number, h), 0), top) for h in range(24)])
            for number in range(1, 8)
        ],
        "busiest": words("hours.busiest", count=words.number(top), **peak),
        "outside": words("hours.outside", share=words.percent(outside)) if outside else "",
        "alt": words("hours.alt", count=words.number(top), **peak),
    }


def _step(count: int, top: int) -> int:
    """Roots, so that one burst does not fade the ordinary days."""
    return ceil(_HEAT_STEPS * sqrt(count / top))


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


def table(digest: Digest, section: Section, words: Words) -> View:
    """Any other section: its rows as they are; cells with a known word are translated."""
    if not section.rows:
        return {}
    group = section.columns[0] if section.columns else ""
    return {
        "columns": [words.label("column", column) for column in section.columns],
        "rows": [[_cell(value, group, words) for value in row.values()] for row in section.rows],
    }


def _cell(value: object, group: str, words: Words) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else words("csv.yes" if value else "csv.no")
    if isinstance(value, int | float | Decimal):
        return words.number(float(value), 2)
    text = one_line(str(value), 60)
    return words.label(group, text) if f"{group}.{text}" in words.messages else defused(text)


SHAPES: Mapping[str, Callable[[Digest, Section, Words], View]] = {
    "lead": lead,
    "work_list": work_list,
    "figures": figures,
    "days": days,
    "hours": hours,
    "freshness": freshness,
    "gaps": gaps,
    "cost": cost,
    "table": table,
}
