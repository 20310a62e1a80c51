"""X search queries: what a watch-list's terms look like, packed as tightly as X allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from collectors.errors import Refused

#: Recent search takes at most this many characters in a query.
MAX_QUERY = 512

_HANDLE = re.compile(r"\w{1,15}", re.ASCII)


def is_handle(handle: str) -> bool:
    """Tell whether X could have such a handle; other platforms' handles have dots and hosts."""
    return _HANDLE.fullmatch(handle) is not None


def phrase(text: str) -> str:
    """Quote a term so that X finds exactly these words and sees no operators in it."""
    return '"' + " ".join(text.replace('"', " ").split()) + '"'


def term(topic: str) -> str:
    """Turn a topic's name into a search term: `@h`, `#t`, `name:…`, `own:@h`, `thread:id`."""
    kind, colon, value = topic.partition(":")
    if not colon:
        return topic
    match kind:
        case "name":
            return phrase(value)
        case "own":
            return f"from:{value.removeprefix('@')}"
        case "thread":
            return f"conversation_id:{value}"
    raise ValueError(f"X has no topic {topic!r}")


def suffix(exclude: Iterable[str]) -> str:
    """Write what every search query ends with: excluded terms, and no reposts.

    Since May 2026 keyword search returns no reposts of its own accord; saying so costs twelve
    characters, the opposite would cost half a cent for every repost of a viral post.
    """
    return "".join(f" -{phrase(text)}" for text in exclude) + " -is:retweet"


def pack(topics: Sequence[str], ending: str = "") -> Iterator[tuple[tuple[str, ...], str]]:
    """Pack topics into queries of at most `MAX_QUERY` characters, in order.

    Yields:
        The topics of one query, and the query.

    Raises:
        Refused: one term with the ending is already too long.
    """
    packed: list[str] = []
    for topic in topics:
        if len(query([topic], ending)) > MAX_QUERY:
            raise Refused(
                "x",
                f"the search for {topic} with all excluded terms is longer than {MAX_QUERY}",
                "shorten the brand's `exclude` in the watch-list",
            )
        if packed and len(query([*packed, topic], ending)) > MAX_QUERY:
            yield tuple(packed), query(packed, ending)
            packed = []
        packed.append(topic)
    if packed:
        yield tuple(packed), query(packed, ending)


def query(topics: Sequence[str], ending: str) -> str:
    """Write one query that finds posts with any of the topics."""
    terms = " OR ".join(term(topic) for topic in topics)
    return (f"({terms})" if len(topics) > 1 else terms) + ending
