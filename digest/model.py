"""What a digest is made of, and what became of it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from watchlist.errors import HorchError
from watchlist.model import Brand

Row = Mapping[str, Any]
View = dict[str, Any]
Edition = Literal["daily", "weekly"]
Status = Literal["trying", "sent", "refused", "written", "skipped", "later"]

#: How many days each edition reports.
DAYS: Mapping[Edition, int] = {"daily": 1, "weekly": 7}


def stem(day: date, edition: Edition) -> str:
    """What names the files and mails of one digest: the day, and for a weekly that it is one."""
    return day.isoformat() if edition == "daily" else f"{day.isoformat()}-week"


#: A recipient with one of these has been dealt with for the day.
FINAL: frozenset[str] = frozenset({"sent", "refused", "written", "skipped"})


@dataclass(frozen=True)
class Section:
    """The rows of one file in `queries/digest`.

    `shape` names the function and macro that put the rows into words; `place` is `body` or `foot`;
    `columns` keeps their order; `summary` is the file's first line, the heading where the
    catalogues have none.
    """

    name: str
    shape: str
    place: str
    order: int
    summary: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Digest:
    """What one brand's digest of one local day says, before it is put into words.

    `now` is the moment it shows; `is_past`: that is a moment long gone.
    """

    brand: Brand
    date: date
    now: datetime
    sections: tuple[Section, ...]
    edition: Edition = "daily"
    is_past: bool = False
    triage_url: str | None = None

    def section(self, name: str) -> Section | None:
        """The section of this name, or None where its file is gone."""
        return next((section for section in self.sections if section.name == name), None)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a section, none where it is missing."""
        section = self.section(name)
        return section.rows if section else ()

    def shaped(self, shape: str) -> tuple[Row, ...]:
        """The rows of the first section of this shape."""
        return next((section.rows for section in self.sections if section.shape == shape), ())

    @property
    def lead(self) -> Row:
        """The one row of counts everything begins with."""
        return self.shaped("lead" if self.edition == "daily" else "week_lead")[0]

    @property
    def listed(self) -> tuple[Row, ...]:
        """The mentions to be answered, what hurts most first."""
        return self.shaped("work_list")

    @property
    def is_empty(self) -> bool:
        """Nothing is open, and that is certain because nothing is missing."""
        if self.edition == "weekly":
            return not self.lead["mention_count"] and not self.lead["waiting_count"]
        unread = self.rows("gaps") or any(row["is_stale"] for row in self.rows("freshness"))
        return not self.lead["open_count"] and not unread


@dataclass(frozen=True)
class Rendered:
    """A digest as people get it. `images` maps content ids to PNG files."""

    subject: str
    text: str
    html: str
    csv_bytes: bytes
    images: Mapping[str, bytes] = field(repr=False)
    language: str
    is_empty: bool
    edition: Edition = "daily"

    def page(self) -> str:
        """The HTML with its images inside, to be opened without a mail program."""
        page = self.html
        for name, png in self.images.items():
            data = base64.b64encode(png).decode("ascii")
            page = page.replace(f"cid:{name}", f"data:image/png;base64,{data}")
        return page


@dataclass(frozen=True)
class Delivery:
    """What became of one recipient's mail. `detail` holds the server's words."""

    recipient: str
    message_id: str
    status: Status
    detail: str
    at: datetime


@dataclass(frozen=True)
class DeliveryReport:
    """What one call of `deliver` did; recipients served earlier are not in it."""

    brand: str
    date: date
    deliveries: tuple[Delivery, ...] = ()
    failure: HorchError | None = None
    files: tuple[Path, ...] = ()

    def _with(self, status: Status) -> tuple[str, ...]:
        return tuple(each.recipient for each in self.deliveries if each.status == status)

    @property
    def sent(self) -> tuple[str, ...]:
        """Recipients whose mail the server accepted."""
        return self._with("sent")

    @property
    def refused(self) -> tuple[str, ...]:
        """Recipients the server does not want, for good."""
        return self._with("refused")

    @property
    def later(self) -> tuple[str, ...]:
        """Recipients who could not be served now."""
        return self._with("later")

    def raise_for_failures(self) -> None:
        """Raise what stopped the mail, after the outcome has been recorded.

        Raises:
            MailDown: another try later makes sense.
            MailRefused: the settings are wrong.
        """
        if self.failure:
            raise self.failure
