"""What the terms of an X search query match.

Source: the query guide of X's recent search (operators of the self-serve levels).
Since May 2026 words, phrases, hashtags and handles find no reposts.
"""

import re
from collections.abc import Callable

from demo.model import Post, World
from demo.query import Match, QueryError, Term, has_phrase, parse, words

MAX_LENGTH = 512
_URL = re.compile(r"https?://\S+")
_TAG = re.compile(r"[#](\w+)")
_NAME = re.compile(r"@(\w{1,15})")
_DEPENDENT = {"is", "has", "lang"}
"""Operators that may only narrow others."""


def compile_query(query: str, world: World) -> Match:
    """The test that the query makes on a post.

    Raises:
        QueryError: X would refuse the query.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(f"The query is {len(query)} characters long; {MAX_LENGTH} is the most")
    match, terms = parse(query, lambda term: _meaning(term, world))
    if all(term.negated or term.operator in _DEPENDENT for term in terms):
        raise QueryError("Rule must contain at least one positive, non-stopword clause")
    return match


def tags(text: str) -> set[str]:
    """Hashtags of a text in lower case, without `#`."""
    return {tag.casefold() for tag in _TAG.findall(text)}


def names(text: str) -> set[str]:
    """Handles mentioned in a text in lower case, without `@`."""
    return {name.casefold() for name in _NAME.findall(text)}


def _meaning(term: Term, world: World) -> Match:
    value = term.value.removeprefix("@").casefold()
    if term.operator:
        factory = _OPERATORS.get(term.operator)
        if factory is None:
            raise QueryError(
                f"Reference to invalid operator '{term.operator}'. Operator is not "
                "available in current product or product packaging."
            )
        return factory(value, world)
    return _in_text(term)


def _in_text(term: Term) -> Match:
    text = term.value.casefold()
    if not words(text):
        raise QueryError(f"no viable alternative at character '{term.value}'")
    if not term.quoted and text.startswith("#"):
        return lambda post: not post.repost_of and text[1:] in tags(post.text)
    if not term.quoted and text.startswith("@"):
        return lambda post: not post.repost_of and text[1:] in names(post.text)
    return lambda post: not post.repost_of and has_phrase(post.text, text)


def _handle(post: Post | None) -> str:
    return post.author.handle.casefold() if post and post.author else ""


def _is(value: str, _world: World) -> Match:
    kinds: dict[str, Match] = {
        "retweet": lambda post: post.repost_of is not None,
        "reply": lambda post: post.reply_to is not None,
        "quote": lambda post: post.quote_of is not None,
        "verified": lambda _post: False,
    }
    if value not in kinds:
        raise QueryError(f"Reference to invalid operator 'is:{value}'.")
    return kinds[value]


def _has(value: str, _world: World) -> Match:
    kinds: dict[str, Match] = {
        "links": lambda post: bool(_URL.search(post.text)),
        "hashtags": lambda post: bool(tags(post.text)),
        "mentions": lambda post: bool(names(post.text)),
        "media": lambda _post: False,
    }
    if value not in kinds:
        raise QueryError(f"Reference to invalid operator 'has:{value}'.")
    return kinds[value]


def _reposts_of(value: str, world: World) -> Match:
    return lambda post: _handle(world.get("x", post.repost_of or "")) == value


_OPERATORS: dict[str, Callable[[str, World], Match]] = {
    "from": lambda value, _world: lambda post: value in (_handle(post), _number(post)),
    "to": lambda value, world: lambda post: _handle(world.get("x", post.reply_to or "")) == value,
    "conversation_id": lambda value, _world: lambda post: post.thread_id == value,
    "in_reply_to_tweet_id": lambda value, _world: lambda post: post.reply_to == value,
    "quotes_of_tweet_id": lambda value, _world: lambda post: post.quote_of == value,
    "retweets_of": _reposts_of,
    "lang": lambda value, _world: lambda post: post.lang == value,
    "url": lambda value, _world: lambda post: any(value in u for u in _URL.findall(post.text)),
    "is": _is,
    "has": _has,
}


def _number(post: Post) -> str:
    return str(post.author.number) if post.author else ""
