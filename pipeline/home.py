"""Where one installation keeps its things: the watch-list and the folder beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from collectors.registry import PLATFORMS
from watchlist.load import load
from watchlist.model import Watchlist


@dataclass(frozen=True)
class Home:
    """A watch-list and the data folder it names; every step takes one.

    Attributes:
        watchlist: The validated settings.
        root: The data folder, absolute; created when something is written.
    """

    watchlist: Watchlist
    root: Path

    @classmethod
    def open(cls, watchlist_path: Path) -> Home:
        """Read the watch-list and find its data folder.

        Raises:
            WatchlistError: the file is missing or wrong; the message names each mistake.
        """
        watchlist = load(watchlist_path, PLATFORMS)
        return cls(watchlist, watchlist.storage.path)

    @property
    def landing(self) -> Path:
        """Landing files, one folder per platform and brand."""
        return self.root / "landing"

    @property
    def warehouse(self) -> Path:
        """The database that one writer at a time changes."""
        return self.root / "warehouse.duckdb"

    @property
    def reader(self) -> Path:
        """The published copy that analysts open."""
        return self.root / "reader.duckdb"

    @property
    def batches(self) -> Path:
        """Texts on their way to the tagger and back."""
        return self.root / "batches"

    @property
    def outbox(self) -> Path:
        """Digests as files, and the journal of what was sent."""
        return self.root / "outbox"

    @property
    def locks(self) -> Path:
        """Lock files."""
        return self.root / "locks"

    @property
    def logs(self) -> Path:
        """Tracebacks of failures that nobody foresaw."""
        return self.root / "logs"
