"""Yesterday in figures, in words."""

from __future__ import annotations

from datetime import timedelta

from digest.model import DAYS, Digest, Row, Section, View
from digest.words import Words

_NOTABLE = 0.25


def figures(digest: Digest, section: Section, words: Words) -> View:
    """Yesterday beside the weeks before; figures that were nil in both are left out."""
    shown = [row for row in section.rows if row["present_value"] or _shows(row["usual_value"])]
    if not shown:
        return {}
    day_count = shown[0]["day_count"]
    is_week = digest.edition == "weekly"
    present = "in_week" if is_week else "yesterday"
    head = [words.label("column", column) for column in ("metric", present, "usual")]
    return {
        "day": period(digest, words),
        "cells": [head, *(_figure(row, words) for row in shown)],
        "note": words.count("figures.usual_week" if is_week else "figures.usual", day_count)
        if day_count
        else words("figures.usual_none"),
    }


def period(digest: Digest, words: Words) -> str:
    """The day or the days that a digest reports."""
    last = digest.date - timedelta(days=1)
    if digest.edition == "daily":
        return words.day(last)
    return words.days(digest.date - timedelta(days=DAYS["weekly"]), last)


def _shows(usual: float | None) -> bool:
    return usual is not None and usual >= 0.05  # less is written as nil


def _figure(row: Row, words: Words) -> list[str]:
    name, now, usual = row["metric"], row["present_value"], row["usual_value"]
    shown = f"{_trend(name, now, usual)} {_amount(name, now, words)}".strip()
    return [words.label("figures", name), shown, _amount(name, usual, words, digits=1)]


def _amount(name: str, amount: float | None, words: Words, digits: int = 0) -> str:
    if amount is None:
        return words("figures.none")
    if name.endswith("_seconds"):
        return words.open_span(amount)
    return words.percent(amount) if name.endswith("_pct") else words.number(amount, digits)


def _trend(name: str, now: float | None, usual: float | None) -> str:
    """An arrow where it was clearly unusual; a post or two or a few per cent more are chance."""
    if now is None or not usual or abs(now - usual) < _NOTABLE * usual:
        return ""
    least = {"count": 3, "pct": 0.1}.get(name.rpartition("_")[2], 0)
    if abs(now - usual) < least:
        return ""
    return "↑" if now > usual else "↓"
