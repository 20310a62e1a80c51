"""However posts, tags and corrections arrive, the incremental state is that of a full rebuild.

Every seed is a world of random small threads: two brands and two platforms, parents that are
missing, later, in a loop or in another thread, quotes, reposts, edits, counts and names that
change, deletions. One stage gets
it bit by bit and in any order, another one all at once. What differs is named by its thread, so a
seed that fails can be read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import md5
from typing import Any

import duckdb
import pytest
from timelines.stage import NOW, Stage, tag_row

from collectors.model import Post
from warehouse import answers, transaction
from warehouse.mentions import match_mentions
from warehouse.statements import run_sql

THREADS = 40
CUSTOMERS = ("jutta", "karl", "lena", "sepp")
COMPANY = ("werke_hilft", "dialogwerk", "werke_erleben", "paket_help")
TEXTS = (
    "@werke hm",
    "@paket @werke_erleben ach",
    "#werke tja",
    "#Paket und Stadtwerke Musterau",
    "so so ^mk",
    "weiter per DM",
    "1/2",
    "2/2 /ki",
)
TAGS = ("", "complaint", "question", "praise", "settled", "urgent", "iban", "answer praise")
REPLIES = ("answer", "answer", "answer", "holding", "deflect", "social", "ask")
CORRECTIONS = (
    ("complaint", "true"),
    ("question", "false"),
    ("spam", "true"),
    ("reply_kind", "answer"),
    ("private_data", "iban"),
)
FEW_ANSWERS = 3
"""Helpful answers that make a super-user here, so that people rise and fall in small worlds."""


@dataclass(frozen=True)
class Shown:
    """A post as a platform showed it at a moment."""

    post: Post
    at: datetime


@dataclass(frozen=True)
class World:
    """What happened: showings of posts, lines of tags, corrections, new names, what was deleted."""

    shown: list[Shown]
    tags: list[dict[str, Any]]
    corrections: list[tuple[str, str, str, str]]
    renamed: list[Shown]
    gone: list[Shown]


class Pair:
    """The same posts twice: brought in bit by bit, and all at once."""

    def __init__(self) -> None:
        self.bit_by_bit = Stage()
        self.at_once = Stage()


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair()


@pytest.fixture(autouse=True)
def few_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SUPERUSER_ANSWERS", FEW_ANSWERS)


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_arrival_ends_in_the_same_state(pair: Pair, seed: int) -> None:
    arrive_in_any_order(pair, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_any_order_of_arrival_at_length(pair: Pair, seed: int) -> None:
    arrive_in_any_order(pair, seed)


def arrive_in_any_order(pair: Pair, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    world = make_world(rng, seed)
    play_at_once(pair.at_once, world)
    scatter(pair.bit_by_bit, world, rng)
    found, expected = state(pair.bit_by_bit.con, seed), state(pair.at_once.con, seed)
    assert differing(found, expected) == {}, f"seed {seed}: (bit by bit, at once) by thread"
    assert rebuilt(pair.bit_by_bit.con, seed) == found, f"seed {seed}: a full rebuild differs"
    play_deletions(pair.bit_by_bit, world, lambda rows: parts(rows, rng))
    play_deletions(pair.at_once, world, lambda rows: [rows])
    found, expected = state(pair.bit_by_bit.con, seed), state(pair.at_once.con, seed)
    assert differing(found, expected) == {}, f"seed {seed}: after deletions, by thread"


@pytest.mark.parametrize("seed", [1000])
def test_deletions_in_between_leave_what_a_full_rebuild_makes(pair: Pair, seed: int) -> None:
    """A deleted post is judged by what was known of it, so only the rebuild is compared."""
    rng = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    world = make_world(rng, seed)
    late = rng.sample(world.shown, len(world.shown) // 3)
    early = [one for one in world.shown if one not in late]
    play(pair.bit_by_bit, replace(world, shown=early), lambda rows: parts(rows, rng))
    play_deletions(pair.bit_by_bit, world, lambda rows: parts(rows, rng))
    play(pair.bit_by_bit, replace(world, shown=late), lambda rows: parts(rows, rng))
    found = state(pair.bit_by_bit.con, seed)
    answers.update_answers(pair.bit_by_bit.con, NOW, full=True)
    assert differing(state(pair.bit_by_bit.con, seed), found) == {}, f"seed {seed}"


def recounted(rng: random.Random, post: Post) -> Post:
    address = rng.choice((None, f"https://x.example/{post.post_id}"))
    likes, views = rng.randrange(50), rng.randrange(9000)
    return replace(post, like_count=likes, view_count=views, permalink=address)


def renamed(rng: random.Random, post: Post) -> Post:
    name, followers = rng.choice((None, "Sepp", "Sepp M.")), rng.choice((None, 7, 70, 700))
    return replace(post, author_name=name, follower_count=followers)


Cut = Callable[[list[Any]], list[list[Any]]]


def play_at_once(stage: Stage, world: World) -> None:
    load(stage, world.shown)
    stage.tag(world.tags)
    correct(stage.con, world.corrections)
    load(stage, world.renamed)
    answers.update_answers(stage.con, NOW)


def play(stage: Stage, world: World, cut: Cut) -> None:
    """Bring in posts, then tags and corrections, each in the pieces that `cut` makes."""
    for some in cut(world.shown):
        load(stage, some)
        answers.update_answers(stage.con, NOW)
    for rows in cut(world.tags):
        stage.tag(rows)
        answers.update_answers(stage.con, NOW)
    correct(stage.con, world.corrections)
    answers.update_answers(stage.con, NOW)


def scatter(stage: Stage, world: World, rng: random.Random) -> None:
    """Bring in everything in any order, but tags only once their post is known."""
    known: set[tuple[str, str]] = set()
    waiting = parts(world.tags, rng)
    for some in parts(world.shown, rng):
        load(stage, some)
        known |= {(one.post.platform, one.post.post_id) for one in some}
        if rng.random() < 0.7:
            answers.update_answers(stage.con, NOW)
        for rows in waiting[: rng.randrange(2)]:
            early = [row for row in rows if (row["platform"], row["post_id"]) in known]
            stage.tag(early)
            if rng.random() < 0.5:
                answers.update_answers(stage.con, NOW)
    play(stage, replace(world, shown=[]), lambda rows: parts(rows, rng))
    for one in world.renamed:  # in this order: of names the newest counts, whenever it comes
        load(stage, [one])


def play_deletions(stage: Stage, world: World, cut: Cut) -> None:
    for some in cut(world.gone):
        load(stage, some)
        answers.update_answers(stage.con, NOW)


def parts(rows: list[Any], rng: random.Random) -> list[list[Any]]:
    """The rows in any order, in up to three pieces."""
    mixed = rng.sample(rows, len(rows))
    cuts = sorted(rng.randrange(len(rows) + 1) for _ in range(rng.randrange(3)))
    return [mixed[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def load(stage: Stage, some: list[Shown]) -> None:
    for moment in sorted({one.at for one in some}, key=lambda at: (at != NOW, at)):
        stage.load((one.post for one in some if one.at == moment), moment)


def correct(con: duckdb.DuckDBPyConnection, said: list[tuple[str, str, str, str]]) -> None:
    with transaction(con):
        for platform, post_id, field, value in said:
            con.execute(
                "INSERT INTO corrections VALUES (?, ?, ?, ?, 'lead', ?)",
                [platform, post_id, field, value, NOW],
            )
            con.execute(
                "INSERT INTO dirty_threads SELECT platform, thread_id FROM posts"
                " WHERE platform = ? AND post_id = ?",
                [platform, post_id],
            )


def make_world(rng: random.Random, seed: int) -> World:
    """Random threads whose ids begin with the seed; links may lead into any of them."""
    posts = [post for number in range(THREADS) for post in make_thread(rng, seed, number)]
    shown, tags = [], []
    for post in posts:
        versions = [Shown(post, NOW)]
        if rng.random() < 0.1:
            edited = replace(post, text=f"{rng.choice(TEXTS)} …", edited_at=NOW)
            versions.append(Shown(edited, NOW + timedelta(hours=1)))
        if rng.random() < 0.2:
            versions.append(Shown(recounted(rng, versions[-1].post), NOW + timedelta(minutes=90)))
        shown += versions
        if rng.random() < 0.9:
            tags += [tag_line(rng, version.post) for version in versions[-1:]]
    told = rng.sample(posts, len(posts) // 15)
    corrections = [(p.platform, p.post_id, *rng.choice(CORRECTIONS)) for p in told]
    lost = rng.sample(posts, len(posts) // 10)
    gone = [Shown(replace(p, is_deleted=True), NOW + timedelta(hours=2)) for p in lost]
    known = enumerate(rng.sample(posts, len(posts) // 5))
    names = [Shown(renamed(rng, p), NOW + timedelta(minutes=100, seconds=n)) for n, p in known]
    return World(shown, tags, corrections, names, gone)


def make_thread(rng: random.Random, seed: int, number: int) -> Iterator[Post]:
    platform = rng.choice(("x", "x", "reddit"))
    at = datetime.fromisoformat("2026-03-26T08:00Z")
    count = rng.randrange(1, 9)
    for index in range(1, count + 1):
        at += timedelta(minutes=rng.choice((0, 1, 5, 90, 1500)) * (index > 1))
        who = rng.choice(CUSTOMERS if index == 1 else CUSTOMERS + COMPANY)
        handle = who if who in (*COMPANY, "sepp") else f"{who}-{seed}"
        links = {} if index == 1 and rng.random() < 0.8 else make_links(rng, seed, number, count)
        yield Post(
            platform=platform,
            post_id=key(seed, number, index),
            # customers differ from world to world: nobody is a super-user in all of them
            author_id=f"id-{who}" if who in COMPANY else f"id-{who}-{seed}",
            author_handle=handle if index == 1 or rng.random() < 0.8 else None,
            text=rng.choice(TEXTS),
            created_at=at,
            **links,
        )


def make_links(rng: random.Random, seed: int, number: int, count: int) -> dict[str, str]:
    """Where a post hangs: below any post of its thread or another one, or a missing one."""

    def anywhere() -> str:
        other = rng.randrange(THREADS) if rng.random() < 0.06 else number
        return key(seed, other, rng.choice((*range(1, count + 1), 99)))

    kinds = ("reply_to_id",) * 10 + ("quote_of_id", "quote_of_id", "repost_of_id")
    links = {rng.choice(kinds): anywhere()}
    if rng.random() < 0.4:
        links["root_id"] = key(seed, number, 1) if rng.random() < 0.8 else anywhere()
    return links


def key(seed: int, number: int, index: int) -> str:
    return f"{seed:05d}-{number:03d}-{index:02d}"


def tag_line(rng: random.Random, post: Post) -> dict[str, Any]:
    is_company = str(post.author_id).removeprefix("id-") in COMPANY
    words = rng.choice(REPLIES if is_company else TAGS)
    return {
        "platform": post.platform,
        "post_id": post.post_id,
        "text_hash": md5(post.text.encode(), usedforsecurity=False).hexdigest(),
        **tag_row(words),
    }


State = dict[tuple[str, str], list[tuple[Any, ...]]]
TABLES = {
    "posts": "platform, post_id, author_id, text, created_at, reply_to_id, root_id, quote_of_id,"
    " repost_of_id, thread_id, parent_id, edited_at, deleted_at",
    "mentions": "* EXCLUDE (first_seen_at)",
    "answers": "* EXCLUDE (updated_at)",
    "replies": "*",
}


def state(con: duckdb.DuckDBPyConnection, seed: int) -> State:
    """The rows of one world in every table, by table and thread as their ids say."""
    found: State = {}
    helpers = con.execute(
        "SELECT * FROM helpers WHERE ends_with(author_id, $suffix) ORDER BY ALL",
        {"suffix": f"-{seed}"},
    ).fetchall()
    found["helpers", ""] = [tuple(row) for row in helpers]
    for table, columns in TABLES.items():
        rows = con.execute(
            f"SELECT post_id[:9], {columns} FROM {table}"  # noqa: S608
            " WHERE starts_with(post_id, $prefix) ORDER BY ALL",
            {"prefix": f"{seed:05d}-"},
        ).fetchall()
        for thread, *row in rows:
            found.setdefault((table, thread), []).append(tuple(row))
    return found


def differing(one: State, other: State) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The rows that only one of two states has, by table and thread."""
    return {
        name: (
            [row for row in one.get(name, []) if row not in other.get(name, [])],
            [row for row in other.get(name, []) if row not in one.get(name, [])],
        )
        for name in sorted(one.keys() | other.keys())
        if one.get(name) != other.get(name)
    }


def rebuilt(con: duckdb.DuckDBPyConnection, seed: int) -> State:
    """The state after all mentions and answers were worked out again."""
    with transaction(con):
        run_sql(con, "mentions/company_authors")
        run_sql(con, "mentions/scope_all")
        match_mentions(con, NOW)
    answers.update_answers(con, NOW, full=True)
    return state(con, seed)
