"""Which posts concern a brand, and how."""

from datetime import datetime
from typing import Any

import duckdb
import pytest

from collectors.model import Post
from tests.warehouse.making import NOW, make_post, make_watchlist
from warehouse import sync_watchlist, transaction
from warehouse.merge import merge_staged
from warehouse.staging import PostStage


def arrive(
    con: duckdb.DuckDBPyConnection,
    *posts: Post,
    handed_in_for: str | None = None,
    at: datetime = NOW,
) -> dict[str, str]:
    """Load posts; returns the kind of every mention by post."""
    with transaction(con):
        stage = PostStage(con)
        for post in posts:
            stage.add(post, at)
        stage.flush()
        merge_staged(con, at, handed_in_for)
    return kinds(con)


def kinds(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(con.execute("SELECT post_id, kind FROM mentions").fetchall())


OWN: dict[str, Any] = {"author_id": "1", "author_handle": "SWKronfurt"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@SWKronfurt und Stadtwerke Kronfurt #kronstrom", "direct"),
        ("#Kronstrom von Stadtwerke Kronfurt", "hashtag"),
        ("die Stadtwerke Kronfurt", "name"),
        ("STADTWERKE KRONFURT", "name"),
        ("bei den Stadtwerken Kronfurt", "name"),
        ("#StadtwerkeKronfurtApp", "name"),
        ("Stadtwerke Kronfurtheim", None),
        ("Stadtwerke Kronfurt im Rollenspiel", None),
        ("@SWKronfurt Rollenspiel", None),
        ("etwas anderes", None),
        ("", None),
    ],
)
def test_words_decide(con: duckdb.DuckDBPyConnection, text: str, kind: str | None) -> None:
    assert arrive(con, make_post("1", text)) == ({"1": kind} if kind else {})


def test_letters_with_loose_accents(con: duckdb.DuckDBPyConnection) -> None:
    sync_watchlist(con, make_watchlist(names=["Müller Gas"]), NOW)
    assert arrive(con, make_post("1", "Mu\u0308ller Gas ist teuer")) == {"1": "name"}


def test_only_platforms_that_are_watched(con: duckdb.DuckDBPyConnection) -> None:
    assert arrive(con, make_post("1", platform="xing")) == {}


def test_company_accounts_do_not_mention_their_company(con: duckdb.DuckDBPyConnection) -> None:
    assert arrive(con, make_post("1", "Stadtwerke Kronfurt informiert", **OWN)) == {}


def test_posts_under_a_company_post_are_its_mentions(con: duckdb.DuckDBPyConnection) -> None:
    reply = make_post("2", "und wann?", reply_to_id="1", root_id="1")
    below = make_post("3", "ja genau", reply_to_id="2", root_id="1")
    assert arrive(con, make_post("1", "Neu!", **OWN), reply, below) == {"2": "owned", "3": "owned"}


def test_replies_become_mentions_when_the_company_post_comes_late(
    con: duckdb.DuckDBPyConnection,
) -> None:
    reply = make_post("2", "und wann?", reply_to_id="1", root_id="1")
    assert arrive(con, reply) == {}
    assert arrive(con, make_post("1", "Neu!", **OWN)) == {"2": "owned"}


def test_a_reply_to_the_company_in_somebody_elses_thread(con: duckdb.DuckDBPyConnection) -> None:
    top = make_post("1", "Strom weg")
    answer = make_post("2", "Wir schauen nach", reply_to_id="1", root_id="1", **OWN)
    again = make_post("3", "immer noch", reply_to_id="2", root_id="1")
    assert arrive(con, top, answer, again) == {"3": "owned"}


def test_everything_in_the_brands_subreddit(con: duckdb.DuckDBPyConnection) -> None:
    def on_reddit(post_id: str, subreddit: str) -> Post:
        link = f"https://www.reddit.com/r/{subreddit}/comments/{post_id}/"
        return make_post(post_id, "wer weiß was?", platform="reddit", permalink=link)

    found = arrive(con, on_reddit("t3_a", "Kronfurt"), on_reddit("t3_b", "kronfurtrp"))
    assert found == {"t3_a": "owned"}


def test_general_subreddits_count_only_where_the_brand_is_named(
    con: duckdb.DuckDBPyConnection,
) -> None:
    sync_watchlist(con, make_watchlist(subreddits=[], watch_subreddits=["germany"]), NOW)
    link = "https://www.reddit.com/r/germany/comments/a/"
    named = make_post("t3_a", "Stadtwerke Kronfurt?", platform="reddit", permalink=link)
    other = make_post("t3_b", "wer weiß was?", platform="reddit", permalink=link)
    assert arrive(con, named, other) == {"t3_a": "name"}


def test_reposts_are_mentions(con: duckdb.DuckDBPyConnection) -> None:
    assert arrive(con, make_post("1", repost_of_id="9")) == {"1": "direct"}


def test_superusers_are_customers(con: duckdb.DuckDBPyConnection) -> None:
    sync_watchlist(con, make_watchlist(accounts={"superuser": ["kunde"]}), NOW)
    assert arrive(con, make_post("1")) == {"1": "direct"}


def test_an_edit_makes_and_unmakes_mentions(con: duckdb.DuckDBPyConnection) -> None:
    assert arrive(con, make_post("1", "nichts"), make_post("2")) == {"2": "direct"}
    assert arrive(con, make_post("1"), make_post("2", "nichts")) == {"1": "direct"}


def test_imports_are_mentions_whatever_they_say(con: duckdb.DuckDBPyConnection) -> None:
    posts = (
        make_post("1", "nichts", platform="xing"),
        make_post("2", platform="xing"),
        make_post("3", "von uns", platform="xing", **OWN),
    )
    assert arrive(con, *posts, handed_in_for="kronfurt") == {"1": "name", "2": "direct"}
    sync_watchlist(con, make_watchlist(handles=["@SWKronfurt", "@Neu"]), NOW)
    assert kinds(con) == {"1": "name", "2": "direct"}


def test_a_known_post_that_is_handed_in_becomes_a_mention(con: duckdb.DuckDBPyConnection) -> None:
    post = make_post("1", "nichts")
    assert arrive(con, post) == {}
    assert arrive(con, post, handed_in_for="kronfurt") == {"1": "name"}


def test_several_brands(con: duckdb.DuckDBPyConnection) -> None:
    first = make_watchlist().brands[0]
    second = make_watchlist(id="other", handles=["@other"], names=["Other"]).brands[0]
    sync_watchlist(con, make_watchlist().model_copy(update={"brands": (first, second)}), NOW)
    arrive(con, make_post("1", "@SWKronfurt oder @other"), make_post("2", "@other", **OWN))
    found = con.execute("SELECT brand, post_id FROM mentions ORDER BY 1, 2").fetchall()
    assert found == [("kronfurt", "1"), ("other", "1"), ("other", "2")]


def test_a_post_below_a_company_post_of_another_thread(con: duckdb.DuckDBPyConnection) -> None:
    """The reply's root says one thread, its parent lies in another and comes later."""
    reply = make_post("3", "und jetzt?", reply_to_id="2", root_id="1")
    assert arrive(con, make_post("1", "hm"), reply) == {}
    assert arrive(con, make_post("2", "so ist das", **OWN)) == {"3": "owned"}


def test_an_author_turns_out_to_be_the_company(con: duckdb.DuckDBPyConnection) -> None:
    nameless = make_post("1", "so ist das", author_id="1", author_handle=None)
    assert arrive(con, nameless, make_post("2", "und jetzt?", reply_to_id="1")) == {}
    con.execute("DELETE FROM dirty_threads")
    assert arrive(con, make_post("9", "anderswo", **OWN)) == {"2": "owned"}
    assert ("x", "1") in con.execute("FROM dirty_threads").fetchall()
