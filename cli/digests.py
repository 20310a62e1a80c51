"""`horch digest`: one brand's digest of one day, to look at or to send."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath

if TYPE_CHECKING:
    from digest import Rendered
    from pipeline import Home
    from watchlist.model import Brand


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
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Show a digest as text, write it to files, or send it.

    Nothing is sent without --send, and nobody gets the digest of a day twice. Without a mail
    server --send writes the mails to the outbox.
    """
    from cli import environment, moments, steps
    from cli.home import brand_of, open_home

    home, now = open_home(watchlist), moments.now()
    found = brand_of(home.watchlist, brand)
    day = moments.day(on, found.zone, now, "--date")
    if send:
        from pipeline.mailing import send_digest

        smtp = environment.connection(environment.SMTP)
        steps.print_delivery(send_digest(home, brand, day.isoformat(), smtp, now))
        return
    rendered = _rendered(home, found, day, now)
    if to is None:
        print(f"{rendered.subject}\n\n{rendered.text}")
        return
    from digest import write

    for path in write(rendered, to, f"{brand}-{day}"):
        print(path)


def _rendered(home: Home, brand: Brand, day: date, now: datetime) -> Rendered:
    import digest as digests
    import warehouse

    with warehouse.open_reader(home.reader) as con:
        return digests.render(digests.build(con, brand, day, now))
