"""What the page reads: the published copy, with people's newest actions on top of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk import actions
from desk.model import Key, User, View
from desk.statements import sql
from desk.sync import as_json
from warehouse.db import open_reader

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = Mapping[str, Any]

PAGE = 50
_LONGEST_THREAD = 300
_SHOWN_FOR = timedelta(days=30)
_HEARD_FOR = timedelta(days=7)
_AS_OF_FOR = timedelta(seconds=20)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where a mention stands in its list; 0 of 0 where it is not in it."""

    number: int = 0
    count: int = 0
    before: Key | None = None
    after: Key | None = None


class Data:
    """The published copy, opened again whenever a new one is in place.

    One connection, one question at a time: each takes milliseconds.

    Args:
        folder: The data folder: `reader.duckdb` and the file of actions.
    """

    def __init__(self, folder: Path) -> None:
        self.reader = folder / "reader.duckdb"
        self.actions = folder / actions.FILE
        self._lock = threading.Lock()
        self._copy = ExitStack()
        self._con: DuckDBPyConnection | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._seq = 0
        self._as_of = _NEVER

    def close(self) -> None:
        """Let go of the copy."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        self._con = None
        self._copy.close()

    @contextmanager
    def _asking(self, now: datetime) -> Iterator[DuckDBPyConnection]:
        with self._lock:
            con = self._fresh(now)
            known = self._seq
            has_new = self._add_actions(con)
            if not timedelta(0) <= now - self._as_of < _AS_OF_FOR:
                con.execute(sql("desk/refresh"), {"now": now})
                con.execute(sql("desk/chosen"))
                self._as_of = now
            elif has_new:
                con.execute(sql("desk/touched"), {"after": known})
                con.execute(sql("desk/forget_touched"))
                con.execute(sql("desk/add_touched"), {"now": now})
            yield con

    def _fresh(self, now: datetime) -> DuckDBPyConnection:
        stamp = self._stamp_of_copy()
        if self._con is None or stamp != self._stamp:
            self._let_go()
            con = self._copy.enter_context(open_reader(self.reader))
            since = {"since": now - _SHOWN_FOR, "heard_since": now - _HEARD_FOR}
            con.execute(sql("desk/with_clock"))
            con.execute(sql("desk/take"), since)
            con.execute(sql("desk/work"))
            con.execute(sql("desk/acts_table"))
            con.execute(sql("desk/desk_rows"))
            self._con, self._stamp, self._seq, self._as_of = con, stamp, 0, _NEVER
        return self._con

    def _stamp_of_copy(self) -> tuple[int, int, int] | None:
        try:
            stat = self.reader.stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _add_actions(self, con: DuckDBPyConnection) -> bool:
        new = actions.read(self.actions, self._seq)
        if new:
            con.execute(sql("desk/add_acts"), {"rows": as_json(new)})
            self._seq = new[-1].seq
        return bool(new)

    def _rows(self, statement: str, at: datetime, **values: object) -> list[Row]:
        with self._asking(at) as con:
            found = con.execute(sql(f"desk/{statement}"), values)
            columns = [column[0] for column in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def brands(self, user: User, now: datetime) -> dict[str, Row]:
        """The brands that somebody may see, by id."""
        rows = self._rows("brands", now)
        return {row["brand"]: row for row in rows if user.sees(row["brand"])}

    def counts(self, user: User, brand: str, now: datetime) -> dict[str, int]:
        """How many mentions each list holds."""
        rows = self._rows("counts", now, brand=brand, **_who(user))
        return {row["name"]: row["mention_count"] for row in rows}

    def facets(self, user: User, view: View, now: datetime) -> dict[str, list[tuple[str, int]]]:
        """What the list can be filtered by: choices with their counts, the largest first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for row in self._rows("facets", now, list=view.list, **_who(user)):
            found.setdefault(row["facet"], []).append((row["choice"], row["mention_count"]))
        return found

    def page(self, user: User, view: View, now: datetime) -> list[Row]:
        """The mentions of one page of a list, what hurts most first, and one more if there is."""
        first = (view.page - 1) * PAGE + 1
        values = {"first": first, "last": first + PAGE} | _who(user) | _filters(view)
        return self._rows("list", now, **values)

    def place(self, user: User, view: View, key: Key, now: datetime) -> Place:
        """Where a mention stands in a list, and its neighbours."""
        at = {f"at_{name}": value for name, value in vars(key).items()}
        rows = self._rows("around", now, **at, **_who(user), **_filters(view))
        if not rows:
            return Place()
        keys = {row["step"]: Key(row["brand"], row["platform"], row["post_id"]) for row in rows}
        return Place(rows[0]["place"], rows[0]["mention_count"], keys.get(-1), keys.get(1))

    def mention(self, user: User, key: Key, now: datetime) -> Row | None:
        """One mention, whether or not any list holds it; None where there is none for this user."""
        if not user.sees(key.brand):
            return None
        found = self._rows("mention", now, **vars(key))
        if not found:
            self._take(key, now)
            found = self._rows("mention", now, **vars(key))
        return found[0] if found else None

    def _take(self, key: Key, now: datetime) -> None:
        with self._asking(now) as con:
            con.execute(sql("desk/take_one"), vars(key))
            con.execute(sql("desk/add_work"))
            self._as_of = _NEVER

    def thread(self, mention: Row, now: datetime) -> list[Row]:
        """The posts of a mention's thread, oldest first, at most 300."""
        return self._rows(
            "thread",
            now,
            brand=mention["brand"],
            platform=mention["platform"],
            thread_id=mention["thread_id"],
            head_id=mention["follows_id"] or mention["post_id"],
            asker_id=mention["author_id"],
            longest=_LONGEST_THREAD,
        )

    def history(self, mention: Row, now: datetime) -> list[Row]:
        """Who did what about a mention, oldest first."""
        names = ("brand", "platform", "post_id", "thread_id")
        return self._rows("history", now, **{name: mention[name] for name in names})

    def replaced(self, act: actions.Recorded, now: datetime) -> str | None:
        """What an assignment or a correction replaced: an earlier one, else the model's tag."""
        key = {"brand": act.brand, "platform": act.platform, "post_id": act.post_id}
        done = {"action": act.action, "field": act.field, "seq": act.seq}
        if earlier := self._rows("earlier", now, **key, **done):
            return earlier[0]["value"] or ""
        if act.action != "correct":
            return None
        if act.field == "reply_kind":
            told = self._rows("reply_kind", now, **key)
        else:
            told = self._rows("tagged", now, **key)
        return _as_value(told[0][str(act.field)]) if told else None

    def people(self, brand: str, now: datetime) -> list[str]:
        """Names that mentions of a brand have been assigned to, teams left out."""
        return [row["name"] for row in self._rows("people", now, brand=brand)]

    def teams(self, brand: str, now: datetime) -> list[str]:
        """Whose a brand's mentions can be by the watch-list's routing."""
        return [row["owner"] for row in self._rows("teams", now, brand=brand)]

    def next_opening(self, brand: str, after: datetime, now: datetime) -> datetime | None:
        """When a brand first opens at or after a moment."""
        rows = self._rows("next_opening", now, brand=brand, after=after)
        opens_at: datetime | None = rows[0]["opens_at"]
        return opens_at


def _as_value(tag: object) -> str | None:
    """A tag as a correction would say it."""
    if isinstance(tag, bool):
        return "true" if tag else "false"
    return ",".join(tag) if isinstance(tag, list) else tag if isinstance(tag, str) else None


def _who(user: User) -> dict[str, object]:
    return {"allowed": user.brand_list, "me": user.name}


def _filters(view: View) -> dict[str, object]:
    return {name: value for name, value in vars(view).items() if name != "page"}
