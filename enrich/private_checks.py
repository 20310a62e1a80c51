"""Checks that prove what the rules of `lexicons/private_data.toml` find.

Each takes a text and a match and returns what is private of it, or None: check digits, the shape
and length of a number, and the words in front of it.
"""

import re
from collections.abc import Callable
from functools import cache

from stdnum import iban, luhn

from enrich.lexicon import any_of, lexicon

Span = tuple[int, int]


_NO_DIGITS = re.compile(r"\D+")


@cache
def _terms(name: str) -> re.Pattern[str]:
    return any_of(_list(name))


@cache
def _list(name: str) -> frozenset[str]:
    value = lexicon("private_data")["checks"][name]
    return frozenset(value.split() if isinstance(value, str) else value)


def _digits(text: str) -> str:
    return _NO_DIGITS.sub("", text)


def _whole(match: re.Match[str]) -> Span:
    return match.span("value") if match.groupdict().get("value") else match.span()


def _just_before(text: str, start: int, terms: str, reach: int = 24) -> bool:
    """Whether one of the terms stands right before, with no more than small words between."""
    before = text[max(0, start - reach) : start]
    ends = [found.end() for found in _terms(terms).finditer(before)]
    return bool(ends) and not re.search(r"[!?;]|\w+\W+\w+\W+\w+\W*$", before[ends[-1] :])


def _always(text: str, match: re.Match[str]) -> Span | None:
    return None if _just_before(text, match.start(), "business") else _whole(match)


def _iban(text: str, match: re.Match[str]) -> Span | None:
    """The longest beginning of the match whose check digits are right (words may follow it)."""
    for end in range(match.end(), match.start() + 14, -1):
        whole = text[end - 1].isalnum() and (end == len(text) or not text[end].isalnum())
        if whole and iban.is_valid(
            re.sub(r"[^A-Za-z0-9]", "", text[match.start() : end]), check_country=False
        ):
            return match.start(), end
    return None


def _card(text: str, match: re.Match[str]) -> Span | None:
    number = _digits(match.group())
    if not _ISSUED.match(number) or len(set(number)) < 2 or not luhn.is_valid(number):
        return None
    return None if _just_before(text, match.start(), "other_numbers") else match.span()


#: Beginnings and lengths that are issued (ISO/IEC 7812; the schemes' own pages).
_ISSUED = re.compile(
    r"(?:4\d{12}(?:\d{3}){0,2}|5\d{15}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|095|[689]\d)\d{11}|35\d{14}"
    r"|6\d{15,18})$"
)


_SPACED_MAIL = re.compile(r"[\w+-]+(?:[._-][\w+-]+|\d) @ [\w-]+(?:\.[\w-]+)+")


def _mailbox(text: str, match: re.Match[str]) -> Span | None:
    said = match.group().lower()
    name = re.split(r"[@(\[{\s]", said)[0]
    if " at " in said and (
        not re.search(r"dot|punkt|mail", said) or name.isdigit() or name in _list("no_mailboxes")
    ):
        return None
    if re.search(r"\s@|@\s", said) and not _SPACED_MAIL.fullmatch(said):
        return None  # a price, a place, or a handle behind the end of a sentence
    return None if name in _list("offices") else match.span()


def _five_digits(_text: str, match: re.Match[str]) -> Span | None:
    value = match["value"].rstrip(" .-/")
    start = match.start("value")
    return (start, start + len(value)) if len(_digits(value)) >= 5 else None


def _phone(text: str, match: re.Match[str], shortest: int, longest: int = 15) -> Span | None:
    start, end = _whole(match)
    number = _digits(text[start:end])
    if not shortest <= len(number) <= longest or _is_published(text[start:end], number):
        return None
    if (
        _DATE.search(text[start:end])
        or len(set(number)) < 3
        or _just_before(text, start, "other_numbers")
    ):
        return None
    return start, end


def _is_published(written: str, number: str) -> bool:
    """Whether a company's line that callers pay for or share the cost of: nobody's own."""
    is_free = len(number) == 10 and number[:3] in _list("free_area_codes")
    shapes = (re.fullmatch(shape, written) for shape in _list("office_shapes"))
    return is_free or number.startswith(tuple(_list("office_lines"))) or any(shapes)


_DATE = re.compile(
    r"^\(?\d{1,2}[./-]\d{1,2}[./-](?:\d{2}(?!\.\d\d)|\d{4})(?!\d)|^\d{4}-\d{2}-\d{2}|^0\d[.:]\d{2}\s?-|^0\d-\d{2}(?!\d)|^0\d\.\d{2}(?!\d|(?:\.\d\d){3})"
)


def _international(text: str, match: re.Match[str]) -> Span | None:
    return _phone(text, match, 9)


def _national(text: str, match: re.Match[str]) -> Span | None:
    return _phone(text, match, 8, 13)


def _american(text: str, match: re.Match[str]) -> Span | None:
    return _phone(text, match, 10, 11)


def _called(text: str, match: re.Match[str]) -> Span | None:
    return _phone(text, match, 6)


def _street(text: str, match: re.Match[str]) -> Span | None:
    start, end = _whole(match)
    street = re.split(r"\s*\d", text[start:end].lower())[0].strip()
    if street in _list("no_streets") or _just_before(text, start, "business", 30):
        return None
    return start, end


def _english_street(text: str, match: re.Match[str]) -> Span | None:
    return None if _just_before(text, match.start(), "business") else match.span()


def _place(text: str, match: re.Match[str]) -> Span | None:
    name = match.lastgroup
    return match.span(name) if name else None


def _numbered(_text: str, match: re.Match[str]) -> Span | None:
    return match.span() if _digits(match.group()) else None


def _german_plate(text: str, match: re.Match[str]) -> Span | None:
    if match["region"] not in _list("regions"):
        return None
    if _just_before(text, match.start(), "plate_look_alikes"):
        return None
    around = text[max(0, match.start() - 60) : match.end() + 40]
    sure = (
        match["joint"] == "-"
        and match["region"] not in _list("no_plates")
        and match["letters"] not in _list("sizes")
        and len(match["digits"]) >= 2
        and len(match["region"] + match["letters"]) >= 3
        and (len(match["letters"]) == 2 or not text[match.start("digits") - 1].isalpha())
    )
    return match.span() if sure or _terms("plate_cues").search(around) else None


def _austrian_plate(text: str, match: re.Match[str]) -> Span | None:
    around = text[max(0, match.start() - 60) : match.end() + 40]
    is_region = match["region"] in _list("austrian_regions")
    return match.span() if is_region and _terms("plate_cues").search(around) else None


CHECKS: dict[str, Callable[[str, re.Match[str]], Span | None]] = {
    "always": _always,
    "american": _american,
    "austrian_plate": _austrian_plate,
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
    "numbered": _numbered,
    "place": _place,
    "street": _street,
}
