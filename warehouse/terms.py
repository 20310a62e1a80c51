r"""What is watched, as RE2 patterns: handles, hashtags, names, excluded words, subreddits.

A word ends where no letter, digit or underscore of any script follows: RE2's own `\b` and `\w`
know ASCII only and would find "Müller" in "Müllerei".

Names are found in German cases (bei den Stadtwerken Kronfurt, Kronbahns Fahrplan) and joined to
everyday words (Kronbahnchaos, #kronbahnapp; `enrich/lexicons/mentions.toml`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from enrich.lexicon import lexicon
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
#: Plurals that companies are called by.
_PLURALS = ("werke", "betriebe", "dienste")
#: Letters from which a name is told from other words by itself: Acmes may be anything.
_LONG = 5
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
            yield kind, word, named(word) if kind == "name" else spelled(word)


def one_of(kind: str, patterns: Sequence[str]) -> str | None:
    """Join the patterns of one kind into one that finds any of the terms, whatever their case.

    What stands around a term is written once: RE2 takes long to compile it.
    """
    before, after = _FRAMES[kind]
    return f"(?i){before}(?:{'|'.join(patterns)}){after}" if patterns else None


def spelled(term: str) -> str:
    """A term's words, whatever blanks or hyphens are between them, umlauts in both spellings."""
    return _BETWEEN.join(_spelled(word) for word in term.split())


def named(name: str) -> str:
    """A name's words as `spelled`, in their cases, and what may be joined to the last one."""
    *front, last = name.split()
    words = [_spelled(word) + _case(word, bool(front)) for word in (*front, last)]
    genitive = "s?" if len(last) >= _LONG and last[-1].lower() not in "sßxz" else ""
    joined = f"(?:[ns]|en|e)?{_joined()}" if len(last) >= _LONG and last.isalpha() else ""
    return _BETWEEN.join(words) + (f"(?:{genitive}|{joined})" if joined else genitive)


def _case(word: str, is_one_of_several: bool) -> str:
    """What an adjective or plural may take on: (die) Kronfurter Werke, (bei den) Werken."""
    if is_one_of_several and word.endswith("e"):
        return "[mnrs]?"
    return "n?" if word.lower().endswith(_PLURALS) else ""


@cache
def _joined() -> str:
    """Everyday words that make a compound with a name, in their cases."""
    words = "|".join(_spelled(word) for word in lexicon("mentions")["joined"])
    return rf"(?:{words})(?:s|n|en|e|er|in|innen)?"


def _spelled(word: str) -> str:
    letters = unicodedata.normalize("NFC", word).lower()
    return "".join(_SPELLINGS.get(letter, _quote(letter)) for letter in letters)


def _quote(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
