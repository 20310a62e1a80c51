"""Real answers of Reddit, recorded by others, served again to praw through our client."""

import base64
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from collectors import errors, reddit
from collectors.errors import CollectorError
from collectors.model import Post, Unusable, Window
from collectors.reading import Json
from collectors.reddit_posts import select, to_posts
from demo.http_server import LocalServer, Reply, Request
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
#: What each recorded refusal is in our terms.
REFUSALS: dict[str, type[CollectorError]] = {
    "bad_gateway": errors.PlatformDown,
    "bad_json": errors.PlatformDown,
    "cloudflare_connection_timed_out": errors.PlatformDown,
    "cloudflare_unknown_error": errors.PlatformDown,
    "forbidden": errors.Unauthorized,
    "gateway_timeout": errors.PlatformDown,
    "internal_server_error": errors.PlatformDown,
    "not_found": errors.NotFound,
    "redirect": errors.NotFound,
    "redirect_301": errors.NotFound,
    "service_unavailable": errors.PlatformDown,
    "too__many_requests__with_retry_headers": errors.RateLimited,
    "too__many_requests__without_retry_headers": errors.RateLimited,
    "unavailable_for_legal_reasons": errors.NotFound,
    "with_insufficient_scope": errors.Unauthorized,
    "with_invalid_access_token": errors.Unauthorized,
}
#: Recorded answers that are good, or that praw gets past by itself.
FINE = {"with_invalid_access_token__retry"}


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    found = shared / "recordings"
    if not (found / "reddit-prawcore").is_dir():
        pytest.skip("no recordings of Reddit here")
    return found


class Replay:
    """Gives out recorded answers in their order, the last one for ever; makes up logins."""

    def __init__(self, cassette: Path) -> None:
        recorded = json.loads(cassette.read_text())["interactions"]
        self.logins, self.answers = [], []
        for interaction in recorded:
            is_login = "access_token" in interaction["request"]["uri"]
            (self.logins if is_login else self.answers).append(interaction)

    def __call__(self, request: Request) -> Reply:
        is_login = request.path.endswith("access_token")
        if is_login and not self.logins:
            body = {"access_token": "t", "token_type": "bearer", "expires_in": 9, "scope": "*"}
            return Reply(200, body)
        queue = self.logins if is_login else self.answers
        return _reply((queue.pop(0) if len(queue) > 1 else queue[0])["response"])


def _reply(response: Json) -> Reply:
    kept = ("retry-after", "www-authenticate", "location", "x-ratelimit-remaining",
            "x-ratelimit-used", "x-ratelimit-reset")  # fmt: skip
    headers = {name.lower(): values[0] for name, values in response["headers"].items()}
    return Reply(
        response["status"]["code"],
        _text(response["body"]),
        {name: headers[name] for name in kept if name in headers},
    )


def _text(body: Json) -> str:
    if "base64_string" in body:
        raw = base64.b64decode(body["base64_string"])
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode()
    return str(body["string"])


def _cassette(folder: Path, name: str) -> Path:
    return folder / "reddit-prawcore" / f"TestSession.test_request__{name}.json"


def test_every_recording_of_a_refusal_is_known(folder: Path) -> None:
    recorded = {
        path.stem.partition("test_request__")[2] for path in (folder / "reddit-prawcore").iterdir()
    }
    assert recorded == set(REFUSALS) | FINE


@pytest.mark.parametrize("name", REFUSALS)
def test_every_recorded_refusal_is_mapped(
    name: str,
    folder: Path,
    serve: Callable[..., LocalServer],
    reddit_client: Callable[..., Json],
) -> None:
    client = reddit_client(serve(Replay(_cassette(folder, name))))

    with pytest.raises(CollectorError) as caught:
        client.get(NOW, "r/recorded/new")

    assert type(caught.value) is REFUSALS[name]
    if name == "too__many_requests__with_retry_headers":
        assert caught.value.retry_at == NOW + timedelta(seconds=4)


@pytest.mark.parametrize("name", sorted(FINE))
def test_recorded_answers_that_praw_gets_past(
    name: str,
    folder: Path,
    serve: Callable[..., LocalServer],
    reddit_client: Callable[..., Json],
) -> None:
    client = reddit_client(serve(Replay(_cassette(folder, name))))

    assert client.get(NOW, "r/recorded/new").payload["kind"] == "Listing"


def _things(value: Json) -> Iterator[Json]:
    """Every submission and comment anywhere in an answer."""
    if isinstance(value, dict):
        if value.get("kind") in ("t1", "t3") and isinstance(value.get("data"), dict):
            yield value
        for one in value.values():
            yield from _things(one)
    elif isinstance(value, list):
        for one in value:
            yield from _things(one)


def test_every_recorded_post_is_understood(folder: Path) -> None:
    reasons: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for cassette in sorted((folder / "reddit-praw").glob("*.json")):
        for interaction in json.loads(cassette.read_text())["interactions"]:
            try:
                answer = json.loads(_text(interaction["response"]["body"]))
            except ValueError:
                continue
            selected = [select(thing) for thing in _things(answer)]
            for found in to_posts({"posts": selected}):
                if isinstance(found, Unusable):
                    reasons[found.reason] += 1
                else:
                    kinds["deleted" if found.is_deleted else found.post_id[:3]] += 1
    assert reasons == {}
    assert kinds["t1_"] > 1_000
    assert kinds["t3_"] > 200
    assert kinds["deleted"] >= 1


def test_a_recorded_tree_is_read_to_its_last_comment(
    folder: Path,
    serve: Callable[..., LocalServer],
    reddit_client: Callable[..., Json],
    brand: Brand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The tree names comments in many places and continues in others."""
    cassette = folder / "reddit-praw" / "TestCommentForest.test_replace__all.json"
    replay = Replay(cassette)
    recorded = [json.loads(_text(one["response"]["body"])) for one in replay.answers]
    names = {t["data"]["name"] for answer in recorded for t in _things(answer)}
    by_path: dict[str, list[Json]] = {}
    for one in replay.answers:
        by_path.setdefault(urlsplit(one["request"]["uri"]).path.strip("/"), []).append(one)

    def answer(request: Request) -> Reply:
        found = by_path.get(request.path.strip("/"), [])
        if request.path != "/api/morechildren":
            return _reply(found[0]["response"]) if found else replay(request)
        asked = set(request.form["children"].split(","))
        things = [
            thing
            for one in found
            if set(parse_qs(one["request"]["body"])["children"][0].split(",")) <= asked
            for thing in json.loads(_text(one["response"]["body"]))["json"]["data"]["things"]
        ]
        return Reply(200, {"json": {"errors": [], "data": {"things": things}}})

    monkeypatch.setattr("prawcore.rate_limit.RateLimiter.delay", lambda _limiter: None)
    client = reddit_client(serve(answer))
    root = next(name for name in names if name.startswith("t3_"))
    (job,) = reddit.thread_jobs(brand, [root], Window(NOW - timedelta(days=1), NOW))

    posts = [
        one
        for page in reddit.collect(client, job, NOW)
        for one in to_posts(page.payload)  # type: ignore[union-attr]
    ]

    assert all(isinstance(one, Post) for one in posts)
    assert {one.post_id for one in posts if isinstance(one, Post)} == names
    assert len(posts) == len(names)
