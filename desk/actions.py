"""What people did, durably: an append-only SQLite file beside the warehouse.

SQLite takes any number of readers beside a writer and makes a second writer wait for milliseconds,
so nobody at the page ever waits for the pipeline. Rows are never changed; of each kind of action
the newest counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk.check import checked
from desk.model import Act
from desk.statements import sql
from watchlist.errors import HorchError

__all__ = ["Act", "ActionsBusy", "Recorded", "append", "erase_notes", "newest", "read"]

FILE = "actions.sqlite"
_WAIT_SECONDS = 1.0
_TICK = timedelta(microseconds=1)


class ActionsBusy(HorchError):
    """The file could not be written within a second."""


@dataclass(frozen=True)
class Recorded(Act):
    """An action as it was kept.

    Attributes:
        seq: Its number in the file, rising.
        at: When; later than every action before it, so that the newest is never in doubt.
    """

    seq: int = field(kw_only=True)
    at: datetime = field(kw_only=True)


def append(path: Path, act: Act, now: datetime) -> Recorded:
    """Keep one action; it is on disk when this returns.

    Raises:
        WrongAction: the action cannot be what was meant; the message says why.
        ActionsBusy: somebody else held the file for longer than a second.
    """
    act = checked(act)
    with _opened(path) as con:
        con.execute("BEGIN IMMEDIATE")
        (last,) = con.execute(sql("actions/last_at")).fetchone()
        at = max(now.astimezone(UTC), datetime.fromisoformat(last) + _TICK) if last else now
        values = vars(act) | {"at": _text(at), "until_at": _text(act.until_at)}
        seq = con.execute(sql("actions/append"), values).lastrowid
        con.execute("COMMIT")
    return Recorded(**vars(act), seq=seq or 0, at=at.astimezone(UTC))


def read(path: Path, after: int = 0) -> list[Recorded]:
    """Every action with a number above `after`, oldest first; none where there is no file yet."""
    if not path.exists():
        return []
    with _opened(path) as con:
        rows = con.execute(sql("actions/read"), {"after": after}).fetchall()
    return [_recorded(row) for row in rows]


def newest(path: Path) -> int:
    """The number of the last action; 0 where there is none."""
    if not path.exists():
        return 0
    with _opened(path) as con:
        row = con.execute(sql("actions/newest")).fetchone()
    return int(row[0] or 0)


def erase_notes(path: Path, platform: str, post_ids: list[str]) -> int:
    """Blank what was noted about posts whose author is to be forgotten; return how many notes."""
    if not path.exists():
        return 0
    with _opened(path) as con:
        con.execute("BEGIN IMMEDIATE")
        values = [{"platform": platform, "post_id": post_id} for post_id in post_ids]
        count = con.executemany(sql("actions/erase_notes"), values).rowcount
        con.execute("COMMIT")
    return count


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as con:
            con.row_factory = None
            con.execute("PRAGMA synchronous = FULL")
            if con.execute("PRAGMA user_version").fetchone()[0] == 0:
                con.execute("PRAGMA journal_mode = WAL")
                con.executescript(f"BEGIN IMMEDIATE; {sql('actions/schema')} COMMIT")
            yield con
    except sqlite3.OperationalError as error:
        cause = "busy" if "lock" in str(error) else f"not usable ({error})"
        raise ActionsBusy(f"{path}: {cause}; nothing was changed, try again") from error
    except sqlite3.DatabaseError as error:
        raise ActionsBusy(f"{path}: no usable file ({error}); restore it from a backup") from error


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def _recorded(row: tuple[int, str, str, str, str, str, str, str, str, str]) -> Recorded:
    seq, at, who, brand, platform, post_id, action, tag, value, until = row
    return Recorded(
        who=who,
        brand=brand,
        platform=platform,
        post_id=post_id,
        action=action,
        field=tag,
        value=value,
        until_at=datetime.fromisoformat(until) if until else None,
        seq=seq,
        at=datetime.fromisoformat(at),
    )
