"""Understand what Reddit sends: submissions (`t3`) and comments (`t1`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from collectors.model import Post, Unusable
from collectors.reading import Json, as_count, as_text, as_time, raw

#: What is kept of a submission or comment; the rest of Reddit's hundred fields is not landed.
FIELDS = (
    "name",
    "id",
    "author",
    "author_fullname",
    "title",
    "selftext",
    "body",
    "created_utc",
    "edited",
    "permalink",
    "parent_id",
    "link_id",
    "crosspost_parent",
    "score",
    "num_comments",
    "num_crossposts",
    "subreddit",
    "removed_by_category",
    "url",
)
_WITHHELD = ("[deleted]", "[removed]", "[ Removed by Reddit ]")


def select(child: Json) -> Json:
    """Keep the fields we use of one child of a listing; what is no child stays as it is."""
    data = child.get("data") if isinstance(child, dict) else None
    if not isinstance(data, dict):
        return child
    return {"kind": child.get("kind"), **{key: data[key] for key in FIELDS if key in data}}


def published(item: Json) -> datetime | None:
    """Return when a selected child was published."""
    return as_time(item.get("created_utc")) if isinstance(item, dict) else None


def to_posts(payload: Json) -> Iterator[Post | Unusable]:
    """Yield the posts of one landed page.

    What Reddit shows as deleted or removed, or no longer knows, comes as a deleted post without
    text and author.
    """
    items = payload.get("posts") if isinstance(payload, dict) else None
    if not isinstance(items, list):
        yield Unusable("not a page of Reddit", raw(payload))
        return
    for item in items:
        yield _post(item) if isinstance(item, dict) else Unusable("not a post", raw(item))
    missing = payload.get("missing")
    retrieved = as_time(payload.get("checked_at"))
    for name in missing if isinstance(missing, list) else []:
        if isinstance(name, str) and retrieved:
            yield Post("reddit", name, "", "", retrieved, is_deleted=True)


def fullname(item: Mapping[str, Any]) -> str | None:
    """`t3_…` or `t1_…`, Reddit's id that says what it is the id of."""
    name, short = as_text(item.get("name")), as_text(item.get("id"))
    return name or (f"{item.get('kind')}_{short}" if short else None)


def _post(item: Mapping[str, Any]) -> Post | Unusable:
    if item.get("kind") not in ("t1", "t3"):
        return Unusable("neither submission nor comment", raw(item))
    name, moment, text = fullname(item), published(item), _text(item)
    if not name:
        return Unusable("a post without id", raw(item))
    if moment is None:
        return Unusable("a post without a usable time", raw(item))
    if text is None:
        return Unusable("a post without text", raw(item))
    is_deleted = _is_withheld(item)
    handle = _handle(item)
    permalink = as_text(item.get("permalink"))
    return Post(
        platform="reddit",
        post_id=name,
        author_id="" if is_deleted else _author_id(item, handle, name),
        text="" if is_deleted else text,
        created_at=moment,
        author_handle=None if is_deleted else handle,
        permalink=f"https://www.reddit.com{permalink}" if permalink else None,
        reply_to_id=as_text(item.get("parent_id")),
        root_id=as_text(item.get("link_id")) or name,
        quote_of_id=as_text(item.get("crosspost_parent")),
        like_count=as_count(item.get("score")),
        reply_count=as_count(item.get("num_comments")),
        repost_count=as_count(item.get("num_crossposts")),
        edited_at=as_time(item.get("edited")),
        is_deleted=is_deleted,
    )


def _text(item: Mapping[str, Any]) -> str | None:
    if item.get("kind") == "t1":
        body = item.get("body")
        return body if isinstance(body, str) else None
    title, body = item.get("title"), item.get("selftext")
    parts = [part for part in (title, body) if isinstance(part, str) and part]
    return "\n\n".join(parts) if parts else None


def _is_withheld(item: Mapping[str, Any]) -> bool:
    body = item.get("body") if item.get("kind") == "t1" else item.get("selftext")
    return body in _WITHHELD or bool(item.get("removed_by_category"))


def _handle(item: Mapping[str, Any]) -> str | None:
    author = as_text(item.get("author"))
    return None if author == "[deleted]" else author


def _author_id(item: Mapping[str, Any], handle: str | None, name: str) -> str:
    """Account id; a deleted account's public post gets an author of its own."""
    return as_text(item.get("author_fullname")) or handle or f"deleted:{name}"
