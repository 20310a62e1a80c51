"""Read landing files, and notice every one that is not exactly what was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import zstandard

from collectors.model import Gap, Landing, Window
from watchlist.errors import HorchError

SUFFIX = ".jsonl.zst"
_CHUNK = 1 << 17
#: Memory a damaged header can make us take; what we write needs 2 MiB.
_MAX_WINDOW = 1 << 23


class LandingBroken(HorchError):
    """A landing file that was cut off or changed after it was written."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(
            f"{path} is broken ({cause}); move it away, its window is read again by the next run"
        )
        self.path = path


def complete_files(landing_dir: Path) -> list[Path]:
    """Return all finished landing files below a folder; those read twice in that order."""
    return sorted(landing_dir.rglob(f"*{SUFFIX}"), key=lambda path: str(path)[: -len(SUFFIX)])


def read_landing(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the page lines of a landing file.

    Raises:
        LandingBroken: the file is not whole. This shows at its end at the latest, so whoever
            keeps what is yielded must be able to take it back.
    """
    for line in _lines(path):
        if line.get("end") is not True:
            yield line


def read_trailer(path: Path) -> Landing:
    """Read the whole file and return what its last line says.

    Raises:
        LandingBroken: the file is not whole.
    """
    last: dict[str, Any] = {}
    for line in _lines(path):
        last = line
    try:
        return landing_of(last)
    except (KeyError, TypeError, ValueError) as error:
        raise LandingBroken(path, f"its last line lacks {error}") from error


def trailer_line(landing: Landing) -> dict[str, Any]:
    """Write a trailer as the last line of a landing file."""
    return {
        "end": True,
        "platform": landing.platform,
        "brand": landing.brand,
        "kind": landing.kind,
        "topics": list(landing.topics),
        "root_ids": list(landing.root_ids),
        "window": _pair(landing.window),
        "covered": [_pair(window) for window in landing.covered],
        "gaps": [_gap_line(gap) for gap in landing.gaps],
        "requests": landing.requests,
        "posts": landing.posts,
        "users": landing.users,
        "cost_usd": landing.cost_usd,
        "retrieved_at": landing.retrieved_at.isoformat(),
        "error": landing.error,
    }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield all lines; the last one is the trailer, or the file is broken."""
    has_ended = False
    try:
        for text in _texts(path):
            if has_ended:
                raise LandingBroken(path, "lines after its end")
            line = orjson.loads(text)
            if not isinstance(line, dict):
                raise LandingBroken(path, "a line that is no object")
            has_ended = line.get("end") is True
            yield line
    except zstandard.ZstdError as error:
        raise LandingBroken(path, str(error)) from error
    except orjson.JSONDecodeError as error:
        raise LandingBroken(path, f"a line that is no JSON: {error}") from error
    if not has_ended:
        raise LandingBroken(path, "it has no end")


def _texts(path: Path) -> Iterator[bytes]:
    """Decompress line by line; a frame that is cut off or followed by anything is an error."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).decompressobj()
    rest = b""
    with path.open("rb") as file:
        while not decompressor.eof and (chunk := file.read(_CHUNK)):
            *texts, rest = (rest + decompressor.decompress(chunk)).split(b"\n")
            yield from texts
        if not decompressor.eof or decompressor.unused_data or file.read(1) or rest:
            raise LandingBroken(path, "it is cut off or has a tail")


def landing_of(line: dict[str, Any]) -> Landing:
    """Read a trailer's line. Raises KeyError, TypeError or ValueError where it is none."""
    return Landing(
        platform=line["platform"],
        brand=line["brand"],
        kind=line["kind"],
        topics=tuple(line["topics"]),
        window=_window(line["window"]),
        covered=tuple(_window(pair) for pair in line["covered"]),
        retrieved_at=datetime.fromisoformat(line["retrieved_at"]),
        gaps=tuple(
            Gap(
                Window(*map(datetime.fromisoformat, (gap["start"], gap["end"]))),
                gap["reason"],
                gap["detail"],
                gap["is_final"],
            )
            for gap in line["gaps"]
        ),
        root_ids=tuple(line["root_ids"]),
        requests=line["requests"],
        posts=line["posts"],
        users=line["users"],
        cost_usd=line["cost_usd"],
        error=line["error"],
    )


def _gap_line(gap: Gap) -> dict[str, Any]:
    start, end = _pair(gap.window)
    return {
        "start": start,
        "end": end,
        "reason": gap.reason,
        "detail": gap.detail,
        "is_final": gap.is_final,
    }


def _pair(window: Window) -> list[str]:
    return [window.start.isoformat(), window.end.isoformat()]


def _window(pair: list[str]) -> Window:
    start, end = pair
    return Window(datetime.fromisoformat(start), datetime.fromisoformat(end))
