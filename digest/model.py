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
Status = Literal["trying", "sent", "refused", "written", "skipped", "later"]

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
    """What one brand's digest of one local day says, before it is put into words."""

    brand: Brand
    date: date
    now: datetime
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """The section of this name, or None where its file is gone."""
        return next((section for section in self.sections if section.name == name), None)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a section, none where it is missing."""
        section = self.section(name)
        return section.rows if section else ()

    @property
    def lead(self) -> Row:
        """The one row of counts everything begins with."""
        return self.rows("lead")[0]

    @property
    def is_empty(self) -> bool:
        """Nothing is open, and that is certain because nothing is missing."""
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
