"""A small platform world with known truth, different for every seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from demo.ids import author_number, reddit_id, snowflake
from demo.model import Author, Post, World

START = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
SUBREDDIT = "musterstrom"
BRAND = "musterstrom"
OTHER = "nebenstrom"
WATCHLIST = """\
[storage]
path = "var"
{budget}
{other}[[brands]]
id = "musterstrom"
name = "Musterstrom AG"
platforms = [{platforms}]
handles = ["musterstrom"]
hashtags = ["musterstromhilfe"]
subreddits = ["musterstrom"]
recheck = "all"
[brands.digest]
recipients = ["care@musterstrom.example"]
"""
#: A brand whose excluded words fit no query: it fails at every run and must hold up nobody.
HOPELESS = f"""
[[brands]]
id = "aaa-hopeless"
name = "Aaa"
platforms = ["x"]
handles = ["aaa"]
exclude = [{", ".join(f'"excluded word number {n}"' for n in range(40))}]
[brands.digest]
recipients = ["care@aaa.example"]
"""


@dataclass
class LateWorld(World):
    """A world in which some posts show in searches and listings only after a while.

    Attributes:
        delays: by record id, how long after its publication a post is indexed.
        makers: by platform, who writes its posts.
        shown: by platform, what it shows at the moment it was last asked for.
        topics: by record id, the topics whose listing holds the post; () for what only a
            conversation shows.
    """

    delays: dict[str, timedelta] = field(default_factory=dict)
    topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, tuple[datetime, list[Post]]] = field(default_factory=dict)
    makers: dict[str, Maker] = field(default_factory=dict)

    def on(self, platform: str, now: datetime) -> list[Post]:
        """As the platform shows it; worked out once for all requests of one moment."""
        if platform not in self.shown or self.shown[platform][0] != now:
            none = timedelta()
            posts = [
                post
                for post in super().on(platform, now)
                if post.created_at + self.delays.get(post.record_id, none) <= now
            ]
            self.shown[platform] = now, posts
        return self.shown[platform][1]

    def take(self, maker: Maker) -> None:
        """Take in what a maker has written since it was last asked."""
        posts, maker.posts = maker.posts, []
        self.posts += posts
        self.posts.sort(key=lambda post: (post.created_at, post.post_id))
        self.delays |= maker.delays
        self.topics |= maker.topics
        self.shown.clear()
        for name in ("_by_id", "_by_key", "_children", "authors", "_later_versions"):
            self.__dict__.pop(name, None)


@dataclass
class Size:
    """How much happens in a world."""

    posts: int = 60
    burst: int = 0
    days_before: float = 3.0
    days_after: float = 3.0


class Maker:
    """Writes one platform's posts."""

    def __init__(self, rng: Random, platform: str, size: Size) -> None:
        self.rng = rng
        self.platform = platform
        self.size = size
        self.posts: list[Post] = []
        self.delays: dict[str, timedelta] = {}
        self.topics: dict[str, tuple[str, ...]] = {}
        self.number = 0

    def late(self, now: datetime) -> None:
        """Posts of the last minutes that the platform shows only some time after `now`.

        Whoever takes the newest time for read, because it has been asked for, loses them.
        """
        for _ in range(self.rng.randrange(1, 3)):
            age = timedelta(seconds=self.rng.randrange(14, 540))
            post = self._post(now - age, plain=True)
            hidden = age + timedelta(seconds=self.rng.randrange(1, 570 - int(age.total_seconds())))
            self.delays[post.record_id] = hidden

    def make(self) -> None:
        """Posts over the whole time, then a burst within a minute."""
        span = timedelta(days=self.size.days_before + self.size.days_after)
        first = START - timedelta(days=self.size.days_before)
        for number in range(self.size.posts):
            self._post(first + self.rng.random() * span)
            if number % 2:  # more of them while the runs follow each other closely
                self._post(START + self.rng.random() * timedelta(hours=5))
        at = START + self.rng.random() * timedelta(hours=6)
        for _ in range(self.size.burst):
            self._post(at + self.rng.random() * timedelta(minutes=1), plain=True)

    def _post(self, at: datetime, plain: bool = False) -> Post:
        self.number += 1
        key = f"{self.platform}/{self.number}"
        kind = "plain" if plain else self.rng.choice(("plain", "plain", "reply", "own", "tag"))
        at = at.replace(microsecond=self.rng.randrange(1000) * 1000)
        parent = self._parent(at) if kind == "reply" else None
        post = self._x(key, kind, at, parent) if self.platform == "x" else self._reddit(key, at)
        if self.rng.random() < 0.06 and not plain:
            post = _replace(post, deleted_at=at + self.rng.random() * timedelta(days=2))
        self.posts.append(post)
        if self.rng.random() < 0.4:
            self.delays[post.record_id] = self.rng.random() * timedelta(minutes=8)
        if self.rng.random() < 0.08 and not plain and post.deleted_at is None:
            self._edit(post)
        return post

    def _parent(self, at: datetime) -> Post | None:
        older = [p for p in self.posts if p.created_at < at and not p.edit_of and not p.reply_to]
        heads = [p for p in older if p.author and p.author.handle != BRAND]
        return self.rng.choice(heads) if heads else None

    def _x(self, key: str, kind: str, at: datetime, parent: Post | None) -> Post:
        post_id = snowflake(at, key)
        author = Author(BRAND, author_number(BRAND), "Musterstrom")
        if kind != "own":
            name = f"kunde{self.rng.randrange(40)}"
            author = Author(name, author_number(name), name.title())
        text, topics = f"Ihr @Musterstrom, warum {key}?", ("@musterstrom",)
        if kind == "own":
            text, topics = f"Guten Tag, {key}.", ("own:@musterstrom",)
        elif kind == "tag":
            text, topics = f"Strom weg & kalt <{key}> #MusterstromHilfe", ("#musterstromhilfe",)
        elif parent and self.rng.random() < 0.5:
            text, topics = f"Bei mir auch, {key}.", ()
        self.topics[post_id] = topics
        return Post(
            key,
            "x",
            BRAND,
            post_id,
            author,
            text,
            at,
            "de",
            parent.thread_id if parent else post_id,
            parent.post_id if parent else None,
        )

    def _reddit(self, key: str, at: datetime) -> Post:
        at = at.replace(microsecond=0)
        post_id = reddit_id(at, key)
        while f"t1_{post_id}" in self.topics or f"t3_{post_id}" in self.topics:
            post_id = f"{post_id}z"  # two of a burst would share one
        name = f"kunde{self.rng.randrange(40)}"
        author = Author(name, author_number(name), name)
        parent = self._parent(at) if self.rng.random() < 0.6 else None
        topic = f"r/{SUBREDDIT}:{'comments' if parent else 'posts'}"
        post = Post(
            key,
            "reddit",
            BRAND,
            post_id,
            author,
            f"Warum ist der Strom weg, {key}?",
            at,
            "de",
            parent.thread_id if parent else post_id,
            parent.post_id if parent else None,
            subreddit=SUBREDDIT,
            title="" if parent else f"Frage {key}",
        )
        self.topics[post.record_id] = (topic,)
        return post

    def _edit(self, post: Post) -> None:
        at = post.created_at + timedelta(minutes=2 + self.rng.random() * 50)
        if self.platform == "reddit":
            self.posts[-1] = _replace(post, edits=((at, f"{post.text} (Nachtrag)"),))
            return
        edited = _replace(
            post,
            key=f"{post.key}/edit",
            post_id=snowflake(at, post.key),
            text=f"{post.text} (Nachtrag)",
            created_at=at,
            edit_of=post.post_id,
        )
        self.posts.append(edited)
        self.topics[edited.post_id] = ()


def _replace(post: Post, **changes: object) -> Post:
    from dataclasses import replace

    return replace(post, **changes)  # type: ignore[arg-type]


def record(post: Post, now: datetime) -> dict[str, object]:
    """Write a post the way other programs hand it in."""
    assert post.author
    parent = "t1_" if post.reply_to != post.thread_id else "t3_"
    reply_to = post.reply_to and (parent * (post.platform == "reddit") + post.reply_to)
    return {
        "platform": post.platform,
        "post_id": post.record_id,
        "author_id": str(post.author.number),
        "author_handle": post.author.handle,
        "text": post.text_at(now),
        "created_at": post.created_at.isoformat(),
        "reply_to_id": reply_to,
    }


def make(rng: Random, sizes: dict[str, Size]) -> LateWorld:
    """Make the world of one schedule; `sizes` by platform."""
    world = LateWorld(START, [])
    for platform, size in sizes.items():
        world.makers[platform] = maker = Maker(rng, platform, size)
        maker.make()
        world.take(maker)
    # One post in the subreddit long ago, so that it is known from the start.
    long_ago = START - timedelta(days=60)
    root = Author("jemand", author_number("jemand"), "jemand")
    world.posts.append(
        Post("old", "reddit", BRAND, "aaa", root, "Alt", long_ago, "de", "aaa",
             subreddit=SUBREDDIT, title="Alt")
    )  # fmt: skip
    world.accounts = {BRAND: Author(BRAND, author_number(BRAND), "Musterstrom")}
    world.posts.sort(key=lambda post: (post.created_at, post.post_id))
    return world
