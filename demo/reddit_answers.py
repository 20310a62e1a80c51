"""The endpoints of Reddit's API: listings, search, comment trees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demo.http_server import Reply
from demo.model import Post, World
from demo.query import Match, Term, has_phrase, parse, words
from demo.reddit_shape import Shaper, subreddit_id

LISTING_END = 1000
SEARCH_END = 250
_SPANS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
_FOR_EVER = 8760 * 30
"""Hours that search's `t` looks back; `all` has no end."""


@dataclass(frozen=True)
class Answers:
    """One request's way to its answer."""

    world: World
    now: datetime
    given: Mapping[str, str]
    shaper: Shaper

    def new(self, subreddits: str) -> Reply:
        """Submissions of one or several subreddits (`a+b`), newest first."""
        return self._listed(subreddits, lambda post: post.reply_to is None)

    def comments(self, subreddits: str) -> Reply:
        """Comments of one or several subreddits, newest first."""
        return self._listed(subreddits, lambda post: post.reply_to is not None)

    def search(self, subreddits: str = "") -> Reply:
        """Submissions that match words; comments cannot be searched."""
        restricted = subreddits and self.given.get("restrict_sr") in ("1", "on", "true", "True")
        matches, _ = parse(_in_our_words(self.given.get("q", "")), _meaning)
        hours = _SPANS.get(self.given.get("t", "all"))
        oldest = (
            self.now - timedelta(hours=hours)
            if hours
            else datetime.min.replace(tzinfo=self.now.tzinfo)
        )

        def match(post: Post) -> bool:
            return post.reply_to is None and post.created_at >= oldest and matches(post)

        return self._listed(subreddits if restricted else "all", match, SEARCH_END)

    def tree(self, link_id: str, comment_id: str = "") -> Reply:
        """A submission and the comments below it, or below one of them."""
        post = self.world.get("reddit", link_id)
        if post is None or post.reply_to is not None or post.created_at > self.now:
            return error(404, "Not Found")
        below = self.shaper.tree(post)
        if comment_id:
            comment = self.world.get("reddit", comment_id)
            if comment is None or comment.thread_id != link_id:
                return error(404, "Not Found")
            thing = self.shaper.thing(comment)
            thing["data"]["replies"] = self.shaper.tree(comment)
            below = self.shaper.listing([thing])
        return Reply(200, [self.shaper.listing([self.shaper.thing(post)]), below])

    def more_children(self, link_id: str, ids: list[str]) -> Reply:
        """Comments that a tree hid, each with everything below it, in one flat list."""
        found = [self.world.get("reddit", post_id) for post_id in ids]
        things: list[dict[str, Any]] = []
        for post in found:
            if post and f"t3_{post.thread_id}" == link_id:
                below = self.shaper.descendants(post)
                things += [self.shaper.thing(comment) for comment in (post, *below)]
        return Reply(200, {"json": {"errors": [], "data": {"things": things}}})

    def info(self) -> Reply:
        """Posts by their full names, deleted ones emptied; unknown names are left out."""
        names = self.given.get("id", "").split(",")
        found = (self.world.get("reddit", name.partition("_")[2]) for name in names)
        posts = [p for p in found if p and p.created_at <= self.now and p.record_id in names]
        return Reply(200, self.shaper.listing(self.shaper.thing(post) for post in posts))

    def about(self, name: str) -> Reply:
        """What a subreddit is."""
        data = {
            "id": subreddit_id(name)[3:],
            "name": subreddit_id(name),
            "display_name": name,
            "display_name_prefixed": f"r/{name}",
            "subreddit_type": "public",
            "subscribers": 4200,
            "created_utc": 1300000000.0,
        }
        return Reply(200, {"kind": "t5", "data": data})

    def _listed(self, subreddits: str, match: Match, end: int = LISTING_END) -> Reply:
        among = {name.lower() for name in subreddits.split("+")}
        posts = [
            post
            for post in self.world.on("reddit", self.now)
            if ("all" in among or post.subreddit.lower() in among) and match(post)
        ][:end]
        if after := self.given.get("after"):
            names = [post.record_id for post in posts]
            posts = posts[names.index(after) + 1 :] if after in names else []
        size = max(1, min(100, _whole(self.given.get("limit", ""), 25)))
        page = posts[:size]
        following = page[-1].record_id if len(posts) > size else None
        return Reply(200, self.shaper.listing(map(self.shaper.thing, page), following))


def error(status: int, message: str, **more: str) -> Reply:
    """Reddit's error body."""
    return Reply(status, {"message": message, "error": status, **more})


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdigit() else default


def _in_our_words(query: str) -> str:
    """Reddit's `AND` and `NOT` in the shared search language."""
    parts = [part for part in query.split(" ") if part not in ("", "AND")]
    return " ".join(parts).replace("NOT ", "-")


def _meaning(term: Term) -> Match:
    value = term.value.casefold()
    fields: dict[str, Match] = {
        "author": lambda post: post.author is not None and post.author.handle.casefold() == value,
        "subreddit": lambda post: post.subreddit.casefold() == value,
        "title": lambda post: has_phrase(post.title, value),
        "selftext": lambda post: has_phrase(post.text, value),
    }
    if term.operator in fields:
        return fields[term.operator]
    return lambda post: bool(words(value)) and has_phrase(f"{post.title} \n {post.text}", value)
