"""`horch init`: a watch-list by asking, or by options alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath
from watchlist.errors import HorchError


class AlreadyThere(HorchError):
    """A watch-list that nobody asked to replace."""


def _several(help_text: str, *names: str) -> Any:  # noqa: ANN401
    return typer.Option(*names, metavar="TEXT", help=f"{help_text}; several with commas.")


def _single(help_text: str) -> Any:  # noqa: ANN401
    return typer.Option(metavar="TEXT", help=help_text)


def init(
    brand: Annotated[str | None, _single("The brand's name.")] = None,
    handle: Annotated[list[str] | None, _several("An account of the brand")] = None,
    name: Annotated[list[str] | None, _several("Another name of the brand")] = None,
    hashtag: Annotated[list[str] | None, _several("A hashtag")] = None,
    subreddit: Annotated[list[str] | None, _several("A subreddit of your own")] = None,
    language: Annotated[list[str] | None, _several("A language you answer in, de or en")] = None,
    time_zone: Annotated[str | None, _single("Such as Europe/Berlin.")] = None,
    office_hours: Annotated[
        str | None, _single('Such as "mon-fri 08:00-17:00", or "always".')
    ] = None,
    state: Annotated[str | None, _single("Bundesland, for its public holidays.")] = None,
    answer_within: Annotated[
        str | None, _single("Open time until a mention is overdue, such as 4h.")
    ] = None,
    digest_at: Annotated[str | None, _single("Local time of the digest, such as 07:30.")] = None,
    recipient: Annotated[list[str] | None, _several("Who gets the digest")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Write a watch-list: asks for what the options do not say.

    With --brand, --recipient and something to watch nothing is asked.
    """
    given = {key: value for key, value in locals().items() if key not in ("force", "watchlist")}
    from cli.interview import Interview

    if watchlist.exists() and not force:
        raise AlreadyThere(f"{watchlist} is there already; edit it, or add --force to replace it")
    answers = Interview(given).answers()
    _write(watchlist, answers)
    print(f"Wrote {watchlist}. Next: horch check, then horch doctor.")


def _write(path: Path, answers: dict[str, Any]) -> None:
    """Write the file whole or not at all, after it has passed the same check as any other."""
    from cli.new_watchlist import new_watchlist
    from watchlist.load import load

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(new_watchlist(answers), encoding="utf-8")
        load(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
