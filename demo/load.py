"""Read the world's TOML files (their form is explained in `demo/world/README.md`)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from demo.ids import author_number, reddit_id, snowflake
from demo.model import Author, Post, World
from demo.moments import moment

WORLD = Path(__file__).parent / "world"
GONE = "[deleted]"
_LONG_AGO = timedelta(days=20)
_MENTION = re.compile(r"@(\w{1,15})")
_HANDLE = {"x": re.compile(r"\w{1,15}"), "reddit": re.compile(r"[\w-]{3,20}|\[deleted\]")}


def load_world(anchor: datetime, folder: Path = WORLD) -> World:
    """The world of `folder` as it is around `anchor`; the same anchor gives the same ids.

    Raises:
        ValueError: a file says something that cannot be; the message names thread and post.
    """
    settings = tomllib.loads((folder / "_accounts.toml").read_text("utf-8"))
    accounts = {a["handle"].lower(): _account(a) for a in settings["account"]}
    reader = _Reader(anchor.astimezone(UTC), settings["zones"], accounts)
    for file in sorted(folder.glob("[!_]*.toml")):
        reader.read(file.stem, tomllib.loads(file.read_text("utf-8")))
    private = frozenset(settings.get("private_subreddits", ()))
    return World(anchor.astimezone(UTC), reader.resolved(), accounts, private)


def _account(entry: dict[str, str]) -> Author:
    handle = entry["handle"]
    return Author(handle, author_number(handle), entry["name"], entry.get("bio", ""))


@dataclass
class _Reader:
    """Posts read so far, by key; a thread may refer to those of an earlier one."""

    anchor: datetime
    zones: dict[str, str]
    accounts: dict[str, Author]
    posts: dict[str, Post] = field(default_factory=dict)

    def read(self, name: str, file: dict[str, Any]) -> None:
        """Add a file's threads and streams."""
        common = {key: value for key, value in file.items() if not isinstance(value, list)}
        for thread in file.get("thread", ()):
            self._thread(common | thread)
        for number, stream in enumerate(file.get("stream", ()), 1):
            self._stream(common | {"key": f"{name}-{number}"} | stream)

    def _stream(self, stream: dict[str, Any]) -> None:
        """Posts of one line each, every one a thread of its own."""
        rows = stream.pop("rows")
        start = self._when(stream["start"], stream, None) if "start" in stream else None
        for number, (at, by, text) in enumerate(rows, 1):
            key = f"{stream['key']}/{number}"
            self._add(stream | {"at": at, "by": by, "text": text, "key": key}, None, start)

    def _thread(self, thread: dict[str, Any]) -> None:
        """Posts that answer the one before them, unless they say whom they answer."""
        posts, previous = thread.pop("posts"), None
        for number, post in enumerate(posts, 1):
            key = f"{thread['key']}/{post.get('key', number)}"
            previous = self._add(thread | post | {"key": key}, previous, None)
            for promise in ("title", "expect", "reasons"):
                thread.pop(promise, None)

    def _add(self, entry: dict[str, Any], previous: Post | None, base: datetime | None) -> Post:
        try:
            versions = list(self._versions(entry, self._post(entry, previous, base)))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{entry['key']}: {error!r}") from error
        for version in versions:
            if version.key in self.posts:
                raise ValueError(f"{version.key}: this key is used twice")
            self.posts[version.key] = version
        return versions[0]

    def _post(self, entry: dict[str, Any], previous: Post | None, base: datetime | None) -> Post:
        platform, key = entry["platform"], entry["key"]
        parent_id, parent = self._parent(entry, previous)
        at = self._when(entry["at"], entry, parent.created_at if parent else base)
        post_id = _make_id(platform, at, key)
        text = entry.get("text", "") * entry.get("times", 1)
        return Post(
            key=key,
            platform=platform,
            brand=entry.get("brand", ""),
            post_id=post_id,
            author=self._author(platform, entry["by"]),
            text=_addressed(text, parent, entry["by"]) if platform == "x" else text,
            created_at=at,
            lang=entry["lang"],
            thread_id=parent.thread_id if parent else parent_id or post_id,
            reply_to=parent_id,
            quote_of=entry.get("quote_of"),
            repost_of=entry.get("repost_of"),
            deleted_at=self._when(entry["deleted"], entry, at) if "deleted" in entry else None,
            likes=entry.get("likes", len(text) % 7),
            withheld_in=tuple(entry.get("withheld_in", ())),
            subreddit=entry.get("subreddit", ""),
            title=entry.get("title", ""),
            expect=entry.get("expect", ""),
            reasons=tuple(entry.get("reasons", ())),
        )

    def _parent(
        self, entry: dict[str, Any], previous: Post | None
    ) -> tuple[str | None, Post | None]:
        """Id and post replied to; the id alone where `to = "missing"`."""
        if entry.get("to") == "missing":
            return _make_id(entry["platform"], self.anchor - _LONG_AGO, entry["key"]), None
        if "to" in entry:
            thread = entry["key"].rsplit("/", 1)[0]
            previous = self.posts[entry["to"] if "/" in entry["to"] else f"{thread}/{entry['to']}"]
        return (previous.post_id, previous) if previous else (None, None)

    def _versions(self, entry: dict[str, Any], post: Post) -> Iterator[Post]:
        """The post with its edits; on X, where every version has an id, one post for each."""
        edits = [(self._when(at, entry, post.created_at), t) for at, t in entry.get("edits", ())]
        if post.platform != "x":
            yield replace(post, edits=tuple(edits))
            return
        yield post
        for number, (at, text) in enumerate(edits, 1):
            new_id = snowflake(at, post.key)
            yield replace(
                post,
                key=f"{post.key}~{number}",
                post_id=new_id,
                text=text,
                created_at=at,
                thread_id=post.thread_id if post.reply_to else new_id,
                edit_of=post.post_id,
                expect="",
                reasons=(),
            )

    def _author(self, platform: str, handle: str) -> Author | None:
        if not _HANDLE[platform].fullmatch(handle):
            raise ValueError(f"{handle!r} is no handle on {platform}")
        if handle == GONE:
            return None
        name = handle.replace("_", " ").title()
        return self.accounts.get(handle.lower()) or Author(handle, author_number(handle), name)

    def resolved(self) -> list[Post]:
        """All posts, quotes and reposts pointing to ids instead of keys."""
        return [
            replace(post, quote_of=self._id(post.quote_of), repost_of=self._id(post.repost_of))
            if post.quote_of or post.repost_of
            else post
            for post in self.posts.values()
        ]

    def _id(self, key: str | None) -> str | None:
        return self.posts[key].post_id if key else None

    def _when(self, text: str, entry: dict[str, Any], base: datetime | None) -> datetime:
        zone = ZoneInfo(self.zones[entry["lang"]])
        return moment(text, self.anchor, zone, base)


def _make_id(platform: str, at: datetime, key: str) -> str:
    return snowflake(at, key) if platform == "x" else reddit_id(at, key)


def _addressed(text: str, parent: Post | None, by: str) -> str:
    """The text with those who are part of the conversation in front, as X writes replies."""
    if parent is None or parent.author is None:
        return text
    taken_over = [parent.author.handle, *_MENTION.findall(parent.text)]
    known = {by.lower()} | {handle.lower() for handle in _MENTION.findall(text)}
    leading = []
    for handle in taken_over:
        if handle.lower() not in known:
            known.add(handle.lower())
            leading.append(f"@{handle}")
    return " ".join([*leading, text])
