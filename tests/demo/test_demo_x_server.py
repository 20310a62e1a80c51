"""The X server as the real tweepy client meets it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import requests
import tweepy

from demo.http_server import Fault
from demo.ids import snowflake
from demo.model import World
from demo.x_server import TOKEN, XServer

OLD = "2026-11-11T09:29:59Z"
"""One second further back than a search reaches."""


def texts(body: dict[str, Any]) -> str:
    return "\n".join(post["text"] for post in body.get("data", ()))


def test_gives_only_what_is_asked_for(x: tweepy.Client) -> None:
    body = x.search_recent_tweets("Abschlag from:jutta_bastelt")
    assert [set(post) for post in body["data"]] == [{"id", "text", "edit_history_tweet_ids"}]
    assert body["meta"]["result_count"] == 1
    assert "includes" not in body


def test_expansions_bring_authors_and_referenced_posts(x: tweepy.Client, world: World) -> None:
    body = x.search_recent_tweets(
        "from:KronfurtHilft conversation_id:" + world["abschlag-falsch/1"].thread_id,
        expansions=["author_id", "referenced_tweets.id", "referenced_tweets.id.author_id"],
        tweet_fields=["conversation_id", "created_at", "public_metrics", "lang"],
        user_fields=["public_metrics"],
    )
    (post,) = body["data"]
    asked = world["abschlag-falsch/1"]
    assert post["referenced_tweets"] == [{"type": "replied_to", "id": asked.post_id}]
    assert post["conversation_id"] == asked.post_id
    assert post["public_metrics"]["reply_count"] == 1
    assert [found["id"] for found in body["includes"]["tweets"]] == [asked.post_id]
    handles = [user["username"] for user in body["includes"]["users"]]
    assert handles == ["KronfurtHilft", "jutta_bastelt"]


def test_pages_lead_to_the_end_without_doubles(x: tweepy.Client, world: World) -> None:
    pages = list(tweepy.Paginator(x.search_recent_tweets, "@SWKronfurt", max_results=50))
    ids = [post["id"] for page in pages for post in page["data"]]
    assert len(pages) > 2
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids, key=int, reverse=True)
    assert pages[0]["meta"]["newest_id"] == ids[0]
    assert "next_token" not in pages[-1]["meta"]


def test_nothing_found_is_a_page_without_data(x: tweepy.Client) -> None:
    assert x.search_recent_tweets("gibtesnicht") == {"meta": {"result_count": 0}}


def test_search_ends_seven_days_back_and_at_the_window(
    x: tweepy.Client, world: World, anchor: datetime
) -> None:
    assert "Monaten auf meinen Hausanschluss" not in texts(
        x.search_recent_tweets("@SWKronfurt", max_results=100)
    )
    asked = world["abschlag-falsch/1"].created_at
    window = {"start_time": asked, "end_time": asked + timedelta(minutes=38)}
    body = x.search_recent_tweets("@SWKronfurt Abschlag", **window)
    assert [post["id"] for post in body["data"]] == [world["abschlag-falsch/1"].post_id]
    since = x.search_recent_tweets("Abschlag", since_id=world["abschlag-falsch/1"].post_id)
    assert world["abschlag-falsch/2"].post_id in {post["id"] for post in since["data"]}
    assert world["abschlag-falsch/1"].post_id not in {post["id"] for post in since["data"]}


def test_the_last_half_minute_is_not_searched_yet(
    x: tweepy.Client, x_server: XServer, world: World
) -> None:
    latest = world["gasgeruch/1"]
    for seconds, found in ((29, 0), (31, 1)):
        now = latest.created_at + timedelta(seconds=seconds)
        x_server.app.clock = lambda now=now: now
        query = f"from:{latest.author.handle}"
        assert x.search_recent_tweets(query)["meta"]["result_count"] == found


def test_long_posts_are_cut_and_escaped(x: tweepy.Client, world: World) -> None:
    body = x.search_recent_tweets("from:prosa_peter", tweet_fields=["note_tweet"])
    (post,) = body["data"]
    assert len(post["text"]) <= 280
    assert post["note_tweet"]["text"] == world["langer-post/1"].text
    hostile = x.search_recent_tweets("from:haxx_hendrik", tweet_fields=["note_tweet"])
    assert "&lt;script&gt;" in texts(hostile)
    assert "note_tweet" not in hostile["data"][0]


def test_an_edited_post_shows_its_newest_version(x: tweepy.Client, world: World) -> None:
    (post,) = x.search_recent_tweets("from:vertipp_vera")["data"]
    versions = [world["bearbeitet/1"].post_id, world["bearbeitet/1~1"].post_id]
    assert post["edit_history_tweet_ids"] == versions
    assert post["id"] == versions[1]
    (old,) = x.get_tweets([versions[0]])["data"]
    assert "Rechnug" in old["text"]


def test_reposts_are_cut_and_only_found_by_their_author(x: tweepy.Client, world: World) -> None:
    assert "RT @" not in texts(x.search_recent_tweets("Warteschleifenmusik"))
    body = x.search_recent_tweets("from:kiez_kurier", expansions=["referenced_tweets.id"])
    assert body["data"][0]["text"].startswith("RT @sarkas_simon: Großes Lob")
    assert body["includes"]["tweets"][0]["id"] == world["ironie-warteschleife/1"].post_id


def test_deleted_posts_leave_search_and_stand_in_errors(
    x: tweepy.Client, x_server: XServer, world: World
) -> None:
    gone, there = world["zurueckgezogen/1"], world["abschlag-falsch/1"]
    assert x.get_tweets([gone.post_id])["data"][0]["id"] == gone.post_id
    assert x.search_recent_tweets("from:mia_mag_nicht")["meta"]["result_count"] == 1
    x_server.app.clock = lambda: world.anchor + timedelta(minutes=30)
    assert x.search_recent_tweets("from:mia_mag_nicht")["meta"]["result_count"] == 0
    body = x.get_tweets([gone.post_id, there.post_id])
    assert [post["id"] for post in body["data"]] == [there.post_id]
    assert [problem["value"] for problem in body["errors"]] == [gone.post_id]
    answer = x.search_recent_tweets(
        "from:KronfurtHilft Kundenzentrum bar", expansions=["referenced_tweets.id"]
    )
    assert answer["errors"][0]["resource_id"] == world["geloescht-mit-antwort/1"].post_id


def test_time_brings_new_posts(x: tweepy.Client, x_server: XServer, world: World) -> None:
    query = "conversation_id:" + world["antwort-kommt-noch/1"].post_id
    assert x.search_recent_tweets(query)["meta"]["result_count"] == 1
    x_server.app.clock = lambda: world.anchor + timedelta(hours=1)
    assert x.search_recent_tweets(query)["meta"]["result_count"] == 3


def test_timelines_go_back_further_than_search(x: tweepy.Client, world: World) -> None:
    user = x.get_users(usernames=["SWKronfurt"])["data"][0]
    options = {"max_results": 100, "expansions": ["referenced_tweets.id"]}
    everything = x.get_users_tweets(user["id"], **options)
    assert world["alt-beantwortet/2"].post_id in {post["id"] for post in everything["data"]}
    included = {post["id"] for post in everything["includes"]["tweets"]}
    assert world["alt-beantwortet/1"].post_id in included
    only_own = x.get_users_tweets(user["id"], exclude=["replies", "retweets"], max_results=100)
    assert {post["text"][:4] for post in only_own["data"]}.isdisjoint({"RT @", "@rol"})
    assert len(only_own["data"]) < len(everything["data"])


def test_mentions_are_cheaper_than_search(x: tweepy.Client, x_server: XServer) -> None:
    user = x.get_user(username="dunmarrowhelp")["data"]
    paid = x_server.app.meter.cost_usd
    body = x.get_users_mentions(user["id"], max_results=20)
    assert all("@dunmarrowhelp" in post["text"].lower() for post in body["data"])
    assert x_server.app.meter.cost_usd - paid == 20 * Decimal("0.001")


def test_unknown_handles_stand_in_errors(x: tweepy.Client) -> None:
    body = x.get_users(usernames=["SWKronfurt", "nobody_here"])
    assert [user["username"] for user in body["data"]] == ["SWKronfurt"]
    assert body["errors"][0]["value"] == "nobody_here"
    assert "data" not in x.get_user(username="nobody_here")


def test_counts_add_up(x: tweepy.Client) -> None:
    body = x.get_recent_tweets_count("@SWKronfurt", granularity="day")
    assert sum(day["tweet_count"] for day in body["data"]) == body["meta"]["total_tweet_count"]
    assert len(body["data"]) == 8
    assert all(a["end"] == b["start"] for a, b in zip(body["data"], body["data"][1:], strict=False))


@pytest.mark.parametrize(
    ("path", "parameters", "named"),
    [
        ("tweets/search/recent", {}, "query"),
        ("tweets/search/recent", {"query": "a", "colour": "red"}, "colour"),
        ("tweets/search/recent", {"query": "a", "post.fields": "lang"}, "post.fields"),
        ("tweets/search/recent", {"query": "a", "tweet.fields": "lang,age"}, "tweet.fields"),
        ("tweets/search/recent", {"query": "a", "expansions": "author"}, "expansions"),
        ("tweets/search/recent", {"query": "a", "max_results": "9"}, "max_results"),
        ("tweets/search/recent", {"query": "a", "max_results": "101"}, "max_results"),
        ("tweets/search/recent", {"query": "a", "next_token": "!"}, "next_token"),
        ("tweets/search/recent", {"query": "a", "sort_order": "random"}, "sort_order"),
        ("tweets/search/recent", {"query": "a" * 513}, "query"),
        ("tweets/search/recent", {"query": "(a"}, "query"),
        ("tweets/search/recent", {"query": "a", "since_id": "12x"}, "since_id"),
        ("tweets/search/recent", {"query": "a", "start_time": "yesterday"}, "start_time"),
        (
            "tweets/search/recent",
            {"query": "a", "start_time": "2026-11-11T09:29:59Z"},
            "start_time",
        ),
        ("tweets/search/recent", {"query": "a", "end_time": "2026-11-18T09:29:51Z"}, "end_time"),
        ("tweets", {"ids": ",".join("1" for _ in range(101))}, "ids"),
        ("tweets", {}, "ids"),
        ("users/1/tweets", {"max_results": "4"}, "max_results"),
        ("users/1/tweets", {"exclude": "quotes"}, "exclude"),
        ("users/by", {"usernames": "a", "media.fields": "url"}, "media.fields"),
    ],
)
def test_bad_parameters_are_refused_by_name(
    x_server: XServer, path: str, parameters: dict[str, str], named: str
) -> None:
    response = _get(x_server, path, parameters)
    assert response.status_code == 400
    body = response.json()
    assert body["title"] == "Invalid Request"
    assert list(body["errors"][0]["parameters"]) == [named]


def test_since_id_must_be_young_and_alone(x_server: XServer, anchor: datetime) -> None:
    old = snowflake(anchor - timedelta(days=7, seconds=1))
    young = snowflake(anchor - timedelta(days=6))
    search = "tweets/search/recent"
    stale = _get(x_server, search, {"query": "a", "since_id": old})
    assert "must be a tweet id created after" in stale.json()["errors"][0]["message"]
    both = {"query": "a", "since_id": young, "start_time": "2026-11-17T00:00:00Z"}
    assert _get(x_server, search, both).status_code == 400
    assert _get(x_server, search, {"query": "a", "since_id": young}).status_code == 200
    assert _get(x_server, "users/1/tweets", {"since_id": old}).status_code == 200


def test_the_other_dialect_is_ignored_where_x_is_lenient(x_server: XServer) -> None:
    x_server.app.lenient = True
    answer = _get(
        x_server, "tweets/search/recent", {"query": "strom", "post.fields": "lang,created_at"}
    )
    assert answer.status_code == 200
    assert "lang" not in answer.json()["data"][0]


def test_a_wrong_token_is_unauthorized(x_server: XServer, x: tweepy.Client) -> None:
    x.bearer_token = "wrong"
    with pytest.raises(tweepy.Unauthorized):
        x.search_recent_tweets("strom")
    assert _get(x_server, "nothing/here", {}).status_code == 404


def test_the_rate_limit_counts_down_and_starts_again(
    x_server: XServer, x: tweepy.Client, anchor: datetime
) -> None:
    x_server.app.limits["search"] = 2
    answer = _get(x_server, "tweets/search/recent", {"query": "strom"})
    assert answer.headers["x-rate-limit-limit"] == "2"
    assert answer.headers["x-rate-limit-remaining"] == "1"
    x.search_recent_tweets("strom")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        x.search_recent_tweets("strom")
    assert caught.value.reset_time == int(anchor.timestamp()) + 900
    x_server.app.clock = lambda: anchor + timedelta(minutes=15)
    x.search_recent_tweets("strom")


def test_reads_are_billed_once_a_day(x_server: XServer, x: tweepy.Client) -> None:
    meter = x_server.app.meter
    for _ in range(2):
        x.search_recent_tweets("from:jutta_bastelt", expansions=["author_id"])
    assert (meter.requests, meter.posts, meter.users) == (2, 2, 1)
    assert meter.cost_usd == 2 * Decimal("0.005") + Decimal("0.010")


def test_out_of_credits_and_over_the_cap(x_server: XServer, x: tweepy.Client) -> None:
    x_server.app.meter.credits_usd = Decimal(0)
    with pytest.raises(tweepy.HTTPException) as caught:
        x.search_recent_tweets("strom")
    assert caught.value.response.status_code == 402
    assert caught.value.response.json()["title"] == "CreditsDepleted"
    x_server.app.meter.credits_usd = None
    x_server.app.meter.monthly_cap = 0
    with pytest.raises(tweepy.TooManyRequests) as capped:
        x.search_recent_tweets("strom")
    assert capped.value.response.json()["title"] == "UsageCapExceeded"


def test_faults_happen_when_asked_for(x_server: XServer, x: tweepy.Client) -> None:
    x_server.faults += [
        Fault(path="search", after=1, status=503, body="<html>Over capacity</html>"),
        Fault(path="search", truncate=20),
        Fault(path="search", drop=True),
    ]
    x.search_recent_tweets("strom")
    with pytest.raises(tweepy.TwitterServerError):
        x.search_recent_tweets("strom")
    for _ in range(2):
        with pytest.raises(requests.RequestException):
            x.search_recent_tweets("strom")
    x.search_recent_tweets("strom")
    assert len(x_server.requests) == 5


def test_withheld_posts_say_where(x: tweepy.Client) -> None:
    body = x.search_recent_tweets("from:blocked_bob", tweet_fields=["withheld"])
    assert body["data"][0]["withheld"] == {"copyright": False, "country_codes": ["DE"]}


def _get(server: XServer, path: str, parameters: dict[str, str]) -> requests.Response:
    headers = {"authorization": f"Bearer {TOKEN}"}
    return requests.get(f"{server.url}/2/{path}", parameters, headers=headers, timeout=5)
