"""Answers of X in both dialects are understood; odd ones become `Unusable`, never an exception."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.model import Post, Unusable
from collectors.reading import Json
from collectors.x_posts import to_posts

POST_ID = "2122392505021403868"
TIME = "2026-11-17T18:04:11.000Z"
RENAMED = {
    "edit_history_tweet_ids": "edit_history_post_ids",
    "note_tweet": "note_post",
    "referenced_tweets": "referenced_posts",
    "retweet_count": "repost_count",
    "tweets": "posts",
}


def as_it_is(payload: dict[str, Json]) -> dict[str, Json]:
    return payload


def in_new_names(payload: Json) -> Json:
    """The same answer as X writes it since August 2026."""
    if isinstance(payload, dict):
        return {RENAMED.get(key, key): in_new_names(value) for key, value in payload.items()}
    return [in_new_names(one) for one in payload] if isinstance(payload, list) else payload


@pytest.fixture(params=[as_it_is, in_new_names])
def dialect(request: pytest.FixtureRequest) -> Callable[[Json], Json]:
    translate: Callable[[Json], Json] = request.param
    return translate


def post(**fields: Json) -> dict[str, Json]:
    return {"id": POST_ID, "author_id": "77", "text": "Strom weg", "created_at": TIME} | fields


def only(payload: Json) -> Post:
    (found,) = to_posts(payload)
    assert isinstance(found, Post)
    return found


def test_every_field_of_a_reply(dialect: Callable[[Json], Json]) -> None:
    item = post(
        conversation_id="2122392505021403001",
        lang="de",
        edit_history_tweet_ids=[POST_ID],
        referenced_tweets=[
            {"type": "replied_to", "id": "2122392505021403002"},
            {"type": "quoted", "id": "2122392505021403003"},
        ],
        public_metrics={
            "like_count": 1,
            "reply_count": 2,
            "retweet_count": 3,
            "impression_count": 4,
        },
    )
    user = {
        "id": "77",
        "username": "kunde42",
        "name": "Käthe Kunde",
        "public_metrics": {"followers_count": 5},
    }

    found = only(dialect({"data": [item], "includes": {"users": [user]}, "meta": {}}))

    assert found == Post(
        platform="x",
        post_id=POST_ID,
        author_id="77",
        text="Strom weg",
        created_at=datetime(2026, 11, 17, 18, 4, 11, tzinfo=UTC),
        author_handle="kunde42",
        author_name="Käthe Kunde",
        permalink=f"https://x.com/kunde42/status/{POST_ID}",
        reply_to_id="2122392505021403002",
        root_id="2122392505021403001",
        quote_of_id="2122392505021403003",
        lang="de",
        like_count=1,
        reply_count=2,
        repost_count=3,
        view_count=4,
        follower_count=5,
    )


def test_long_posts_carry_their_text_in_a_note(dialect: Callable[[Json], Json]) -> None:
    item = post(text="Anfang…", note_tweet={"text": "Anfang und Ende"})

    assert only(dialect({"data": [item]})).text == "Anfang und Ende"


def test_a_repost_gets_its_text_from_the_post_it_repeats(dialect: Callable[[Json], Json]) -> None:
    original = post(id="2122392505021403001", author_id="78", text="x" * 200)
    repeated = post(
        text="RT @kunde42: " + "x" * 120 + "…",
        referenced_tweets=[{"type": "retweeted", "id": original["id"]}],
    )

    repost, included = to_posts(dialect({"data": [repeated], "includes": {"tweets": [original]}}))

    assert isinstance(repost, Post)
    assert repost.text == "RT @kunde42: " + "x" * 200
    assert repost.repost_of_id == original["id"]
    assert isinstance(included, Post)
    assert included.post_id == original["id"]


def test_a_repost_of_a_long_post_is_whole_too(dialect: Callable[[Json], Json]) -> None:
    original = post(id="2122392505021403001", note_tweet={"text": "y" * 900})
    repeated = post(
        text="RT @k: yyy…", referenced_tweets=[{"type": "retweeted", "id": original["id"]}]
    )

    repost, _included = to_posts(dialect({"data": [repeated], "includes": {"tweets": [original]}}))

    assert isinstance(repost, Post)
    assert repost.text == "RT @k: " + "y" * 900


FIRST, SECOND, THIRD = "2122392505000000000", "2122392605000000000", "2122392705000000000"


def test_versions_of_an_edited_post_are_one_post(dialect: Callable[[Json], Json]) -> None:
    history = [FIRST, SECOND, THIRD]
    old = post(id=SECOND, text="Storm weg", edit_history_tweet_ids=history, conversation_id=SECOND)
    new = post(id=THIRD, text="Strom weg", edit_history_tweet_ids=history, conversation_id=THIRD)
    reply = post(conversation_id=THIRD, referenced_tweets=[{"type": "replied_to", "id": SECOND}])

    found = list(to_posts(dialect({"data": [new, reply], "includes": {"tweets": [old]}})))

    edited, answer = found
    assert isinstance(edited, Post)
    assert (edited.post_id, edited.text, edited.root_id) == (FIRST, "Strom weg", FIRST)
    assert edited.edited_at == datetime(2026, 11, 17, 18, 4, 11, tzinfo=UTC)
    assert edited.created_at < edited.edited_at
    assert isinstance(answer, Post)
    assert (answer.reply_to_id, answer.root_id) == (FIRST, FIRST)


def test_an_unedited_first_version_has_no_edit(dialect: Callable[[Json], Json]) -> None:
    item = post(id=FIRST, edit_history_tweet_ids=[FIRST, SECOND])

    assert only(dialect({"data": item})).edited_at is None


def test_gone_posts_come_as_deleted_ones() -> None:
    def error(kind: str, **fields: str) -> dict[str, str]:
        return {"type": f"https://api.x.com/2/problems/{kind}", "resource_type": "tweet"} | fields

    errors = [
        error("resource-not-found", resource_id="2122392505021403001", parameter="ids"),
        error("resource-not-found", value="2122392505021403001"),
        error("not-authorized-for-resource", value="2122392505021403002", resource_type="post"),
        error("resource-not-found", value="77", resource_type="user"),
        error("field-hydration-failure", value="2122392505021403003"),
        error("resource-not-found", value=POST_ID),
        error("resource-not-found", value="no number"),
    ]

    alive, *gone = to_posts({"data": [post()], "errors": errors})

    assert isinstance(alive, Post)
    assert not alive.is_deleted
    assert [(one.post_id, one.text, one.author_id, one.is_deleted) for one in gone] == [
        ("2122392505021403001", "", "", True),
        ("2122392505021403002", "", "", True),
    ]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a &amp; b &lt;c&gt; &amp;lt; &quot;", "a & b <c> &lt; &quot;"),
        ("nul \x00, bell \x07, rtl \u202eabc", "nul \x00, bell \x07, rtl \u202eabc"),
        ("", ""),
        ("'; DROP TABLE posts; --", "'; DROP TABLE posts; --"),
        ("é" * 40_000, "é" * 40_000),
    ],
)
def test_texts_survive(sent: str, kept: str) -> None:
    assert only({"data": [post(text=sent)]}).text == kept


@pytest.mark.parametrize("lang", ["und", "zxx", "qme", "qht", None, 7, ""])
def test_no_language_is_none(lang: Json) -> None:
    assert only({"data": [post(lang=lang)]}).lang in (None, "7")


@pytest.mark.parametrize("created_at", [None, "yesterday", "2026-11-17T18:04:11", 5.0e40, "9999"])
def test_an_unusable_time_is_taken_from_the_id(created_at: Json) -> None:
    found = only({"data": [post(created_at=created_at)]})

    assert found.created_at == datetime(2026, 11, 16, 18, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ([], "not an answer of X"),
        (None, "not an answer of X"),
        ({"data": "text"}, "not a post"),
        ({"data": ["text"]}, "not a post"),
        ({"data": [post(id=None)]}, "a post without id"),
        ({"data": [post(author_id="")]}, "a post without author"),
        ({"data": [post(text=None)]}, "a post without text"),
        ({"data": [post(id="abc", created_at="never")]}, "a post without a usable time"),
    ],
)
def test_what_is_unusable_says_why_and_keeps_the_input(payload: Json, reason: str) -> None:
    (found,) = to_posts(payload)

    assert isinstance(found, Unusable)
    assert found.reason == reason
    assert json.loads(found.raw) in (payload, *(payload["data"] if payload else ()), "text")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        key: JSON | st.just([post()]) | st.just({"tweets": [post()], "users": [{"id": 1}]})
        for key in ("data", "includes", "errors", "meta")
    },
)
ITEMS = st.fixed_dictionaries(
    {"id": JSON},
    optional=dict.fromkeys(
        (
            "author_id",
            "text",
            "created_at",
            "lang",
            "public_metrics",
            "note_tweet",
            "referenced_tweets",
            "edit_history_tweet_ids",
            "conversation_id",
            "withheld",
        ),
        JSON,
    ),
)


@given(FIELDS | JSON | ITEMS.map(lambda item: {"data": [item]}))
def test_nothing_makes_it_raise(payload: Json) -> None:
    for found in to_posts(payload):
        assert isinstance(found, Post | Unusable)
