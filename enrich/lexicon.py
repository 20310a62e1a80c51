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
