"""Tags of two model versions against each other, and against what people said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb

from enrich.compare import TAGS, Change, Comparison, Example, excerpt
from warehouse.statements import run_sql
from watchlist.errors import HorchError


class UnknownVersion(HorchError):
    """No model of this name and version has tagged anything here, or more than one."""


def compare_versions(
    con: duckdb.DuckDBPyConnection, old: str, new: str, examples: int = 3
) -> Comparison:
    """Compare what two versions said of the posts that both have read.

    Args:
        con: a connection to the warehouse or its reader copy.
        old: name and version, or how it begins.
        new: the other one.
        examples: posts to show per tag at most, private data masked.

    Raises:
        UnknownVersion: there is none, or there are several.
    """
    known = [str(model) for (model,) in run_sql(con, "tagging/versions").fetchall()]
    before, now = _version(old, known), _version(new, known)
    rows = run_sql(con, "tagging/compare", old=before, new=now).fetchall()
    shown = run_sql(con, "tagging/compare_examples", most=examples).fetchall()
    found = [Example(tag, was, became, excerpt(text)) for tag, was, became, text in shown]
    found.sort(key=lambda example: TAGS.index(example.tag))
    return Comparison(before, now, tuple(Change(*row) for row in rows), tuple(found))


def _version(wanted: str, known: list[str]) -> str:
    found = [model for model in known if model == wanted] or [
        model for model in known if model.startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    if not known:
        raise UnknownVersion("nothing is tagged yet; run `horch run` once")
    cause = f"several models begin with {wanted!r}" if found else f"no model {wanted!r} was used"
    raise UnknownVersion(f"{cause}; choose of {', '.join(found or known)}")


def corrected_posts(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Yield texts with what people said of them, as labelled rows: `text` and one key per tag."""
    for platform, post_id, text, said in run_sql(con, "tagging/corrected").fetchall():
        labels = {tag: _READ[tag](value) for tag, value in said.items() if tag in _READ}
        if labels:
            yield {"platform": platform, "post_id": post_id, "text": text, **labels}


def _flag(value: str) -> int:
    return int(value == "true")


def _words(value: str) -> list[str]:
    return [word for word in value.split(",") if word]


#: How a correction reads as a label. What is spam is no matter of the text alone.
_READ: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("complaint", "question", "praise", "urgent", "settled"), _flag),
    **dict.fromkeys(("sentiment", "reply_kind", "lang"), str),
    **dict.fromkeys(("private_data", "spill_over"), _words),
}
