"""The head of a digest in words: what is open, what burns, what changed."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Digest, Row, Section, View
from digest.words import Words
from digest.work import author

_TILES = ("open", "overdue", "due_today", "new", "closed")
_NAMED = 3


def lead(digest: Digest, section: Section, words: Words) -> View:
    """The counts that everything begins with, and what burns."""
    row = section.rows[0]
    states = ("unanswered", "holding", "deflected", "reopened")
    split = _counted(words, row, [(f"state_{state}", state) for state in states])
    burns = list(_burning(digest, row, words))
    return {
        "tiles": [
            (name, row[f"{name}_count"], words.number(row[f"{name}_count"])) for name in _TILES
        ],
        "split": words("lead.split", parts=words.listing(split)) if len(split) > 1 else "",
        "burns": burns,
        "preview": burns or split,
        "snoozed": next(iter(_counted(words, row, [("snoozed", "snoozed")])), ""),
        "nothing": "" if row["open_count"] else _nothing(row, words),
    }


def _burning(digest: Digest, row: Row, words: Words) -> Iterable[str]:
    """What cannot wait, with the first authors by name."""
    for key, column in (
        ("urgent", "urgent"),
        ("private", "private_data"),
        ("reopened", "reopened"),
    ):
        if count := row[f"{column}_count"]:
            posts = [post for post in digest.rows("work_list") if column in _marks(post)]
            names = ", ".join(author(post, words) for post in posts[:_NAMED])
            yield f"{words.count(f'lead.{key}', count)}: {names}{' …' * (count > _NAMED)}"


def _marks(post: Row) -> set[str]:
    return {*post["reasons"], post["status"]}


def _counted(words: Words, row: Row, messages: Iterable[tuple[str, str]]) -> list[str]:
    """The messages whose counts are not nil, given as (message, column without `_count`)."""
    counts = [(message, row[f"{column}_count"]) for message, column in messages]
    return [words.count(f"lead.{message}", count) for message, count in counts if count]


def _nothing(row: Row, words: Words) -> str:
    new = row["mention_count"]
    since = words.count("lead.nothing_but", new) if new else words("lead.nothing_new")
    return f"{words('lead.nothing')} {since}"
