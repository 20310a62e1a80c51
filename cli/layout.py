"""Laying rows out within a terminal's width, so that a person can read them from 80 columns on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

GAP = "  "
_INDENT = "    "
_NOTHING = "–"
_LINKS = ("link", "permalink", "url")
#: Whole sentences; they go below their row when the row gets too wide, in this order.
_LONG = ("text", "description", "reason", "topics", "holes", "raw", "detail", *_LINKS)
#: What to move below first, when a row with a text does not fit: one reads these last.
_MINOR = (
    "post_id",
    "thread_id",
    "author_id",
    "author_name",
    "opened_at",
    "created_at",
    "hurt_score",
    "follower_count",
    "due_at",
    "is_overdue",
    "brand",
    "status",
)
_MOST_LINES = 4


@dataclass(frozen=True)
class Column:
    """One column as text: the query's name for it, its heading, one value per row."""

    name: str
    heading: str
    values: tuple[str, ...]
    is_number: bool = False

    @property
    def is_long(self) -> bool:
        """Whether its values are sentences or addresses."""
        return self.name in _LONG

    @property
    def rank(self) -> int:
        """Where it stands: short columns as they come, then long ones, links before the text."""
        return len(_LONG) - _LONG.index(self.name) if self.is_long else 0

    @property
    def width(self) -> int:
        """Room for every value and for the longest word of the heading."""
        return max(map(cell_len, (*self.values, *self.heading.split())))

    def padded(self, text: str) -> str:
        """Bring a text to the column's width; numbers stand at the right."""
        if self.is_number:
            text = " " * (self.width - cell_len(text)) + text
        return set_cell_size(text, self.width)


def laid_out(columns: Sequence[Column], console: Console) -> Iterable[Text]:
    """Lay columns out side by side; what does not fit goes below each row, or turns the table."""
    if _total(columns) <= console.width:
        return _side_by_side(columns, (), (), console)
    beside = [
        column for column in columns if not column.is_long and set(column.values) != {_NOTHING}
    ]
    long = sorted((c for c in columns if c.is_long), key=lambda column: -column.rank)
    if not long or not beside:
        return _turned(columns, console)
    minor = []
    while _total(beside) > console.width and len(beside) > 1:
        minor.append(beside.pop(_least(beside)))
    if _total(beside) > console.width:
        return _key_by_key(columns, console)
    return _side_by_side(beside, long, minor, console)


def _total(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + len(GAP) * (len(columns) - 1)


def _least(columns: Sequence[Column]) -> int:
    """Return the place of the column to move away first: a minor one, else the last."""
    names = [column.name for column in columns]
    return next((names.index(name) for name in _MINOR if name in names), len(columns) - 1)


def _side_by_side(
    beside: Sequence[Column],
    below: Sequence[Column],
    minor: Sequence[Column],
    console: Console,
) -> Iterator[Text]:
    yield from _headings(beside)
    for row in range(len(beside[0].values)):
        cells = (column.padded(column.values[row]) for column in beside)
        yield Text(GAP.join(cells).rstrip(), style="bold" if below else "")
        for column in below:
            yield from _below(column, row, console)
        if minor:
            yield from _indented(_facts(minor, row), console, "dim")


def _facts(columns: Sequence[Column], row: int) -> str:
    """Return values with their names; of yes and no only what is so."""
    told = [column for column in columns if column.values[row] not in (_NOTHING, "no")]
    return " · ".join(
        column.heading if column.values[row] == "yes" else f"{column.heading} {column.values[row]}"
        for column in told
    )


def _headings(columns: Sequence[Column]) -> Iterator[Text]:
    """Headings, broken into lines where they are wider than what stands below them."""
    broken = [_broken(column.heading, column.width) for column in columns]
    height = max(map(len, broken))
    for line in range(height):
        words = [
            lines[line - height + len(lines)] if line >= height - len(lines) else ""
            for lines in broken
        ]
        cells = (column.padded(word) for column, word in zip(columns, words, strict=True))
        yield Text(GAP.join(cells).rstrip(), style="underline" if line == height - 1 else "")


def _broken(heading: str, width: int) -> list[str]:
    lines = [""]
    for word in heading.split():
        longer = f"{lines[-1]} {word}".strip()
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _below(column: Column, row: int, console: Console) -> Iterator[Text]:
    value = column.values[row]
    if value == _NOTHING:
        return
    if column.name in _LINKS:  # whole, so that the terminal can open it
        yield Text(f"{_INDENT}{value}", style="cyan")
    elif column.name in ("text", "description"):
        yield from _indented(value, console)
    else:
        yield from _indented(f"{column.heading}: {value}", console)


def _indented(words: str, console: Console, style: str = "") -> Iterator[Text]:
    for line in _wrapped(words, console, console.width - len(_INDENT)):
        line.stylize(style)
        yield Text(_INDENT) + line


def _wrapped(value: str, console: Console, width: int) -> list[Text]:
    """Break a text into a few lines, with room for the sign that something was left out."""
    start = value[: width * (_MOST_LINES + 1)]
    lines = list(Text(start).wrap(console, max(width - 2, 10)))
    if len(lines) <= _MOST_LINES:
        return lines
    last = lines[_MOST_LINES - 1]
    last.rstrip()
    return [*lines[: _MOST_LINES - 1], last.append(" …")]


def _turned(columns: Sequence[Column], console: Console) -> Iterator[Text]:
    """Turn the table: one line per column, as many rows beside each other as fit."""
    names = max(cell_len(column.heading) for column in columns)
    count = len(columns[0].values)
    widths = [max(cell_len(column.values[row]) for column in columns) for row in range(count)]
    if names + len(GAP) + max(widths) > console.width:
        yield from _key_by_key(columns, console)
        return
    start = 0
    while start < count:
        end = _fitting(widths, start, console.width - names)
        if start:
            yield Text()
        for column in columns:
            cells = (column.values[row].rjust(widths[row]) for row in range(start, end))
            yield Text.assemble(
                (set_cell_size(column.heading, names), "bold"), GAP, GAP.join(cells)
            )
        start = end


def _fitting(widths: Sequence[int], start: int, room: int) -> int:
    """Return where the rows end that fit beside each other from `start` on, at least one."""
    end = start
    while end < len(widths) and (room := room - widths[end] - len(GAP)) >= 0:
        end += 1
    return max(end, start + 1)


def _key_by_key(columns: Sequence[Column], console: Console) -> Iterator[Text]:
    names = max(cell_len(column.heading) for column in columns)
    for row in range(len(columns[0].values)):
        if row:
            yield Text()
        for column in columns:
            name = column.heading
            for line in _wrapped(column.values[row], console, console.width - names - len(GAP)):
                yield Text.assemble((set_cell_size(name, names), "bold"), GAP) + line
                name = ""
