"""Office hours as people say them: "mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00"."""

from __future__ import annotations

import re

from watchlist.model import WEEKDAYS

_DAYS = {name: number for number, name in enumerate(WEEKDAYS)} | {
    name: number for number, name in enumerate(("mo", "di", "mi", "do", "fr", "sa", "so"))
}
_PART = re.compile(r"(?P<first>\w+)(?:\s*[-–]\s*(?P<last>[^\W\d]+))?\s+(?P<blocks>\d[\d:\s–-]*)")
_BLOCK = re.compile(r"(\d\d?)(?::(\d\d))?\s*[-–]\s*(\d\d?)(?::(\d\d))?(?:\s+|$)")
ALWAYS = ("", "always", "immer", "24/7")
EXAMPLE = "mon-thu 08:00-12:00 13:00-17:00, fri 08:00-14:00"


def parse_hours(text: str) -> dict[str, list[str]]:
    """Return the blocks of each weekday as the watch-list writes them; empty: never closes.

    Raises:
        ValueError: it cannot be understood; the message gives an example.
    """
    if text.strip().lower() in ALWAYS:
        return {}
    hours: dict[str, list[str]] = {}
    for part in text.lower().split(","):
        found = _PART.fullmatch(part.strip())
        if not found:
            raise ValueError(f"{part.strip()!r} is not understood; write {EXAMPLE}")
        blocks = _blocks(found["blocks"])
        for day in _days(found["first"], found["last"] or found["first"]):
            hours.setdefault(day, []).extend(blocks)
    return hours


def _days(first: str, last: str) -> tuple[str, ...]:
    for day in (first, last):
        if day not in _DAYS:
            raise ValueError(f"{day!r} is no weekday; write {', '.join(WEEKDAYS)}")
    if _DAYS[first] > _DAYS[last]:
        raise ValueError(f"{first} comes after {last}; write {EXAMPLE}")
    return WEEKDAYS[_DAYS[first] : _DAYS[last] + 1]


def _blocks(text: str) -> list[str]:
    if _BLOCK.sub("", text).strip():
        raise ValueError(f"{text.strip()!r} are no hours; write 08:00-12:00 13:00-17:00")
    return [
        f"{int(opens):02}:{opens_minute or '00'}-{int(closes):02}:{closes_minute or '00'}"
        for opens, opens_minute, closes, closes_minute in _BLOCK.findall(text)
    ]
