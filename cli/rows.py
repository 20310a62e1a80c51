"""Query results as rows: plain Python values, texts of strangers with private data masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from cli.formats import write_csv, write_json
from cli.options import Format
from cli.tables import Table, show

if TYPE_CHECKING:
    import pandas as pd

#: Columns that hold words of strangers.
_WORDS = ("text", "raw", "note", "excerpt")


def print_frame(frame: pd.DataFrame, form: Format, zone: tzinfo, limit: int | None) -> None:
    """Print a query's rows in the form asked for."""
    table = _table(frame if limit is None else frame.head(limit))
    print_table(table, form, zone)
    left_out = len(frame) - len(table.rows)
    if left_out and form is Format.TABLE:
        print(f"… and {left_out:,} more; --limit 0 shows all")


def print_table(table: Table, form: Format, zone: tzinfo) -> None:
    """Print rows in the form asked for."""
    match form:
        case Format.JSON:
            write_json(table)
        case Format.CSV:
            write_csv(table)
        case Format.TABLE:
            show(table, zone)


def _table(frame: pd.DataFrame) -> Table:
    columns = [_values(str(name), frame[name]) for name in frame.columns]
    return Table(tuple(map(str, frame.columns)), tuple(zip(*columns, strict=True)))


def _values(name: str, column: pd.Series) -> list[object]:
    """Undo what pandas does to values: missing ones are None, whole numbers whole."""
    import pandas as pd

    is_whole = column.dtype == "float64" and bool((column.dropna() % 1 == 0).all())
    values: list[object] = []
    for value in column.astype(object):
        plain: object = value
        if isinstance(value, Sequence) and not isinstance(value, str):
            plain = list(value)
        elif hasattr(value, "tolist"):  # a numpy array or number
            plain = value.tolist()
        elif pd.isna(value):
            plain = None
        elif isinstance(value, pd.Timestamp):  # pandas has no days: they come without a zone
            plain = value.to_pydatetime() if value.tzinfo else value.date()
        elif isinstance(value, pd.Timedelta):
            plain = value.to_pytimedelta()
        values.append(plain)
    if is_whole:
        values = [int(v) if isinstance(v, float) and v == v else None for v in values]
    return _masked(values) if name in _WORDS else values


def _masked(values: list[object]) -> list[object]:
    from cli.terminal import visible
    from enrich import mask

    # What nobody sees goes first: it could split a number in two and hide it from the mask.
    return [mask(visible(value)) if isinstance(value, str) else value for value in values]
