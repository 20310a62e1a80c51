"""Two weeks as a chart and the hours of four weeks as a heat map."""

from __future__ import annotations

from datetime import date
from math import ceil, sqrt

from digest import chart, heat
from digest.model import Digest, Section, View
from digest.words import Words

CHART = "days"
HEAT_MAP = "hours"
_HOURS = (0, 6, 12, 18)
_PATTERN_FROM = 12  # mentions; fewer make no pattern


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
        "png": chart.draw(volume, backlog, labels),
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
    grid = [
        (words.weekday(number - 1), [_step(counts.get((number, h), 0), top) for h in range(24)])
        for number in range(1, 8)
    ]
    return {
        "image": HEAT_MAP,
        "png": heat.draw(grid, _HOURS),
        "grid": grid,
        "busiest": words("hours.busiest", count=words.number(top), **peak),
        "outside": words("hours.outside", share=words.percent(outside)) if outside else "",
        "alt": words("hours.alt", count=words.number(top), **peak),
    }


def _step(count: int, top: int) -> int:
    """Roots, so that one burst does not fade the ordinary days."""
    return ceil(heat.STEPS * sqrt(count / top))
