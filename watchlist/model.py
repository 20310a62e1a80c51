"""The watch-list's keys: what is watched for which brand, who belongs to it, when it answers.

The example with every key is `watchlist.toml` in the repository root.
"""

from __future__ import annotations

import itertools
import re
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

import holidays
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

Role = Literal["own", "agency", "marketing", "superuser"]
Engage = Literal["all", "direct"]
Language = Literal["de", "en"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_HANDLE = re.compile(r"@?[\w.\-]{1,64}(@[\w.\-]+)?")
_HASHTAG = re.compile(r"#?\w+")
_DURATION = re.compile(r"(\d+)\s*(m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}
_MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def _handle(value: str) -> str:
    if not _HANDLE.fullmatch(value):
        raise ValueError("a handle is one word such as @stadtwerke")
    return value.removeprefix("@").lower()


def _hashtag(value: str) -> str:
    if not _HASHTAG.fullmatch(value) or value.removeprefix("#").isdigit():
        raise ValueError("a hashtag is one word of letters and digits, no spaces, such as #strom")
    return value.removeprefix("#").lower()


def _duration(value: object) -> object:
    if isinstance(value, str):
        found = _DURATION.fullmatch(value.strip())
        if not found:
            raise ValueError('a duration is a number and m, h or d, such as "4h"')
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError('not a time zone; write one such as "Europe/Berlin"')
    return value


def _mail(value: str) -> str:
    if not _MAIL.fullmatch(value):
        raise ValueError("not an e-mail address")
    return value


Handle = Annotated[str, AfterValidator(_handle)]
Hashtag = Annotated[str, AfterValidator(_hashtag)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Mail = Annotated[str, AfterValidator(_mail)]
Term = Annotated[str, Field(min_length=2, max_length=100)]


class Strict(BaseModel):
    """Unknown keys are mistakes, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Block(Strict):
    """One stretch of office hours on one day, local time, `opens < closes` ("24:00" = midnight)."""

    opens: time
    closes: time | None  # None: open until midnight

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        found = re.fullmatch(r"\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*", value)
        if not found:
            raise ValueError('a block is written "08:00-12:00"')
        return {"opens": found[1], "closes": None if found[2] == "24:00" else found[2]}

    @model_validator(mode="after")
    def _in_order(self) -> Block:
        if self.closes is not None and self.opens >= self.closes:
            raise ValueError("a block must open before it closes; split it at midnight")
        return self


class OfficeHours(Strict):
    """Blocks per weekday; a day without blocks is closed. All days empty = never closes."""

    mon: tuple[Block, ...] = ()
    tue: tuple[Block, ...] = ()
    wed: tuple[Block, ...] = ()
    thu: tuple[Block, ...] = ()
    fri: tuple[Block, ...] = ()
    sat: tuple[Block, ...] = ()
    sun: tuple[Block, ...] = ()
    on_holidays: bool = False

    @model_validator(mode="after")
    def _no_overlap(self) -> OfficeHours:
        for day in WEEKDAYS:
            blocks = sorted(getattr(self, day), key=lambda block: block.opens)
            for earlier, later in itertools.pairwise(blocks):
                if earlier.closes is None or earlier.closes > later.opens:
                    raise ValueError(f"two blocks of {day} overlap")
        return self

    @property
    def never_closes(self) -> bool:
        """True where no block is given at all."""
        return not any(getattr(self, day) for day in WEEKDAYS)


class Accounts(Strict):
    """Accounts of the brand's people, by role; `x:handle` limits one to a platform."""

    own: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    marketing: tuple[str, ...] = ()
    superuser: tuple[str, ...] = ()

    def entries(self) -> list[tuple[Role, str | None, str]]:
        """Every account as (role, platform or None for all platforms, handle in lower case)."""
        return [
            (role, *_split_account(account))
            for role in ("own", "agency", "marketing", "superuser")
            for account in getattr(self, role)
        ]

    @model_validator(mode="after")
    def _handles(self) -> Accounts:
        self.entries()
        return self


def _split_account(account: str) -> tuple[str | None, str]:
    platform, colon, handle = account.rpartition(":")
    return (platform if colon else None), _handle(handle)


class Signatures(Strict):
    """Initials at a reply's end that tell who wrote it, such as `^mk` or `/ki`."""

    own: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()


class DigestSettings(Strict):
    """When, in which language and to whom the morning digest goes."""

    at: time = time(7, 30)
    language: Language = "de"
    recipients: tuple[Mail, ...] = Field(min_length=1)
    when_empty: Literal["send", "skip"] = "send"


class Brand(Strict):
    """One company, or one of its service lines, with everything that is watched for it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    platforms: tuple[str, ...] = ("x", "reddit")
    handles: tuple[Handle, ...] = ()
    names: tuple[Term, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    exclude: tuple[Term, ...] = ()
    subreddits: tuple[Annotated[str, Field(pattern=r"^\w{2,50}$")], ...] = ()
    accounts: Accounts = Accounts()
    signatures: Signatures = Signatures()
    engage: dict[str, Engage] = Field(default_factory=dict)
    languages: tuple[Language, ...] = ("de", "en")
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Berlin"
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "DE"
    state: str | None = None
    office_hours: OfficeHours = OfficeHours()
    answer_within: Annotated[Duration, Field(gt=timedelta(0), le=timedelta(days=60))] = timedelta(
        hours=4
    )
    digest: DigestSettings
    retention: Annotated[Duration, Field(ge=timedelta(days=1))] = timedelta(days=365)

    @property
    def zone(self) -> ZoneInfo:
        """The brand's time zone."""
        return ZoneInfo(self.time_zone)

    def members(self) -> list[tuple[Role, str | None, str]]:
        """Accounts with a role as (role, platform or None for all, handle).

        The brand's own handles are `own` accounts unless they are listed under another role.
        """
        listed = self.accounts.entries()
        named = {handle for _role, _platform, handle in listed}
        return listed + [("own", None, handle) for handle in self.handles if handle not in named]

    def engages(self, platform: str) -> Engage:
        """Whether the brand answers every mention on a platform or only direct address."""
        return self.engage.get(platform, "direct" if platform == "facebook" else "all")

    @model_validator(mode="after")
    def _watches_something(self) -> Brand:
        if not (self.handles or self.names or self.hashtags or self.subreddits):
            raise ValueError("nothing is watched; give handles, names or hashtags")
        return self

    @model_validator(mode="after")
    def _known_holidays(self) -> Brand:
        known = holidays.list_supported_countries()
        if self.country not in known:
            raise ValueError(f'no public holidays are known for country "{self.country}"')
        if self.state is not None and self.state not in known[self.country]:
            choice = ", ".join(known[self.country])
            raise ValueError(f'"{self.state}" is no state of {self.country}; choose of {choice}')
        return self


class Storage(Strict):
    """Where landing files and databases live; relative paths start at the watch-list's folder."""

    path: Path = Path("var")


class Watchlist(Strict):
    """The one settings file."""

    brands: tuple[Brand, ...] = Field(min_length=1)
    storage: Storage = Storage()
    budget: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ids_differ(self) -> Watchlist:
        ids = [brand.id for brand in self.brands]
        if twice := sorted({brand for brand in ids if ids.count(brand) > 1}):
            raise ValueError(f"brand id {twice[0]!r} is used twice")
        return self

    def brand(self, brand_id: str) -> Brand:
        """Return the brand with this id.

        Raises:
            KeyError: there is none.
        """
        return {brand.id: brand for brand in self.brands}[brand_id]
