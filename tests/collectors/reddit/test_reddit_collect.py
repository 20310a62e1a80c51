"""praw reads the demo world and listings of our own: to the window's start, or a gap says so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors import landing, reddit
from collectors.errors import NotFound, PlatformDown
from collectors.model import Job, Window
from collectors.reading import Json
from demo.http_server import Fault, LocalServer, Reply, Request
from demo.model import World
from demo.reddit_server import RedditServer
from watchlist.model import Brand

Connect = Callable[..., Json]
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
MONTH = Window(NOW - timedelta(days=30), NOW)


def jobs(brand: Brand, window: Window = MONTH) -> dict[str, Job]:
    found = reddit.jobs(brand, reddit.topics(brand), window)
    return {job.topics[0]: job for job in found}


def test_topics_and_their_listings(brand: Brand) -> None:
    strict = brand.model_copy(update={"exclude": ("Kurier",)})

    assert {topic: job.target for topic, job in jobs(strict).items()} == {
        "r/kronfurt:posts": "r/kronfurt/new",
        "r/kronfurt:comments": "r/kronfurt/comments",
        "search:Stadtwerke Kronfurt": (
            "search?q=%22Stadtwerke+Kronfurt%22+NOT+%22Kurier%22&sort=new&type=link&t=all&include_over_18=on"
        ),
    }


@pytest.mark.parametrize(
    ("topic", "is_comment"), [("r/kronfurt:posts", False), ("r/kronfurt:comments", True)]
)
def test_listings_bring_what_the_world_holds(
    topic: str,
    is_comment: bool,
    reddit_server: RedditServer,
    reddit_client: Connect,
    land: Connect,
    brand: Brand,
    world: World,
) -> None:
    trailer, posts, unusable = land(reddit_client(reddit_server), jobs(brand)[topic])

    expected = {
        ("t1_" if is_comment else "t3_") + post.post_id
        for post in world.on("reddit", NOW)
        if post.subreddit.lower() == "kronfurt"
        and (post.reply_to is not None) == is_comment
        and post.created_at in MONTH
    }
    assert expected
    assert expected <= {post.post_id for post in posts}
    assert (trailer.covered, trailer.gaps, trailer.cost_usd) == ((MONTH,), (), 0.0)
    assert unusable == []


def test_search_finds_the_brands_name(
    reddit_server: RedditServer, reddit_client: Connect, land: Connect, brand: Brand
) -> None:
    trailer, posts, _unusable = land(
        reddit_client(reddit_server), jobs(brand)["search:Stadtwerke Kronfurt"]
    )

    assert posts
    assert trailer.covered == (MONTH,)


@pytest.mark.parametrize("tree_size", [200, 2])
def test_trees_are_read_whole_also_what_they_hide(
    tree_size: int,
    reddit_server: RedditServer,
    reddit_client: Connect,
    land: Connect,
    brand: Brand,
    world: World,
) -> None:
    reddit_server.app.tree_size = reddit_server.app.tree_depth = tree_size
    on_reddit = world.on("reddit", NOW)
    sizes = {p.thread_id: sum(q.thread_id == p.thread_id for q in on_reddit) for p in on_reddit}
    largest = max(sizes, key=lambda thread: sizes[thread])
    (job,) = reddit.thread_jobs(brand, [f"t3_{largest}", "12345", "t1_x"], MONTH)

    trailer, posts, unusable = land(reddit_client(reddit_server), job)

    ids = [post.post_id for post in posts]
    expected = {post.post_id for post in on_reddit if post.thread_id == largest}
    assert {post_id[3:] for post_id in ids} == expected
    assert len(ids) == len(set(ids))
    assert {post.root_id for post in posts} == {f"t3_{largest}"}
    assert trailer.topics == (f"thread:t3_{largest}",)
    assert (trailer.gaps, unusable) == ((), [])
    assert (trailer.requests > 1) == (tree_size == 2)


def test_a_vanished_thread_is_news_about_its_first_post(
    reddit_server: RedditServer, reddit_client: Connect, land: Connect, brand: Brand
) -> None:
    (job,) = reddit.thread_jobs(brand, ["t3_zzzzzz"], MONTH)

    _trailer, (post,), _unusable = land(reddit_client(reddit_server), job)

    assert (post.post_id, post.is_deleted) == ("t3_zzzzzz", True)


def test_checks_tell_what_is_there_and_what_is_gone(
    reddit_server: RedditServer,
    reddit_client: Connect,
    land: Connect,
    brand: Brand,
    world: World,
) -> None:
    known = [("t3_" if p.reply_to is None else "t1_") + p.post_id for p in world.on("reddit", NOW)]
    (job,) = reddit.check_jobs(brand, [*known[:50], "t1_zzzzzz", "4711"], MONTH)

    trailer, posts, _unusable = land(reddit_client(reddit_server), job)

    assert {post.post_id for post in posts} == {*known[:50], "t1_zzzzzz"}
    assert "t1_zzzzzz" in {post.post_id for post in posts if post.is_deleted}
    assert trailer.requests == 1


def test_a_private_subreddit_fails_alone_and_by_name(
    reddit_server: RedditServer, reddit_client: Connect, land: Connect, brand: Brand
) -> None:
    closed = brand.model_copy(update={"subreddits": ("kronfurt_intern", "nosuchplace")})
    client = reddit_client(reddit_server)

    for topic, says in (("r/kronfurt_intern:posts", "private"), ("r/nosuchplace:comments", "302")):
        with pytest.raises(NotFound, match=says) as caught:
            land(client, jobs(closed)[topic])
        assert not caught.value.stops_platform


class Listing:
    """A subreddit with a post every minute, cut off after `limit` items, 100 a page."""

    def __init__(self, total: int, limit: int = 1000) -> None:
        self.minutes = list(range(1, min(total, limit) + 1))
        self.requests = 0

    def __call__(self, request: Request) -> Reply:
        if request.path.endswith("access_token"):
            return Reply(
                200, {"access_token": "t", "token_type": "bearer", "expires_in": 9, "scope": "*"}
            )
        self.requests += 1
        start = int(request.query.get("after", "t3_0")[3:])
        page = self.minutes[start : start + 100]
        after = f"t3_{start + 100}" if start + 100 < len(self.minutes) else None
        return self.page([self.thing(minute) for minute in page], after)

    def page(self, things: list[Json], after: str | None) -> Reply:
        return Reply(200, {"kind": "Listing", "data": {"children": things, "after": after}})

    def thing(self, minutes_ago: int) -> dict[str, Json]:
        created = (NOW - timedelta(minutes=minutes_ago)).timestamp()
        data = {"name": f"t3_{minutes_ago}", "author": "a", "title": "t", "created_utc": created}
        return {"kind": "t3", "data": data}


class TestListings:
    @pytest.fixture
    def read(
        self, serve: Connect, reddit_client: Connect, land: Connect, brand: Brand
    ) -> Callable[..., Json]:
        def read(app: Json, minutes: int, topic: str = "r/kronfurt:posts", **options: Json) -> Json:
            server: LocalServer = serve(app)
            window = Window(NOW - timedelta(minutes=minutes), NOW)
            return land(reddit_client(server), jobs(brand, window)[topic], **options)

        return read

    def test_nothing_new_costs_one_request(self, read: Connect) -> None:
        app = Listing(total=5000)

        trailer, _posts, _unusable = read(app, minutes=15)

        assert (app.requests, trailer.requests, trailer.gaps) == (1, 1, ())

    def test_pages_are_read_back_to_the_windows_start(self, read: Connect) -> None:
        trailer, posts, _unusable = read(Listing(total=5000), minutes=350)

        assert trailer.requests == 4
        assert len(posts) == 400
        assert trailer.gaps == ()

    def test_a_listing_cut_off_at_its_limit_leaves_a_final_gap(self, read: Connect) -> None:
        trailer, posts, _unusable = read(Listing(total=5000), minutes=2000)

        assert len(posts) == 1000
        (gap,) = trailer.gaps
        edge = NOW - timedelta(minutes=1000) + timedelta(seconds=1)
        assert (gap.reason, gap.is_final) == ("truncated", True)
        assert gap.window == Window(NOW - timedelta(minutes=2000), edge)
        assert trailer.covered == (Window(edge, NOW),)

    def test_a_search_is_cut_off_sooner(self, read: Connect) -> None:
        app = Listing(total=5000, limit=250)

        trailer, _posts, _unusable = read(app, 2000, topic="search:Stadtwerke Kronfurt")

        assert [gap.reason for gap in trailer.gaps] == ["truncated"]

    def test_a_young_subreddit_is_read_whole_without_a_gap(self, read: Connect) -> None:
        trailer, posts, _unusable = read(Listing(total=130), minutes=2000)

        assert len(posts) == 130
        assert (trailer.gaps, trailer.covered) == ((), (trailer.window,))

    def test_an_empty_subreddit_is_covered(self, read: Connect) -> None:
        trailer, posts, _unusable = read(Listing(total=0), minutes=60)

        assert (posts, trailer.gaps, trailer.covered) == ([], (), (trailer.window,))

    def test_an_old_item_out_of_order_does_not_end_the_reading(self, read: Connect) -> None:
        app = Listing(total=5000)
        app.minutes.insert(20, 4000)

        _trailer, posts, _unusable = read(app, minutes=150)

        assert {f"t3_{minute}" for minute in range(1, 151)} <= {post.post_id for post in posts}

    def test_a_token_that_comes_again_ends_the_reading(self, read: Connect) -> None:
        app = Listing(total=5000)
        app.page = lambda things, _after: Listing.page(app, things, "t3_100")  # type: ignore[method-assign]

        trailer, _posts, _unusable = read(app, minutes=2000)

        (gap,) = trailer.gaps
        assert (gap.reason, gap.is_final) == ("truncated", False)

    def test_a_budget_of_posts_is_kept(self, read: Connect) -> None:
        trailer, posts, _unusable = read(Listing(total=5000), minutes=900, max_posts=250)

        assert len(posts) == 200
        assert [gap.reason for gap in trailer.gaps] == ["budget"]

    @pytest.mark.parametrize("body", [{}, [], {"data": {}}, {"data": {"children": None}}])
    def test_what_is_no_listing_is_no_empty_listing(self, read: Connect, body: Json) -> None:
        app = Listing(total=0)
        app.page = lambda *_page: Reply(200, body)  # type: ignore[method-assign]

        with pytest.raises(PlatformDown):
            read(app, minutes=60)

    def test_odd_children_are_kept_for_the_rejects(self, read: Connect) -> None:
        app = Listing(total=0)
        app.page = lambda *_page: Listing.page(app, ["odd", {"kind": "t3"}, app.thing(5)], None)  # type: ignore[method-assign]

        _trailer, posts, unusable = read(app, minutes=60)

        assert (len(posts), len(unusable)) == (1, 2)


def test_what_was_read_before_a_failure_is_kept_and_vouched_for(
    serve: Connect, reddit_client: Connect, land: Connect, brand: Brand
) -> None:
    server = serve(Listing(total=5000))
    server.faults.append(Fault(path="/new", after=2, times=9, status=503))
    window = Window(NOW - timedelta(minutes=900), NOW)

    with pytest.raises(PlatformDown) as caught:
        land(reddit_client(server), jobs(brand, window)["r/kronfurt:posts"])

    assert caught.value.path is not None
    edge = NOW - timedelta(minutes=200) + timedelta(seconds=1)
    assert landing.read_trailer(caught.value.path).covered == (Window(edge, NOW),)
    assert caught.value.uncovered == (Window(window.start, edge),)


def test_a_tree_that_never_ends_is_left_with_a_gap(
    serve: Connect, reddit_client: Connect, land: Connect, brand: Brand
) -> None:
    count = iter(range(10_000))

    def more() -> dict[str, Json]:
        ids = [f"c{next(count)}" for _ in range(200)]
        return {"kind": "more", "data": {"children": ids, "count": 200, "parent_id": "t3_abc"}}

    def answer(request: Request) -> Reply:
        if request.path.endswith("access_token"):
            return Listing(0)(request)
        if request.path == "/api/morechildren":
            return Reply(200, {"json": {"errors": [], "data": {"things": [more()]}}})
        listing = {"kind": "Listing", "data": {"children": [more()], "after": None}}
        return Reply(200, [listing, listing])

    server = serve(answer)
    (job,) = reddit.thread_jobs(brand, ["t3_abc"], MONTH)

    trailer, _posts, _unusable = land(reddit_client(server), job)

    assert trailer.requests < 50
    assert [(gap.reason, gap.is_final) for gap in trailer.gaps] == [("truncated", False)]


def test_nothing_is_estimated_for_what_is_free(brand: Brand) -> None:
    client: Json = None

    assert reddit.weekly_posts(client, jobs(brand)["r/kronfurt:posts"], NOW) is None


def test_windows_end_with_the_present(brand: Brand) -> None:
    ahead = Window(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    job = jobs(brand, ahead)["r/kronfurt:posts"]

    assert reddit.reach(job, NOW) == (Window(ahead.start, NOW), [])
    assert reddit.reach(job, ahead.start) == (None, [])
