"""Rows for people: a table that fits the terminal, or plain lines where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from cli.layout import GAP, Column, laid_out
from cli.terminal import age, harmless, is_terminal

#: Nouns that columns count.
_COUNTED = frozenset(
    [
        "answer",
        "author",
        "case",
        "complaint",
        "mention",
        "post",
        "question",
        "reply",
        "repost",
        "request",
        "thread",
        "user",
    ]
)


@dataclass(frozen=True)
class Table:
    """Rows with named columns; `empty` is what to say where there are none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    empty: str = "nothing to show"


def show(table: Table, zone: tzinfo = UTC, width: int | None = None) -> None:
    """Print a table in a form that suits the reader: a terminal of any width, or a pipe."""
    if not table.rows:
        print(table.empty)
        return
    columns = _shown(table, zone)
    if is_terminal() or width:
        console = Console(width=width, highlight=False, markup=False, emoji=False)
        for line in laid_out(columns, console):
            console.print(line, overflow="ignore", no_wrap=True, crop=False)
    else:
        for row in _plain(columns):
            print(row)


def _shown(table: Table, zone: tzinfo) -> list[Column]:
    """Turn every value into text, long columns last."""
    columns = [
        Column(
            name=name,
            heading=heading(name, zone),
            values=tuple(cell(name, row[place], zone) for row in table.rows),
            is_number=_are_numbers([row[place] for row in table.rows]),
        )
        for place, name in enumerate(table.columns)
    ]
    return sorted(columns, key=lambda column: column.rank)


def _are_numbers(values: Sequence[object]) -> bool:
    given = [value for value in values if value is not None]
    return bool(given) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in given
    )


def heading(column: str, zone: tzinfo = UTC) -> str:
    """Return a column's name as people write it; times say in which zone they are."""
    words = column.removeprefix("is_").removesuffix("_seconds").removesuffix("_pct")
    if column.endswith("_count"):
        words = _plural(column.removesuffix("_count"))
    if column.endswith("_at"):
        words = f"{column.removesuffix('_at')} ({_zone_name(zone)})"
    return words.replace("_", " ")


def _plural(words: str) -> str:
    """Return the name of a count as people say it: `post` is "posts", `answered` stays."""
    last = words.rpartition("_")[2]
    if last in _COUNTED:
        return f"{words.removesuffix('y')}ies" if last.endswith("y") else f"{words}s"
    return words


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


def _plain(columns: Sequence[Column]) -> Iterable[str]:
    """One row per line, nothing cut: for pipes, files and e-mails of cron."""
    widths = [max(map(cell_len, (column.heading, *column.values))) for column in columns]
    rows = zip(*((column.heading, *column.values) for column in columns), strict=True)
    for row in rows:
        yield GAP.join(map(set_cell_size, row, widths)).rstrip()
