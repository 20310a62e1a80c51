"""An alert in words: a headline, a few lines, and the posts, the same for mail and chat."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.alerts.incident import FIRE
from digest.alerts.model import POSTS, SHITSTORM, Alert, Verdict
from digest.plain import cut, defused, masked, one_line, safe_link
from digest.words import Words
from digest.work import author, reasons
from watchlist.links import triage_link
from watchlist.model import Brand

FOLDER = Path(__file__).parent / "locale"
TEXT_LIMIT = 200
#: Posts that a message shows; the others are a number.
SHOWN = 5


@cache
def _own(language: str) -> dict[str, Any]:
    tree = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"alerts.{group}.{key}": text for group in tree for key, text in tree[group].items()}


class AlertWords(Words):
    """The digest's words and those of alerts, which begin with `alerts.`."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        super().__init__(language, zone)
        self.messages = {**self.messages, **_own(language)}

    def usual(self, people: float) -> str:
        """An expected number as one says it."""
        return self("alerts.alert.fewer_than_one") if people < 0.5 else self.number(people)

    def within(self, span: timedelta) -> str:
        """The window that was judged."""
        return self(f"alerts.alert.span_{round(span / timedelta(minutes=1))}")


@dataclass(frozen=True)
class Shown:
    """A post as a message shows it, every text harmless for mail and terminal."""

    author: str
    reach: str
    place: str
    reasons: tuple[str, ...]
    text: str
    link: str | None
    link_label: str
    case: str | None


@dataclass(frozen=True)
class Message:
    """An alert put into words; `subject` is the headline and the brand's name."""

    brand: str
    language: str
    headline: str
    subject: str
    has_examples: bool
    lines: tuple[str, ...]
    posts: tuple[Shown, ...]
    more: str
    list_link: str | None
    state: str
    small_print: tuple[str, ...]
    labels: Mapping[str, str]


def put_into_words(
    alert: Alert, rows: tuple[Mapping[str, Any], ...], brand: Brand, triage: str | None
) -> Message:
    """Put an alert and the posts it shows into the brand's language.

    Args:
        alert: What is told.
        rows: The posts as they are now; those that were deleted since are gone.
        brand: Whose alert.
        triage: Address of the triage page; None: no links to it.
    """
    words = AlertWords(brand.digest.language, brand.zone)
    name = one_line(brand.name, 80)
    hidden = alert.posts - min(len(rows), SHOWN) if alert.kind == POSTS else 0
    return Message(
        brand=name,
        language=words.language,
        headline=(headline := _headline(alert, words)),
        subject=f"{headline} – {name}",
        has_examples=alert.kind != POSTS,
        lines=tuple(_lines(alert, words)),
        posts=tuple(_shown(row, brand, triage, words) for row in rows[:SHOWN]),
        more=words.count("alerts.alert.more", hidden) if hidden > 0 else "",
        list_link=f"{triage}/?brand={brand.id}" if triage else None,
        state=words("alerts.alert.read_until", time=words.moment(alert.until, alert.decided_at)),
        small_print=(words("alerts.alert.private"), words("alerts.alert.why", brand=name)),
        labels={
            key: words(f"alerts.alert.{key}") for key in ("examples", "open_case", "open_list")
        },
    )


def explain(verdict: Verdict, kind: str, words: AlertWords) -> str:
    """Say in one sentence what was counted and what is usual."""
    pulse = verdict.pulse
    return _explained(
        kind, pulse.posts, pulse.people, verdict.expected, words.within(pulse.span), words
    )


def _headline(alert: Alert, words: AlertWords) -> str:
    if alert.kind == POSTS:
        return words.count("alerts.headline.posts", alert.posts)
    key = "shitstorm" if alert.kind == SHITSTORM else "outage"
    return words(
        f"alerts.headline.{key}_{alert.phase}",
        channel=words(f"alerts.signal.{alert.kind}"),
        people=words.number(alert.people),
        span="" if alert.phase == "over" else words.within(alert.until - alert.since),
        usual=words.usual(alert.expected),
    )


def _lines(alert: Alert, words: AlertWords) -> list[str]:
    if alert.kind == POSTS:
        return [words("alerts.alert.posts_why")]
    posts, people = _counted(alert.kind, alert.posts, alert.people, words)
    began = words.moment(alert.started_at, alert.decided_at)
    if alert.phase == "over":
        return [
            words("alerts.alert.over", time=began, posts=posts, people=people),
            _unanswered(alert, words),
        ]
    span = words.within(alert.until - alert.since)
    lines = [_explained(alert.kind, alert.posts, alert.people, alert.expected, span, words)]
    if alert.phase == "grew":
        lines.append(words("alerts.alert.grew", time=began))
    if alert.kind != SHITSTORM:
        lines.append(words("alerts.alert.outage", channel=words(f"alerts.signal.{alert.kind}")))
    lines.append(_unanswered(alert, words))
    lines.append(words("alerts.alert.score", score=alert.score, fire=FIRE))
    return lines


def _explained(
    kind: str, posts: int, people: int, expected: float, span: str, words: AlertWords
) -> str:
    counted, who = _counted(kind, posts, people, words)
    usual = words.usual(expected)
    return words("alerts.alert.explained", posts=counted, people=who, span=span, usual=usual)


def _counted(kind: str, posts: int, people: int, words: AlertWords) -> tuple[str, str]:
    noun = "complaints" if kind == SHITSTORM else "reports"
    return (
        words.count(f"alerts.alert.{noun}", posts),
        words.count("alerts.alert.people", people),
    )


def _unanswered(alert: Alert, words: AlertWords) -> str:
    if not alert.open_posts:
        return words("alerts.alert.none_open")
    return words.count("alerts.alert.open", alert.open_posts)


def _shown(row: Mapping[str, Any], brand: Brand, triage: str | None, words: AlertWords) -> Shown:
    link = safe_link(row["permalink"])
    host = (urlsplit(link).hostname or "").removeprefix("www.") if link else ""
    followers = row["follower_count"]
    why = [reason.word for reason in reasons(row, words)]
    if (followers or 0) >= brand.alerts.reach:
        why.append(words("alerts.alert.reach"))
    text = defused(masked(row["text"], TEXT_LIMIT, words.language))
    return Shown(
        author=author(row, words),
        reach=words.count("list.followers", followers) if followers else "",
        place=f"{words.label('platform', row['platform'])}, {words.time(row['created_at'])}",
        reasons=tuple(why),
        text=text or words("list.post_gone"),
        link=link,
        link_label=words("alerts.alert.open_post", host=defused(cut(host, 40))) if link else "",
        case=triage_link(triage, brand.id, row["platform"], row["post_id"]),
    )
