"""Private data in a text: found by the rules of `lexicons/private_data.toml`, proved by checks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from enrich.lexicon import lexicon
from enrich.private_checks import CHECKS


@dataclass(frozen=True)
class Found:
    """A stretch of text: `text[start:end]` is private, of this kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Rule:
    """A pattern, the kind of what it finds and the check that proves it.

    A text with fewer digits, without any of the hints or of the signs is not searched.
    """

    kind: str
    digits: int
    hints: tuple[str, ...]
    signs: tuple[re.Pattern[str], ...]
    pattern: re.Pattern[str]
    check: Callable[[str, re.Match[str]], tuple[int, int] | None]

    def may_hold(self, lower: str) -> bool:
        """Whether it is worth searching a text, given in lower case, that has enough digits."""
        for hint in self.hints:  # a loop: with any() it takes three times as long
            if hint in lower:
                break
        else:
            if self.hints:
                return False
        return not self.signs or any(sign.search(lower) for sign in self.signs)


def find(text: str, lower: str | None = None) -> list[Found]:
    """What is private in a text, from left to right, without overlaps.

    Args:
        text: Any text.
        lower: The same in lower case, if at hand.

    >>> [found.kind for found in find("Ruft mich an: 0170 1234567")]
    ['phone']
    """
    found: list[Found] = []
    digits = len(_DIGIT.findall(text))
    if not digits and not _MAIL_SIGN.search(text):
        return found
    lower = text.lower() if lower is None else lower
    for rule in _rules():
        if digits < rule.digits or not rule.may_hold(lower):
            continue
        for match in rule.pattern.finditer(text):
            span = rule.check(text, match)
            if span and not any(span[0] < other.end and other.start < span[1] for other in found):
                found.append(Found(rule.kind, *span))
    return sorted(found, key=lambda one: one.start)


def mask(text: str, lang: str = "en") -> str:
    """The text with everything private replaced by its kind in brackets.

    Args:
        text: Any text.
        lang: Language of the reader, "de" or "en".

    >>> mask("Meine IBAN: DE89 3704 0044 0532 0130 00, ruft an: 0170 1234567")
    'Meine IBAN: [IBAN], ruft an: [phone]'
    """
    names = lexicon("private_data")["masks"]
    shown = names.get(lang, names["en"])
    for one in reversed(find(text)):
        text = text[: one.start] + shown[one.kind] + text[one.end :]
    return text


_DIGIT = re.compile(r"\d")
_MAIL_SIGN = re.compile(r"\w\s?@|\bat\b|[(\[{](?:at|ät)[)\]}]", re.IGNORECASE)


@cache
def _rules() -> list[Rule]:
    entries = lexicon("private_data")["rule"]
    return [
        Rule(
            e["kind"],
            e["digits"],
            tuple(e["hints"]),
            tuple(re.compile(sign) for sign in e.get("sign", ())),
            re.compile(e["pattern"], re.IGNORECASE),
            CHECKS[e["check"]],
        )
        for e in entries
    ]
