"""What one round of collecting brought and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from collectors.errors import CollectorError, FailNow, RetryAt, decide


@dataclass(frozen=True)
class CollectReport:
    """One platform's round: what is safe on disk, what it cost, and what failed.

    Attributes:
        platform: The platform's name in the registry.
        landed: Complete landing files written in this round.
        requests: Requests sent.
        posts: Posts read, as the platform bills them.
        cost_usd: Estimated price.
        failures: The typed errors of the jobs that did not finish.
        ended_at: When the round ended.
    """

    platform: str
    landed: tuple[Path, ...]
    requests: int
    posts: int
    cost_usd: float
    failures: tuple[CollectorError, ...]
    ended_at: datetime

    @property
    def decisions(self) -> tuple[FailNow | RetryAt, ...]:
        """What to do about each failure."""
        return tuple(decide(error, self.ended_at) for error in self.failures)

    @property
    def fatal(self) -> tuple[CollectorError, ...]:
        """Failures that only a person can end."""
        return tuple(d.error for d in self.decisions if isinstance(d, FailNow))

    @property
    def retry_at(self) -> datetime | None:
        """The first moment at which one of the other failures may be tried again."""
        return min((d.at for d in self.decisions if isinstance(d, RetryAt)), default=None)

    def raise_for_failures(self) -> None:
        """Raise the first failure, those that need a person before the rest."""
        for error in (*self.fatal, *self.failures):
            raise error
