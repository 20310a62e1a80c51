"""Rows in words: what the templates lay out, every text masked and harmless."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from desk.check import CHANNELS, FLAGS, PRIVATE_DATA, REPLY_KINDS, SENTIMENTS
from desk.data import Row
from desk.model import Key
from desk.wording import DeskWords
from digest.plain import cut, one_line, safe_link
from digest.work import reasons
from enrich import mask

_EXCERPT = 320
_LONGEST_TEXT = 20_000
_COMPANY = ("own", "agency", "marketing")


@dataclass(frozen=True)
class Item:
    """One mention as a list shows it."""

    key: Key
    brand: str
    author: str
    reach: str
    place: str
    text: str
    again: str
    reasons: list[tuple[str, str]]
    status: str
    status_word: str
    clock: str
    due: str
    age: str
    is_overdue: bool
    is_hot: bool
    owner: str
    team: str
    note: str
    snoozed: str
    done: str
    link: str | None
    link_label: str


def item(row: Row, brand: Row, words: DeskWords, now: datetime, limit: int = _EXCERPT) -> Item:
    """Put one row of a list into words."""
    is_open, is_overdue = row["is_open"], row["is_overdue"]
    link = safe_link(row["permalink"])
    followers = row["follower_count"]
    why = list(zip(row["reasons"], (reason.word for reason in reasons(row, words)), strict=True))
    return Item(
        key=Key(row["brand"], row["platform"], row["post_id"]),
        brand=one_line(brand["name"], 60),
        author=author(row, words),
        reach=words.count("list.followers", followers) if followers else "",
        place=f"{words.label('platform', row['platform'])}, {words.label('kind', row['kind'])}",
        text=text(row["text"], words.language, limit) or words("list.post_gone"),
        again=text(row["last_said"], words.language, limit),
        reasons=why,
        status=row["status"],
        status_word=words.label("status", row["status"]),
        clock=_clock(row, brand, words, now) if is_open else "",
        due=words.moment(row["due_at"], now) if is_open and row["due_at"] else "",
        age=_age(row, words) if is_open else words("page.ago", span=words.span(_since(row, now))),
        is_overdue=is_overdue,
        is_hot=is_open and (is_overdue or bool({"urgent", "private_data"} & set(row["reasons"]))),
        owner=one_line(row["taken_by"], 60),
        team=team(row["team"], words),
        note=one_line(mask(row["note"] or "", words.language), 200),
        snoozed=words.moment(row["snoozed_until_at"], now) if row["is_snoozed"] else "",
        done=_done(row, words, now),
        link=link,
        link_label=words("list.link", host=_host(link)) if link else "",
    )


def team(name: str, words: DeskWords) -> str:
    """A team of the watch-list's routing: the usual ones by their word, others as written."""
    return words.label("team", name) if f"team.{name}" in words.messages else one_line(name, 60)


def author(row: Row, words: DeskWords) -> str:
    """The handle as its platform writes it, else the name."""
    if handle := one_line(row["author_handle"], 60):
        return f"u/{handle}" if row["platform"] == "reddit" else f"@{handle}"
    return one_line(row["author_name"], 60) or words("list.unknown")


def text(said: str | None, language: str, limit: int = _LONGEST_TEXT) -> str:
    """A post's text with private data masked, without invisible characters; lines are kept."""
    lines = "\n".join(one_line(line, _LONGEST_TEXT) for line in (said or "").splitlines())
    return cut(mask(lines.strip(), language), limit)


def _clock(row: Row, brand: Row, words: DeskWords, now: datetime) -> str:
    if row["is_overdue"]:
        late = max(row["open_seconds"] - brand["answer_within_seconds"], 0)
        return words("list.overdue_by", span=words.open_span(late))
    return words("list.due_at", time=words.moment(row["due_at"], now)) if row["due_at"] else ""


def _age(row: Row, words: DeskWords) -> str:
    plain = words.span(row["plain_seconds"])
    if row["open_seconds"] == row["plain_seconds"]:
        return words("page.ago", span=plain)
    if row["open_seconds"] < 60:
        return words("list.not_open_yet", plain=plain)
    return words("list.open_since", open=words.open_span(row["open_seconds"]), plain=plain)


def _since(row: Row, now: datetime) -> float:
    return float((now - row["created_at"]).total_seconds())


def _done(row: Row, words: DeskWords, now: datetime) -> str:
    if row["is_spam"]:
        return words("page.is_no_mention")
    if not row["is_done"]:
        return ""
    who = one_line(row["done_by"], 60)
    return words("page.is_done", who=who, time=words.moment(row["done_at"], now))


def _host(link: str) -> str:
    return cut((urlsplit(link).hostname or "").removeprefix("www."), 40)


class Said(NamedTuple):
    """One post of a thread."""

    post_id: str
    author: str
    role: str
    role_word: str
    is_company: bool
    is_focus: bool
    is_gone: bool
    to: str
    text: str
    time: str
    iso: str
    after: str
    reply_kind: str
    reply_word: str
    notes: list[str]
    link: str | None
    link_label: str


def thread(rows: list[Row], mention: Row, words: DeskWords, now: datetime) -> list[Said]:
    """The posts of a thread in words."""
    known = {row["post_id"]: row for row in rows}
    before: Row | None = None
    told = []
    for row in rows:
        told.append(_said(row, before, known, mention, words, now))
        before = row
    return told


def _said(
    row: Row,
    before: Row | None,
    known: dict[str, Row],
    mention: Row,
    words: DeskWords,
    now: datetime,
) -> Said:
    role = row["role"]
    of = {**row, "platform": mention["platform"]}
    link = safe_link(row["permalink"])
    answers_other = before is not None and row["parent_id"] not in (None, before["post_id"])
    kind = row["reply_kind"] if role != "asker" else None
    is_gone = row["text"] is None
    return Said(
        post_id=row["post_id"],
        author=author(of, words),
        role=role,
        role_word=words.label("role", role),
        is_company=role in _COMPANY,
        is_focus=row["post_id"] == mention["post_id"],
        is_gone=is_gone,
        to=_to(row, words) if answers_other else "",
        text=words("page.gone") if is_gone else text(row["text"], words.language),
        time=words.moment(row["created_at"], now),
        iso=row["created_at"].isoformat(),
        after=_after(row, before, words),
        reply_kind=kind or "",
        reply_word=words.label("reply", kind) if kind else "",
        notes=list(_remarks(row, words)),
        link=link,
        link_label=words("list.link", host=_host(link)) if link else "",
    )


def _to(row: Row, words: DeskWords) -> str:
    handle = one_line(row["parent_handle"], 60)
    return words("page.to", name=handle) if handle else words("page.to_missing")


def _after(row: Row, before: Row | None, words: DeskWords) -> str:
    if before is None:
        return ""
    seconds = (row["created_at"] - before["created_at"]).total_seconds()
    return words("page.later", span=words.span(seconds))


def _remarks(row: Row, words: DeskWords) -> Iterable[str]:
    if row["signature"]:
        yield one_line(row["signature"], 10)
    if row["is_helpful"]:
        yield words("page.helpful")
    if row["is_reread"]:
        yield words("page.corrected")
    if row["edited_at"]:
        yield words("page.edited")


class Fact(NamedTuple):
    """A line of the clocks: what, in open time, in plain time."""

    name: str
    open: str
    plain: str


def clocks(row: Row, words: DeskWords, now: datetime) -> list[Fact]:
    """The clocks of a mention, in open time and in plain time."""
    told = []
    if row["is_open"]:
        waiting = (words.open_span(row["open_seconds"]), words.span(row["plain_seconds"]))
        told.append(Fact(words("clock.waiting"), *waiting))
    for name in ("first_reply", "first_answer"):
        plain, served = row[f"{name}_seconds"], row[f"{name}_open_seconds"]
        if plain is not None:
            shown = (words.open_span(served if served is not None else plain), words.span(plain))
            told.append(Fact(words(f"clock.{name}"), *shown))
        elif row["needs_answer"]:
            told.append(Fact(words(f"clock.{name}"), words("clock.none"), words("clock.none")))
    return told


class Tag(NamedTuple):
    """A tag as it counts, and how it can be corrected."""

    field: str
    name: str
    word: str
    score: str
    is_set: bool
    is_corrected: bool
    choices: list[tuple[str, str]]


def tags(row: Row, words: DeskWords) -> list[Tag]:
    """The tags of a mention, each with the values it could have instead."""
    told = [_flag(row, flag, words) for flag in FLAGS if flag != "spam"]
    feelings = [(value, words.label("sentiment", value)) for value in SENTIMENTS]
    told.append(_choice(row, "sentiment", feelings, words))
    told.append(
        _choice(row, "lang", [(v, words.label("lang", v)) for v in ("de", "en", "other")], words)
    )
    told.append(_kinds(row, "private_data", "private", PRIVATE_DATA, words))
    told.append(_kinds(row, "spill_over", "channel", CHANNELS, words))
    return told


def _flag(row: Row, field: str, words: DeskWords) -> Tag:
    is_set = row[field]
    score = row.get(f"{field}_score")
    return Tag(
        field,
        words.label("tag", field),
        words("page.unread") if is_set is None else words("csv.yes" if is_set else "csv.no"),
        words.percent(score) if score is not None else "",
        bool(is_set),
        field in row["corrected"],
        # the other one first: it is what a person wants to say
        sorted((("true", words("csv.yes")), ("false", words("csv.no"))), reverse=not is_set),
    )


def _choice(row: Row, field: str, choices: list[tuple[str, str]], words: DeskWords) -> Tag:
    value = row[field]
    score = row.get(f"{value}_score") if field == "sentiment" else None
    return Tag(
        field,
        words.label("tag", field),
        dict(choices).get(value, one_line(value, 20)) or words("page.unread"),
        words.percent(score) if score is not None else "",
        value == "negative",
        field in row["corrected"],
        choices,
    )


def _kinds(row: Row, field: str, group: str, kinds: Iterable[str], words: DeskWords) -> Tag:
    found = ", ".join(words.label(group, kind) for kind in row[field] or ())
    choices = [("", words("page.none_of_it"))] + [
        (kind, words.label(group, kind)) for kind in kinds
    ]
    return Tag(
        field,
        words.label("tag", field),
        found or words("clock.none"),
        "",
        bool(found),
        field in row["corrected"],
        choices,
    )


def reply_kinds(words: DeskWords) -> list[tuple[str, str]]:
    """The kinds a reply can have, with their words."""
    return [(kind, words.label("reply", kind)) for kind in REPLY_KINDS]


class Deed(NamedTuple):
    """One line of the audit trail."""

    who: str
    what: str
    note: str
    time: str
    iso: str


def history(rows: list[Row], mention: Row, words: DeskWords, now: datetime) -> list[Deed]:
    """Who did what, newest first."""
    return [
        Deed(
            one_line(row["who"], 60),
            deed(row, words, now) + ("" if row["post_id"] == mention["post_id"] else " ↳"),
            text(row["value"], words.language) if row["action"] == "note" else "",
            words.moment(row["acted_at"], now),
            row["acted_at"].isoformat(),
        )
        for row in reversed(rows)
    ]


def deed(row: Row, words: DeskWords, now: datetime) -> str:
    """One action as the end of a sentence that begins with a name."""
    action, value = row["action"], one_line(row["value"], 80)
    if action == "assign":
        return words("deed.assign", name=team(value, words)) if value else words("deed.free")
    if action == "snooze":
        is_past = row["until_at"] <= row["acted_at"] + timedelta(seconds=1)
        when = words.moment(row["until_at"], now)
        return words("deed.wake") if is_past else words("deed.snooze", time=when)
    if action == "correct":
        return _correction(row["field"], value, words)
    return words(f"deed.{action}")


def _correction(field: str, value: str, words: DeskWords) -> str:
    if field == "spam":
        return words("deed.no_mention" if value == "true" else "deed.mention")
    groups = {"private_data": "private", "spill_over": "channel", "reply_kind": "reply"}
    if value in ("true", "false"):
        shown = words("csv.yes" if value == "true" else "csv.no")
    else:
        kinds = [words.label(groups.get(field, field), kind) for kind in value.split(",") if kind]
        shown = ", ".join(kinds) or words("clock.none")
    return words("deed.correct", tag=words.label("tag", field), value=shown)
