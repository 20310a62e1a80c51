"""The chart of two weeks: bars of volume, a line of the open backlog, as a small PNG.

Transparent, in colours that can be read on light and dark ground alike, because mail programs
do not swap images with the colour scheme. Words stand beside it in the mail, not in the image.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

SCALE = 2
"""Pixels for each that is shown, for fine screens."""
SMOOTH = 2
"""Pixels drawn for each that is kept."""
_WIDTH, _HEIGHT = 480 * SCALE, 170 * SCALE
_LEFT, _RIGHT, _TOP, _BOTTOM = 36 * SCALE, 4 * SCALE, 10 * SCALE, 26 * SCALE
BAR = (74, 144, 217, 255)
LINE = (232, 116, 59, 255)
_TEXT = (122, 134, 148, 255)
_GRID = (140, 150, 160, 70)


def draw(bars: Sequence[int], line: Sequence[int], labels: Sequence[str]) -> bytes:
    """Draw one bar and one point of the line per label; all three have the same length."""
    top = _round_up(max([*bars, *line, 1]))
    image = Image.new("RGBA", (_WIDTH * SMOOTH, _HEIGHT * SMOOTH), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    _axes(pen, top)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    for index, (amount, label) in enumerate(zip(bars, labels, strict=True)):
        _bar(pen, _LEFT + step * index, step, _y(amount, top))
        write(pen, (_LEFT + step * (index + 0.5), _HEIGHT - _BOTTOM + 6 * SCALE), label, "ma")
    _curve(pen, [(_LEFT + step * (i + 0.5), _y(n, top)) for i, n in enumerate(line)])
    return png(image, (_WIDTH, _HEIGHT))


def _round_up(amount: int) -> int:
    """The next number that halves well: 2, 4, 6, 10, 20, 40, 60, 100 and so on."""
    size = 1
    while True:
        for factor in (2, 4, 6):
            if amount <= factor * size:
                return factor * size
        size *= 10
        if amount <= size:
            return size


def _y(amount: float, top: int) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * amount / top


def _scaled(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * SMOOTH, y * SMOOTH) for x, y in points]


def _axes(pen: ImageDraw.ImageDraw, top: int) -> None:
    for amount in (0, top // 2, top):
        y = _y(amount, top)
        pen.line(_scaled([(_LEFT, y), (_WIDTH - _RIGHT, y)]), fill=_GRID, width=SCALE * SMOOTH)
        write(pen, (_LEFT - 6 * SCALE, y), str(amount), "rm")


def write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, anchor: str) -> None:
    """Write a label; `anchor` as Pillow's: which point of the text stands at `at`."""
    font = ImageFont.load_default(14 * SCALE * SMOOTH)
    pen.text(_scaled([at])[0], text, font=font, fill=_TEXT, anchor=anchor)


def _bar(pen: ImageDraw.ImageDraw, left: float, step: float, y: float) -> None:
    floor = _HEIGHT - _BOTTOM
    if floor - y >= 1:
        corners = _scaled([(left + step * 0.2, y), (left + step * 0.8, floor)])
        pen.rounded_rectangle(
            corners, radius=3 * SCALE * SMOOTH, fill=BAR, corners=(True, True, False, False)
        )


def _curve(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]]) -> None:
    pen.line(_scaled(points), fill=LINE, width=3 * SCALE * SMOOTH, joint="curve")
    for x, y in _scaled(points):
        radius = 4 * SCALE * SMOOTH
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=LINE)


def png(image: Image.Image, size: tuple[int, int]) -> bytes:
    """What was drawn, as a small file of this size."""
    out = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
