"""Take values out of other people's JSON without trusting its shape."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any, TypeAlias

import orjson

#: Whatever a platform has sent: any JSON value.
Json: TypeAlias = Any

_BIGGEST_COUNT = 2**63 - 1


def as_text(value: object) -> str | None:
    """A non-empty string as it is, a number as digits, anything else as None."""
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def as_count(value: object) -> int | None:
    """A whole number that a database column can hold; None for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= _BIGGEST_COUNT else None


def as_dicts(value: object) -> list[dict[str, Any]]:
    """The dictionaries in a list; an empty list for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def as_time(value: object) -> datetime | None:
    """An ISO 8601 text with a zone, or seconds since 1970, as an aware time in UTC."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.astimezone(UTC) if moment.tzinfo else None
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def parse(content: bytes) -> Json:
    """Parse JSON, tolerating what Python does (half a surrogate pair, huge numbers).

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            return json.loads(content)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def dump(value: Json) -> bytes:
    """Write JSON in one line of valid UTF-8, whatever a platform has sent."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return orjson.dumps(_clean(value))


def raw(value: Json) -> str:
    """Write JSON as text, for the table of rejects."""
    return dump(value).decode()


def _clean(value: Json) -> Json:
    """Replace what JSON in UTF-8 cannot hold: lone surrogates, not-a-numbers, endless numbers."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case bool() | None:
            return value
        case int():
            return value if -(2**63) <= value < 2**64 else str(value)
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple():
            return [_clean(one) for one in value]
        case dict():
            return {_clean(str(key)): _clean(one) for key, one in value.items()}
    return repr(value)
