"""What may be shown to a person: text that strangers wrote, made harmless, and how long ago."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import timedelta

_SPACES = re.compile(r"\s+")
#: Terminal commands as a whole, so that their letters and numbers do not stay behind.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor, screen
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\x9c|$)"  # titles, links, clipboard
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|\x1b.?",
    re.DOTALL,
)
#: Joiners that build emoji families and Persian words; anywhere else they only hide words.
_USEFUL_JOINERS = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|(?<=[\u0600-\u06ff])\u200c"
)
_MARKS_IN_A_ROW = 3


def visible(text: str) -> str:
    """Return a text without characters nobody sees, which turn writing around or split words."""
    useful = {found.start() for found in _USEFUL_JOINERS.finditer(text)}
    return "".join(
        char
        for place, char in enumerate(text)
        if unicodedata.category(char) != "Cf" or place in useful
    )


def harmless(text: str) -> str:
    """Return a text in one line without anything that a terminal or a reader's eye obeys.

    Terminal escapes, control characters, changes of writing direction, lone surrogates and
    towers of accents go; letters of every script, emoji and ordinary punctuation stay.
    """
    kept: list[str] = []
    marks = 0
    for char in _SPACES.sub(" ", visible(_ESCAPES.sub("", text))).strip():
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS_IN_A_ROW:
            continue
        kept.append("\N{REPLACEMENT CHARACTER}" if category in ("Cc", "Cs") else char)
    return "".join(kept)


def age(seconds: float | None) -> str:
    """Return a length of time in the two units that matter: "45 s", "2 h 10 min", "3 d 4 h"."""
    if seconds is None:
        return "–"
    sign = "−" if seconds < 0 else ""
    whole = timedelta(seconds=abs(round(seconds)))
    hours, rest = divmod(whole.seconds, 3600)
    minutes = rest // 60
    if whole.days:
        first, second = f"{whole.days} d", f"{hours} h" if hours else ""
    elif hours:
        first, second = f"{hours} h", f"{minutes} min" if minutes else ""
    elif minutes:
        first, second = f"{minutes} min", ""
    else:
        first, second = f"{whole.seconds} s", ""
    return sign + " ".join(part for part in (first, second) if part)


def is_terminal() -> bool:
    """Whether somebody looks at the standard output."""
    return sys.stdout.isatty()
