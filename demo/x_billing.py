"""What X charges for reading; the same post or user costs once a UTC day.

Source: X's price list of 2026: a post $0.005, a user $0.010, a mention of yourself $0.001.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from demo.model import Author, Post

POST_USD = Decimal("0.005")
USER_USD = Decimal("0.010")
OWN_MENTION_USD = Decimal("0.001")


@dataclass
class Meter:
    """Counts reads and money.

    Attributes:
        credits_usd: prepaid money; None is without end.
        monthly_cap: posts that may be read; None is without end.
        requests: successful requests.
        posts: billed post reads.
        users: billed user reads.
        cost_usd: what they cost.
    """

    credits_usd: Decimal | None = None
    monthly_cap: int | None = None
    requests: int = 0
    posts: int = 0
    users: int = 0
    cost_usd: Decimal = Decimal(0)
    _seen: set[tuple[date, str]] = field(default_factory=set)

    @property
    def out_of_credits(self) -> bool:
        """Nothing is left to pay with."""
        return self.credits_usd is not None and self.cost_usd >= self.credits_usd

    @property
    def capped(self) -> bool:
        """The month's posts are used up."""
        return self.monthly_cap is not None and self.posts >= self.monthly_cap

    def charge(
        self, posts: list[Post], users: list[Author], now: datetime, price: Decimal = POST_USD
    ) -> None:
        """Bill one answer."""
        self.requests += 1
        new_posts = sum(self._first_today(f"post {post.post_id}", now) for post in posts)
        new_users = sum(self._first_today(f"user {user.number}", now) for user in users)
        self.posts += new_posts
        self.users += new_users
        self.cost_usd += new_posts * price + new_users * USER_USD

    def _first_today(self, what: str, now: datetime) -> bool:
        entry = (now.date(), what)
        is_new = entry not in self._seen
        self._seen.add(entry)
        return is_new
