"""What alerts are made of: what people said lately, what was counted, and what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

#: A wave of complaints, or several people who say that one channel of the company does not work.
Signal = Literal["shitstorm", "hotline", "email", "form", "shop", "app"]
Phase = Literal["started", "grew", "over", "posts"]

SHITSTORM: Signal = "shitstorm"
OUTAGES: tuple[Signal, ...] = ("hotline", "email", "form", "shop", "app")
POSTS = "posts"


class Said(NamedTuple):
    """One mention by a customer: when, by whom, and what of it counts for a signal."""

    at: datetime
    who: str
    counts: bool
    is_open: bool = False
    reach: int = 0


class Hour(NamedTuple):
    """One past hour: people who counted, all mentions, and whether all of it was read."""

    starts_at: datetime
    people: int
    mentions: int
    is_complete: bool = True


@dataclass(frozen=True)
class Pulse:
    """What was counted in [since, until): people, their posts, and what surrounds them.

    `loud` are accounts that posted so often that they do not count as people.
    """

    since: datetime
    until: datetime
    people: int
    posts: int
    mentions: int
    open_posts: int
    reach: int
    loud: int = 0

    @property
    def span(self) -> timedelta:
        """How long was counted."""
        return self.until - self.since


@dataclass(frozen=True)
class Verdict:
    """A pulse held against what is usual: `score` runs from 0 to 100, `expected` is in people."""

    pulse: Pulse
    expected: float
    surprise: float
    score: int

    @property
    def excess(self) -> float:
        """People beyond the usual number."""
        return self.pulse.people - self.expected


@dataclass(frozen=True)
class Incident:
    """A wave that somebody has been told about and that is not over."""

    id: str
    started_at: datetime
    told_at: datetime
    told_excess: float


@dataclass(frozen=True)
class Reading:
    """A signal at one moment: the verdicts that count, and those of the hour before."""

    signal: Signal
    worst: Verdict
    wide: Verdict
    before: Verdict


Posts = Sequence[Said]


@dataclass(frozen=True)
class Alert:
    """What is told, as the table `alerts` keeps it; its texts are read when it is put into words.

    Attributes:
        kind: A signal, or `posts`.
        expected: People that the window usually brings.
        excess: People beyond the usual number in the last three hours.
        started_at: When the wave was told first.
    """

    brand: str
    id: str
    incident_id: str
    kind: str
    phase: Phase
    score: int
    people: int
    posts: int
    open_posts: int
    expected: float
    excess: float
    since: datetime
    until: datetime
    started_at: datetime
    decided_at: datetime


@dataclass(frozen=True)
class Pending:
    """An alert that a target, a mail address or a channel, has not got; `rows`: posts to show."""

    alert: Alert
    target: str
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_mail(self) -> bool:
        """Whether the target is a mail address."""
        return "@" in self.target
