"""The journal of one brand's digest of one day: who has been served, safe on disk.

One JSON line per event, each forced to disk before anything else happens: `trying` before the
mail is handed over (so a full disk shows while nothing has left), then what became of it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from digest.model import FINAL, Delivery, Edition, stem
from watchlist.model import Brand

_LOOKED_AT = 14
"""Journals, newest first: what was refused longer ago has been tried again since, or mended."""


class Journal:
    """The deliveries of a brand's digest in `folder`, kept as `<date>.journal` (`…-week.…`)."""

    def __init__(self, folder: Path, day: date, edition: Edition = "daily") -> None:
        self.path = folder / f"{stem(day, edition)}.journal"

    @classmethod
    def at(cls, path: Path) -> Journal:
        """The journal that is this file."""
        journal = cls.__new__(cls)
        journal.path = path
        return journal

    def deliveries(self) -> dict[str, Delivery]:
        """Each recipient's last final outcome; torn or foreign lines count as not written."""
        return {each.recipient: each for each in self._events() if each.status in FINAL}

    def unsure(self) -> set[str]:
        """Recipients whose last try has no outcome: the mail may have left, or not."""
        last: dict[str, str] = {each.recipient: each.status for each in self._events()}
        return {recipient for recipient, status in last.items() if status == "trying"}

    def add(self, delivery: Delivery) -> None:
        """Append an event and return when it is on disk."""
        line = json.dumps({**asdict(delivery), "at": delivery.at.isoformat()}, ensure_ascii=False)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self.path.exists() or not self.path.stat().st_size
        with self.path.open("ab") as file:
            file.write(("\n" * self._is_torn() + line + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            _sync_folder(self.path.parent)

    def _is_torn(self) -> bool:
        """Whether a crash left a line unfinished, which must not swallow the next one."""
        written = self.path.read_bytes() if self.path.exists() else b""
        return bool(written) and not written.endswith(b"\n")

    def _events(self) -> list[Delivery]:
        if not self.path.exists():
            return []
        lines = self.path.read_bytes().split(b"\n")
        return [event for line in lines if (event := _event(line))]


@dataclass(frozen=True)
class Refused:
    """A recipient whose last mail the server would not take; `detail` holds its words."""

    brand: str
    recipient: str
    at: datetime
    detail: str


def refused(outbox: Path, brand: Brand) -> list[Refused]:
    """The brand's present recipients whose last digest the mail server refused for good."""
    last: dict[str, Delivery] = {}
    for path in sorted((outbox / brand.id).glob("*.journal"), reverse=True)[:_LOOKED_AT]:
        for each in Journal.at(path).deliveries().values():
            last.setdefault(each.recipient, each)
    present = [last[who] for who in brand.digest.recipients if who in last]
    return [
        Refused(brand.id, each.recipient, each.at, each.detail)
        for each in present
        if each.status == "refused"
    ]


def _event(line: bytes) -> Delivery | None:
    try:
        fields = json.loads(line)
        return Delivery(**{**fields, "at": datetime.fromisoformat(fields["at"])})
    except (ValueError, TypeError, KeyError):
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
