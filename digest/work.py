"""The work list in words: what the mail shows of each open mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.model import Digest, Row, Section, View
from digest.plain import cut, defused, isolated, masked, one_line, safe_link
from digest.words import Words
from watchlist.links import triage_link
from watchlist.routing import USUAL_OWNER

SHOWN = 25
SHOWN_OF_EACH = 3
"""Of every owner's mentions, so that nobody's are only in the table."""
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
    text: str
    link: str | None
    link_label: str
    triage: str | None


@dataclass(frozen=True)
class Group:
    """One owner's mentions; `name` is empty where all are the service's."""

    name: str
    items: tuple[Item, ...]
    more: str


def work_list(digest: Digest, section: Section, words: Words) -> View:
    """The first mentions of each owner, and how many more the attached table holds."""
    if not section.rows:
        return {}
    owners = sorted(
        {row["owner"]: row["owner_count"] for row in section.rows}.items(),
        key=lambda owner: owner[0] != USUAL_OWNER,
    )
    is_grouped = any(owner != USUAL_OWNER for owner, _count in owners)
    chosen = shown(section.rows)
    groups = []
    for owner, count in owners:
        items = tuple(item(row, digest, words) for row in chosen if row["owner"] == owner)
        name = f"{owner_name(owner, words)} ({words.number(count)})" if is_grouped else ""
        more = words.count("list.more", count - len(items)) if count > len(items) else ""
        groups.append(Group(name, items, more))
    return {"groups": groups, "note": _left_out(owners, len(section.rows), words)}


def shown(rows: Sequence[Row]) -> list[Row]:
    """The rows that the mail shows: of each owner some, then what hurts most."""
    ranks: dict[str, int] = {}
    first: list[tuple[int, Row]] = []
    rest: list[tuple[int, Row]] = []
    for place, row in enumerate(rows):
        ranks[row["owner"]] = ranks.get(row["owner"], 0) + 1
        (first if ranks[row["owner"]] <= SHOWN_OF_EACH else rest).append((place, row))
    return [row for _place, row in sorted((first + rest)[:SHOWN], key=lambda pair: pair[0])]


def _left_out(owners: Sequence[tuple[str, int]], in_table: int, words: Words) -> str:
    everything = sum(count for _owner, count in owners)
    if everything <= in_table:
        return ""
    return words("list.left_out", shown=words.number(in_table), all=words.number(everything))


@lru_cache(1_000)
def owner_name(owner: str, words: Words) -> str:
    """The usual teams in the reader's language, everybody else as they are named."""
    known = words.messages.get(f"owner.{owner}")
    return str(known) if known else isolated(defused(one_line(owner, 40)))


def item(row: Row, digest: Digest, words: Words) -> Item:
    """Put one row of `work_list` into words."""
    link = safe_link(row["permalink"])
    why = tuple(reasons(row, words))
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
        text=defused(masked(row["text"], TEXT_LIMIT, words.language)) or words("list.post_gone"),
        link=link,
        link_label=link_label(link, words),
        triage=triage_link(digest.triage_url, digest.brand.id, row["platform"], row["post_id"]),
    )


def author(row: Row, words: Words) -> str:
    """The handle, else the name, with nothing in it that could act."""
    if handle := one_line(row["author_handle"], 40):
        return isolated(defused(handle if row["platform"] == "reddit" else f"@{handle}"))
    return isolated(defused(one_line(row["author_name"], 40))) or words("list.unknown")


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


def link_label(link: str | None, words: Words) -> str:
    """What a post's link says: where it leads."""
    return words("list.link", host=defused(_host(link))) if link else ""


def _host(link: str) -> str:
    return cut((urlsplit(link).hostname or "").removeprefix("www."), 40)
