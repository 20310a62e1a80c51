"""`horch forget`: a person who wants to be forgotten."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath
from watchlist.errors import HorchError


class NobodyKnown(HorchError):
    """A handle or author id that no stored post has."""


def forget(
    author: Annotated[
        str, typer.Argument(help="Handle, or the platform's author id.", metavar="AUTHOR")
    ],
    platform: Annotated[
        str | None, typer.Option("--platform", "-p", metavar="NAME", help="Only there.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Erase a person: texts, name and address of all their posts, for good.

    The posts stay as numbers, and what is collected or imported later does not bring them back.
    """
    from cli import moments
    from cli.home import open_home
    from pipeline import steps

    home = open_home(watchlist)
    if not yes:
        typer.confirm(f"Erase everything {author} wrote? This cannot be undone.", abort=True)
    count = steps.forget(home, author, moments.now(), platform)
    if not count:
        raise NobodyKnown(
            f"nobody called {author} is known; write the handle as in lists, or the author id"
        )
    print(f"posts of {author} erased: {count}")
