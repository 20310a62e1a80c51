"""Files that hold texts of a person who wants to be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

_CHUNK = 1 << 20


def erase_files(landings: Iterable[Path], outbox: Path, who: str) -> list[Path]:
    """Delete loaded landing files, digests and alerts that name a person; return what was deleted.

    Args:
        landings: Landing files that the warehouse has loaded and does not need any more.
        outbox: The folder of digests; journals of what was sent stay, they name nobody.
        who: Handle or author id.
    """
    name = re.compile(rb"(?i)(?<![\w.-])" + re.escape(who.removeprefix("@").encode()) + rb"(?!\w)")
    gone = [path for path in landings if _names(path, name)]
    read = [path for path in outbox.rglob("*") if path.suffix in {".html", ".txt", ".csv"}]
    # A mail's own form hides its words, so it goes with the digest it was made of.
    days = {(path.parent, path.stem) for path in read if _names(path, name)}
    gone += [path for path in outbox.rglob("*.*") if _is_of(path, days)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _is_of(path: Path, days: set[tuple[Path, str]]) -> bool:
    is_mail = path.suffix in {".html", ".txt", ".csv", ".eml"}
    stems = {path.stem, path.name[: len("2026-11-20")]}
    return is_mail and any((path.parent, stem) in days for stem in stems)


def _names(path: Path, name: re.Pattern[bytes]) -> bool:
    before = b""
    for chunk in _chunks(path):
        if name.search(before + chunk):
            return True
        before = chunk[-200:]  # a name on the seam of two chunks
    return False


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if path.suffix != ".zst":
            yield from iter(lambda: file.read(_CHUNK), b"")
            return
        with zstandard.ZstdDecompressor().stream_reader(file) as reader:
            yield from iter(lambda: reader.read(_CHUNK), b"")
