"""Word lists and rules as data: one TOML file each under `lexicons/`.

A term is written as people write it: a blank stands for any white space, `*` for further letters
of the word, `…` for up to five words between. Case does not matter.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
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


START = 4
"""Letters of a word that `beginnings` keeps."""

_BEGIN = re.compile(rf"(\w{{1,{START}}})\w*")


def beginnings(lower: str) -> frozenset[str]:
    """The first letters of each word of a text in lower case.

    >>> sorted(beginnings("wo ist die hotline"))
    ['die', 'hotl', 'ist', 'wo']
    """
    return frozenset(_BEGIN.findall(lower))


class Terms:
    """Finds terms fast: tries a pattern only where its longest word stands in the text.

    Which words may stand there is told by their first letters (`beginnings`), for all terms in one
    go; only terms whose longest word may begin within a word are looked for one by one.

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
        self.by_start: dict[str, list[int]] = {}
        self.anywhere: list[int] = []
        for at, (anchor, group) in enumerate(anchored.items()):
            start = _start(anchor, group)
            (self.by_start.setdefault(start, []) if start else self.anywhere).append(at)
        self.starts = frozenset(self.by_start)

    def find(
        self, text: str, lower: str | None = None, begins: frozenset[str] | None = None
    ) -> list[re.Match[str]]:
        """All matches, anchor by anchor.

        Args:
            text: Where to look.
            lower: The text in lower case, if at hand.
            begins: Its `beginnings`, if at hand.
        """
        lower = text.lower() if lower is None else lower
        begins = beginnings(lower) if begins is None else begins
        if self.starts.isdisjoint(begins):
            near = self.anywhere
        else:
            near = [at for start in self.starts & begins for at in self.by_start[start]]
            near = sorted(near + self.anywhere)
        hits = [at for at in near if self.patterns[at][0] in lower]
        return [match for at in hits for match in self.patterns[at][1].finditer(text)]


class TermGroups:
    """Several `Terms` by name: tells in one go which of them are worth searching a text for.

    >>> groups = TermGroups({"way": Terms(["hotline*"]), "end": Terms(["hat … geklappt"])})
    >>> groups.near("die hotline!", beginnings("die hotline!"))
    {'way'}
    """

    def __init__(self, groups: Mapping[str, Terms]) -> None:
        self.anywhere: list[tuple[str, str]] = []
        self.by_start: dict[str, list[str]] = {}
        for name, terms in groups.items():
            self.anywhere += [(terms.patterns[at][0], name) for at in terms.anywhere]
            for start in terms.starts:
                self.by_start.setdefault(start, []).append(name)
        self.starts = frozenset(self.by_start)

    def near(self, lower: str, begins: frozenset[str]) -> set[str]:
        """Names of those that may stand in a text.

        Args:
            lower: The text in lower case.
            begins: Its `beginnings`.
        """
        names = {name for start in self.starts & begins for name in self.by_start[start]}
        names.update(name for anchor, name in self.anywhere if anchor in lower)
        return names


def _start(anchor: str, terms: Iterable[str]) -> str | None:
    """What a word that holds the anchor must begin with; None if it cannot be told."""
    found = re.match(rf"\w{{1,{START}}}", anchor)
    if not found:
        return None
    for term in terms:
        before, behind = term.lower().split(anchor, 1)
        open_end = behind.startswith("*") and found.end() == len(anchor) < START
        if before.endswith("*") or open_end:
            return None
    return found.group()
