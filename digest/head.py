"""The head of a digest in words: what is open, what burns, what changed."""

from __future__ import annotations

from collections.abc import Iterable

from digest.figures import period
from digest.model import Digest, Row, Section, View
from digest.words import Words
from digest.work import author

_TILES = ("open", "overdue", "due_today")
_STATES = ("unanswered", "holding", "deflected", "reopened")
_CHANGES = ("new", "newly_overdue", "answered", "closed")
_NAMED = 3


def lead(digest: Digest, section: Section, words: Words) -> View:
    """The counts that everything begins with, what burns, and what changed."""
    row = section.rows[0]
    split = _counted(words, row, [(f"state_{state}", state) for state in _STATES])
    changes = _counted(words, row, [(f"change_{change}", change) for change in _CHANGES])
    burns = list(_burning(digest, row, words))
    return {
        "state": words("lead.state", time=words.time(digest.now)),
        "tiles": [
            (name, words(f"lead.{name}"), row[f"{name}_count"], words.number(row[f"{name}_count"]))
            for name in _TILES
        ],
        "changes": _changes(row, changes, words),
        "notes": _notes(digest, row, split, words),
        "burns": burns,
        "preview": burns or split,
    }


def week_lead(digest: Digest, section: Section, words: Words) -> View:
    """What came in during the week and what became of it."""
    row = section.rows[0]
    asked, in_time = row["asked_count"], row["in_time_count"]
    shown = {
        "asked": words.number(asked),
        "in_time": words.percent(in_time / asked) if asked else words("figures.none"),
        "still_open": words.number(row["open_count"]),
    }
    counts = {"asked": asked, "in_time": in_time, "still_open": row["open_count"]}
    split = _counted(words, row, [(f"state_{state}", state) for state in _STATES])
    waiting = words(
        "lead.waiting",
        count=words.number(row["waiting_count"]),
        overdue=words.number(row["waiting_overdue_count"]),
    )
    return {
        "state": words("lead.week", days=period(digest, words)),
        "tiles": [(name, words(f"lead.{name}"), counts[name], shown[name]) for name in shown],
        "changes": waiting if row["waiting_count"] else words("lead.nothing"),
        "notes": [words("lead.week_split", parts=words.listing(split))] if len(split) > 1 else [],
        "burns": [],
        "preview": [waiting],
    }


def _changes(row: Row, changes: list[str], words: Words) -> str:
    if changes:
        return words("lead.changes", parts=words.listing(changes))
    return words("lead.no_changes") if row["open_count"] else ""


def _notes(digest: Digest, row: Row, split: list[str], words: Words) -> list[str]:
    """What is to be said below the numbers."""
    notes = [] if row["open_count"] else [_nothing(row, words)]
    if len(split) > 1:
        notes.append(words("lead.split", parts=words.listing(split)))
    return notes + _counted(words, row, [("snoozed", "snoozed")])


def _burning(digest: Digest, row: Row, words: Words) -> Iterable[str]:
    """What cannot wait, with the first authors by name."""
    for key, column in (
        ("urgent", "urgent"),
        ("private", "private_data"),
        ("reopened", "reopened"),
    ):
        if count := row[f"{column}_count"]:
            posts = [post for post in digest.listed if column in _marks(post)]
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
