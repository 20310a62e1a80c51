"""Word lists and rules as data: one TOML file each under `lexicons/`.

A term is written as people write it: a blank stands for any white space, `*` for further letters
of the word, `…` for up to five words between. Case does not matter.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicons"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon `lexicons/<name>.toml` as read."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def term_pattern(term: str) -> str:
    r"""One term as a regular expression.

    >>> bool(re.search(term_pattern("hotline*"), "die hotlinenummer"))
    True
    """
    escaped = re.escape(term.strip()).replace(r"\*", r"\w*")
    escaped = re.sub(r"(?:\\ )?…(?:\\ )?", lambda _: r"(?:\W+\w+){0,5}?\W+", escaped)
    return rf"(?<!\w){escaped.replace(chr(92) + ' ', chr(92) + 's+')}(?!\w)"


def any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of some terms."""
    return re.compile("|".join(term_pattern(term) for term in terms) or r"(?!)", re.IGNORECASE)


class Terms:
    """Finds terms fast: tries a pattern only where its longest word stands in the text.

    >>> terms = Terms(["hat … geklappt", "hotline*"])
    >>> [match.group() for match in terms.find("Hat jetzt geklappt!")]
    ['Hat jetzt geklappt']
    """

    def __init__(self, terms: Iterable[str]) -> None:
        anchored: dict[str, list[str]] = {}
        for term in terms:
            anchor = max(re.split(r"[\s*…]+", term.lower()), key=len)
            anchored.setdefault(anchor, []).append(term)
        self.patterns = [(anchor, any_of(group)) for anchor, group in anchored.items()]

    def find(self, text: str, lower: str | None = None) -> list[re.Match[str]]:
        """All matches, anchor by anchor; `lower` is the text in lower case, if at hand."""
        lower = text.lower() if lower is None else lower
        hits = [pattern for anchor, pattern in self.patterns if anchor in lower]
        return [match for pattern in hits for match in pattern.finditer(text)]
