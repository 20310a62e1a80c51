"""What can go wrong at a platform, typed, and the one place that decides what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchlist.errors import HorchError

#: Waiting times after an outage of unknown length; a task never sleeps, it is scheduled again.
OUTAGE_WAIT = timedelta(minutes=5)


class CollectorError(HorchError):
    """A platform refused or failed; carries the platform and when another try makes sense.

    `retry_at` is None where trying again without a change by a person is pointless.
    """

    def __init__(
        self, platform: str, cause: str, remedy: str, retry_at: datetime | None = None
    ) -> None:
        super().__init__(f"{platform}: {cause}; {remedy}")
        self.platform = platform
        self.cause = cause
        self.retry_at = retry_at


class Unauthorized(CollectorError):
    """The platform does not accept the credentials (401, 403)."""


class NotFound(CollectorError):
    """What was asked for does not exist or is hidden (404, unknown subreddit, 451)."""


class Refused(CollectorError):
    """The platform calls the request wrong (400 and its like): a mistake of ours or a setting."""


class TooOld(CollectorError):
    """The window begins before the platform's reach."""


class RateLimited(CollectorError):
    """Too many requests for now (429); `retry_at` is the platform's reset time."""


class QuotaExhausted(CollectorError):
    """Credits or the month's quota are used up (402, monthly cap)."""


class PlatformDown(CollectorError):
    """No usable answer: refused connection, time-out, 5xx, a body that is not what it should be."""


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
