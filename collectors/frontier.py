"""How far back a listing that gives the newest posts first has been read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from collectors.model import Window

#: Platforms date posts to the second, so posts of the oldest second may follow on the next page.
_SECOND = timedelta(seconds=1)


@dataclass
class Frontier:
    """The oldest moment seen in a listing, and whether the listing has kept to its order."""

    window: Window
    oldest: datetime | None = None
    is_ordered: bool = True

    def advance(self, times: Sequence[datetime]) -> datetime | None:
        """Take in the times of one page's posts; returns the page's `read_from`."""
        newest_yet = self.oldest
        for moment in times:
            if newest_yet is not None and moment > newest_yet + _SECOND:
                self.is_ordered = False
            newest_yet = moment
        if times:
            self.oldest = min(times) if self.oldest is None else min(*times, self.oldest)
        return self.read_from

    @property
    def read_from(self) -> datetime | None:
        """Everything from here on has been read; None where that is not certain."""
        if self.oldest is None or not self.is_ordered:
            return None
        return self.oldest.replace(microsecond=0) + _SECOND

    def unread(self) -> Window | None:
        """Return the part of the window that pages to come may still hold."""
        return before(self.window, self.read_from)

    def beyond_listing(self) -> Window | None:
        """Return the part of the window that lies before a listing that has been read to its end.

        Here order does not matter: a listing of the newest posts that ends holds all newer ones.
        """
        end = self.oldest and self.oldest.replace(microsecond=0) + _SECOND
        return before(self.window, end)


def before(window: Window, moment: datetime | None) -> Window | None:
    """Return the part of a window before `moment`; all of it where `moment` is None."""
    end = window.end if moment is None else min(moment, window.end)
    return Window(window.start, end) if window.start < end else None
