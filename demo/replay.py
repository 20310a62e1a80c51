"""Turn recorded customer-care threads into a world that the X server can play.

Input: JSON lines, one message each, in either of two forms. Both have `id`, `text`, `thread_id`,
`created_at`, perhaps `author` and `lang`; and

- `role` (`customer` or `agent`), `brand`, `prev_in_thread`; or
- `inbound` (written by a customer), `in_reply_to`.

Every thread is moved, with its time differences, into the seven days before the anchor, because
X's search reaches no further. One that lasted longer is squeezed.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from demo.ids import author_number, snowflake
from demo.model import Author, Post, World
from demo.x_query import names

_ROOM = timedelta(days=6, hours=20)
"""How much of the seven days is used; the rest is for the run itself."""
_QUIET_END = timedelta(minutes=5)


@dataclass(frozen=True)
class Message:
    """One line of the input, its two forms made one."""

    id: str
    thread_id: str
    parent_id: str | None
    author: str
    is_company: bool
    brand: str | None
    text: str
    lang: str
    created_at: datetime


@dataclass(frozen=True)
class Truth:
    """What the data's own links say about the first message of a thread, if a customer wrote it.

    Attributes:
        brand: handle of the company concerned.
        post_id: id in the world; `original_id` is the one in the data.
        is_addressed: the text names the company's handle.
        first_reply_seconds: post to the company's first reply, as in the data; None = no reply.
        is_squeezed: the thread's time differences are not those of the data.
    """

    brand: str
    post_id: str
    original_id: str
    is_addressed: bool
    first_reply_seconds: int | None
    is_squeezed: bool

    @property
    def is_answered(self) -> bool:
        """The company replied to this customer in the thread."""
        return self.first_reply_seconds is not None


@dataclass(frozen=True)
class Replay:
    """A world made of recorded threads.

    Attributes:
        companies: handles of all companies, as they write themselves.
        originals: id in the world → id in the data.
    """

    world: World
    truth: list[Truth]
    companies: list[str]
    originals: dict[str, str]


def load_replay(files: Iterable[Path], anchor: datetime) -> Replay:
    """Read threads and move them in front of `anchor`; the same anchor gives the same ids."""
    messages = [
        _message(json.loads(line))
        for file in files
        for line in file.read_text("utf-8").splitlines()
    ]
    companies = {m.author.lower(): m.author for m in messages if m.is_company}
    threads = defaultdict(list)
    for message in messages:
        threads[message.thread_id].append(message)
    moved = [_Thread(thread, anchor, companies) for thread in threads.values()]
    originals = {new: old for thread in moved for old, new in thread.ids.items()}
    return Replay(
        World(anchor, [post for thread in moved for post in thread.posts()]),
        [truth for thread in moved if (truth := thread.truth())],
        sorted(companies.values(), key=str.lower),
        originals,
    )


def _message(row: dict[str, Any]) -> Message:
    is_company = row["role"] == "agent" if "role" in row else not row["inbound"]
    author = row.get("author") or (row["brand"] if is_company else f"user_{row['id'][-9:]}")
    return Message(
        id=row["id"],
        thread_id=row["thread_id"],
        parent_id=row.get("in_reply_to") or row.get("prev_in_thread"),
        author=author,
        is_company=is_company,
        brand=row.get("brand"),
        text=row["text"],
        lang=row.get("lang") or "und",
        created_at=datetime.fromisoformat(row["created_at"]).astimezone(UTC),
    )


class _Thread:
    """One thread with its new times and ids."""

    def __init__(
        self, messages: list[Message], anchor: datetime, companies: dict[str, str]
    ) -> None:
        self.messages = {m.id: m for m in sorted(messages, key=lambda m: (m.created_at, m.id))}
        self.first = next(iter(self.messages.values()))
        self.companies = companies
        span = max(m.created_at for m in messages) - self.first.created_at
        self.squeeze = min(1.0, (_ROOM - _QUIET_END) / span) if span else 1.0
        slack = (_ROOM - _QUIET_END - span * self.squeeze) // timedelta(seconds=1)
        place = zlib.crc32(self.first.thread_id.encode()) % (slack + 1)
        self.start = anchor - _ROOM + timedelta(seconds=place)
        self.ids = {m.id: snowflake(self.moved(m), m.id) for m in messages}

    def moved(self, message: Message) -> datetime:
        """When the message is written in the world."""
        return self.start + (message.created_at - self.first.created_at) * self.squeeze

    def posts(self) -> Iterable[Post]:
        """The thread as posts."""
        for message in self.messages.values():
            yield Post(
                key=message.id,
                platform="x",
                brand=self.brand() or "",
                post_id=self.ids[message.id],
                author=Author(message.author, author_number(message.author), message.author),
                text=message.text,
                created_at=self.moved(message),
                lang=message.lang,
                thread_id=self._root_id(message),
                reply_to=self._parent_id(message),
            )

    def brand(self) -> str | None:
        """The company that the thread is about: the data says, or it took part, or is named."""
        took_part = [m.author for m in self.messages.values() if m.is_company]
        named = [self.companies[n] for n in sorted(names(self.first.text)) if n in self.companies]
        return next(iter([*filter(None, [self.first.brand]), *took_part, *named]), None)

    def truth(self) -> Truth | None:
        """The truth about the first message; None if a company wrote it or none is concerned."""
        brand = self.brand()
        if self.first.is_company or self.first.parent_id or brand is None:
            return None
        waits = [
            message.created_at - self.first.created_at
            for message in self.messages.values()
            if message.is_company and self._customer_above(message) == self.first.author
        ]
        return Truth(
            brand=brand,
            post_id=self.ids[self.first.id],
            original_id=self.first.id,
            is_addressed=brand.lower() in names(self.first.text),
            first_reply_seconds=max(0, int(min(waits).total_seconds())) if waits else None,
            is_squeezed=self.squeeze < 1,
        )

    def _customer_above(self, message: Message) -> str | None:
        """Who wrote the nearest customer's message that this one answers."""
        above = self.messages.get(message.parent_id or "")
        while above and above.is_company:
            above = self.messages.get(above.parent_id or "")
        return above.author if above else None

    def _parent_id(self, message: Message) -> str | None:
        if message.parent_id is None:
            return None
        gone = snowflake(self.start - timedelta(minutes=1), message.parent_id)
        return self.ids.get(message.parent_id, gone)

    def _root_id(self, message: Message) -> str:
        """The id of the conversation: of the topmost message, also if the data lacks it."""
        top = message
        while top.parent_id in self.messages:
            top = self.messages[top.parent_id]
        return self._parent_id(top) or self.ids[top.id]
