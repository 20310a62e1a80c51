"""`horch evaluate`: how good the tags are, and what another model would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, ModelName, WatchlistPath

if TYPE_CHECKING:
    from enrich.compare import Comparison
    from enrich.evaluate import Labelled


def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="Labelled posts as JSON lines.", metavar="FILE")
    ] = None,
    model: ModelName = "fast",
    precision: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="Precision to suggest cut-offs for.")
    ] = 0.9,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="Score on what people have corrected.")
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="OLD NEW",
            help="Two models on the same posts, or without any, two versions in the database.",
        ),
    ] = None,
    examples: Annotated[
        int, typer.Option(min=0, max=100, help="Changed posts to show per tag.")
    ] = 3,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Score the tags on labelled posts, or compare two models.

    Each line of the file has a text and any of complaint, question, praise, urgent (0 or 1),
    sentiment and reply_kind, and may have lang.
    """
    if file is None and not corrections:
        if compare is None:
            raise typer.BadParameter("nothing to score; name a FILE, or add --corrections")
        _compare_stored(watchlist, *compare, examples)
        return
    rows = _corrected(watchlist) if corrections else []
    if file is not None:
        from enrich.evaluate import labelled

        rows += labelled(file)
    name = "the corrections" if file is None else file.name
    if compare is None:
        _score(rows, model, precision, name)
    else:
        _compare_models(rows, *compare, precision, name, examples)


def _score(rows: list[Labelled], model: str, precision: float, name: str) -> None:
    from enrich.evaluate import evaluate_rows

    print(evaluate_rows(rows, model, precision, name))


def _compare_models(
    rows: list[Labelled], old: str, new: str, precision: float, name: str, examples: int
) -> None:
    from enrich.compare import compare
    from enrich.evaluate import evaluate as score
    from enrich.evaluate import tagged
    from enrich.weights import model_version

    before, now = (list(tagged(rows, model)) for model in (old, new))
    print(score(list(zip(rows, before, strict=True)), precision, name))
    print()
    print(score(list(zip(rows, now, strict=True)), precision, name))
    print()
    texts = (str(row["text"]) for row in rows)
    read = zip(texts, before, now, strict=True)
    _print(compare(model_version(old), model_version(new), read, examples))


def _compare_stored(watchlist: Path, old: str, new: str, examples: int) -> None:
    import warehouse
    from cli.home import open_home

    with warehouse.open_reader(open_home(watchlist).reader) as con:
        _print(warehouse.compare_versions(con, old, new, examples))


def _corrected(watchlist: Path) -> list[Labelled]:
    import warehouse
    from cli.home import open_home

    with warehouse.open_reader(open_home(watchlist).reader) as con:
        return list(warehouse.corrected_posts(con))


def _print(comparison: Comparison) -> None:
    from cli.terminal import harmless

    shown = (replace(example, text=harmless(example.text)) for example in comparison.examples)
    print(replace(comparison, examples=tuple(shown)))
