"""Posts and accounts as X writes them, with the fields and expansions that were asked for."""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from demo.model import Author, Post, World
from demo.x_dialect import Dialect

SHORT_TEXT = 280
_ENTITIES = {
    "hashtags": (re.compile(r"#(\w+)"), "tag"),
    "mentions": (re.compile(r"@(\w{1,15})"), "username"),
    "urls": (re.compile(r"(https?://\S+)"), "url"),
}
_REFERENCES = {"retweeted": "repost_of", "quoted": "quote_of", "replied_to": "reply_to"}
_USER_DEFAULTS = frozenset({"id", "name", "username"})


@dataclass(frozen=True)
class Wanted:
    """What a request asked for beside the default fields."""

    post_fields: frozenset[str] = frozenset()
    expansions: frozenset[str] = frozenset()
    user_fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shaper:
    """Writes posts of `world` as they are at `now` in one dialect."""

    world: World
    now: datetime
    dialect: Dialect
    wanted: Wanted

    def page(self, posts: list[Post]) -> tuple[dict[str, Any], list[Post], list[Author]]:
        """`data`, `includes` and `errors` for the posts; and the posts and users that X bills."""
        body: dict[str, Any] = {}
        if posts:
            body["data"] = [self.post(post) for post in posts]
        included, errors = self._referenced(posts)
        users = self._users(posts, included)
        includes = {
            "users": [self.user(user) for user in users],
            self.dialect.plural: [self.post(post) for post in included],
        }
        if any(includes.values()):
            body["includes"] = {key: value for key, value in includes.items() if value}
        if errors:
            body["errors"] = errors
        return body, [*posts, *included], users

    def post(self, post: Post) -> dict[str, Any]:
        """One post with the wanted fields and those that its expansions bring along."""
        fields = self.dialect.defaults | self.wanted.post_fields | self._expanded_fields()
        every = self._every_field(post)
        return {name: value for name, value in every.items() if name in fields and value}

    def user(self, author: Author) -> dict[str, Any]:
        """One account with the wanted fields."""
        every: dict[str, Any] = {
            "id": str(author.number),
            "name": author.name,
            "username": author.handle,
            "created_at": f"20{author.number % 14 + 10}-03-01T08:00:00.000Z",
            "description": author.bio,
            "verified": False,
            "protected": False,
            "public_metrics": {
                "followers_count": author.number % 977,
                "following_count": author.number % 311,
                f"{self.dialect.word}_count": author.number % 4001,
                "listed_count": author.number % 7,
                "like_count": author.number % 1201,
            },
        }
        wanted = _USER_DEFAULTS | self.wanted.user_fields
        return {name: value for name, value in every.items() if name in wanted}

    def _expanded_fields(self) -> set[str]:
        fields = {name for name in self.wanted.expansions if "." not in name}
        if self.dialect.references in self.wanted.expansions:
            fields.add(self.dialect.referenced)
        return fields

    def _every_field(self, post: Post) -> dict[str, Any]:
        text = self._text(post)
        long = len(text) > SHORT_TEXT
        short = f"{text[: SHORT_TEXT - 26]}… https://t.co/{post.post_id[-10:]}" if long else text
        parent = self.world.get("x", post.reply_to or "")
        return {
            "id": post.post_id,
            "text": html.escape(short, quote=False),
            "author_id": str(post.author.number) if post.author else None,
            "username": post.author.handle if post.author else None,
            "created_at": timestamp(post.created_at),
            "conversation_id": post.thread_id,
            "in_reply_to_user_id": _number(parent),
            "lang": post.lang,
            "entities": _entities(short),
            self.dialect.referenced: self._references(post),
            self.dialect.edit_history: [v.post_id for v in self.world.versions(post, self.now)],
            self.dialect.note: {"text": html.escape(text, quote=False)} if long else None,
            "public_metrics": self._metrics(post),
            "reply_settings": "everyone",
            "withheld": _withheld(post),
        }

    def _text(self, post: Post) -> str:
        original = self.world.get("x", post.repost_of or "")
        if original is None or original.author is None:
            return post.text
        text = f"RT @{original.author.handle}: {original.text}"
        return text if len(text) <= 140 else f"{text[:139]}…"

    def _references(self, post: Post) -> list[dict[str, str]]:
        ids = {kind: getattr(post, name) for kind, name in _REFERENCES.items()}
        return [{"type": kind, "id": post_id} for kind, post_id in ids.items() if post_id]

    def _metrics(self, post: Post) -> dict[str, int]:
        around = [child for child in self.world.children(post) if child.exists(self.now)]
        return {
            self.dialect.repost_count: sum(c.repost_of == post.post_id for c in around),
            "reply_count": sum(c.reply_to == post.post_id for c in around),
            "like_count": post.likes,
            "quote_count": sum(c.quote_of == post.post_id for c in around),
            "bookmark_count": 0,
            "impression_count": 40 + int(post.post_id) % 900,
        }

    def _referenced(self, posts: list[Post]) -> tuple[list[Post], list[dict[str, Any]]]:
        """Posts that the given ones refer to, and a problem for each that is gone."""
        if self.dialect.references not in self.wanted.expansions:
            return [], []
        ids = dict.fromkeys(ref["id"] for post in posts for ref in self._references(post))
        found, missing = [], []
        for post_id in ids:
            post = self.world.get("x", post_id)
            if post and post.exists(self.now):
                found.append(post)
            else:
                missing.append(self.not_found(self.dialect.references, post_id))
        return found, missing

    def not_found(self, parameter: str, value: str, kind: str | None = None) -> dict[str, Any]:
        """The problem that stands in `errors` for a post or user that X does not have."""
        kind = kind or self.dialect.word
        return {
            "value": value,
            "detail": f"Could not find {kind} with {parameter}: [{value}].",
            "title": "Not Found Error",
            "resource_type": kind,
            "parameter": parameter,
            "resource_id": value,
            "type": f"{self.dialect.problems}/resource-not-found",
        }

    def _users(self, posts: list[Post], included: list[Post]) -> list[Author]:
        wanted = self.wanted.expansions
        users: list[Author | None] = []
        if "author_id" in wanted:
            users += [post.author for post in posts]
        if self.dialect.reference_authors in wanted:
            users += [post.author for post in included]
        if "in_reply_to_user_id" in wanted:
            parents = (self.world.get("x", post.reply_to or "") for post in posts)
            users += [parent.author for parent in parents if parent]
        if "entities.mentions.username" in wanted:
            handles = (
                name for post in posts for name in _ENTITIES["mentions"][0].findall(post.text)
            )
            users += [self.world.authors.get(handle.lower()) for handle in handles]
        return list(dict.fromkeys(user for user in users if user))


def timestamp(at: datetime) -> str:
    """`2026-11-20T18:04:11.000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _number(post: Post | None) -> str | None:
    return str(post.author.number) if post and post.author else None


def _entities(text: str) -> dict[str, list[dict[str, Any]]]:
    return {
        kind: [
            {"start": found.start(), "end": found.end(), key: found[1]}
            for found in pattern.finditer(text)
        ]
        for kind, (pattern, key) in _ENTITIES.items()
        if pattern.search(text)
    }


def _withheld(post: Post) -> dict[str, Any] | None:
    if not post.withheld_in:
        return None
    return {"copyright": False, "country_codes": list(post.withheld_in)}
