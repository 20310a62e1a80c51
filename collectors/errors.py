"""What can go wrong at a platform, typed, and the one place that decides what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from collectors.connection import ENVIRONMENT_PREFIX
from collectors.model import GapReason, Job, Window
from watchlist.errors import HorchError

#: Waiting times after an outage of unknown length; a task never sleeps, it is scheduled again.
OUTAGE_WAIT = timedelta(minutes=5)
#: The next step where a person has none to take.
BY_ITSELF = "the next run tries again by itself"

_NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\s]+")
_LONGEST_MESSAGE = 400


def one_line(text: str) -> str:
    """Make a platform's words safe to print: one line, no control characters, not endless."""
    line = _NOT_PRINTABLE.sub(" ", text).strip()
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"


class CollectorError(HorchError):
    """A platform refused or failed; carries what was asked and when another try makes sense.

    Attributes:
        retry_at: When to try again; None where that is pointless without a change by a person
            (or, for an outage, where the platform did not say).
        stops_platform: True if the platform's other jobs would fail for the same reason.
        gap_reason: What a gap that stays open because of this error is called.
        may_be_billed: True if the platform may have charged for an answer that did not arrive.
        job: The job that failed, `uncovered` the parts of its window that were not read, and
            `path` the landing file of what was read before; set by `collect_to_landing`.
    """

    stops_platform: ClassVar[bool] = False
    gap_reason: GapReason | None = None

    def __init__(
        self, platform: str, cause: str, remedy: str, retry_at: datetime | None = None
    ) -> None:
        super().__init__(one_line(f"{platform}: {cause}; {remedy}"))
        self.platform = platform
        self.cause = cause
        self.retry_at = retry_at
        self.may_be_billed = False
        self.job: Job | None = None
        self.uncovered: tuple[Window, ...] = ()
        self.path: Path | None = None


class Unauthorized(CollectorError):
    """The platform does not accept the credentials (401, 403)."""

    stops_platform = True
    gap_reason: GapReason | None = "credentials"


class NotConnected(Unauthorized):
    """Nobody has set the connection."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "no connection is set",
            f"set {ENVIRONMENT_PREFIX}{name.upper()} (horch doctor shows how), "
            "or take it out of the watch-list",
        )


class NotFound(CollectorError):
    """What was asked for does not exist or is hidden (404, unknown subreddit, 451)."""


class Refused(CollectorError):
    """The platform calls the request wrong (400 and its like): a mistake of ours or a setting."""


class TooOld(CollectorError):
    """The window begins before the platform's reach."""

    gap_reason: GapReason | None = "too_old"


class WrongClock(CollectorError):
    """This computer's clock runs ahead: what it calls read would include what is still to come."""

    stops_platform = True


class RateLimited(CollectorError):
    """Too many requests for now (429); `retry_at` is the platform's reset time."""

    stops_platform = True


class QuotaExhausted(CollectorError):
    """The month's quota is used up; `retry_at` is when the next one begins."""

    stops_platform = True
    gap_reason: GapReason | None = "quota"


class CreditsExhausted(QuotaExhausted):
    """Prepaid credits are used up (402); only a person can buy more."""

    gap_reason: GapReason | None = "credits"


class PlatformDown(CollectorError):
    """No usable answer: 5xx, a connection that broke off, a body that is not what it should be.

    Other jobs go on, because one query that a platform cannot answer must not stop the rest.
    """

    gap_reason: GapReason | None = "down"


class Unreachable(PlatformDown):
    """Not even a connection, or no answer in time; every other job would wait as long."""

    stops_platform = True


@dataclass(frozen=True)
class FailNow:
    """A person has to act; trying again changes nothing."""

    error: CollectorError


@dataclass(frozen=True)
class RetryAt:
    """Try the same window again at `at` (aware, UTC)."""

    error: CollectorError
    at: datetime


def decide(error: CollectorError, now: datetime) -> FailNow | RetryAt:
    """Say whether a failed job fails for good or is tried again, and when."""
    if isinstance(error, PlatformDown):
        return RetryAt(error, error.retry_at or now + OUTAGE_WAIT)
    if error.retry_at is not None:
        return RetryAt(error, error.retry_at)
    return FailNow(error)
