"""The Reddit server as the real praw client meets it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import praw
import prawcore
import pytest
import requests

from demo.http_server import Fault
from demo.ids import reddit_id
from demo.model import Author, Post, World
from demo.reddit_server import CLIENT_SECRET, RedditApp, RedditServer

Client = Callable[[RedditServer, str], praw.Reddit]


def test_new_submissions_come_newest_first(reddit: praw.Reddit, world: World) -> None:
    shown = list(reddit.subreddit("kronfurt").new(limit=None))
    times = [submission.created_utc for submission in shown]
    assert times == sorted(times, reverse=True)
    shock = world["nachzahlung-schock/1"]
    (submission,) = [one for one in shown if one.id == shock.post_id]
    assert submission.title == shock.title
    assert submission.selftext == shock.text
    assert submission.author.name == "schock_schwere"
    assert submission.created_utc == shock.created_at.timestamp()
    assert submission.num_comments == 2
    assert submission.fullname == shock.record_id
    assert submission.permalink.startswith(f"/r/kronfurt/comments/{shock.post_id}/980_nachzahlung")


def test_several_subreddits_in_one_listing_of_comments(reddit: praw.Reddit) -> None:
    comments = list(reddit.subreddit("kronfurt+dunmarrow").comments(limit=None))
    assert {comment.subreddit.display_name for comment in comments} == {"kronfurt", "dunmarrow"}
    assert {comment.fullname[:3] for comment in comments} == {"t1_"}


def test_a_tree_has_nested_comments_deleted_ones_included(
    reddit: praw.Reddit, world: World
) -> None:
    submission = reddit.submission(world["waermepumpe-tarif/1"].post_id)
    comments = {comment.id: comment for comment in submission.comments.list()}
    assert len(comments) == 11
    deleted = comments[world["waermepumpe-tarif/6"].post_id]
    assert (deleted.author, deleted.body) == (None, "[deleted]")
    deepest = comments[world["waermepumpe-tarif/12"].post_id]
    assert deepest.parent_id == world["waermepumpe-tarif/11"].record_id
    assert deepest.depth == 4


@pytest.mark.parametrize(("size", "depth"), [(3, 10), (200, 2), (1, 1)])
def test_more_brings_what_a_tree_hides(
    reddit: praw.Reddit, reddit_server: RedditServer, world: World, size: int, depth: int
) -> None:
    reddit_server.app.tree_size = size
    reddit_server.app.tree_depth = depth
    submission = reddit.submission(world["waermepumpe-tarif/1"].post_id)
    hidden = submission.comments.replace_more(limit=None)
    assert hidden == []
    assert len(submission.comments.list()) == 11
    paths = " ".join(request.path for request in reddit_server.requests)
    assert "/api/morechildren" in paths or "/_/" in paths


def test_search_finds_submissions_in_one_or_all_subreddits(reddit: praw.Reddit) -> None:
    everywhere = {s.title for s in reddit.subreddit("all").search("Dunmarrow", sort="new")}
    assert "Worst courier of the year: vote here" in everywhere
    within = list(reddit.subreddit("kronfurt").search('"Stadtwerke Kronfurt" -Freibad'))
    assert within
    assert all("freibad" not in (s.title + s.selftext).lower() for s in within)
    assert list(reddit.subreddit("dunmarrow").search("subreddit:kronfurt zähler")) == []
    recent = list(reddit.subreddit("dunmarrow").search("Dunmarrow", time_filter="week"))
    assert "Dunmarrow left my parcel on the motorway services roof?" in everywhere
    assert "roof" not in " ".join(submission.title for submission in recent)


def test_info_gives_deleted_posts_emptied(
    reddit: praw.Reddit, reddit_server: RedditServer, world: World
) -> None:
    post = replace(world["nachzahlung-schock/1"], deleted_at=world.anchor - timedelta(minutes=1))
    others = [other for other in world.posts if other.key != post.key]
    reddit_server.app.world = World(world.anchor, [*others, post])
    (found,) = reddit.info(fullnames=[post.record_id, "t3_unknown"])
    assert (found.author, found.selftext) == (None, "[deleted]")
    assert post.post_id not in {s.id for s in reddit.subreddit("kronfurt").new()}
    assert len(reddit.submission(post.post_id).comments.list()) == 2


def test_edits_keep_the_id(reddit: praw.Reddit, reddit_server: RedditServer, world: World) -> None:
    post = world["bearbeitet-reddit/1"]
    submission = reddit.submission(post.post_id)
    assert submission.selftext.startswith("EDIT")
    assert submission.edited == (post.created_at + timedelta(hours=1)).timestamp()
    reddit_server.app.clock = lambda: post.created_at + timedelta(minutes=5)
    assert reddit.submission(post.post_id).edited is False


def test_text_is_escaped_unless_raw(reddit_server: RedditServer, world: World) -> None:
    post = world["hostile-reddit/1"]
    parameters = {"id": post.record_id}
    escaped = _get(reddit_server, "/api/info", parameters)["data"]["children"][0]["data"]
    raw = _get(reddit_server, "/api/info", parameters | {"raw_json": "1"})
    assert escaped["title"].startswith("&lt;b&gt;Stadtwerke Kronfurt&lt;/b&gt; &amp;")
    assert raw["data"]["children"][0]["data"]["title"] == post.title


def test_what_is_closed_or_not_there(reddit: praw.Reddit) -> None:
    with pytest.raises(prawcore.Forbidden):
        list(reddit.subreddit("kronfurt_intern").new())
    with pytest.raises(prawcore.Redirect):
        list(reddit.subreddit("gibtesnicht").new())
    with pytest.raises(prawcore.NotFound):
        reddit.submission("zzzzzz").title  # noqa: B018


def test_wrong_credentials_and_expired_tokens(
    reddit: praw.Reddit, reddit_server: RedditServer, praw_client: Client
) -> None:
    assert list(reddit.subreddit("dunmarrow").new(limit=1))
    reddit_server.app.tokens.clear()
    assert list(reddit.subreddit("dunmarrow").new(limit=1)), "praw fetches a new token"
    wrong = praw_client(reddit_server, "wrong")
    with pytest.raises(prawcore.ResponseException) as caught:
        list(wrong.subreddit("dunmarrow").new(limit=1))
    assert caught.value.response.status_code == 401


def test_the_rate_limit_ends_in_429(reddit_server: RedditServer) -> None:
    reddit_server.app.limit = 1
    assert _get(reddit_server, "/r/dunmarrow/new", {})["kind"] == "Listing"
    answer = _ask(reddit_server, "/r/dunmarrow/new", {})
    assert answer.status_code == 429
    assert answer.headers["x-ratelimit-remaining"] == "0.0"
    assert answer.headers["retry-after"] == answer.headers["x-ratelimit-reset"] == "60"


def test_faults_happen_when_asked_for(reddit: praw.Reddit, reddit_server: RedditServer) -> None:
    reddit_server.faults.append(Fault(path="/r/", status=451))
    with pytest.raises(prawcore.UnavailableForLegalReasons):
        list(reddit.subreddit("dunmarrow").new(limit=1))
    reddit_server.faults.append(Fault(path="/r/", status=200, body="<html>"))
    with pytest.raises(prawcore.BadJSON):
        list(reddit.subreddit("dunmarrow").new(limit=1))


@pytest.fixture
def busy(anchor: datetime) -> Iterator[RedditServer]:
    """A subreddit with more posts than any listing gives."""
    author = Author("busy_bea", 5, "Bea")
    times = [anchor - timedelta(minutes=minutes) for minutes in range(1200)]
    posts = [
        Post(
            key=f"busy/{number}",
            platform="reddit",
            brand="",
            post_id=reddit_id(at, "busy"),
            author=author,
            text="Paket weg",
            created_at=at,
            lang="de",
            thread_id=reddit_id(at, "busy"),
            subreddit="busy",
            title="Paket",
        )
        for number, at in enumerate(times)
    ]
    with RedditServer(RedditApp(World(anchor, posts), lambda: anchor)) as server:
        yield server


def test_listings_end_after_1000_and_searches_after_250(
    busy: RedditServer, praw_client: Client
) -> None:
    subreddit = praw_client(busy, CLIENT_SECRET).subreddit("busy")
    ids = [submission.id for submission in subreddit.new(limit=None)]
    assert len(ids) == len(set(ids)) == 1000
    assert len([one for one in busy.requests if one.path.rstrip("/").endswith("/new")]) == 10
    assert len(list(subreddit.search("paket", limit=None))) == 250


def _ask(server: RedditServer, path: str, parameters: dict[str, str]) -> requests.Response:
    server.app.tokens["test"] = server.app.clock() + timedelta(hours=1)
    headers = {"authorization": "bearer test"}
    return requests.get(
        server.url + path, parameters, headers=headers, timeout=5, allow_redirects=False
    )


def _get(server: RedditServer, path: str, parameters: dict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = _ask(server, path, parameters).json()
    return body
