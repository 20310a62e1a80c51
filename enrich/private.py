"""Private data in a text: found by the rules of `lexicons/private_data.toml`, proved by checks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from stdnum import iban, luhn

from enrich.lexicon import any_of, lexicon


@dataclass(frozen=True)
class Found:
    """A stretch of text: `text[start:end]` is private, of this kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Rule:
    """A pattern, the kind of what it finds and the check that proves it.

    A text with fewer digits, or without any of the hints (if there are some), is not searched.
    """

    kind: str
    digits: int
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    check: Callable[[str, re.Match[str]], tuple[int, int] | None]


def find(text: str) -> list[Found]:
    """What is private in a text, from left to right, without overlaps.

    >>> [found.kind for found in find("Ruft mich an: 0170 1234567")]
    ['phone']
    """
    found: list[Found] = []
    digits = len(_DIGIT.findall(text))
    if not digits and not _MAIL_SIGN.search(text):
        return found
    lower = text.lower()
    for rule in _rules():
        if digits < rule.digits or (rule.hints and not any(hint in lower for hint in rule.hints)):
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
_DIGITS = re.compile(r"\D+")


@cache
def _rules() -> list[Rule]:
    entries = lexicon("private_data")["rule"]
    return [
        Rule(
            e["kind"],
            e["digits"],
            tuple(e["hints"]),
            re.compile(e["pattern"], re.IGNORECASE),
            _CHECKS[e["check"]],
        )
        for e in entries
    ]


@cache
def _terms(name: str) -> re.Pattern[str]:
    return any_of(_list(name))


@cache
def _list(name: str) -> frozenset[str]:
    value = lexicon("private_data")["checks"][name]
    return frozenset(value.split() if isinstance(value, str) else value)


def _digits(text: str) -> str:
    return _DIGITS.sub("", text)


def _whole(match: re.Match[str]) -> tuple[int, int]:
    return match.span("value") if "value" in match.re.groupindex else match.span()


def _just_before(text: str, start: int, terms: str, reach: int = 24) -> bool:
    """Whether one of the terms stands right before, with no more than small words between."""
    before = text[max(0, start - reach) : start]
    ends = [found.end() for found in _terms(terms).finditer(before)]
    return bool(ends) and not re.search(r"[!?;]|\w+\W+\w+\W+\w+\W*$", before[ends[-1] :])


def _always(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return None if _just_before(text, match.start(), "business") else _whole(match)


def _iban(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The longest beginning of the match whose check digits are right (words may follow it)."""
    for end in range(match.end(), match.start() + 14, -1):
        whole = text[end - 1].isalnum() and (end == len(text) or not text[end].isalnum())
        if whole and iban.is_valid(
            re.sub(r"[^A-Za-z0-9]", "", text[match.start() : end]), check_country=False
        ):
            return match.start(), end
    return None


def _card(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    number = _digits(match.group())
    right = (13 <= len(number) <= 19 and number[0] in "3456") or (
        len(number) == 16 and number[0] == "2"
    )
    if not right or len(set(number)) < 2 or not luhn.is_valid(number):
        return None
    return None if _just_before(text, match.start(), "other_numbers") else match.span()


def _mailbox(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    spelled_out = " at " in match.group().lower()
    if spelled_out and not re.search(r"dot|punkt|mail", match.group().lower()):
        return None
    name = re.split(r"@|\(|\[|\{|\s", match.group().lower())[0]
    return None if name in _list("offices") else match.span()


def _five_digits(_text: str, match: re.Match[str]) -> tuple[int, int] | None:
    value = match["value"].rstrip(" .-/")
    start = match.start("value")
    return (start, start + len(value)) if len(_digits(value)) >= 5 else None


def _phone(
    text: str, match: re.Match[str], shortest: int, longest: int = 15
) -> tuple[int, int] | None:
    start, end = _whole(match)
    number = _digits(text[start:end])
    if not shortest <= len(number) <= longest or number.startswith(tuple(_list("office_lines"))):
        return None
    if (
        _DATE.search(text[start:end])
        or len(set(number)) < 3
        or _just_before(text, start, "other_numbers")
    ):
        return None
    return start, end


_DATE = re.compile(
    r"^\(?\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})(?!\d)|^\d{4}-\d{2}-\d{2}|^0\d[.:]\d{2}\s?-|^0\d-\d{2}(?!\d)|^0\d\.\d{2}(?!\d)"
)


def _international(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return _phone(text, match, 9)


def _national(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return _phone(text, match, 8, 13)


def _american(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return _phone(text, match, 10, 11)


def _called(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return _phone(text, match, 6)


def _street(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    street = re.split(r"\s*\d", match.group().lower())[0].strip()
    if street in _list("no_streets") or _just_before(text, match.start(), "business", 30):
        return None
    return match.span()


def _english_street(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    return None if _just_before(text, match.start(), "business") else match.span()


def _german_plate(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    if match["region"] not in _list("regions") or match["region"] in _list("no_plates"):
        return None
    around = text[max(0, match.start() - 60) : match.end() + 40]
    sure = (
        match["joint"] == "-"
        and match["letters"] not in _list("sizes")
        and len(match["digits"]) >= 2
        and len(match["region"] + match["letters"]) >= 3
    )
    return match.span() if sure or _terms("plate_cues").search(around) else None


_CHECKS: dict[str, Callable[[str, re.Match[str]], tuple[int, int] | None]] = {
    "always": _always,
    "american": _american,
    "called": _called,
    "called_plate": lambda _text, match: (
        match.span("value") if len(_digits(match["value"])) else None
    ),
    "card": _card,
    "english_street": _english_street,
    "five_digits": _five_digits,
    "german_plate": _german_plate,
    "iban": _iban,
    "international": _international,
    "mailbox": _mailbox,
    "national": _national,
    "street": _street,
}
