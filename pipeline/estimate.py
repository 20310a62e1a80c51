"""What watching a platform costs in its first month, before anything is spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from collectors.model import Price, Window
from collectors.registry import Client, Platform
from watchlist.model import Brand

_WEEKS_A_MONTH = 30.4 / 7
#: Each mention is followed by one reply, and X hands out (and bills) the post it replies to.
_READ_PER_CONVERSATION = 2
#: So many of the mentions stay open, and an open one is looked up every day. Over the month they
#: add up: on average half of them are there.
_OPEN_SHARE = 0.3
_LOOKS = 30.4 / 2


@dataclass(frozen=True)
class Estimate:
    """Posts that a platform bills in a month, by what they are read for."""

    found: int
    in_conversations: int
    rechecked: int
    price: Price

    @property
    def usd(self) -> float:
        """The price of all, if every post brings its author."""
        return sum(self.parts_usd)

    @property
    def parts_usd(self) -> tuple[float, float, float]:
        """The prices of searches, conversations and re-checks."""
        found, replies, again = (
            self.price.of(posts, posts)
            for posts in (self.found, self.in_conversations, self.rechecked)
        )
        return found, replies, again


def estimate(
    platform: Platform, client: Client, brands: Iterable[Brand], now: datetime
) -> Estimate | None:
    """Ask how many posts the last week had; None where reading is free.

    Raises:
        CollectorError: the platform refuses or fails.
    """
    found = rechecked = 0
    for brand in brands:
        weekly = _weekly(platform, client, brand, now)
        if weekly is None:
            return None
        posts = round(weekly * _WEEKS_A_MONTH)
        found += posts
        rechecked += round(posts * _LOOKS * (1 if brand.recheck == "all" else _OPEN_SHARE))
    return Estimate(found, found * _READ_PER_CONVERSATION, rechecked, platform.PRICE)


def _weekly(platform: Platform, client: Client, brand: Brand, now: datetime) -> int | None:
    """Count a brand's posts of the last week, or read one page where reading is free."""
    window = Window(now - timedelta(hours=1), now)
    jobs = platform.jobs(brand, platform.topics(brand), window)
    counts = [platform.weekly_posts(client, job, now) for job in jobs]
    if None not in counts:
        return sum(count or 0 for count in counts)
    next(iter(platform.collect(client, jobs[0], now, max_posts=1)), None)
    return None
