"""Real answers of X, recorded by others: every post is understood, or truly lacks something."""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from collectors.model import Post, Unusable
from collectors.reading import Json
from collectors.x_posts import included_posts, posts_of, to_posts
from demo.http_server import LocalServer, Reply

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
#: Files of the collection whose `data` are not posts at all.
NOT_POSTS = ("counts", "users", "lists", "compliance")


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[tuple[str, Json]]:
    """Full-field answers as (file, payload)."""
    folder = shared / "recordings" / "x-twarc-csv"
    if not folder.is_dir():
        pytest.skip("no recordings of X here")
    return [
        (path.name, payload)
        for path in sorted(folder.glob("*.jsonl"))
        if not any(word in path.name for word in NOT_POSTS)
        for payload in _json_lines(path)
    ]


def _json_lines(path: Path) -> Iterator[Json]:
    for line in path.read_text().splitlines():
        try:
            payload = json.loads(line)
        except ValueError:
            continue  # one file holds a stream's error text between its answers
        yield payload if "data" in payload else {"data": [payload]}


def test_every_recorded_post_is_understood(pages: list[tuple[str, Json]]) -> None:
    reasons: Counter[str] = Counter()
    posts = 0
    for name, payload in pages:
        for found in to_posts(payload):
            if isinstance(found, Unusable):
                reasons[f"{name}: {found.reason}"] += 1
            else:
                posts += 1
    assert posts > 1_500
    assert reasons == {}


def test_no_recorded_post_is_lost_or_doubled(pages: list[tuple[str, Json]]) -> None:
    for name, payload in pages:
        items = posts_of(payload) + included_posts(payload)
        versions = {
            min(item.get("edit_history_tweet_ids") or [item["id"]], key=int) for item in items
        }
        found = [one for one in to_posts(payload) if isinstance(one, Post) and not one.is_deleted]
        assert sorted(versions) == sorted(post.post_id for post in found), name


def test_recorded_posts_make_sense(pages: list[tuple[str, Json]]) -> None:
    posts = [one for _name, page in pages for one in to_posts(page) if isinstance(one, Post)]
    alive = [post for post in posts if not post.is_deleted]

    assert all(post.text for post in alive)
    assert all(datetime(2006, 3, 21, tzinfo=UTC) < post.created_at < NOW for post in posts)
    assert sum(post.is_deleted for post in posts) >= 5
    assert sum(post.edited_at is not None for post in alive) >= 2
    assert any(post.repost_of_id for post in alive)
    assert any(post.quote_of_id for post in alive)
    assert any(post.reply_to_id for post in alive)
    known = [post for post in alive if post.author_handle]
    assert len(known) > 0.9 * len(alive)
    assert all(post.like_count is not None and post.lang != "und" for post in known)


def test_recorded_reposts_are_whole(pages: list[tuple[str, Json]]) -> None:
    for _name, payload in pages:
        posts = {one.post_id: one for one in to_posts(payload) if isinstance(one, Post)}
        for post in posts.values():
            original = posts.get(post.repost_of_id or "")
            if original is not None:
                assert post.text.endswith(original.text)


def _cassettes(shared: Path) -> list[Path]:
    found = sorted((shared / "recordings" / "x-tweepy").glob("*.yaml"))
    if not found:
        pytest.skip("no recordings of X here")
    return found


def _bodies(cassette: Path) -> Iterator[tuple[str, Json]]:
    for interaction in yaml.safe_load(cassette.read_text())["interactions"]:
        body = interaction["response"]["body"]["string"]
        raw = body.encode() if isinstance(body, str) else body
        is_packed = raw[:2] == b"\x1f\x8b"
        yield interaction["request"]["uri"], json.loads(gzip.decompress(raw) if is_packed else raw)


def test_answers_with_default_fields_lack_only_the_author(shared: Path) -> None:
    """Nobody asked for authors when these were recorded; everything else is understood."""
    reasons: Counter[str] = Counter()
    for cassette in _cassettes(shared):
        for uri, payload in _bodies(cassette):
            if "/tweets" not in uri or "counts" in uri:
                continue
            reasons.update(
                one.reason if isinstance(one, Unusable) else "a post" for one in to_posts(payload)
            )
    assert set(reasons) == {"a post without author"}
    assert reasons["a post without author"] > 20


def test_recorded_posts_with_an_author_added_are_understood(shared: Path) -> None:
    for cassette in _cassettes(shared):
        for uri, payload in _bodies(cassette):
            if "/tweets" in uri and "counts" not in uri:
                authored = [item | {"author_id": "7"} for item in posts_of(payload)]
                assert all(isinstance(one, Post) for one in to_posts({"data": authored}))


@pytest.mark.parametrize(
    ("name", "method", "arguments"),
    [
        ("test_client_search_recent_tweets", "search_recent_tweets", {"query": "recorded"}),
        ("test_client_get_recent_tweets_count", "get_recent_tweets_count", {"query": "recorded"}),
        ("test_client_get_tweets", "get_tweets", {"ids": ["1"]}),
    ],
)
def test_tweepy_reads_a_recorded_answer_through_our_client(
    name: str,
    method: str,
    arguments: Json,
    shared: Path,
    serve: Callable[..., LocalServer],
    x_client: Callable[..., Json],
) -> None:
    (cassette,) = [path for path in _cassettes(shared) if path.stem == name]
    ((uri, payload),) = _bodies(cassette)
    server = serve(lambda _request: Reply(200, payload))

    answer = x_client(server).ask(method, NOW, **arguments)

    assert answer.payload == payload
    assert urlsplit(answer.url).path == urlsplit(uri).path
