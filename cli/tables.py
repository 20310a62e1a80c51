"""Rows for people: a table that fits the terminal, or plain lines where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cli.terminal import age, harmless, is_terminal

#: Columns that hold whole sentences; they go below their row when the row gets too wide.
LINKS = ("link", "permalink", "url")
LONG = (*LINKS, "detail", "reason", "topics", "holes", "raw", "description", "text")
_GAP = "  "
_INDENT = "    "
_MOST_LINES = 4


@dataclass(frozen=True)
class Table:
    """Rows with named columns; `empty` is what to say where there are none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    empty: str = "nothing"


@dataclass(frozen=True)
class _Shown:
    """A table whose values are text already, long columns last."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show(table: Table, zone: tzinfo = UTC, width: int | None = None) -> None:
    """Print a table in a form that suits the reader: a terminal of any width, or a pipe."""
    if not table.rows:
        print(table.empty)
        return
    shown = _shown(table, zone)
    if is_terminal() or width:
        console = Console(width=width, highlight=False, markup=False, emoji=False)
        for line in _fitted(shown, console):
            console.print(line, overflow="ignore", no_wrap=True, crop=False)
    else:
        for row in _plain(shown):
            print(row)


def _shown(table: Table, zone: tzinfo) -> _Shown:
    order = sorted(range(len(table.columns)), key=lambda at: _rank(table.columns[at]))
    columns = tuple(table.columns[at] for at in order)
    rows = tuple(
        tuple(cell(table.columns[at], row[at], zone) for at in order) for row in table.rows
    )
    return _Shown(tuple(heading(column, zone) for column in columns), rows)


def _rank(column: str) -> int:
    return LONG.index(column) + 1 if column in LONG else 0


def heading(column: str, zone: tzinfo = UTC) -> str:
    """Return a column's name as people write it; times say in which zone they are."""
    words = column.removesuffix("_seconds").removesuffix("_count").removesuffix("_pct")
    if column.endswith("_at"):
        words = f"{column.removesuffix('_at')} ({_zone_name(zone)})"
    return words.replace("_", " ")


def _zone_name(zone: tzinfo) -> str:
    return str(zone).rpartition("/")[2].replace("_", " ") or "UTC"


def cell(column: str, value: object, zone: tzinfo = UTC) -> str:
    """Return one value as a person reads it, in one harmless line."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return age(value.total_seconds())
        case int() | float():
            return _number(column, value)
        case list() | tuple() | set():
            return ", ".join(harmless(str(part)) for part in value) or "–"
    return harmless(str(value))


def _number(column: str, value: float) -> str:
    if column.endswith("_seconds"):
        return age(value)
    if column.endswith("_pct"):
        return f"{value:.0f} %"
    if column.endswith("_usd"):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _plain(table: _Shown) -> Iterable[str]:
    """One row per line, nothing cut: for pipes, files and e-mails of cron."""
    widths = _widths(table)
    for row in (table.columns, *table.rows):
        yield _line(row, widths).rstrip()


def _widths(table: _Shown) -> list[int]:
    return [max(map(cell_len, column)) for column in zip(table.columns, *table.rows, strict=True)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(set_cell_size(*pair) for pair in zip(row, widths, strict=True))


def _fitted(table: _Shown, console: Console) -> Iterable[Text]:
    """Lay a table out in the terminal's width: side by side, long texts below, or key by key."""
    widths = _widths(table)
    short = sum(column not in LONG for column in table.columns)
    beside = len(widths) if _total(widths) <= console.width else short
    if beside and _total(widths[:beside]) <= console.width:
        return _side_by_side(table, widths[:beside], console)
    return _key_by_key(table, console)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _side_by_side(table: _Shown, widths: Sequence[int], console: Console) -> Iterable[Text]:
    beside = len(widths)
    yield Text(_line(table.columns[:beside], widths).rstrip(), style="bold")
    for row in table.rows:
        yield Text(_line(row[:beside], widths).rstrip(), style="" if beside == len(row) else "bold")
        below = zip(table.columns[beside:], row[beside:], strict=True)
        for name, value in sorted(below, key=lambda pair: pair[0] in LINKS):
            yield from _below(name, value, console)


def _below(name: str, value: str, console: Console) -> Iterable[Text]:
    if value == "–":
        return
    if name in LINKS:  # whole, so that the terminal can open it
        yield Text(f"{_INDENT}{value}", style="cyan")
        return
    for line in _wrapped(value, console, console.width - len(_INDENT)):
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


def _key_by_key(table: _Shown, console: Console) -> Iterable[Text]:
    names = max(map(cell_len, table.columns))
    for number, row in enumerate(table.rows):
        if number:
            yield Text()
        for name, value in zip(table.columns, row, strict=True):
            for line in _wrapped(value, console, console.width - names - len(_GAP)):
                yield Text.assemble((set_cell_size(name, names), "bold"), _GAP) + line
                name = ""
