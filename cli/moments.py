"""Times on the command line: the present, and what people write for `--since` and `--until`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import typer

_AGO = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def now() -> datetime:
    """Return the present, aware and in UTC; the only clock the command reads."""
    return datetime.now(UTC)


def moment(text: str, zone: ZoneInfo, present: datetime, option: str) -> datetime:
    """Read a day, a time or a length of time ago; days and times without zone are local.

    Raises:
        typer.BadParameter: it is none of them.
    """
    words = text.strip().lower()
    if ago := _AGO.fullmatch(words):
        return present - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    today = present.astimezone(zone).date()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    if words in named:
        return datetime.combine(named[words], time(), zone)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no time; write 2026-11-20, 2026-11-20T08:00 or 7d", param_hint=option
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def day(text: str, zone: ZoneInfo, present: datetime, option: str) -> date:
    """Read one local day.

    Raises:
        typer.BadParameter: it is none.
    """
    return moment(text, zone, present, option).astimezone(zone).date()
