"""Posts as Reddit writes them: submissions `t3`, comments `t1`, trees with `more`."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demo.ids import base36
from demo.model import Post, World

GONE = "[deleted]"


@dataclass
class Shaper:
    """Writes posts as they are at `now`.

    Attributes:
        raw: do not write `&`, `<` and `>` as entities (`raw_json=1`).
        tree_size: comments that a tree shows before it hides the rest behind `more`.
        tree_depth: levels of a tree; deeper ones are "continue this thread".
    """

    world: World
    now: datetime
    raw: bool = True
    tree_size: int = 200
    tree_depth: int = 10

    def listing(self, things: Iterable[dict[str, Any]], after: str | None = None) -> dict[str, Any]:
        """A `Listing` of things."""
        children = list(things)
        data = {"modhash": None, "dist": len(children), "children": children}
        return {"kind": "Listing", "data": data | {"after": after, "before": None}}

    def thing(self, post: Post) -> dict[str, Any]:
        """A submission, or a comment without its replies."""
        if post.reply_to is None:
            return {"kind": "t3", "data": self._common(post) | self._submission(post)}
        return {"kind": "t1", "data": self._common(post) | self._comment(post)}

    def replies(self, post: Post) -> list[Post]:
        """Direct replies that Reddit shows; deleted ones only where somebody answered them."""
        return [
            reply
            for reply in self.world.children(post)
            if reply.created_at <= self.now
            and (not reply.is_deleted(self.now) or self.replies(reply))
        ]

    def descendants(self, post: Post) -> list[Post]:
        """All comments below a post, parents before their replies."""
        below = []
        for reply in self.replies(post):
            below += [reply, *self.descendants(reply)]
        return below

    def tree(self, post: Post) -> dict[str, Any]:
        """The listing of the comments below a submission."""
        return self._branch(post, 0, _Budget(self.tree_size))

    def _branch(self, post: Post, depth: int, budget: "_Budget") -> dict[str, Any]:
        replies = self.replies(post)
        if replies and depth == self.tree_depth:
            return self.listing([_more(post, [], 0, depth)])
        shown = [reply for reply in replies if budget.take()]
        things = []
        for reply in shown:
            thing = self.thing(reply)
            below = self._branch(reply, depth + 1, budget)
            thing["data"] |= {"depth": depth, "replies": below if below["data"]["dist"] else ""}
            things.append(thing)
        if hidden := replies[len(shown) :]:
            count = sum(1 + len(self.descendants(reply)) for reply in hidden)
            things.append(_more(post, hidden, count, depth))
        return self.listing(things)

    def _common(self, post: Post) -> dict[str, Any]:
        author = None if post.is_deleted(self.now) else post.author
        edited = [at for at, _ in post.edits if at <= self.now]
        created = post.created_at.timestamp()
        return {
            "id": post.post_id,
            "name": post.record_id,
            "author": author.handle if author else GONE,
            "author_fullname": f"t2_{base36(author.number)}" if author else None,
            "subreddit": post.subreddit,
            "subreddit_name_prefixed": f"r/{post.subreddit}",
            "subreddit_id": subreddit_id(post.subreddit),
            "subreddit_type": "public",
            "created": created,
            "created_utc": created,
            "edited": edited[-1].timestamp() if edited else False,
            "score": 1 + post.likes,
            "ups": 1 + post.likes,
            "downs": 0,
            "permalink": permalink(self.world, post),
            "stickied": False,
            "locked": False,
            "archived": False,
            "distinguished": None,
            "likes": None,
            "saved": False,
            "gilded": 0,
        }

    def _submission(self, post: Post) -> dict[str, Any]:
        text = self._text(post)
        return {
            "title": self._escaped(post.title),
            "selftext": self._escaped(text),
            "selftext_html": self._html(text),
            "is_self": True,
            "domain": f"self.{post.subreddit}",
            "url": f"https://www.reddit.com{permalink(self.world, post)}",
            "num_comments": len(self.descendants(post)),
            "upvote_ratio": 0.9,
            "over_18": False,
            "removed_by_category": "deleted" if post.is_deleted(self.now) else None,
            "link_flair_text": None,
            "media": None,
        }

    def _comment(self, post: Post) -> dict[str, Any]:
        text = self._text(post)
        link = self.world.get("reddit", post.thread_id)
        parent = self.world.get("reddit", post.reply_to or "")
        page = f"https://www.reddit.com{permalink(self.world, link)}" if link else ""
        return {
            "body": self._escaped(text),
            "body_html": self._html(text),
            "link_id": f"t3_{post.thread_id}",
            "parent_id": parent.record_id if parent else f"t1_{post.reply_to}",
            "link_title": self._escaped(link.title) if link else "",
            "link_permalink": page,
            "replies": "",
            "depth": 0,
            "collapsed": False,
            "controversiality": 0,
            "score_hidden": False,
        }

    def _text(self, post: Post) -> str:
        return GONE if post.is_deleted(self.now) else post.text_at(self.now)

    def _escaped(self, text: str) -> str:
        return text if self.raw else html.escape(text, quote=False)

    def _html(self, text: str) -> str:
        return self._escaped(f'<div class="md"><p>{html.escape(text)}</p>\n</div>')


@dataclass
class _Budget:
    left: int

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


def subreddit_id(name: str) -> str:
    """`t5_…`."""
    return f"t5_{base36(sum(ord(letter) for letter in name.lower()) * 1009)}"


def permalink(world: World, post: Post) -> str:
    """Path of the post's page."""
    link = world.get("reddit", post.thread_id)
    slug = "_".join(re.findall(r"\w+", (link.title if link else "").lower()))[:50] or "_"
    page = f"/r/{post.subreddit}/comments/{post.thread_id}/{slug}/"
    return page if post.reply_to is None else f"{page}{post.post_id}/"


def _more(post: Post, hidden: list[Post], count: int, depth: int) -> dict[str, Any]:
    """What stands for comments not shown; without children it is "continue this thread"."""
    first = hidden[0].post_id if hidden else "_"
    return {
        "kind": "more",
        "data": {
            "id": first,
            "name": f"t1_{first}",
            "parent_id": post.record_id,
            "count": count,
            "depth": depth,
            "children": [reply.post_id for reply in hidden],
        },
    }
