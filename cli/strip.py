"""Coverage as a strip over time: one row of characters for each topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from collectors.model import Window

if TYPE_CHECKING:
    from warehouse import CoverageLine

READ, PARTLY, UNREAD, LOST, BEFORE = "█", "▒", "·", "×", " "
LEGEND = f"{READ} read  {PARTLY} partly  {UNREAD} not read yet  {LOST} lost for good"
WIDTH = 56


def strips(lines: Sequence[CoverageLine], now: datetime, zone: tzinfo) -> list[str]:
    """Draw all topics on one scale, from the earliest reading to now."""
    starts = [w.start for line in lines for w in (*line.covered, *_windows(line))]
    if not starts or min(starts) >= now:
        return []
    span = Window(min(starts), now)
    label = max(len(_label(line)) for line in lines)
    scale = f"{span.start.astimezone(zone):%Y-%m-%d %H:%M}"
    ends = f"{now.astimezone(zone):%Y-%m-%d %H:%M}"
    head = " " * label + "  " + scale + ends.rjust(WIDTH - len(scale))
    rows = [f"{_label(line):<{label}}  {strip(line, span)}" for line in lines]
    return [head, *rows, " " * label + "  " + LEGEND]


def strip(line: CoverageLine, span: Window, width: int = WIDTH) -> str:
    """Draw one topic: each character stands for an equal part of the span."""
    step = (span.end - span.start) / width
    cells = [Window(span.start + n * step, span.start + (n + 1) * step) for n in range(width)]
    return "".join(_cell(line, cell) for cell in cells)


def _cell(line: CoverageLine, cell: Window) -> str:
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


def _label(line: CoverageLine) -> str:
    return f"{line.brand} {line.platform} {line.topic}"
