r"""What is watched, as RE2 patterns: handles, hashtags, names, excluded words, subreddits.

A word ends where no letter, digit or underscore of any script follows: RE2's own `\b` and `\w`
know ASCII only and would find "Müller" in "Müllerei".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from watchlist.model import Brand

#: Letters, accents and digits, script by script, and the rare signs between them. `\p{L}` and its
#: like would say it exactly, but RE2 takes 10 ms to compile each and this a tenth of that.
_WORD = (
    "0-9A-Z_a-zªµºÀ-ÖØ-öø-\u037d\u037f-\u0386\u0388-\u055a\u0560-\u0588\u0591-\u060b"
    "\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u0963\u0966-\u1fff\u2c00-\u2dff"
    "\u3005-\u3007\u3021-\u302f\u3031-\ud7ff\uf900-\ufdff\ufe20-\ufe2f\ufe70-\ufefe"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
    "\U00010000-\U0001efff\U00020000-\U0010ffff"
)
#: Between the words of a name: blanks, hyphens, or nothing (#StadtwerkeKronfurt).
_BETWEEN = r"[\s\p{Pd}_]*"
_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_SPECIAL = re.compile(r"([!-/:-@\[-^`{-~])")


#: What stands before and after a term of each kind: no address, no path, no longer word.
_FRAMES = {
    "handle": (rf"(?:^|[^{_WORD}@＠/])(?:[@＠]|/?u/)", rf"(?:[^{_WORD}@＠]|$)"),
    "hashtag": (rf"(?:^|[^{_WORD}&/?])[#＃]", rf"(?:[^{_WORD}]|$)"),
    "name": (rf"(?:^|[^{_WORD}])", rf"(?:[^{_WORD}]|$)"),
    "exclude": (rf"(?:^|[^{_WORD}])", rf"(?:[^{_WORD}]|$)"),
    "subreddit": ("/r/", "/"),
}


def rows(brand: Brand) -> Iterator[tuple[str, str, str]]:
    """Yield every term of a brand as (kind, term, pattern of the term alone)."""
    terms = {
        "handle": brand.handles,
        "hashtag": brand.hashtags,
        "name": brand.names,
        "exclude": brand.exclude,
        "subreddit": brand.subreddits,
    }
    for kind, words in terms.items():
        for word in words:
            yield kind, word, spelled(word)


def one_of(kind: str, patterns: Sequence[str]) -> str | None:
    """Join the patterns of one kind into one that finds any of the terms, whatever their case.

    What stands around a term is written once: RE2 takes long to compile it.
    """
    before, after = _FRAMES[kind]
    return f"(?i){before}(?:{'|'.join(patterns)}){after}" if patterns else None


def spelled(term: str) -> str:
    """A term's words, whatever blanks or hyphens are between them, umlauts in both spellings."""
    return _BETWEEN.join(_spelled(word) for word in term.split())


def _spelled(word: str) -> str:
    letters = unicodedata.normalize("NFC", word).lower()
    return "".join(_SPELLINGS.get(letter, _quote(letter)) for letter in letters)


def _quote(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
