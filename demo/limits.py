"""Rate limits in fixed windows, as both platforms count them."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass
class RateLimit:
    """`limit` requests per `window`; the first window starts with the first request."""

    limit: int
    window: timedelta
    started: datetime | None = None
    used: int = 0

    def take(self, now: datetime) -> bool:
        """Count a request; False if there was none left."""
        if self.started is None or now >= self.started + self.window:
            self.started, self.used = now, 0
        self.used += 1
        return self.used <= self.limit

    @property
    def remaining(self) -> int:
        """Requests left in this window."""
        return max(0, self.limit - self.used)

    def resets_at(self, now: datetime) -> datetime:
        """When the next window starts."""
        return (self.started or now) + self.window
