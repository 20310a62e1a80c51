"""The watch-list's keys: what is watched for which brand, who belongs to it, when it answers.

The example with every key is `watchlist.toml` in the repository root; `docs/watchlist.md` is made
from the descriptions here.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from watchlist.alerts import AlertSettings
from watchlist.fields import (
    AccountName,
    BrandId,
    Clock,
    Country,
    Duration,
    Handle,
    Hashtag,
    Mail,
    Misplaced,
    Several,
    Strict,
    Subreddit,
    Term,
    WebAddress,
    Zone,
    lasting,
    split_account,
)
from watchlist.guess import nearest, one_line, state_code, state_codes
from watchlist.routing import Route
from watchlist.tagging import Model

Role = Literal["own", "agency", "marketing", "superuser"]
Engage = Literal["all", "direct"]
Language = Literal["de", "en"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROLES: tuple[Role, ...] = ("own", "agency", "marketing", "superuser")

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_BLOCK = re.compile(rf"\s*({_CLOCK})\s*[-–]\s*({_CLOCK}|24:00)\s*")


class Block(Strict):
    """One stretch of office hours on one day, local time, `opens < closes`."""

    opens: time
    closes: time | None
    """None: open until midnight, written "24:00"."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        if isinstance(value, dict):
            return value
        found = _BLOCK.fullmatch(str(value))
        if not found:
            raise ValueError('not a stretch of office hours; write "08:00-12:00"')
        return {"opens": found[1], "closes": None if found[2] == "24:00" else found[2]}

    @model_validator(mode="after")
    def _in_order(self) -> Block:
        if self.closes is not None and self.opens >= self.closes:
            raise ValueError("closes before it opens; split it at midnight into two days")
        return self


class OfficeHours(Strict):
    """When somebody answers, as stretches per weekday; a day left out is closed.

    With no day given at all the brand never closes.
    """

    mon: Several[Block] = ()
    tue: Several[Block] = ()
    wed: Several[Block] = ()
    thu: Several[Block] = ()
    fri: Several[Block] = ()
    sat: Several[Block] = ()
    sun: Several[Block] = ()
    on_holidays: bool = False
    """Whether public holidays count as ordinary days."""

    @field_validator(*WEEKDAYS)
    @classmethod
    def _no_overlap(cls, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        in_order = sorted(blocks, key=lambda block: block.opens)
        for earlier, later in itertools.pairwise(in_order):
            if earlier.closes is None or earlier.closes > later.opens:
                raise ValueError("two stretches of one day overlap; join them into one")
        return blocks

    @property
    def never_closes(self) -> bool:
        """True where no block is given at all."""
        return not any(getattr(self, day) for day in WEEKDAYS)


class Accounts(Strict):
    """Accounts of the people who speak for the brand, by role; `x:handle` limits one to X."""

    own: Several[AccountName] = ()
    """Care accounts beside the brand's handles."""
    agency: Several[AccountName] = ()
    """Accounts of an agency that answers for the brand."""
    marketing: Several[AccountName] = ()
    """Accounts of the brand that do not answer customers; listed handles are not `own`."""
    superuser: Several[AccountName] = ()
    """Customers known to answer well; others become super-users after 100 helpful answers."""

    def entries(self) -> list[tuple[Role, str | None, str]]:
        """Every account as (role, platform or None for all platforms, handle in lower case)."""
        return [(role, *split_account(name)) for role in ROLES for name in getattr(self, role)]

    @model_validator(mode="after")
    def _one_role_each(self) -> Accounts:
        roles: dict[tuple[str | None, str], Role] = {}
        for role, platform, name in self.entries():
            if roles.setdefault((platform, name), role) != role:
                first = roles[platform, name]
                raise Misplaced(f"@{name} is listed as {first} too; keep one of the two", role)
        return self


class Signatures(Strict):
    """Initials at a reply's end that tell who wrote it, such as `^mk` or `/ki`."""

    own: Several[str] = ()
    """Of the brand's own team."""
    agency: Several[str] = ()
    """Of an agency that writes from the brand's accounts."""


class DigestSettings(Strict):
    """When, in which language and to whom the morning digest goes."""

    at: Clock = time(7, 30)
    """Local time of day."""
    language: Language = "de"
    """`de` or `en`."""
    recipients: Annotated[Several[Mail], Field(min_length=1)]
    """E-mail addresses; each gets a digest of its own."""
    when_empty: Literal["send", "skip"] = "send"
    """What to do on a day on which nothing is open."""
    weekly: Weekday | None = None
    """The day on which a digest of the week before comes as well, such as "mon"."""


class Brand(Strict):
    """One company, or one of its service lines, with everything that is watched for it."""

    id: BrandId
    """Short name for commands and files; changing it starts a new history."""
    name: Annotated[str, Field(min_length=1, max_length=100)]
    """The name people see in digests."""
    platforms: Several[str] = ("x", "reddit")
    """Where to collect."""
    handles: Several[Handle] = ()
    """The brand's own accounts; posts that address them are direct mentions."""
    names: Several[Term] = ()
    """Words or phrases that mean the brand; cases and compounds (Musterbahn-App) count too."""
    hashtags: Several[Hashtag] = ()
    """Searched on platforms that have hashtags."""
    exclude: Several[Term] = ()
    """A post that holds one of these is no mention of the brand."""
    subreddits: Several[Subreddit] = ()
    """The brand's own communities: every post there concerns it."""
    watch_subreddits: Several[Subreddit] = ()
    """General subreddits to read; of their posts only those count that name the brand."""
    accounts: Accounts = Accounts()
    """Who speaks for the brand; see below."""
    signatures: Signatures = Signatures()
    """Who signs how; see below."""
    routing: Several[Route] = ()
    """Who is to answer what, one `[[brands.routing]]` table per rule; see below."""
    engage: dict[str, Engage] = Field(default_factory=dict)
    """Per platform: answer `all` mentions or only `direct` address (Facebook's default)."""
    languages: Several[Language] = ("de", "en")
    """Languages somebody answers in: `de`, `en`."""
    time_zone: Zone = "Europe/Berlin"
    """The zone of office hours and of the digest."""
    country: Country = "DE"
    """Whose public holidays count."""
    state: str | None = None
    """Bundesland or its like, for its own holidays, such as "BY"."""
    office_hours: OfficeHours = OfficeHours()
    """When somebody answers; see below."""
    answer_within: Annotated[
        Duration, lasting(timedelta(minutes=1), timedelta(days=60), '"1m" to "60d"')
    ] = timedelta(hours=4)
    """Open time after which a mention without an answer is overdue."""
    digest: DigestSettings
    """The morning mail; see below."""
    alerts: AlertSettings = AlertSettings()
    """What cannot wait until then; see below."""
    retention: Annotated[
        Duration, lasting(timedelta(days=1), timedelta(days=36500), '"1d" to "36500d"')
    ] = timedelta(days=365)
    """How long texts are kept; numbers stay."""
    recheck: Literal["open", "all"] = "open"
    """Which stored posts are read again every day to find edits and deletions, where reading costs
    money: open mentions, or every text (on X about $15 a day per 1,000 texts)."""

    @property
    def zone(self) -> ZoneInfo:
        """The brand's time zone."""
        return ZoneInfo(self.time_zone)

    def members(self) -> list[tuple[Role, str | None, str]]:
        """Accounts with a role as (role, platform or None for all, handle).

        The brand's own handles are `own` accounts unless they are listed under another role.
        """
        listed = self.accounts.entries()
        named = {name for _role, _platform, name in listed}
        return listed + [("own", None, name) for name in self.handles if name not in named]

    @model_validator(mode="after")
    def _routes_own_accounts(self) -> Brand:
        ours = {name for _role, _platform, name in self.members()}
        for place, route in enumerate(self.routing):
            for number, (_platform, name) in enumerate(route.account_entries()):
                if name not in ours:
                    raise Misplaced(
                        f"@{name} is no account of the brand; list it under handles or accounts",
                        *("routing", place, "accounts", number),
                    )
            if route.fits_all and place < len(self.routing) - 1:
                raise Misplaced("fits everything; put it last", "routing", place)
        return self

    def engages(self, platform: str) -> Engage:
        """Whether the brand answers every mention on a platform or only direct address."""
        return self.engage.get(platform, "direct" if platform == "facebook" else "all")

    @field_validator("platforms")
    @classmethod
    def _collected(cls, platforms: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = (info.context or {}).get("platforms")
        for index, platform in enumerate(platforms):
            if known is not None and platform not in known:
                raise Misplaced(
                    f"{one_line(platform)} is not collected; choose of {', '.join(known)}", index
                )
        return platforms

    @field_validator("engage")
    @classmethod
    def _likely(cls, engage: dict[str, Engage], info: ValidationInfo) -> dict[str, Engage]:
        """Refuse what looks like a slip; platforms that are only imported may be named too."""
        known = (info.context or {}).get("platforms") or ()
        for platform in engage:
            meant = nearest(platform, known)
            if meant and platform not in known:
                raise Misplaced(f"no such platform; did you mean {meant}?", platform)
        return engage

    @field_validator("country")
    @classmethod
    def _has_holidays(cls, country: str) -> str:
        if state_codes(country) is None:
            raise ValueError(f'no public holidays are known for "{country}"; write "DE"')
        return country

    @field_validator("state")
    @classmethod
    def _of_country(cls, state: str | None, info: ValidationInfo) -> str | None:
        country = info.data.get("country")
        if state is None or country is None:
            return state
        codes = state_codes(country) or ()
        if state not in codes:
            meant = state_code(country, state)
            remedy = f'write "{meant}"' if meant else f"choose of {', '.join(codes)}"
            raise ValueError(f"{one_line(state)} is no state of {country}; {remedy}")
        return state

    @model_validator(mode="after")
    def _watches_something(self) -> Brand:
        if twice := {*self.subreddits} & {*self.watch_subreddits}:
            name = min(twice)
            raise Misplaced(
                f"r/{name} stands under subreddits too; keep one of the two",
                *("watch_subreddits", self.watch_subreddits.index(name)),
            )
        if not (self.handles or self.names or self.hashtags or self.subreddits):
            raise ValueError("nothing is watched; give handles, names, hashtags or subreddits")
        return self


class Storage(Strict):
    """Where landing files and databases live; relative paths start at the watch-list's folder."""

    path: Path = Path("var")
    """The data folder; it is made when something is written."""
    keep_landing: Annotated[
        Duration, lasting(timedelta(days=1), timedelta(days=3650), '"1d" to "3650d"')
    ] = timedelta(days=14)
    """How long files as platforms sent them are kept after loading. They hold what has since been
    deleted."""


class Tagging(Strict):
    """How texts are read for complaints, questions, praise and what is urgent."""

    model: Model = "fast"
    """`fast`: some 4,000 posts a second on two cores; `accurate`: more is right, some 200 a
    second; `careful`: `accurate` reads again what `fast` is unsure of, which is nearly as good,
    700 to 2,000 a second. The last two need `pip install 'horchposten[accurate]'` (Linux on
    x86-64). After a change, old posts are read again little by little."""


class Triage(Strict):
    """Where people find the triage page; digests and alerts link to it."""

    url: WebAddress | None = None
    """Its address, such as "https://airflow.example.org/triage"; without it there are no links."""


class Watchlist(Strict):
    """The one settings file."""

    brands: Annotated[tuple[Brand, ...], Field(min_length=1)]
    """One `[[brands]]` table each; see below."""
    storage: Storage = Storage()
    """Where data lives; see below."""
    tagging: Tagging = Tagging()
    """Which model reads texts; see below."""
    triage: Triage = Triage()
    """Where the triage page is; see below."""
    budget: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )
    """US dollars a month per platform; reading stops before they are exceeded."""

    @field_validator("budget")
    @classmethod
    def _for_collected(cls, budget: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        known = (info.context or {}).get("platforms")
        for platform in budget:
            if known is not None and platform not in known:
                message = f"is not collected, so it costs nothing; choose of {', '.join(known)}"
                raise Misplaced(message, platform)
        return budget

    @model_validator(mode="after")
    def _ids_differ(self) -> Watchlist:
        seen: Counter[str] = Counter()
        for index, brand in enumerate(self.brands):
            seen[brand.id] += 1
            if seen[brand.id] > 1:
                message = f'the id "{brand.id}" is used twice; give each brand its own'
                raise Misplaced(message, "brands", index, "id")
        return self

    def brand(self, brand_id: str) -> Brand:
        """Return the brand with this id.

        Raises:
            KeyError: there is none.
        """
        return {brand.id: brand for brand in self.brands}[brand_id]
