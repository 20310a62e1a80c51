"""What the text part needs beside its template: aligned columns, wrapped lines, block graphics."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

WIDTH = 72


def wrapped(text: str, indent: int = 0, hang: int = 0) -> str:
    """`text` in lines of at most 72 characters, words kept whole; later lines hang further in."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(text: str) -> str:
    """A post's text, marked on every line as somebody else's words."""
    mark = "    > "
    return textwrap.fill(
        text, WIDTH, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as columns: the first to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def shaded(steps: Sequence[int]) -> str:
    """One row of the heat map as blocks."""
    return "".join("·░░▒▒▓█"[step] for step in steps)


def blocks(amounts: Sequence[int]) -> str:
    """A row of bars as high as the amounts."""
    top = max([*amounts, 1])
    return "".join("▁▂▃▄▅▆▇█"[round(7 * amount / top)] for amount in amounts)


FILTERS = {
    "wrapped": wrapped,
    "quoted": quoted,
    "aligned": aligned,
    "shaded": shaded,
    "blocks": blocks,
}
