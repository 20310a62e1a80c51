"""The made-up world in memory: its posts, who wrote them and what is expected of the pipeline."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

SEARCH_REACH = timedelta(days=7)
"""How far back X's recent search looks."""


@dataclass(frozen=True, slots=True)
class Author:
    """An account; `number` is the same on both platforms for the same handle."""

    handle: str
    number: int
    name: str
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the platform will show it.

    Attributes:
        key: name inside the world, such as `bill-too-high/1`.
        post_id: the platform's id, on Reddit without `t3_` and `t1_`.
        author: None if the account is gone.
        thread_id: id of the thread's first post.
        edit_of: id of the version this one replaced (X gives every version its own id).
        edits: later versions, each with its moment (Reddit keeps the id).
        deleted_at: from then on the platform says that there is no such post.
        expect: `status` or `answered:role`, "" where nothing is promised.
        reasons: why the post should turn up in a triage list.
    """

    key: str
    platform: str
    brand: str
    post_id: str
    author: Author | None
    text: str
    created_at: datetime
    lang: str
    thread_id: str
    reply_to: str | None = None
    quote_of: str | None = None
    repost_of: str | None = None
    edit_of: str | None = None
    edits: tuple[tuple[datetime, str], ...] = ()
    deleted_at: datetime | None = None
    likes: int = 0
    withheld_in: tuple[str, ...] = ()
    subreddit: str = ""
    title: str = ""
    expect: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def record_id(self) -> str:
        """The id in a post record: on Reddit the full name, `t3_…` or `t1_…`."""
        if self.platform != "reddit":
            return self.post_id
        return f"{'t3' if self.reply_to is None else 't1'}_{self.post_id}"

    def exists(self, now: datetime) -> bool:
        """Whether the platform has the post at `now`."""
        return self.created_at <= now and not self.is_deleted(now)

    def is_deleted(self, now: datetime) -> bool:
        """Whether the post was there once and is gone at `now`."""
        return self.deleted_at is not None and self.deleted_at <= now

    def text_at(self, now: datetime) -> str:
        """The text as edited up to `now`."""
        versions = [self.text, *(text for at, text in self.edits if at <= now)]
        return versions[-1]


@dataclass
class World:
    """Every post of one platform world, in the order of time.

    Attributes:
        anchor: the "now" that the posts' times were written for.
        posts: all posts, also those that do not exist yet.
        accounts: authors that need not have posted, by lower-case handle.
        private_subreddits: answered with 403.
    """

    anchor: datetime
    posts: list[Post]
    accounts: dict[str, Author] = field(default_factory=dict)
    private_subreddits: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.posts.sort(key=lambda post: (post.created_at, post.post_id))

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Post]:
        return {(post.platform, post.post_id): post for post in self.posts}

    @cached_property
    def _by_key(self) -> dict[str, Post]:
        return {post.key: post for post in self.posts}

    @cached_property
    def _children(self) -> dict[tuple[str, str], list[Post]]:
        children = defaultdict(list)
        for post in self.posts:
            for parent in {post.reply_to, post.quote_of, post.repost_of} - {None}:
                children[post.platform, str(parent)].append(post)
        return children

    @cached_property
    def authors(self) -> dict[str, Author]:
        """Every account by lower-case handle."""
        posting = {p.author.handle.lower(): p.author for p in self.posts if p.author}
        return posting | self.accounts

    def get(self, platform: str, post_id: str) -> Post | None:
        """The post with this id, existing or not."""
        return self._by_id.get((platform, post_id))

    def __getitem__(self, key: str) -> Post:
        return self._by_key[key]

    def children(self, post: Post) -> list[Post]:
        """Replies, quotes and reposts of a post, oldest first."""
        return self._children[post.platform, post.post_id]

    @cached_property
    def _later_versions(self) -> dict[str, list[Post]]:
        later = defaultdict(list)
        for post in self.posts:
            if post.edit_of:
                later[post.edit_of].append(post)
        return later

    def versions(self, post: Post, now: datetime) -> list[Post]:
        """Every version of a post that exists by now, the first one included, oldest first."""
        first = self._by_id.get((post.platform, post.edit_of or "")) or post
        return [first, *(v for v in self._later_versions[first.post_id] if v.exists(now))]

    def on(self, platform: str, now: datetime) -> list[Post]:
        """What the platform shows at `now`, newest first; of an edited post the newest version."""
        shown = [p for p in self.posts if p.platform == platform and p.exists(now)]
        replaced = {post.edit_of for post in shown}
        return [post for post in reversed(shown) if post.post_id not in replaced]

    def expected(self, now: datetime) -> Iterable[Post]:
        """The posts whose promised status holds at `now`, which is the anchor or later.

        A deletion must have happened; any other promise ends with the next post in the thread.
        """
        changed = {p.thread_id for p in self.posts if self.anchor < p.created_at <= now}
        for post in self.posts:
            if post.expect == "deleted" and post.author is not None:
                if post.is_deleted(now):
                    yield post
            elif post.expect and post.thread_id not in changed:
                yield post

    def with_posts(self, *posts: Post) -> "World":
        """A copy with more posts, for a test that needs a special one."""
        return replace(self, posts=[*self.posts, *posts])
