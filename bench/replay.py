"""Real customer-care threads through the whole way, held against the data's own reply links.

Run: `python -m bench.replay FILE [FILE …]` with recorded threads as JSON lines (see
`demo.replay`). They are played by the X-format server, read by the real client, tagged, and
worked out like any other post; then every customer's first message is compared: did the company
reply, and after how long?
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import warehouse
from collectors.connection import Connection
from demo.replay import Replay, Truth, load_replay
from demo.x_server import TOKEN, XApp, XServer
from pipeline import Home
from pipeline.run import run_once
from watchlist.model import Brand, DigestSettings, Watchlist


@dataclass(frozen=True)
class Seen:
    """What the warehouse says of one message.

    Attributes:
        truth: What the data's links say.
        is_found: It is in the warehouse as a mention.
        status: Its status; None where it is not found.
        first_reply_seconds: Message to the company's first reply; None: no reply seen.
    """

    truth: Truth
    is_found: bool
    status: str | None
    first_reply_seconds: int | None

    @property
    def agrees(self) -> bool:
        """Data and warehouse agree on whether the company replied."""
        return (self.first_reply_seconds is not None) == self.truth.is_answered

    @property
    def is_on_time(self) -> bool:
        """Both know a reply, and its time is the same to two seconds."""
        told, seen = self.truth.first_reply_seconds, self.first_reply_seconds
        return told is not None and seen is not None and abs(told - seen) <= 2


def compare(replay: Replay, folder: Path, now: datetime) -> list[Seen]:
    """Play recorded threads, run the whole way twice, and look every first message up.

    The second run reads the threads of what the first one found open.
    """
    home = Home(_watchlist(replay.truth), folder)
    with XServer(XApp(replay.world, lambda: now)).start() as server:
        connections = {"x": Connection("x", host=server.url, password=TOKEN)}
        for _ in range(2):
            report = run_once(home, connections, lambda: now, lambda _text: None)
            for failure in report.failures:
                raise failure
    return list(_look_up(home, replay.truth))


def _watchlist(truths: Iterable[Truth]) -> Watchlist:
    handles = sorted({truth.brand for truth in truths}, key=str.lower)
    mail = DigestSettings(recipients=("care@care.example.org",), when_empty="skip")
    return Watchlist(
        brands=tuple(
            Brand(
                id=_brand_id(handle),
                name=handle,
                platforms=("x",),
                handles=(handle,),
                digest=mail,
            )
            for handle in handles
        )
    )


def _brand_id(handle: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", handle.lower()).strip("-")


def _look_up(home: Home, truths: Iterable[Truth]) -> Iterator[Seen]:
    """Yield what is known of each message for the company that it concerns: it may name others."""
    with warehouse.open_reader(home.reader) as con:
        mentions = con.table("mention_status")
        rows = mentions.select("brand, post_id, status, first_reply_seconds").fetchall()
    known = {(brand, post_id): (status, seconds) for brand, post_id, status, seconds in rows}
    for truth in truths:
        key = _brand_id(truth.brand), truth.post_id
        status, seconds = known.get(key, (None, None))
        yield Seen(truth, key in known, status, seconds)


def _print(name: str, seen: list[Seen]) -> None:
    found = [each for each in seen if each.is_found]
    addressed = [each for each in seen if each.truth.is_addressed]
    replied = [each for each in found if each.truth.first_reply_seconds is not None]
    exact = [each for each in replied if not each.truth.is_squeezed]
    print(f"{name}: {len(seen)} first messages, {len(addressed)} name the company's handle")
    print(f"  found as a mention       {_share(found, seen)}")
    print(f"  … of those that name it  {_share([s for s in addressed if s.is_found], addressed)}")
    print(f"  reply or none agrees     {_share([s for s in found if s.agrees], found)}")
    print(f"  reply missed             {_share([s for s in replied if not s.agrees], replied)}")
    print(f"  time of reply agrees     {_share([s for s in exact if s.is_on_time], exact)}")
    for each in [s for s in found if not s.agrees][:20]:
        print(f"  disagrees: {each.truth.original_id} {each.status} {each.truth}")


def _share(part: list[Seen], whole: list[Seen]) -> str:
    return f"{len(part):5} of {len(whole):5} ({100 * len(part) / max(1, len(whole)):.1f} %)"


def main(files: list[Path]) -> None:
    """Compare each file and print the figures."""
    now = datetime.now(UTC).replace(microsecond=0)
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            _print(file.name, compare(load_replay([file], now), Path(folder), now))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
