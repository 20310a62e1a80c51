"""The work list in words: what the mail shows of each open mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.model import Digest, Row, Section, View
from digest.plain import cut, defused, masked, one_line, safe_link
from digest.words import Words

SHOWN = 25
TEXT_LIMIT = 280
_FIRE = ("urgent", "private_data")


class Reason(NamedTuple):
    """Why a mention is in the list; `is_fire` where it cannot wait."""

    word: str
    is_fire: bool


@dataclass(frozen=True)
class Item:
    """One open mention as the mail shows it, every text harmless."""

    author: str
    reach: str
    place: str
    clock: str
    is_overdue: bool
    is_hot: bool
    age: str
    reasons: tuple[Reason, ...]
    status: str
    owner: str
    text: str
    link: str | None
    link_label: str


def work_list(digest: Digest, section: Section, words: Words) -> View:
    """The first mentions of the list, and how many more the attached table holds."""
    if not section.rows:
        return {}
    items = [item(row, digest, words) for row in section.rows[:SHOWN]]
    hidden = len(section.rows) - len(items)
    return {"mentions": items, "more": words.count("list.more", hidden) if hidden else ""}


def item(row: Row, digest: Digest, words: Words) -> Item:
    """Put one row of `work_list` into words."""
    link = safe_link(row["permalink"])
    why = tuple(reasons(row, words))
    owner = defused(one_line(row["assigned_to"], 40))
    followers = row["follower_count"]
    status = row["status"]
    return Item(
        author=author(row, words),
        reach=words.count("list.followers", followers) if followers else "",
        place=f"{words.label('platform', row['platform'])}, {words.label('kind', row['kind'])}",
        clock=_clock(row, digest, words),
        is_overdue=row["is_overdue"],
        is_hot=row["is_overdue"] or any(reason.is_fire for reason in why),
        age=_age(row, words),
        reasons=why,
        status="" if status == "unanswered" else words.label("status", status),
        owner=words("list.owner", name=owner) if owner else "",
        text=defused(masked(row["text"], TEXT_LIMIT, words.language)) or words("list.post_gone"),
        link=link,
        link_label=words("list.link", host=defused(_host(link))) if link else "",
    )


def author(row: Row, words: Words) -> str:
    """The handle, else the name, with nothing in it that could act."""
    if handle := one_line(row["author_handle"], 40):
        return defused(handle if row["platform"] == "reddit" else f"@{handle}")
    return defused(one_line(row["author_name"], 40)) or words("list.unknown")


def reasons(row: Row, words: Words) -> Iterable[Reason]:
    """Why the mention is in the list, with what private data and which channel is meant."""
    details = {"private_data": ("private", "private_data"), "spill_over": ("channel", "spill_over")}
    for reason in row["reasons"]:
        word = words.label("reason", reason)
        group, column = details.get(reason, ("", ""))
        parts = [words.label(group, kind) for kind in row[column] or ()] if column else []
        yield Reason(f"{word}: {', '.join(parts)}" if parts else word, reason in _FIRE)


def _clock(row: Row, digest: Digest, words: Words) -> str:
    if row["is_overdue"]:
        late = row["open_seconds"] - digest.brand.answer_within.total_seconds()
        return words("list.overdue_by", span=words.open_span(late))
    if row["due_at"] is None:
        return ""
    return words("list.due_at", time=words.moment(row["due_at"], digest.now))


def _age(row: Row, words: Words) -> str:
    plain = words.span(row["plain_seconds"])
    if row["open_seconds"] < 60:
        return words("list.not_open_yet", plain=plain)
    return words("list.open_since", open=words.open_span(row["open_seconds"]), plain=plain)


def _host(link: str) -> str:
    return cut((urlsplit(link).hostname or "").removeprefix("www."), 40)
