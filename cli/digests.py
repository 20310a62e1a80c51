"""`horch digest`: one brand's digest of one day, to look at or to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath

if TYPE_CHECKING:
    from digest import Edition


def digest(
    brand: Annotated[str, typer.Option("--brand", "-b", metavar="ID", help="The brand.")],
    on: Annotated[
        str, typer.Option("--date", "-d", metavar="DAY", help="The local day, such as 2026-11-20.")
    ] = "today",
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Write HTML, text and CSV into this folder."),
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it to everybody who has not got it yet.")
    ] = False,
    weekly: Annotated[
        bool, typer.Option("--weekly", help="Of the seven days before, not of yesterday.")
    ] = False,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show a digest as text, write it to files, or send it.

    The digest of a past day shows what was the case at its digest time, worked out from what is
    known today. Nothing is sent without --send, and nobody gets the digest of a day twice.
    Without a mail server --send writes the mails to the outbox.
    """
    from cli import environment, moments, steps
    from cli.home import brand_of, open_home

    home, now = open_home(watchlist), moments.now()
    found = brand_of(home.watchlist, brand)
    day = moments.day(on, found.zone, now, "--date")
    edition: Edition = "weekly" if weekly else "daily"
    from pipeline.mailing import read_digest, send_digest

    if send:
        smtp = environment.connection(environment.SMTP)
        report = send_digest(home, brand, day.isoformat(), smtp, now, edition)
        steps.print_delivery(report)
        return
    rendered = read_digest(home, brand, day, now, edition)
    if to is None:
        print(f"{rendered.subject}\n\n{rendered.text}")
        return
    from digest import stem, write

    for path in write(rendered, to, f"{brand}-{stem(day, edition)}"):
        print(path)
