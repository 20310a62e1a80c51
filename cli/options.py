"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.environment import WATCHLIST_VARIABLE
from watchlist.tagging import Model

DEFAULT_WATCHLIST = Path("watchlist.toml")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


WatchlistPath = Annotated[
    Path,
    typer.Option(
        "--watchlist",
        "-w",
        envvar=WATCHLIST_VARIABLE,
        metavar="FILE",
        help="The watch-list.",
    ),
]
ModelName = Annotated[
    Model,
    typer.Option(
        "--model",
        help="Fast; accurate: slower and better; careful: accurate where fast is unsure.",
    ),
]
BrandOption = Annotated[
    str | None, typer.Option("--brand", "-b", metavar="ID", help="This brand only.")
]
OutputFormat = Annotated[
    Format, typer.Option("--format", "-f", help="How to print: for people or for programs.")
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="From this day or time on: 2026-11-20, 7d. [default: 30d]"),
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="TIME", help="Before this day or time. [default: now]")
]
LimitOption = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="At most N rows; 0: all.")
]
