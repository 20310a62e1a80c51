"""The kinds of values a watch-list holds, each refusing what it is not in words for a person.

A refusal reads "cause; remedy". Its place in the file is added by `watchlist.load`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from watchlist.guess import nearest_zone, one_line

_HANDLE = re.compile(r"@?[\w.\-]{1,64}(@[\w.\-]+)?")
_HASHTAG = re.compile(r"#?\w{1,100}")
_DURATION = re.compile(r"(\d{1,6})\s*(m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}
_MAIL = re.compile(r"[^@\s,;<>\"\x00-\x1f]+@[^@\s,;<>\"\x00-\x1f]+\.[^@\s,;<>\".\x00-\x1f]+")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Misplaced(ValueError):
    """A mistake found in one place that stands in another, `path` keys further down."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def handle(value: str) -> str:
    """Return a handle in lower case without its @."""
    if not _HANDLE.fullmatch(value):
        raise ValueError(f"{one_line(value)} is no handle; write one word such as @stadtwerke")
    return value.removeprefix("@").lower()


def account(value: str) -> str:
    """Check an account, `handle` or `platform:handle`, and return it as it is written."""
    platform, colon, name = value.rpartition(":")
    if colon and not platform.isalnum():
        raise ValueError(f"{one_line(value)} is no account; write @handle or x:handle")
    handle(name)
    return value


def split_account(name: str) -> tuple[str | None, str]:
    """Take `x:handle` apart: platform, None for all of them, and the handle in lower case."""
    platform, colon, bare = name.rpartition(":")
    return (platform.lower() if colon else None), handle(bare)


def _hashtag(value: str) -> str:
    if not _HASHTAG.fullmatch(value) or value.removeprefix("#").isdigit():
        joined = re.sub(r"\W+", "", value)
        remedy = f'write "#{joined}"' if joined and not joined.isdigit() else "write #strom"
        raise ValueError(f"{one_line(value)} is no hashtag, which is one word; {remedy}")
    return value.removeprefix("#").lower()


def _term(value: str) -> str:
    if '"' in value or not value.isprintable():
        raise ValueError(
            f"{one_line(value)} cannot be searched for; leave out quotation marks and line breaks"
        )
    return value


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('not a duration; write a number and m, h or d in quotes, such as "4h"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def lasting(least: timedelta, most: timedelta, remedy: str) -> AfterValidator:
    """Return a check that a duration is neither too short nor too long."""

    def check(value: timedelta) -> timedelta:
        if not least <= value <= most:
            raise ValueError(f"too short or too long; write {remedy}")
        return value

    return AfterValidator(check)


def _clock(value: object) -> object:
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('not a time of day; write it in quotes, such as "07:30"')
    return time(int(found[1]), int(found[2]))


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        suggestion = nearest_zone(value) or "Europe/Berlin"
        raise ValueError(f'{one_line(value)} is no time zone; write "{suggestion}"') from None
    return value


def _mail(value: str) -> str:
    if not _MAIL.fullmatch(value):
        raise ValueError(
            f"{one_line(value)} is no e-mail address; write one such as care@example.org"
        )
    return value


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    is_plain = value.isascii() and value.isprintable() and not set(value) & set(' "<>\\`{}?#@')
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise ValueError(
            f"{one_line(value)} is no web address; write one such as https://desk.example.org"
        )
    return value.rstrip("/")


def matching(pattern: str, refusal: str) -> Callable[[str], str]:
    """Return a check that a text matches a pattern, refused with `value refusal`."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f"{one_line(value)} {refusal}")
        return value

    return check


def _list(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(f"a list is needed; write [{one_line(value)}]")
    return value


class Strict(BaseModel):
    """A table: unknown keys are mistakes, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


_Item = TypeVar("_Item")
ListOf = BeforeValidator(_list)
Several = Annotated[tuple[_Item, ...], ListOf]
Handle = Annotated[str, AfterValidator(handle)]
AccountName = Annotated[str, AfterValidator(account)]
Hashtag = Annotated[str, AfterValidator(_hashtag)]
Term = Annotated[str, Field(min_length=2, max_length=100), AfterValidator(_term)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Clock = Annotated[time, BeforeValidator(_clock)]
Zone = Annotated[str, AfterValidator(_zone)]
Mail = Annotated[str, AfterValidator(_mail)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
BrandId = Annotated[
    str,
    AfterValidator(
        matching(
            r"[a-z0-9][a-z0-9-]{0,39}",
            'is no id; write lower-case letters, digits and hyphens, such as "stadtwerke"',
        )
    ),
]
Subreddit = Annotated[
    str,
    AfterValidator(
        matching(r"\w{2,50}", 'is no subreddit; write its name alone, such as "berlin"')
    ),
]
Country = Annotated[
    str,
    AfterValidator(matching(r"[A-Z]{2}", 'is no country; write two capital letters, such as "DE"')),
]
