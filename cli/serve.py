"""The triage page without Airflow, and who may sign in to it."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import DEFAULT_WATCHLIST, WatchlistPath


def serve(
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Where to listen; others than this machine need HTTPS."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="NUMBER", help="Port to listen on.", min=1, max=65535)
    ] = 8182,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A name that people reach it by; repeatable."),
    ] = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Serve the triage page to those who may sign in (horch user)."""
    from cli.home import open_home
    from desk.serve import run

    home = open_home(watchlist)
    print(f"http://{host}:{port}/ (stop it with Ctrl+C)", flush=True)
    run(home.root, host, port, tuple(name or ()))


def user(
    who: Annotated[str, typer.Argument(metavar="NAME", help="As it will stand beside actions.")],
    brand: Annotated[
        list[str] | None,
        typer.Option("--brand", "-b", metavar="ID", help="May see this brand only; repeatable."),
    ] = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Let somebody sign in to the triage page, or give them a new password and new brands."""
    from cli.home import brand_of, open_home
    from desk.users import add_user

    home = open_home(watchlist)
    brands = [brand_of(home.watchlist, brand_id).id for brand_id in brand or ()]
    password = typer.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
    add_user(home.root, who, password, brands or ["*"])
    print(f"{who} may sign in and sees {', '.join(brands) or 'every brand'}")
