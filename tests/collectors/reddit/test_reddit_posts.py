"""Submissions and comments are understood; what Reddit hides comes as deleted."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.model import Post, Unusable
from collectors.reading import Json
from collectors.reddit_posts import select, to_posts

CREATED = 1_795_000_000.0
MOMENT = datetime.fromtimestamp(CREATED, UTC)


def submission(**fields: Json) -> dict[str, Json]:
    return {
        "kind": "t3",
        "name": "t3_abc",
        "id": "abc",
        "author": "kundin",
        "author_fullname": "t2_77",
        "title": "Strom weg",
        "selftext": "Seit heute früh.",
        "created_utc": CREATED,
        "edited": False,
        "permalink": "/r/kronfurt/comments/abc/strom_weg/",
        "score": 7,
        "num_comments": 3,
        "num_crossposts": 1,
    } | fields


def comment(**fields: Json) -> dict[str, Json]:
    return {
        "kind": "t1",
        "name": "t1_def",
        "author": "helfer",
        "author_fullname": "t2_78",
        "body": "Bei mir auch",
        "created_utc": CREATED,
        "edited": CREATED + 60,
        "parent_id": "t3_abc",
        "link_id": "t3_abc",
        "permalink": "/r/kronfurt/comments/abc/strom_weg/def/",
        "score": -2,
    } | fields


def only(item: dict[str, Json]) -> Post:
    (found,) = to_posts({"posts": [item]})
    assert isinstance(found, Post)
    return found


def test_every_field_of_a_submission() -> None:
    assert only(submission()) == Post(
        platform="reddit",
        post_id="t3_abc",
        author_id="t2_77",
        author_handle="kundin",
        text="Strom weg\n\nSeit heute früh.",
        created_at=MOMENT,
        permalink="https://www.reddit.com/r/kronfurt/comments/abc/strom_weg/",
        root_id="t3_abc",
        like_count=7,
        reply_count=3,
        repost_count=1,
    )


def test_every_field_of_a_comment() -> None:
    assert only(comment()) == Post(
        platform="reddit",
        post_id="t1_def",
        author_id="t2_78",
        author_handle="helfer",
        text="Bei mir auch",
        created_at=MOMENT,
        permalink="https://www.reddit.com/r/kronfurt/comments/abc/strom_weg/def/",
        reply_to_id="t3_abc",
        root_id="t3_abc",
        like_count=-2,
        edited_at=datetime.fromtimestamp(CREATED + 60, UTC),
    )


def test_a_link_has_only_its_title() -> None:
    assert only(submission(selftext="")).text == "Strom weg"


def test_a_crosspost_quotes_its_original() -> None:
    assert only(submission(crosspost_parent="t3_xyz")).quote_of_id == "t3_xyz"


@pytest.mark.parametrize(
    "item",
    [
        comment(body="[deleted]", author="[deleted]"),
        comment(body="[removed]"),
        submission(selftext="[deleted]", author=None),
        submission(removed_by_category="moderator"),
    ],
)
def test_hidden_posts_lose_text_and_author(item: dict[str, Json]) -> None:
    found = only(item)

    assert found.is_deleted
    assert (found.text, found.author_id, found.author_handle) == ("", "", None)


@pytest.mark.parametrize("author", [None, "[deleted]"])
def test_a_deleted_account_leaves_a_post_of_nobody(author: str | None) -> None:
    found = only(comment(author=author, author_fullname=None))

    assert (found.author_id, found.author_handle) == ("deleted:t1_def", None)
    assert found.text == "Bei mir auch"
    assert not found.is_deleted


def test_missing_posts_come_as_deleted() -> None:
    payload = {"posts": [], "missing": ["t1_gone", 7], "checked_at": "2026-11-18T09:30:00+00:00"}

    (found,) = to_posts(payload)

    assert isinstance(found, Post)
    assert (found.post_id, found.is_deleted, found.text) == ("t1_gone", True, "")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("text", "not a post"),
        ({"kind": "t5", "name": "t5_x"}, "neither submission nor comment"),
        (submission(name=None, id=None), "a post without id"),
        (submission(created_utc=None), "a post without a usable time"),
        (submission(created_utc=True), "a post without a usable time"),
        (submission(title=None, selftext=None), "a post without text"),
        (comment(body=7), "a post without text"),
    ],
)
def test_what_is_unusable_says_why_and_keeps_the_input(item: Json, reason: str) -> None:
    (found,) = to_posts({"posts": [item]})

    assert isinstance(found, Unusable)
    assert found.reason == reason
    assert json.loads(found.raw) == item


def test_only_chosen_fields_are_landed() -> None:
    child = {"kind": "t1", "data": {"name": "t1_x", "body": "b", "author_cakeday": True}}

    assert select(child) == {"kind": "t1", "name": "t1_x", "body": "b"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
ITEMS = st.builds(
    lambda base, key, value: base | {key: value},
    st.sampled_from([submission(), comment()]),
    st.sampled_from(sorted({*submission(), *comment()})),
    JSON,
)


@given(JSON | ITEMS.map(lambda item: {"posts": [item]}))
def test_nothing_makes_it_raise(payload: Json) -> None:
    for found in to_posts(payload):
        assert isinstance(found, Post | Unusable)
