"""Understand an answer of X, in the names of 2025 (`tweet`) and of August 2026 (`post`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from collectors.model import Post, Unusable
from collectors.reading import Json, as_count, as_dicts, as_text, as_time, raw

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # X counts its ids from here
_GONE = ("resource-not-found", "not-authorized-for-resource")
_NO_LANGUAGE = re.compile(r"und|zxx|q..")
_REPOST_PREFIX = re.compile(r"RT @\w+: ")


def id_time(post_id: str) -> datetime | None:
    """Return when an id was given out, to the second; None for ids without a time in them."""
    if not (post_id.isascii() and post_id.isdigit() and len(post_id) <= 19):
        return None
    elapsed = timedelta(milliseconds=int(post_id) >> 22)
    return (_EPOCH + elapsed).replace(microsecond=0) if elapsed else None


def posts_of(payload: Json) -> list[dict[str, Any]]:
    """Return what was asked for: `data` as a list, whatever its shape."""
    return as_dicts(_data(payload)) if isinstance(payload, dict) else []


def included_posts(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Posts that X added because others refer to them."""
    includes = _mapping(payload, "includes")
    return as_dicts(includes.get("tweets")) + as_dicts(includes.get("posts"))


def included_users(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Authors that X added."""
    return as_dicts(_mapping(payload, "includes").get("users"))


def history(item: Mapping[str, Any]) -> list[str]:
    """Ids of all versions of a post, the first one first; empty where it was never edited."""
    found = _either(item, "edit_history_tweet_ids", "edit_history_post_ids")
    ids = [as_text(one) for one in found] if isinstance(found, list) else []
    versions = sorted((one for one in ids if one and one.isdigit()), key=int)
    return versions if len(versions) > 1 and as_text(item.get("id")) in versions else []


def to_posts(payload: Json) -> Iterator[Post | Unusable]:
    """Yield the posts of one answer, those referred to included, each in its newest version.

    Posts that X reports as gone come as deleted posts without text and author.
    """
    if not isinstance(payload, dict):
        yield Unusable("not an answer of X", raw(payload))
        return
    answer = _Answer.of(payload)
    data = _data(payload)
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            yield Unusable("not a post", raw(item))
    for item in answer.posts.values():
        yield answer.post(item)
    yield from answer.gone(as_dicts(payload.get("errors")))


@dataclass(frozen=True)
class _Answer:
    """One answer's posts by the id of their first version, and what helps to understand them."""

    posts: dict[str, dict[str, Any]]
    users: dict[str, dict[str, Any]]
    first_versions: dict[str, str]

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> _Answer:
        items = posts_of(payload) + included_posts(payload)
        users = {as_text(user.get("id")) or "": user for user in included_users(payload)}
        firsts = {version: ids[0] for item in items if (ids := history(item)) for version in ids}
        newest: dict[str, dict[str, Any]] = {}
        for number, item in enumerate(items):
            post_id = as_text(item.get("id"))
            first = firsts.get(post_id, post_id) if post_id else f"no id {number}"
            if first not in newest or _version(item) > _version(newest[first]):
                newest[first] = item
        return cls(newest, users, firsts)

    def post(self, item: Mapping[str, Any]) -> Post | Unusable:
        post_id, author_id = as_text(item.get("id")), as_text(item.get("author_id"))
        text = self._text(item)
        published = as_time(item.get("created_at")) or (id_time(post_id) if post_id else None)
        if not post_id:
            return Unusable("a post without id", raw(item))
        if not author_id:
            return Unusable("a post without author", raw(item))
        if text is None:
            return Unusable("a post without text", raw(item))
        if published is None:
            return Unusable("a post without a usable time", raw(item))
        return self._build(item, post_id, author_id, text, published)

    def _build(
        self, item: Mapping[str, Any], post_id: str, author_id: str, text: str, published: datetime
    ) -> Post:
        user = self.users.get(author_id, {})
        handle = as_text(user.get("username")) or as_text(item.get("username"))
        metrics = _mapping(item, "public_metrics")
        first = self._first(post_id) or post_id
        is_edited = first != post_id
        return Post(
            platform="x",
            post_id=first,
            author_id=author_id,
            text=text,
            created_at=(id_time(first) if is_edited else None) or published,
            author_handle=handle,
            author_name=as_text(user.get("name")),
            permalink=f"https://x.com/{handle or 'i'}/status/{post_id}",
            reply_to_id=self._reference(item, "replied_to"),
            root_id=self._first(as_text(item.get("conversation_id"))),
            repost_of_id=self._reference(item, "retweeted"),
            quote_of_id=self._reference(item, "quoted"),
            lang=_language(item.get("lang")),
            like_count=as_count(metrics.get("like_count")),
            reply_count=as_count(metrics.get("reply_count")),
            repost_count=as_count(_either(metrics, "retweet_count", "repost_count")),
            view_count=as_count(metrics.get("impression_count")),
            follower_count=as_count(_mapping(user, "public_metrics").get("followers_count")),
            edited_at=published if is_edited else None,
        )

    def gone(self, errors: list[dict[str, Any]]) -> Iterator[Post]:
        """Turn X's partial errors about posts into deleted posts."""
        known = {*self.posts, *self.first_versions}
        for error in errors:
            post_id = as_text(error.get("resource_id")) or as_text(error.get("value"))
            about_post = error.get("resource_type") in ("tweet", "post")
            if not about_post or not str(error.get("type")).endswith(_GONE):
                continue
            published = id_time(post_id) if post_id else None
            if post_id and published and post_id not in known:
                known.add(post_id)
                yield Post("x", post_id, "", "", published, is_deleted=True)

    def _first(self, post_id: str | None) -> str | None:
        """Translate the id of any version of an edited post into the id of its first one."""
        return self.first_versions.get(post_id, post_id) if post_id else None

    def _reference(self, item: Mapping[str, Any], kind: str) -> str | None:
        for reference in as_dicts(_either(item, "referenced_tweets", "referenced_posts")):
            if reference.get("type") == kind:
                return self._first(as_text(reference.get("id")))
        return None

    def _text(self, item: Mapping[str, Any]) -> str | None:
        """Full text: long posts carry it in a note, reposts only in the post they repeat."""
        text = _full_text(item)
        original = self.posts.get(self._reference(item, "retweeted") or "")
        full = _full_text(original) if original else None
        if full is None:
            return text
        prefix = _REPOST_PREFIX.match(text or "")
        return (prefix[0] if prefix else "") + full


def _full_text(item: Mapping[str, Any]) -> str | None:
    note = _either(item, "note_tweet", "note_post")
    text = note.get("text") if isinstance(note, dict) else None
    text = text if isinstance(text, str) else item.get("text")
    if not isinstance(text, str):
        return None
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _data(payload: Mapping[str, Any]) -> Json:
    data = payload.get("data")
    if data is None:
        return []
    return [data] if isinstance(data, dict) else data


def _version(item: Mapping[str, Any]) -> int:
    post_id = as_text(item.get("id")) or ""
    return int(post_id) if post_id.isdigit() else 0


def _language(value: object) -> str | None:
    lang = as_text(value)
    return None if lang is None or _NO_LANGUAGE.fullmatch(lang) else lang


def _either(item: Mapping[str, Any], old: str, new: str) -> Json:
    return item.get(old) if item.get(old) is not None else item.get(new)


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}
