"""However posts and tags arrive, the incremental state is that of a full rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from timelines.stage import NOW, Stage, Timeline

from collectors.model import Post
from warehouse.answers import update_answers

CUSTOMERS = ("jutta", "karl", "lena", "sepp")
COMPANY = ("werke_hilft", "dialogwerk", "werke_erleben", "paket_help")
TEXTS = (
    "@werke hm",
    "@paket @werke_erleben ach",
    "#werke tja",
    "so so ^mk",
    "weiter per DM",
    "1/2",
)
TAGS = (
    "",
    "complaint",
    "question",
    "praise",
    "settled",
    "urgent",
    "iban",
    "answer praise",
    "unread",
)
REPLIES = ("answer", "answer", "holding", "deflect", "social", "ask", "unread")


@st.composite
def said(draw: st.DrawFn, last: int) -> dict[str, Any]:
    """One post of a thread of `last` posts; its parent may be missing, later, or itself."""
    who = draw(st.sampled_from(CUSTOMERS + COMPANY))
    to = draw(st.one_of(st.integers(0, last), st.just("?99")))
    post = {
        "who": who,
        "at": f"+{draw(st.integers(0, 3000))}m",
        "says": draw(st.sampled_from(TEXTS)),
        "tags": draw(st.sampled_from(REPLIES if who in COMPANY else TAGS)),
        "to": to,
        "deleted": draw(st.integers(0, 11)) == 0,
        "quotes": draw(st.integers(0, 9)) == 0,
        "repost": draw(st.integers(0, 14)) == 0,
    }
    return post | ({"root": 1} if to != 0 and draw(st.booleans()) else {})


@st.composite
def threads(draw: st.DrawFn) -> Timeline:
    count = draw(st.integers(1, 10))
    posts = [draw(said(count)) for _ in range(count)]
    posts[0] |= {"at": "2026-03-26 09:00", "who": draw(st.sampled_from(CUSTOMERS))}
    return Timeline(name="any", posts=posts)


class Worlds:
    """The same posts twice: brought in bit by bit, and all at once."""

    def __init__(self) -> None:
        self.bit_by_bit = Stage()
        self.at_once = Stage()
        self.count = 0


@pytest.fixture(scope="module")
def worlds() -> Iterator[Worlds]:
    worlds = Worlds()
    yield worlds
    before = state(worlds.bit_by_bit.con)
    update_answers(worlds.bit_by_bit.con, NOW + timedelta(days=1), full=True)
    assert state(worlds.bit_by_bit.con) == before, "a full rebuild changed rows"


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(some=st.lists(threads(), min_size=6, max_size=8), data=st.data())
def test_any_order_of_arrival_ends_in_the_same_state(
    worlds: Worlds, some: list[Timeline], data: st.DataObject
) -> None:
    numbered = list(enumerate(some, start=worlds.count + 1))
    worlds.count += len(some)
    worlds.at_once.play(numbered)
    posts = data.draw(st.permutations([p for n, t in numbered for p in t.as_posts(n)]), "posts")
    tags = data.draw(st.permutations([row for n, t in numbered for row in t.as_tags(n)]), "tags")
    stage = worlds.bit_by_bit
    for half in halves(posts):
        stage.load(replace(post, is_deleted=False) for post in half)
        update_answers(stage.con, NOW)
    for rows in halves(tags):
        stage.tag(rows)
        update_answers(stage.con, NOW)
    stage.load(gone(posts), NOW + timedelta(hours=1))
    update_answers(stage.con, NOW)
    for number, _ in numbered:
        assert state(stage.con, number) == state(worlds.at_once.con, number)


def gone(posts: list[Post]) -> list[Post]:
    return [post for post in posts if post.is_deleted]


def halves(rows: list[Any]) -> list[list[Any]]:
    middle = len(rows) // 2
    return [rows[:middle], rows[middle:]]


def state(con: duckdb.DuckDBPyConnection, number: int | None = None) -> list[tuple[Any, ...]]:
    """The derived rows of one timeline without `updated_at`; of all with it."""
    left_out = "" if number is None else "EXCLUDE (updated_at)"
    given = {"prefix": "" if number is None else f"{number:05d}"}
    where = "WHERE starts_with(post_id, $prefix) ORDER BY ALL"
    rows = con.execute(f"SELECT * {left_out} FROM answers {where}", given).fetchall()  # noqa: S608
    return rows + con.execute(f"SELECT * FROM replies {where}", given).fetchall()  # noqa: S608
