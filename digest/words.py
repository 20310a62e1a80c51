"""A language: its messages from `locale/*.toml`, and its numbers, dates and spans from Babel."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

FOLDER = Path(__file__).parent / "locale"
_LONG_SECONDS = 10 * 3_600  # from here on minutes say nothing
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@cache
def catalogue(language: str) -> dict[str, Any]:
    """The messages of a language as `section.key` → text or plural forms."""
    tree = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{key}": message
        for section, messages in tree.items()
        if isinstance(messages, dict)
        for key, message in messages.items()
    } | {key: value for key, value in tree.items() if isinstance(value, str)}


class Words:
    """Messages and figures of one language in one time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.language = language
        self.messages = catalogue(language)
        self.locale = Locale.parse(self.messages["locale"])
        self.zone = zone

    def __call__(self, key: str, **values: object) -> str:
        """The message `key` with its placeholders filled.

        Raises:
            KeyError: the catalogue has no such message.
        """
        return str(self.messages[key]).format(**values)

    def count(self, key: str, count: int) -> str:
        """The message `key` in the plural form that `count` asks for."""
        forms = self.messages[key]
        form = forms.get(self.locale.plural_form(count), forms["other"])
        return str(form).format(count=self.number(count))

    def label(self, group: str, key: str) -> str:
        """The word for a code such as `platform.x`; an unknown code stands for itself."""
        return str(self.messages.get(f"{group}.{key}", key.replace("_", " ")))

    def number(self, value: float, digits: int = 0) -> str:
        """A figure with at most `digits` decimals."""
        return format_decimal(round(value, digits), locale=self.locale)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as per cent."""
        return format_percent(share, locale=self.locale)

    def money(self, usd: float) -> str:
        """US dollars."""
        return format_currency(usd, "USD", locale=self.locale)

    def span(self, seconds: float) -> str:
        """A length of time in its two largest units, "1 Tg. 3 Std."."""
        return self._units(seconds, _UNITS)

    def open_span(self, seconds: float) -> str:
        """A length of open time: never in days, because a day of service is not 24 hours."""
        whole_hours = seconds >= _LONG_SECONDS
        return self._units(seconds - seconds % 3600 if whole_hours else seconds, _UNITS[1:])

    def _units(self, seconds: float, units: Sequence[tuple[int, str]]) -> str:
        left = max(int(seconds), 0)
        parts: list[str] = []
        for size, unit in units:
            amount, left = divmod(left, size)
            if amount or (unit == "minute" and not parts):
                parts.append(format_unit(amount, unit, length="short", locale=self.locale))
            elif parts:
                break
        return "\u00a0".join(parts[:2]).replace("\u202f", "\u00a0").replace(" ", "\u00a0")

    def day(self, day: date) -> str:
        """A day with weekday and month in words."""
        return format_date(day, "full", locale=self.locale)

    def days(self, first: date, last: date) -> str:
        """A stretch of days, "9.–15. November 2026"."""
        return format_interval(first, last, "yMMMMd", locale=self.locale).replace("\u2009", "")

    def short_day(self, day: date) -> str:
        """A day as day and month in digits."""
        return format_date(day, self.messages["day_pattern"], locale=self.locale)

    def weekday(self, number: int, width: str = "abbreviated") -> str:
        """The name of a weekday, Monday = 0."""
        names = self.locale.days["stand-alone"]
        return str(names.get(width, names["wide"])[number]).rstrip(".")

    def time(self, moment: datetime) -> str:
        """Hour and minute on the brand's clock."""
        return format_time(moment, "HH:mm", tzinfo=self.zone, locale=self.locale)

    def moment(self, moment: datetime, now: datetime) -> str:
        """A point in time as briefly as it is clear: time alone for today, else with the day."""
        local, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        if local.date() == today:
            return self.time(moment)
        near = abs(local.date() - today) < timedelta(days=6)
        pattern = "EEE HH:mm" if near else self.messages["moment_pattern"]
        return format_datetime(local, pattern, tzinfo=self.zone, locale=self.locale)

    def listing(self, parts: list[str]) -> str:
        """Several things joined as one would say them, "a, b und c"."""
        return format_list(parts, locale=self.locale)
