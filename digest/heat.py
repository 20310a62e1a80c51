"""The heat map of weekday and hour as a small PNG.

One blue in steps of transparency, so that it fades into a light and into a dark ground alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from digest.chart import SCALE, SMOOTH, png, write

_CELL, _GAP, _LEFT, _TOP = 18 * SCALE, 1 * SCALE, 36 * SCALE, 20 * SCALE
_BLUE = (41, 121, 205)
_ALPHA = (22, 60, 100, 140, 180, 220, 255)
STEPS = len(_ALPHA) - 1


def draw(rows: Sequence[tuple[str, Sequence[int]]], hours: Sequence[int]) -> bytes:
    """Draw one row per weekday: its name and 24 steps from 0 (nothing) to 6 (the busiest hour)."""
    width = _LEFT + 24 * (_CELL + _GAP)
    height = _TOP + len(rows) * (_CELL + _GAP)
    image = Image.new("RGBA", (width * SMOOTH, height * SMOOTH), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    for hour in hours:
        write(pen, (_LEFT + hour * (_CELL + _GAP), _TOP / 2), str(hour), "lm")
    for number, (name, steps) in enumerate(rows):
        top = _TOP + number * (_CELL + _GAP)
        write(pen, (0, top + _CELL / 2), name, "lm")
        for hour, step in enumerate(steps):
            left = _LEFT + hour * (_CELL + _GAP)
            box = [value * SMOOTH for value in (left, top, left + _CELL - 1, top + _CELL - 1)]
            pen.rectangle(box, fill=(*_BLUE, _ALPHA[step]))
    return png(image, (width, height))
