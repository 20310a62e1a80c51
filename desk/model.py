"""Who works at the desk, what they do, and what they look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from urllib.parse import urlencode

#: Every list, in the order in which the page offers them.
LISTS = (
    "open",
    "overdue",
    "mine",
    "complaints",
    "questions",
    "urgent",
    "private_data",
    "reopened",
    "deflected",
    "snoozed",
    "done",
    "listen",
)
ALL_BRANDS = "*"
NOBODY = "-"
"""Chosen as owner: mentions that nobody has taken."""


@dataclass(frozen=True)
class User:
    """Somebody who is signed in.

    Attributes:
        name: As it stands in the audit trail.
        brands: Ids of the brands they may see; `*` for all.
        session: What their CSRF tokens are bound to.
        is_named: False where everybody is called the same, because nobody has to sign in.
    """

    name: str
    brands: frozenset[str] = frozenset({ALL_BRANDS})
    session: str = ""
    is_named: bool = True

    def sees(self, brand: str) -> bool:
        """Whether this brand's data is for them."""
        return ALL_BRANDS in self.brands or brand in self.brands

    @property
    def brand_list(self) -> list[str] | None:
        """Their brands for a query; None where they see all."""
        return None if ALL_BRANDS in self.brands else sorted(self.brands)


@dataclass(frozen=True)
class Act:
    """One thing that somebody did about a post.

    Attributes:
        who: The person's name.
        action: assign, note, snooze, done, reopen or correct.
        field: Of a correction: the tag.
        value: Of assign: whom (empty for nobody); the note; the tag's right value.
        until_at: Of snooze: when it comes back.
    """

    who: str
    brand: str
    platform: str
    post_id: str
    action: str
    field: str | None = None
    value: str | None = None
    until_at: datetime | None = None


@dataclass(frozen=True)
class Key:
    """Which mention."""

    brand: str
    platform: str
    post_id: str

    @property
    def address(self) -> dict[str, str]:
        """As it stands in addresses and forms, beside a list's filters."""
        return {"of": self.brand, "on": self.platform, "post_id": self.post_id}

    @property
    def query(self) -> str:
        """As the query part of an address."""
        return urlencode(self.address)


@dataclass(frozen=True)
class View:
    """A list with its filters, as it stands in an address."""

    list: str = "open"
    brand: str = ""
    platform: str = ""
    status: str = ""
    reason: str = ""
    lang: str = ""
    owner: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> View:
        """Read an address; whatever it gets wrong falls back to the ordinary."""
        texts = {f.name: query.get(f.name, "")[:100].replace("\0", "") for f in fields(cls)}
        page = texts.pop("page")
        if texts["list"] not in LISTS:
            texts["list"] = "open"
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return cls(**texts, page=max(number, 1))

    def but(self, **changes: str | int) -> View:
        """The same list with something changed, from its first page on unless a page is named."""
        return replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]

    @property
    def query(self) -> str:
        """As the query part of an address, without what is ordinary."""
        ordinary = View()
        told = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != getattr(ordinary, f.name)
        }
        return urlencode(told)

    @property
    def is_filtered(self) -> bool:
        """Whether anything beside the list is chosen."""
        return self.but() != View(list=self.list)
