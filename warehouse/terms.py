r"""What is watched, as RE2 patterns: handles, hashtags, names, excluded words, subreddits.

A word ends where no letter, digit or underscore of any script follows: RE2's own `\b` and `\w`
know ASCII only and would find "Müller" in "Müllerei".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from watchlist.model import Brand

_WORD = r"\p{L}\p{M}\p{N}_"
#: Between the words of a name: blanks, hyphens, or nothing (#StadtwerkeKronfurt).
_BETWEEN = r"[\s\p{Pd}_]*"
_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_SPECIAL = re.compile(r"([!-/:-@\[-^`{-~])")


def rows(brand: Brand) -> Iterator[tuple[str, str, str]]:
    """Yield every term of a brand as (kind, term, pattern)."""
    for handle in brand.handles:
        yield "handle", handle, handle_pattern(handle)
    for hashtag in brand.hashtags:
        yield "hashtag", hashtag, hashtag_pattern(hashtag)
    for name in brand.names:
        yield "name", name, name_pattern(name)
    for word in brand.exclude:
        yield "exclude", word, name_pattern(word)
    for subreddit in brand.subreddits:
        yield "subreddit", subreddit, f"/r/{subreddit}/"


def handle_pattern(handle: str) -> str:
    """`@handle`, or Reddit's `u/handle`; not in addresses (a@handle), paths or longer handles."""
    return rf"(?:^|[^{_WORD}@＠/])(?:[@＠]|/?u/){_quote(handle)}(?:[^{_WORD}@＠]|$)"


def hashtag_pattern(hashtag: str) -> str:
    """`#hashtag`; not in an address's fragment and not as part of a longer one."""
    return rf"(?:^|[^{_WORD}&/?])[#＃]{_spelled(hashtag)}(?:[^{_WORD}]|$)"


def name_pattern(name: str) -> str:
    """The name's words, whatever blanks or hyphens are between them, umlauts in both spellings."""
    words = _BETWEEN.join(_spelled(word) for word in name.split())
    return rf"(?:^|[^{_WORD}]){words}(?:[^{_WORD}]|$)"


def _spelled(word: str) -> str:
    letters = unicodedata.normalize("NFC", word).lower()
    return "".join(_SPELLINGS.get(letter, _quote(letter)) for letter in letters)


def _quote(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
