"""Threads do not depend on the order in which posts become known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.model import Post
from tests.warehouse.making import NOW, make_post
from warehouse import transaction
from warehouse.merge import merge_staged
from warehouse.staging import PostStage


def arrive(con: duckdb.DuckDBPyConnection, posts: Iterable[Post]) -> None:
    with transaction(con):
        stage = PostStage(con)
        for post in posts:
            stage.add(post, NOW)
        stage.flush()
        merge_staged(con, NOW)


def threads(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT post_id, thread_id FROM posts").fetchall())


def expected_threads(posts: Sequence[Post]) -> dict[str, str]:
    """The rule said plainly: follow the way up, one post at a time."""
    known = {post.post_id: post for post in posts}

    def next_of(post: Post) -> str | None:
        ways = (post.root_id, post.reply_to_id, post.quote_of_id)
        return next((way for way in ways if way not in (None, post.post_id)), None)

    def thread_of(post: Post) -> str:
        way = [post.post_id]
        while (up := next_of(known[way[-1]])) is not None:
            if up in way:
                return min(way[way.index(up) :])
            way.append(up)
            if up not in known:
                break
        return way[-1]

    return {post.post_id: thread_of(post) for post in posts}


def test_a_reply_before_its_parents(con: duckdb.DuckDBPyConnection) -> None:
    top, middle, low = (
        make_post("a"),
        make_post("b", reply_to_id="a"),
        make_post("c", reply_to_id="b"),
    )
    arrive(con, [low])
    assert threads(con) == {"c": "b"}
    arrive(con, [top])
    assert threads(con) == {"a": "a", "c": "b"}
    arrive(con, [middle])
    assert threads(con) == {"a": "a", "b": "a", "c": "a"}


def test_the_platform_says_the_root(con: duckdb.DuckDBPyConnection) -> None:
    arrive(con, [make_post("c", reply_to_id="b", root_id="a")])
    assert threads(con) == {"c": "a"}


def test_a_quoting_post_and_all_below_it_belong_to_the_quoted_thread(
    con: duckdb.DuckDBPyConnection,
) -> None:
    arrive(con, [make_post("r", reply_to_id="q", root_id="q")])
    assert threads(con) == {"r": "q"}
    arrive(con, [make_post("q", quote_of_id="a", root_id="q"), make_post("a", root_id="a")])
    assert set(threads(con).values()) == {"a"}


def test_loops_end(con: duckdb.DuckDBPyConnection) -> None:
    arrive(con, [make_post("self", reply_to_id="self")])
    arrive(con, [make_post("c", reply_to_id="b"), make_post("t", reply_to_id="c")])
    arrive(con, [make_post("b", reply_to_id="c")])
    assert threads(con) == {"self": "self", "b": "b", "c": "b", "t": "b"}


def test_a_root_that_is_learned_later_moves_the_thread(con: duckdb.DuckDBPyConnection) -> None:
    posts = [make_post("b", reply_to_id="a"), make_post("c", reply_to_id="b")]
    arrive(con, posts)
    con.execute("DELETE FROM dirty_threads")
    arrive(con, [replace(posts[0], root_id="r")])
    assert threads(con) == {"b": "r", "c": "r"}
    dirty = con.execute("SELECT thread_id FROM dirty_threads ORDER BY 1").fetchall()
    assert dirty == [("a",), ("r",)]


def test_platforms_do_not_mix(con: duckdb.DuckDBPyConnection) -> None:
    arrive(con, [make_post("b", reply_to_id="a"), make_post("a", platform="reddit", root_id="z")])
    found = con.execute("SELECT platform, thread_id FROM posts ORDER BY 1").fetchall()
    assert found == [("reddit", "z"), ("x", "a")]


def test_a_chain_of_5000_replies_that_arrive_out_of_order(con: duckdb.DuckDBPyConnection) -> None:
    posts = [make_post("0")]
    posts += [make_post(str(n), reply_to_id=str(n - 1)) for n in range(1, 5000)]
    posts = posts[1::2] + posts[-2::-2]
    arrive(con, posts[:2500])
    arrive(con, posts[2500:])
    assert set(threads(con).values()) == {"0"}


IDS = st.sampled_from("abcdefgh")
MAYBE = st.none() | IDS


@st.composite
def arrivals(draw: st.DrawFn) -> list[list[Post]]:
    """Posts that refer to each other at will, loops and strangers included, in batches."""
    ids = draw(st.lists(IDS, unique=True, min_size=1))
    posts = [
        make_post(one, reply_to_id=draw(MAYBE), root_id=draw(MAYBE), quote_of_id=draw(MAYBE))
        for one in ids
    ]
    batches: list[list[Post]] = [[] for _ in range(draw(st.integers(1, 3)))]
    for post in posts:
        batches[draw(st.integers(0, len(batches) - 1))].append(post)
    return batches


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=arrivals())
def test_any_order_ends_in_the_same_threads(
    con: duckdb.DuckDBPyConnection, batches: list[list[Post]]
) -> None:
    con.execute("DELETE FROM posts")
    for batch in batches:
        arrive(con, batch)
    assert threads(con) == expected_threads([post for batch in batches for post in batch])
