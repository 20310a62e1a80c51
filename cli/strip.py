"""Coverage as a strip over time: one row of characters for each topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from collectors.model import Window

if TYPE_CHECKING:
    from warehouse import CoverageLine

READ, PARTLY, UNREAD, LOST, BEFORE = "█", "▒", "·", "×", " "
LEGEND = f"{READ} read  {PARTLY} partly  {UNREAD} not read yet  {LOST} lost for good"
_MOMENT = "%Y-%m-%d %H:%M"
#: Two moments have to fit above a strip, and a longer one shows nothing more.
_NARROWEST, _WIDEST = 34, 112


def strips(
    lines: Sequence[CoverageLine], now: datetime, zone: tzinfo, columns: int = 80
) -> list[str]:
    """Draw all topics on one scale, from the earliest reading to now.

    Topics of a brand and platform that were read alike share a row.

    Args:
        lines: what has been read of each topic.
        now: where the scale ends.
        zone: of the moments above the strips.
        columns: how wide a row may be.
    """
    starts = [w.start for line in lines for w in (*line.covered, *_windows(line))]
    if not starts or min(starts) >= now:
        return []
    span = Window(min(starts), now)
    groups = _alike(lines)
    labels = [_label(group) for group in groups]
    label = max(map(len, labels))
    width = min(max(columns - label - 2, _NARROWEST), _WIDEST)
    scale = f"{span.start.astimezone(zone):{_MOMENT}}"
    ends = f"{now.astimezone(zone):{_MOMENT}}"
    head = " " * label + "  " + scale + ends.rjust(width - len(scale))
    rows = [
        f"{name:<{label}}  {strip(group[0], span, width)}"
        for name, group in zip(labels, groups, strict=True)
    ]
    return [head, *rows, LEGEND]


def _alike(lines: Sequence[CoverageLine]) -> list[list[CoverageLine]]:
    groups: defaultdict[tuple[object, ...], list[CoverageLine]] = defaultdict(list)
    for line in lines:
        groups[line.brand, line.platform, line.covered, line.holes].append(line)
    return list(groups.values())


def strip(line: CoverageLine, span: Window, width: int) -> str:
    """Draw one topic: each character stands for an equal part of the span."""
    step = (span.end - span.start) / width
    cells = [Window(span.start + n * step, span.start + (n + 1) * step) for n in range(width)]
    return "".join(_cell(line, cell) for cell in cells)


def _cell(line: CoverageLine, cell: Window) -> str:
    if cell.start >= max(window.end for window in (*line.covered, *_windows(line))):
        return UNREAD
    unread = sum((part.end - part.start for part in cell.minus(line.covered)), timedelta())
    whole = cell.end - cell.start
    touching = [
        hole for hole in line.holes if hole.window.start < cell.end and hole.window.end > cell.start
    ]
    if any(hole.is_final for hole in touching):
        return LOST
    if unread < whole / 20:
        return READ
    if unread < whole:
        return PARTLY
    return UNREAD if touching else BEFORE


def _windows(line: CoverageLine) -> list[Window]:
    return [hole.window for hole in line.holes]


def _label(group: Sequence[CoverageLine]) -> str:
    first = group[0]
    topics = first.topic if len(group) == 1 else f"({len(group)} topics)"
    return f"{first.brand} {first.platform} {topics}"
