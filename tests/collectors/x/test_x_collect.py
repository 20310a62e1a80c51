"""tweepy reads the demo world from a server: everything once, gaps named, bounds kept."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from collectors import landing, x
from collectors.errors import PlatformDown
from collectors.model import Gap, Job, Page, Window
from collectors.reading import Json
from demo.http_server import Fault, LocalServer, Reply, Request
from demo.model import World
from demo.x_server import XServer
from watchlist.model import Brand

Land = Callable[..., Json]
DIALECTS = pytest.mark.parametrize(("spoken", "asked"), [("old", "tweet"), ("new", "post")])


def search_job(brand: Brand, window: Window) -> Job:
    return x.jobs(brand, x.topics(brand), window)[0]


@DIALECTS
def test_a_search_brings_every_mention_of_the_world(
    spoken: str,
    asked: str,
    x_server: XServer,
    x_client: Land,
    land: Land,
    brand: Brand,
    week: Window,
    world: World,
) -> None:
    x_server.app.dialect = spoken

    trailer, posts, unusable = land(x_client(x_server, dialect=asked), search_job(brand, week))

    mentioning = {
        post.edit_of or post.post_id
        for post in world.on("x", week.end)
        if post.created_at in week
        and not post.repost_of
        and "@swkronfurt" in post.text.lower().replace("@swkronfurthilft", "")
    }
    assert mentioning
    assert mentioning <= {post.post_id for post in posts}
    assert unusable == []
    assert trailer.covered == (week,)
    assert trailer.gaps == ()
    assert trailer.error == ""
    assert trailer.posts >= x_server.app.meter.posts  # X bills a post once a day
    assert trailer.requests == len(x_server.requests) > 1
    assert trailer.cost_usd == pytest.approx(trailer.posts * 0.005 + trailer.users * 0.010)
    assert all(post.author_handle for post in posts if not post.is_deleted)


@DIALECTS
def test_own_accounts_answers_come_with_the_posts_they_answer(
    spoken: str,
    asked: str,
    x_server: XServer,
    x_client: Land,
    land: Land,
    brand: Brand,
    week: Window,
) -> None:
    x_server.app.dialect = spoken
    own = x.jobs(brand, x.topics(brand), week)[1]

    trailer, posts, unusable = land(x_client(x_server, dialect=asked), own)

    by_id = {post.post_id: post for post in posts}
    answers = [p for p in posts if p.author_handle in ("SWKronfurt", "SWKronfurtHilft")]
    assert trailer.kind == "own"
    assert any(post.reply_to_id in by_id for post in answers)
    assert all(post.root_id for post in answers)
    assert unusable == []


def test_conversations_bring_replies_without_the_brand(
    x_server: XServer, x_client: Land, land: Land, brand: Brand, week: Window
) -> None:
    client = x_client(x_server)
    _trailer, mentions, _unusable = land(client, search_job(brand, week))
    roots = sorted({post.root_id for post in mentions if post.reply_count})

    (job, *_rest) = x.thread_jobs(brand, roots, week)
    trailer, posts, _unusable = land(client, job)

    assert trailer.topics == tuple(f"thread:{root}" for root in job.root_ids)
    assert trailer.root_ids == job.root_ids
    assert {post.root_id for post in posts if not post.is_deleted} <= set(roots)


def test_requests_ask_for_what_we_need(
    x_server: XServer, x_client: Land, land: Land, brand: Brand, week: Window
) -> None:
    land(x_client(x_server), search_job(brand, week))

    first, second = x_server.requests[:2]
    assert first.query["max_results"] == "100"
    assert first.query["start_time"] == "2026-11-12T09:30:00Z"
    assert first.query["end_time"] == "2026-11-18T09:29:00Z"
    assert {"note_tweet", "referenced_tweets", "conversation_id", "edit_history_tweet_ids"} <= set(
        first.query["tweet.fields"].split(",")
    )
    assert "next_token" not in first.query
    assert second.query["next_token"]


def test_checked_posts_come_in_their_newest_version_and_gone_ones_as_deleted(
    x_server: XServer, x_client: Land, land: Land, brand: Brand, week: Window, world: World
) -> None:
    edits = [post for post in world.on("x", week.end) if post.edit_of]
    gone = [
        p for p in world.posts if p.platform == "x" and p.deleted_at and p.deleted_at < week.end
    ]
    assert edits
    assert gone
    ids = [world.get("x", edit.edit_of).post_id for edit in edits if edit.edit_of]
    (job,) = x.check_jobs(brand, [*ids, *(post.post_id for post in gone)], week)

    trailer, posts, _unusable = land(x_client(x_server), job)

    by_id: dict[str, Json] = {}
    for post in posts:  # as a warehouse does: an older version does not replace a newer one
        held = by_id.get(post.post_id)
        if held is None or (post.edited_at or post.created_at) >= (
            held.edited_at or held.created_at
        ):
            by_id[post.post_id] = post
    assert [by_id[one].edited_at is not None for one in ids] == [True] * len(ids)
    assert [by_id[post.post_id].is_deleted for post in gone] == [True] * len(gone)
    assert trailer.kind == "check"


class TestReach:
    def job(self, brand: Brand, start: datetime, end: datetime) -> Job:
        return search_job(brand, Window(start, end))

    def test_a_window_inside_is_read_as_it_is(self, brand: Brand, now: datetime) -> None:
        window = Window(now - timedelta(days=1), now - timedelta(minutes=1))

        assert x.reach(search_job(brand, window), now) == (window, [])

    def test_what_is_older_than_a_week_is_a_final_gap(self, brand: Brand, now: datetime) -> None:
        job = self.job(brand, now - timedelta(days=9), now - timedelta(days=5))

        window, gaps = x.reach(job, now)

        edge = now - timedelta(days=7) + timedelta(minutes=15)
        assert window == Window(edge, now - timedelta(days=5))
        assert gaps == [
            Gap(Window(now - timedelta(days=9), edge), "too_old", gaps[0].detail, is_final=True)
        ]

    def test_all_too_old(self, brand: Brand, now: datetime) -> None:
        job = self.job(brand, now - timedelta(days=9), now - timedelta(days=8))

        window, gaps = x.reach(job, now)

        assert window is None
        assert [gap.window for gap in gaps] == [job.window]

    def test_the_last_seconds_wait_for_the_next_run(self, brand: Brand, now: datetime) -> None:
        job = self.job(brand, now - timedelta(hours=1), now)

        window, gaps = x.reach(job, now)

        assert window is not None
        assert window.end == now - timedelta(seconds=12)
        assert gaps == []
        assert x.reach(self.job(brand, now - timedelta(seconds=9), now), now) == (None, [])

    def test_parts_of_seconds_are_not_passed_off_as_read(self, brand: Brand, now: datetime) -> None:
        end = now - timedelta(minutes=5, milliseconds=300)

        window, _gaps = x.reach(self.job(brand, now - timedelta(hours=1), end), now)

        assert window is not None
        assert window.end == end.replace(microsecond=0)


def test_too_old_windows_land_as_gaps(
    x_server: XServer, x_client: Land, land: Land, brand: Brand, now: datetime
) -> None:
    old = Window(now - timedelta(days=9), now - timedelta(days=8))

    trailer, posts, _unusable = land(x_client(x_server), search_job(brand, old))

    assert (trailer.covered, posts, x_server.requests) == ((), [], [])
    assert [(gap.reason, gap.window) for gap in trailer.gaps] == [("too_old", old)]


class TestBudget:
    def test_reading_stops_before_the_budget_is_exceeded(
        self, x_server: XServer, x_client: Land, land: Land, brand: Brand, week: Window
    ) -> None:
        trailer, posts, _unusable = land(x_client(x_server), search_job(brand, week), max_posts=60)

        assert 0 < trailer.posts <= 60
        (gap,) = trailer.gaps
        assert gap.reason == "budget"
        assert not gap.is_final
        assert trailer.covered == week.minus([gap.window])
        assert gap.window.end <= max(post.created_at for post in posts)

    def test_no_budget_asks_nothing(
        self, x_server: XServer, x_client: Land, land: Land, brand: Brand, week: Window
    ) -> None:
        trailer, _posts, _unusable = land(x_client(x_server), search_job(brand, week), max_posts=5)

        assert x_server.requests == []
        assert trailer.covered == ()
        assert [gap.window for gap in trailer.gaps] == [week]


class TestPagesThatLeadNowhere:
    """X's paging can loop; what was read stays, the rest becomes a gap."""

    def read(
        self, page: Callable[[int], dict[str, Json]], serve: Land, x_client: Land, brand: Brand
    ) -> tuple[list[Page], list[Gap], LocalServer]:
        count = iter(range(1000))
        server: LocalServer = serve(lambda _request: Reply(200, page(next(count))))
        window = Window(WEEK_START, WEEK_START + timedelta(days=6))
        got = list(x.collect(x_client(server), search_job(brand, window), NOW))
        pages = [one for one in got if isinstance(one, Page)]
        return pages, [one for one in got if isinstance(one, Gap)], server

    def test_a_token_that_comes_again_ends_the_reading(
        self, serve: Land, x_client: Land, brand: Brand
    ) -> None:
        def page(number: int) -> dict[str, Json]:
            return answer([post_at(number)], next_token="same")

        pages, (gap,), _server = self.read(page, serve, x_client, brand)

        assert len(pages) == 2
        assert gap.reason == "truncated"
        assert not gap.is_final
        assert gap.window == Window(WEEK_START, pages[-1].read_from or NOW)

    def test_empty_pages_are_followed_to_an_end(
        self, serve: Land, x_client: Land, brand: Brand
    ) -> None:
        def page(number: int) -> dict[str, Json]:
            return answer([post_at(9)] if number == 6 else [], None if number == 6 else str(number))

        pages, gaps, _server = self.read(page, serve, x_client, brand)

        assert (len(pages), gaps) == (7, [])

    def test_empty_pages_without_end_are_left(
        self, serve: Land, x_client: Land, brand: Brand
    ) -> None:
        def page(number: int) -> dict[str, Json]:
            return answer([post_at(0)] if number == 0 else [], next_token=str(number))

        pages, (gap,), server = self.read(page, serve, x_client, brand)

        assert len(pages) == len(server.requests) < 20
        assert gap.window.start == WEEK_START
        assert gap.window.end == pages[0].read_from

    def test_the_same_posts_for_ever_are_left(
        self, serve: Land, x_client: Land, brand: Brand
    ) -> None:
        def page(number: int) -> dict[str, Json]:
            return answer([post_at(3), post_at(4)], next_token=str(number))

        pages, gaps, _server = self.read(page, serve, x_client, brand)

        assert len(pages) < 20
        assert [gap.reason for gap in gaps] == ["truncated"]

    def test_out_of_order_pages_vouch_for_nothing(
        self, serve: Land, x_client: Land, brand: Brand
    ) -> None:
        def page(number: int) -> dict[str, Json]:
            return answer([post_at(5 - number)], next_token=str(number))

        pages, (gap,), _server = self.read(page, serve, x_client, brand)

        assert pages[-1].read_from is None
        assert gap.window == Window(WEEK_START, WEEK_START + timedelta(days=6))


NOW = datetime.fromisoformat("2026-11-18T09:30:00+00:00")
WEEK_START = NOW - timedelta(days=6, hours=1)


def post_at(hours_ago: int) -> dict[str, Json]:
    moment = NOW - timedelta(days=1, hours=hours_ago)
    return {
        "id": str(2122392505021403868 - hours_ago * 10**13),
        "author_id": "7",
        "text": "…",
        "created_at": moment.isoformat(),
    }


def answer(posts: list[dict[str, Json]], next_token: str | None = None) -> dict[str, Json]:
    meta: dict[str, Json] = {"result_count": len(posts)}
    if next_token:
        meta["next_token"] = next_token
    return {"data": posts, "meta": meta} if posts else {"meta": meta}


@pytest.mark.parametrize(
    "body", [{}, {"data": []}, {"meta": {"result_count": 3}}, {"meta": []}, {"errors": []}]
)
def test_an_answer_that_proves_nothing_is_no_empty_page(
    body: Json, serve: Land, x_client: Land, land: Land, brand: Brand, week: Window
) -> None:
    server = serve(lambda _request: Reply(200, body))

    with pytest.raises(PlatformDown):
        land(x_client(server), search_job(brand, week))


def test_no_posts_at_all_is_an_answer(
    serve: Land, x_client: Land, land: Land, brand: Brand, week: Window
) -> None:
    server = serve(lambda _request: Reply(200, {"meta": {"result_count": 0}}))

    trailer, posts, _unusable = land(x_client(server), search_job(brand, week))

    assert (posts, trailer.covered, trailer.requests, trailer.cost_usd) == ([], (week,), 1, 0.0)


def test_what_was_read_before_a_failure_is_kept_and_vouched_for(
    x_server: XServer,
    x_client: Land,
    land: Land,
    brand: Brand,
    week: Window,
) -> None:
    x_server.faults.append(Fault(path="search", after=1, status=503, body="<html>down</html>"))

    with pytest.raises(PlatformDown) as caught:
        land(x_client(x_server), search_job(brand, week))

    error = caught.value
    assert error.path is not None
    trailer = landing.read_trailer(error.path)
    (covered,) = trailer.covered
    assert covered.end == week.end
    assert error.uncovered == (Window(week.start, covered.start),)
    assert trailer.requests == 2
    assert "503" in trailer.error


def test_missing_fields_are_told_once(
    x_server: XServer,
    x_client: Land,
    land: Land,
    brand: Brand,
    week: Window,
    caplog: pytest.LogCaptureFixture,
) -> None:
    x_server.app.dialect, x_server.app.lenient = "new", True

    with caplog.at_level(logging.WARNING):
        client = x_client(x_server, dialect="tweet")
        for job in x.jobs(brand, x.topics(brand), week):
            land(client, job)

    (line,) = [record.getMessage() for record in caplog.records]
    assert "conversation_id" in line
    assert '"dialect"' in line


def test_half_a_surrogate_pair_does_not_cost_the_page(
    serve: Land, x_client: Land, land: Land, brand: Brand, week: Window
) -> None:
    post = '{"id":"2122392505021403868","author_id":"7","text":"a \\ud83d b"}'
    body = f'{{"data":[{post}],"meta":{{"result_count":1}}}}'

    def reply(_request: Request) -> Reply:
        return Reply(200, body)

    _trailer, (post,), _unusable = land(x_client(serve(reply)), search_job(brand, week))

    assert post.text == "a \ufffd b"


def test_a_weeks_posts_are_counted_without_reading_them(
    x_server: XServer, x_client: Land, brand: Brand, week: Window, now: datetime
) -> None:
    count = x.weekly_posts(x_client(x_server), search_job(brand, week), now)

    assert count is not None
    assert count > 50
    assert x_server.app.meter.posts == 0
