"""What a load does to posts that are known already."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.model import Post
from tests.warehouse.making import NOW, make_post
from warehouse import transaction, update_answers
from warehouse.merge import Merged, merge_staged
from warehouse.staging import PostStage

LATER = NOW + timedelta(minutes=10)
POST = make_post("1", "Hallo @SWKronfurt", like_count=1)


def show(
    con: duckdb.DuckDBPyConnection,
    *sightings: tuple[Post, datetime],
    handed_in_for: str | None = None,
) -> Merged:
    with transaction(con):
        stage = PostStage(con)
        for post, at in sightings:
            stage.add(post, at)
        stage.flush()
        return merge_staged(con, NOW, handed_in_for)


def one(con: duckdb.DuckDBPyConnection, columns: str) -> object:
    (row,) = con.execute(f"SELECT {columns} FROM posts").fetchall()  # noqa: S608
    return row[0] if len(row) == 1 else row


def dirty(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute("SELECT thread_id FROM dirty_threads ORDER BY 1").fetchall()
    con.execute("DELETE FROM dirty_threads; DELETE FROM tag_queue")
    return [row[0] for row in rows]


def test_a_new_post(con: duckdb.DuckDBPyConnection) -> None:
    assert show(con, (POST, NOW)) == Merged(new=1, changed=0, mentions=1)
    assert one(con, "text, thread_id, first_seen_at, checked_at") == (POST.text, "1", NOW, NOW)
    assert con.execute("SELECT handle FROM authors").fetchall() == [("kunde",)]
    assert con.execute("SELECT * FROM tag_queue").fetchall() == [("x", "1")]
    assert dirty(con) == ["1"]


def test_seen_again_unchanged(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    dirty(con)
    assert show(con, (POST, LATER)) == Merged(new=0, changed=0, mentions=0)
    assert one(con, "first_seen_at, checked_at") == (NOW, LATER)
    assert dirty(con) == []


def test_counts_alone_disturb_nothing(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    dirty(con)
    assert show(con, (replace(POST, like_count=9), LATER)).changed == 1
    assert one(con, "like_count") == 9
    assert dirty(con) == []


def test_an_edit_is_read_again(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    dirty(con)
    edited = replace(POST, text="Danke @SWKronfurt!", edited_at=LATER)
    show(con, (edited, LATER))
    assert one(con, "text, edited_at") == ("Danke @SWKronfurt!", LATER)
    assert con.execute("SELECT * FROM tag_queue").fetchall() == [("x", "1")]
    assert dirty(con) == ["1"]


def test_an_older_version_never_replaces_a_newer_one(con: duckdb.DuckDBPyConnection) -> None:
    edited = replace(POST, text="Danke @SWKronfurt!", edited_at=NOW)
    show(con, (edited, NOW))
    show(con, (replace(POST, like_count=5), LATER))  # X: the first version, read later
    assert one(con, "text, like_count") == ("Danke @SWKronfurt!", 5)


def test_an_older_sighting_fills_what_is_unknown(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (replace(POST, like_count=5), LATER))
    show(con, (replace(POST, text="alt", like_count=1, lang="de"), NOW))
    assert one(con, "text, like_count, lang") == (POST.text, 5, "de")


def test_a_sighting_that_knows_less_forgets_nothing(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (replace(POST, lang="de", permalink="https://x.example/1"), NOW))
    show(con, (replace(POST, like_count=None), LATER))
    assert one(con, "lang, permalink, like_count") == ("de", "https://x.example/1", 1)


def gone(post: Post) -> Post:
    return replace(post, text="", author_id="", author_handle=None, is_deleted=True)


def test_a_deletion_takes_words_and_author(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    dirty(con)
    show(con, (gone(POST), LATER))
    assert one(con, "text, author_id, like_count, deleted_at") == (None, None, 1, LATER)
    assert dirty(con) == ["1"]
    assert con.execute("SELECT count(*) FROM mentions").fetchone() == (1,)


def test_a_deleted_post_does_not_come_back_from_the_past(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    show(con, (gone(POST), LATER))
    show(con, (POST, NOW + timedelta(minutes=5)))
    show(con, (POST, LATER + timedelta(days=1)), handed_in_for="kronfurt")
    assert one(con, "text, author_id, deleted_at") == (None, None, LATER)


def test_a_post_that_is_shown_again_is_back(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    show(con, (gone(POST), LATER))
    show(con, (POST, LATER + timedelta(hours=1)))
    assert one(con, "text, author_id, deleted_at") == (POST.text, "77", None)


def test_seen_and_gone_in_one_load(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (gone(POST), LATER), (POST, NOW))
    assert one(con, "text, author_id, deleted_at, like_count") == (None, None, LATER, 1)


def test_the_deletion_of_a_stranger_is_no_news(con: duckdb.DuckDBPyConnection) -> None:
    assert show(con, (gone(POST), NOW)) == Merged(new=0, changed=0, mentions=0)
    assert con.execute("SELECT count(*) FROM posts").fetchone() == (0,)


def test_tombstones_keep_posts_and_authors_out(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "INSERT INTO tombstones VALUES ('x', '1', NULL, 'retention', now()),"
        " ('x', NULL, sha256('x:88'), 'forgotten', now())"
    )
    show(con, (POST, NOW), (make_post("2", author_id="88"), NOW), (make_post("3"), NOW))
    assert con.execute("SELECT post_id FROM posts").fetchall() == [("3",)]
    assert con.execute("SELECT author_id FROM authors").fetchall() == [("77",)]


def test_an_import_does_not_overrule_the_platform(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    handed_in = replace(POST, text="anders", lang="de")
    show(con, (handed_in, LATER), handed_in_for="kronfurt")
    assert one(con, "text, lang, checked_at") == (POST.text, "de", NOW)
    show(con, (make_post("1", "neu"), LATER))
    assert one(con, "text") == "neu"


def test_a_corrected_import_counts_as_an_edit(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW), handed_in_for="kronfurt")
    show(con, (replace(POST, text="neu"), LATER), handed_in_for="kronfurt")
    assert one(con, "text, edited_at, checked_at") == ("neu", NOW, None)
    again = show(con, (replace(POST, text="neu"), LATER), handed_in_for="kronfurt")
    assert again == Merged(new=0, changed=0, mentions=0)


def test_the_newest_name_of_an_author_wins(con: duckdb.DuckDBPyConnection) -> None:
    renamed = make_post("2", author_handle="neu", follower_count=5)
    show(con, (renamed, LATER))
    show(con, (make_post("3", author_handle="alt"), NOW))
    assert con.execute("SELECT handle, follower_count FROM authors").fetchall() == [("neu", 5)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[tuple[Post, datetime]], list[list[int]]]:
    """Sightings of two posts at different times, and an order of loads."""
    moments = draw(st.lists(st.integers(0, 500), unique=True, min_size=1, max_size=6))
    sightings = []
    for minute in moments:
        post = replace(POST, post_id=draw(st.sampled_from("12")), like_count=minute)
        if draw(st.booleans()):
            post = replace(post, text=f"Stand {minute // 100}", author_handle=f"h{minute}")
        sightings.append((post, NOW + timedelta(minutes=minute)))
    order = draw(st.permutations(range(len(sightings))))
    cut = draw(st.integers(0, len(order)))
    return sightings, [order[:cut], order[cut:]]


def state(con: duckdb.DuckDBPyConnection) -> Sequence[Any]:
    return con.execute(
        "SELECT post_id, text, author_id, like_count, checked_at, thread_id, handle "
        "FROM posts JOIN authors USING (platform, author_id) ORDER BY post_id"
    ).fetchall()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=histories())
def test_the_order_of_loads_does_not_matter(
    con: duckdb.DuckDBPyConnection,
    history: tuple[list[tuple[Post, datetime]], list[list[int]]],
) -> None:
    sightings, loads = history
    states = []
    for batches in ([list(range(len(sightings)))], loads):
        con.execute("DELETE FROM posts; DELETE FROM authors; DELETE FROM mentions")
        for batch in batches:
            show(con, *(sightings[index] for index in batch))
        states.append(state(con))
    assert states[0] == states[1]


def shown(con: duckdb.DuckDBPyConnection) -> object:
    """What lists show of the one mention, before its thread is worked out again."""
    (row,) = con.execute(
        "SELECT author_handle, author_name, follower_count, text, permalink, like_count"
        " FROM mention_status"
    ).fetchall()
    return row


def test_lists_show_at_once_what_a_load_changes(con: duckdb.DuckDBPyConnection) -> None:
    show(con, (POST, NOW))
    update_answers(con, NOW)
    assert shown(con) == ("kunde", None, None, POST.text, None, 1)
    liked = replace(POST, like_count=9, permalink="https://x.example/1")
    show(con, (liked, LATER))
    assert shown(con) == ("kunde", None, None, POST.text, "https://x.example/1", 9)
    other = make_post("2", "egal", author_handle="jutta", author_name="Jutta", follower_count=7)
    show(con, (other, LATER))
    assert shown(con) == ("jutta", "Jutta", 7, POST.text, "https://x.example/1", 9)
    edited = replace(liked, text="@SWKronfurt ach", edited_at=LATER, author_handle="jutta")
    show(con, (edited, LATER))
    assert shown(con) == ("jutta", "Jutta", 7, edited.text, "https://x.example/1", 9)
    show(con, (replace(POST, is_deleted=True), LATER))
    assert shown(con) == (None, None, None, None, "https://x.example/1", 9)
