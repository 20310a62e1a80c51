"""`horch correct`: a person's word beats the model's."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import DEFAULT_WATCHLIST, BrandOption, WatchlistPath
from watchlist.errors import HorchError

if TYPE_CHECKING:
    from pipeline import Home

_YES = ("yes", "true", "1", "ja")
_NO = ("no", "false", "0", "nein")


class NoSuchPost(HorchError):
    """A post that no brand's mentions or replies know, or that several platforms have."""


def _flag(tag: str) -> Any:  # noqa: ANN401
    return typer.Option(metavar="yes|no", help=f"Whether it is {tag}.")


def correct(
    post_id: Annotated[
        str | None, typer.Argument(help="The post's id, as in lists.", metavar="POST_ID")
    ] = None,
    complaint: Annotated[str | None, _flag("a complaint")] = None,
    question: Annotated[str | None, _flag("a question")] = None,
    praise: Annotated[str | None, _flag("praise")] = None,
    urgent: Annotated[str | None, _flag("urgent")] = None,
    settled: Annotated[str | None, _flag("settled by its author")] = None,
    spam: Annotated[str | None, _flag("spam, or not about the brand")] = None,
    sentiment: Annotated[
        str | None, typer.Option(metavar="TEXT", help="negative, neutral or positive.")
    ] = None,
    reply_kind: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="answer, ask, holding, deflect or social."),
    ] = None,
    lang: Annotated[str | None, typer.Option(metavar="TEXT", help="Such as de.")] = None,
    private_data: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="iban, card, email, phone, address, contract, plate."),
    ] = None,
    spill_over: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="hotline, email, form, shop, app, letter."),
    ] = None,
    platform: Annotated[
        str | None, typer.Option("--platform", "-p", metavar="NAME", help="Where the post is.")
    ] = None,
    brand: BrandOption = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all corrected posts as labelled JSON lines."),
    ] = None,
    watchlist: WatchlistPath = DEFAULT_WATCHLIST,
) -> None:
    """Correct a post's tags; this beats what the model says.

    Lists of private data and spill-over are separated by commas, "" for none. It counts from the
    next horch run on. With --export, everything corrected up to the last run is written for
    horch evaluate and for training, private data masked.
    """
    if export is not None:
        _export(watchlist, export)
        return
    if post_id is None:
        raise typer.BadParameter("no post is named; take its id from a list, or add --export FILE")
    flags = {
        "complaint": complaint,
        "question": question,
        "praise": praise,
        "urgent": urgent,
        "settled": settled,
        "spam": spam,
    }
    values = {tag: _yes_or_no(tag, word) for tag, word in flags.items() if word is not None}
    texts = {
        "sentiment": sentiment,
        "reply_kind": reply_kind,
        "lang": lang,
        "private_data": private_data,
        "spill_over": spill_over,
    }
    values |= {tag: text for tag, text in texts.items() if text is not None}
    if not values:
        raise typer.BadParameter("nothing to correct; add --complaint no or another tag")
    _record(watchlist, post_id, platform, brand, values)


def _export(watchlist: Path, target: Path) -> None:
    import orjson

    import warehouse
    from cli.home import open_home
    from enrich import mask

    with warehouse.open_reader(open_home(watchlist).reader) as con:
        rows = [row | {"text": mask(row["text"])} for row in warehouse.corrected_posts(con)]
    target.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    print(f"{target}: {len(rows)} corrected posts")


def _yes_or_no(tag: str, word: str) -> str:
    if word.lower() in _YES + _NO:
        return "true" if word.lower() in _YES else "false"
    raise typer.BadParameter(f"{word!r} is neither yes nor no", param_hint=f"--{tag}")


def _record(
    watchlist: WatchlistPath,
    post_id: str,
    platform: str | None,
    brand: str | None,
    values: dict[str, str],
) -> None:
    import warehouse
    from cli import environment, moments
    from cli.home import open_home
    from desk import sync_actions
    from desk.actions import FILE, append
    from desk.model import Act

    home = open_home(watchlist)
    found_brand, found_platform = _where(home, post_id, platform, brand)
    for tag, value in values.items():
        post = (found_brand, found_platform, post_id)
        act = Act(environment.user(), *post, action="correct", field=tag, value=value)
        append(home.root / FILE, act, moments.now())
    # Where the database is in use, the next run brings the corrections in.
    with suppress(warehouse.WarehouseBusy), warehouse.open_writer(home.warehouse, 5) as con:
        sync_actions(con, home.root / FILE)
    print(f"{found_platform} {post_id}: {', '.join(f'{t} {v}' for t, v in values.items())}")


def _where(home: Home, post_id: str, platform: str | None, brand: str | None) -> tuple[str, str]:
    """Return the brand and platform of the only post with this id.

    Raises:
        NoSuchPost: there is none, or more than one.
    """
    from duckdb import ColumnExpression, ConstantExpression

    import warehouse

    wanted = {"post_id": post_id, "platform": platform, "brand": brand}
    found: set[tuple[str, str]] = set()
    with warehouse.open_reader(home.reader) as con:
        for name in ("mentions", "replies"):
            rows = con.table(name)
            for column, value in wanted.items():
                if value is not None:
                    rows = rows.filter(ColumnExpression(column) == ConstantExpression(value))
            found |= set(rows.select("brand", "platform").fetchall())
    if not found:
        raise NoSuchPost(f"no mention or reply has the id {post_id!r}; take it from a list")
    platforms = sorted({where for _brand, where in found})
    if len(platforms) > 1:
        raise NoSuchPost(f"{' and '.join(platforms)} have a post {post_id!r}; add --platform")
    return min(found)
