"""What a reading may have cost, noted beside its landing file before each request.

A landing file says what its reading has cost, but a run that is killed or finds the disk full
leaves none, and what it has spent must count against the budget all the same. So every request
that costs money is noted first with the most it can cost. The note vanishes with the landing file
in place; one that is left behind is booked by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from collectors.landing_read import landing_of, trailer_line
from collectors.model import Landing

SUFFIX = ".spent"


class SpendingNote:
    """The note of one reading; it exists from the first request that costs money on."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, landing: Landing) -> None:
        """Say what the reading has cost once its next answer is there, at most.

        Raises:
            OSError: the disk does not take it; then the request must not be sent.
        """
        with self.path.open("ab", buffering=0) as file:
            line = orjson.dumps(trailer_line(landing)) + b"\n"
            if file.write(line) != len(line):
                raise OSError(27, "File too large")

    def remove(self) -> None:
        """Forget the note: its money is in the books, or was not spent."""
        self.path.unlink(missing_ok=True)


def left_behind(folder: Path, part_suffix: str) -> Iterator[tuple[SpendingNote, Landing]]:
    """Yield the notes below a folder whose landing files are not being written any more."""
    for path in sorted(folder.rglob(f"*{part_suffix}{SUFFIX}")):
        if path.with_name(path.name.removesuffix(SUFFIX)).exists():
            continue
        for line in reversed(path.read_bytes().splitlines()):
            if landing := _landing(line):
                yield SpendingNote(path), replace(landing, error="the run was stopped")
                break
        else:
            path.unlink(missing_ok=True)  # stopped before its first request


def _landing(line: bytes) -> Landing | None:
    try:
        note: dict[str, Any] = orjson.loads(line)
        return landing_of(note)
    except (ValueError, KeyError, TypeError):
        return None
