"""X's query language on a handful of posts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from demo.model import Author, Post, World
from demo.query import QueryError
from demo.x_query import compile_query

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
ANNA, BEN = Author("Anna", 11, "Anna"), Author("ben_b", 12, "Ben")


def _post(post_id: str, author: Author, text: str, **more: str) -> Post:
    facts: dict[str, Any] = {"brand": "", "lang": "de", "thread_id": "1"} | more
    return Post(post_id, "x", post_id=post_id, author=author, text=text, created_at=NOW, **facts)


POSTS = [
    _post("1", ANNA, "Stadtwerke Kronfurt: schon WIEDER kein Strom! #SWKronfurt"),
    _post("2", BEN, "@Anna bei mir auch, @SWKronfurt", reply_to="1"),
    _post("3", BEN, "Kronfurt hat schöne Stadtwerke https://kf.example/a", thread_id="3"),
    _post("4", ANNA, "no power again", lang="en", quote_of="3", thread_id="4"),
    _post("5", BEN, "", repost_of="1", thread_id="5"),
]
WORLD = World(NOW, POSTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kronfurt", "13"),
        ('"stadtwerke kronfurt"', "1"),
        ('"Stadtwerke Kronfurt" OR power', "14"),
        ("#swkronfurt", "1"),
        ("@swkronfurt", "2"),
        ("swkronfurt", "12"),
        ("from:ANNA", "14"),
        ("from:12 -is:retweet", "23"),
        ("from:ben_b", "235"),
        ("to:anna", "2"),
        ("conversation_id:1", "12"),
        ("from:ben_b is:retweet", "5"),
        ("retweets_of:anna", "5"),
        ("kronfurt -strom", "3"),
        ("(kronfurt OR power) lang:en", "4"),
        ("kronfurt has:links", "3"),
        ('kronfurt -"schöne stadtwerke"', "1"),
        ("(from:anna (strom OR power)) -is:quote", "1"),
        ("url:kf.example", "3"),
        ("strom kronfurt OR power lang:en", "14"),
    ],
)
def test_finds(query: str, found: str) -> None:
    match = compile_query(query, WORLD)
    assert "".join(post.post_id for post in POSTS if match(post)) == found


@pytest.mark.parametrize(
    "query",
    [
        "(kronfurt",
        "kronfurt)",
        "kronfurt OR",
        "OR kronfurt",
        "()",
        '"kronfurt',
        "-kronfurt",
        "lang:de",
        "-is:retweet has:links",
        "-(kronfurt OR strom) power",
        "kronfurt AND strom",
        "near:berlin",
        "is:funny kronfurt",
        "!!!",
        "x" * 513,
    ],
)
def test_refuses(query: str) -> None:
    with pytest.raises(QueryError):
        compile_query(query, WORLD)


def test_512_characters_are_allowed() -> None:
    assert compile_query("x" * 512, WORLD)(POSTS[0]) is False
