"""The world is whole: ids, replies, times, and every status and reason promised at least once."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collectors import x
from collectors.model import Window
from demo.load import GONE, WORLD, load_world
from demo.model import World
from demo.x_query import compile_query
from watchlist.load import load

WATCHLIST = Path(__file__).parents[2] / "demo" / "watchlist.toml"

STATUSES = {
    "unanswered",
    "holding",
    "deflected",
    "settled",
    "reopened",
    "deleted",
    "listen",
    "excluded",
    "spam",
    *(f"answered:{role}" for role in ("own", "agency", "marketing", "superuser", "community")),
}
PRIVATE = ("iban", "card", "phone", "email", "address", "contract", "plate")
CHANNELS = ("hotline", "email", "form", "shop", "app")
REASONS = {
    *("complaint", "question", "praise", "urgent", "overdue", "sarcasm", "threat"),
    *("late", "edited", "long", "deleted", "withheld"),
    *(f"private:{kind}" for kind in PRIVATE),
    *(f"spill:{channel}" for channel in CHANNELS),
}
ANCHORS = [
    datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
    datetime(2026, 11, 22, 23, 50, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 10, tzinfo=UTC),  # the night in which summer time begins
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
]


def test_has_hundreds_of_posts_with_ids_of_their_own(world: World) -> None:
    assert len(world.posts) >= 300
    assert len({(post.platform, post.post_id) for post in world.posts}) == len(world.posts)


def test_promises_every_status_and_reason_and_no_other(world: World) -> None:
    assert {post.expect for post in world.posts} == STATUSES | {""}
    assert {reason for post in world.posts for reason in post.reasons} == REASONS


def test_promises_hold_at_their_time(world: World) -> None:
    now = {post.key: post.expect for post in world.expected(world.anchor)}
    assert set(now.values()) == STATUSES
    later = {post.key: post.expect for post in world.expected(world.anchor + timedelta(hours=1))}
    assert "zurueckgezogen/1" not in now
    assert later["zurueckgezogen/1"] == "deleted"
    assert now["antwort-kommt-noch/1"] == "unanswered"
    assert "antwort-kommt-noch/1" not in later
    assert now.items() - later.items() == {("antwort-kommt-noch/1", "unanswered")}


def test_the_collectors_queries_find_every_promised_thread(world: World) -> None:
    window = Window(world.anchor - timedelta(days=6, hours=23), world.anchor)
    for brand in load(WATCHLIST).brands:
        searches = [j for j in x.jobs(brand, x.topics(brand), window) if j.kind == "search"]
        matches = [compile_query(job.target, world) for job in searches]
        for post in world.posts:
            if (post.platform, post.brand) != ("x", brand.id) or not post.expect:
                continue
            is_found = any(match(post) for match in matches)
            assert is_found == (post.expect != "excluded"), post.key


@pytest.mark.parametrize("anchor", ANCHORS)
def test_replies_follow_what_they_answer_at_any_anchor(anchor: datetime) -> None:
    world = load_world(anchor)
    missing = []
    for post in world.posts:
        parent = world.get(post.platform, post.reply_to or "")
        if parent:
            assert parent.created_at < post.created_at, post.key
            assert parent.thread_id == post.thread_id, post.key
        elif post.reply_to:
            missing.append(post.key)
    assert missing == ["elternbeitrag-fehlt/1"]


@pytest.mark.parametrize("anchor", ANCHORS)
def test_only_announced_posts_lie_in_the_future(anchor: datetime) -> None:
    future = {post.key for post in load_world(anchor).posts if post.created_at > anchor}
    assert future == {"antwort-kommt-noch/2", "antwort-kommt-noch/3"}


def test_the_same_anchor_gives_the_same_ids(world: World) -> None:
    again = load_world(world.anchor)
    assert [post.post_id for post in again.posts] == [post.post_id for post in world.posts]


def test_most_posts_are_in_reach_of_a_search(world: World) -> None:
    recent = [p for p in world.posts if p.created_at > world.anchor - timedelta(days=7)]
    oldest = world.anchor - world.posts[0].created_at
    assert len(recent) > 0.9 * len(world.posts)
    assert timedelta(days=24) < oldest < timedelta(days=30)


def test_the_outage_is_a_burst_of_different_people(world: World) -> None:
    burst = [post for post in world.posts if post.key.startswith("ausfall/")]
    assert len(burst) >= 60
    assert burst[-1].created_at - burst[0].created_at <= timedelta(hours=2)
    assert len({post.author for post in burst}) == len(burst)
    assert len({post.text for post in burst}) == len(burst)


def test_replies_on_x_name_everybody_in_the_conversation(world: World) -> None:
    assert world["abschlag-falsch/2"].text.startswith("@jutta_bastelt @SWKronfurt Hallo Jutta")
    assert world["abschlag-falsch/3"].text.startswith("@KronfurtHilft @SWKronfurt Super")


def test_hostile_posts_keep_their_poison(world: World) -> None:
    texts = "".join(p.text + p.title for p in world.posts if p.key.startswith("hostile"))
    for poison in ("<script>", "DROP TABLE", "=HYPERLINK", "\0", "\x1b[31m", "\u202e", "{{ 7*7 }}"):
        assert poison in texts
    assert max(len(post.text) for post in world.posts) > 40_000
    assert "" in {post.text for post in world.posts}


def test_an_edit_on_x_is_a_post_of_its_own(world: World) -> None:
    first, second = world["bearbeitet/1"], world["bearbeitet/1~1"]
    assert second.edit_of == first.post_id
    assert world.versions(second, world.anchor) == [first, second]
    shown = world.on("x", world.anchor)
    assert second in shown
    assert first not in shown


def test_addresses_and_links_are_for_examples_only(world: World) -> None:
    for post in world.posts:
        assert all(".example" in link for link in re.findall(r"https?://\S+", post.text))
        assert all("example" in mail for mail in re.findall(r"\S+@\w+\.\S+", post.text))


def test_the_watchlist_knows_the_worlds_companies(world: World) -> None:
    brands = load(WATCHLIST).brands
    assert {brand.id for brand in brands} == {post.brand for post in world.posts}
    members = {handle for brand in brands for _role, _platform, handle in brand.members()}
    posting = {post.author.handle.lower() for post in world.posts if post.author}
    assert members <= posting
    assert set(world.accounts) <= members


def test_deleted_accounts_have_no_author(world: World) -> None:
    assert {p.text for p in world.posts if p.author is None} <= {GONE, "[removed]"}


def test_a_wrong_file_is_named_with_thread_and_post(tmp_path: Path) -> None:
    (tmp_path / "_accounts.toml").write_text((WORLD / "_accounts.toml").read_text("utf-8"), "utf-8")
    thread = '[[thread]]\nkey = "a"\nposts = [{ by = "anna", at = "yesterday", text = "?" }]\n'
    (tmp_path / "a.toml").write_text(f'platform = "x"\nlang = "de"\n{thread}', "utf-8")
    with pytest.raises(ValueError, match=r"a/1: .*yesterday"):
        load_world(ANCHORS[0], tmp_path)
