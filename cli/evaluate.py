"""`horch evaluate`: how good are the tags on somebody's own labelled posts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.tag import Model


def evaluate(
    file: Annotated[Path, typer.Argument(help="Labelled posts as JSON lines.", metavar="FILE")],
    model: Annotated[Model, typer.Option(help="Fast, or slower and better.")] = Model.FAST,
    precision: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="Precision to suggest cut-offs for.")
    ] = 0.9,
) -> None:
    """Score the tags on a file of labelled posts.

    Each line has a text and any of complaint, question, praise, urgent (0 or 1), sentiment and
    reply_kind, and may have lang.
    """
    from enrich.evaluate import evaluate_file

    print(evaluate_file(file, model.value, precision))
