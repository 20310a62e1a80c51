"""Watch-lists, posts and landing files of our own making."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import zstandard

from collectors.landing_read import trailer_line
from collectors.model import Gap, JobKind, Landing, Post, Window
from collectors.reading import dump
from watchlist.model import Watchlist

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
#: When landing files were read: long enough after NOW that nothing up to NOW is indexed later.
READ_AT = NOW + timedelta(minutes=30)


def make_watchlist(**brand: object) -> Watchlist:
    """One brand, Stadtwerke Kronfurt, with whatever a test wants different."""
    settings = {
        "id": "kronfurt",
        "name": "Stadtwerke Kronfurt",
        "platforms": ["x", "reddit"],
        "handles": ["@SWKronfurt"],
        "names": ["Stadtwerke Kronfurt"],
        "hashtags": ["#kronstrom"],
        "exclude": ["Rollenspiel"],
        "subreddits": ["kronfurt"],
        "digest": {"recipients": ["kundendienst@kronfurt.example.org"]},
    }
    return Watchlist.model_validate({"brands": [settings | brand]})


def make_post(
    post_id: str,
    text: str = "Hallo @SWKronfurt",
    **values: Any,  # noqa: ANN401 -- whatever a Post has
) -> Post:
    """A post on X by a customer, a day before NOW."""
    given = {
        "platform": "x",
        "author_id": "77",
        "author_handle": "kunde",
        "created_at": NOW - timedelta(days=1),
    }
    return Post(post_id=post_id, text=text, **(given | values))


def x_page(*posts: dict[str, Any], at: datetime = NOW) -> dict[str, Any]:
    """A page of X's recent search as a landing file holds it."""
    data = [
        {
            "author_id": "77",
            "created_at": "2026-03-03T12:00:00.000Z",
            "conversation_id": post["id"],
            "edit_history_tweet_ids": [post["id"]],
            **post,
        }
        for post in posts
    ]
    users = [{"id": "77", "username": "kunde", "name": "Kunde"}]
    payload = {"data": data, "includes": {"users": users}, "meta": {"result_count": len(data)}}
    return {"url": "https://x.example/2/search", "retrieved_at": at, "payload": payload}


def write_landing(
    folder: Path,
    name: str,
    *pages: dict[str, Any],
    kind: JobKind = "search",
    topics: tuple[str, ...] = ("@swkronfurt",),
    window: Window | None = None,
    covered: tuple[Window, ...] | None = None,
    gaps: tuple[Gap, ...] = (),
    root_ids: tuple[str, ...] = (),
    error: str = "",
    read_at: datetime = READ_AT,
) -> Path:
    """Write a complete landing file; all of the window is covered unless said otherwise."""
    window = window or Window(NOW - timedelta(hours=1), NOW)
    landing = Landing(
        platform="x",
        brand="kronfurt",
        kind=kind,
        topics=topics,
        window=window,
        covered=(window,) if covered is None else covered,
        retrieved_at=read_at,
        gaps=gaps,
        root_ids=root_ids,
        requests=len(pages),
        posts=3,
        cost_usd=0.015,
        error=error,
    )
    lines = [dump(page) for page in pages] + [dump(trailer_line(landing))]
    path = folder / "x" / "kronfurt" / f"{name}.jsonl.zst"
    path.parent.mkdir(parents=True, exist_ok=True)
    compressor = zstandard.ZstdCompressor(write_checksum=True)
    path.write_bytes(compressor.compress(b"".join(line + b"\n" for line in lines)))
    return path
