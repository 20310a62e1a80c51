"""Points in time as the demo world writes them down.

| written | means |
|---|---|
| `-3d 14:05` | 14:05 on the wall clock of the brand, three days before the anchor's day |
| `now-2h30m`, `now+1h` | that long before or after the anchor |
| `+25m`, `+1d2h`, `+40s` | that long after the post replied to, or after the start of the stream |
"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"-(\d+)d (\d\d):(\d\d)")
_RELATIVE = re.compile(r"(now[+-]|\+)((?:\d+[dhms])+)")
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


def duration(text: str) -> timedelta:
    """Length of `1d2h30m`."""
    return timedelta(seconds=sum(int(n) * _UNITS[u] for n, u in re.findall(r"(\d+)([dhms])", text)))


def moment(text: str, anchor: datetime, zone: ZoneInfo, base: datetime | None) -> datetime:
    """The aware instant that `text` names.

    Args:
        text: one of the forms in the module's table.
        anchor: the world's "now", aware.
        zone: time zone of wall-clock times.
        base: what `+25m` counts from, the anchor if None.

    Raises:
        ValueError: the text has none of the forms.
    """
    if clock := _CLOCK.fullmatch(text):
        days, hour, minute = (int(part) for part in clock.groups())
        day = anchor.astimezone(zone).date() - timedelta(days=days)
        return datetime.combine(day, time(hour, minute), zone).astimezone(anchor.tzinfo)
    relative = _RELATIVE.fullmatch(text)
    if relative is None:
        raise ValueError(f"not a moment: {text!r}; write '-3d 14:05', 'now-2h' or '+25m'")
    start = base if relative[1] == "+" and base else anchor
    return start + duration(relative[2]) * (-1 if relative[1] == "now-" else 1)
