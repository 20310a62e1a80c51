"""Ids as the platforms make them: X's grow with time, Reddit's are counters in base 36."""

import zlib
from datetime import UTC, datetime, timedelta

X_EPOCH_MS = 1_288_834_974_657
"""Start of X's snowflake clock, 4 November 2010, in Unix milliseconds."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """Unix time of `at` in milliseconds."""
    return (at - _UNIX) // timedelta(milliseconds=1)


def snowflake(at: datetime, key: str = "") -> str:
    """An X id for a post made at `at`; `key` tells posts of the same millisecond apart."""
    return str((milliseconds(at) - X_EPOCH_MS << 22) | (zlib.crc32(key.encode()) & 0x3FFFFF))


def snowflake_time(post_id: str) -> datetime:
    """When the X post with this id was made, to the millisecond."""
    return _UNIX + timedelta(milliseconds=(int(post_id) >> 22) + X_EPOCH_MS)


def base36(number: int) -> str:
    """`number` ≥ 0 in base 36, lower case."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def reddit_id(at: datetime, key: str) -> str:
    """A Reddit id (without `t3_`) that grows with time."""
    return base36(milliseconds(at) // 10 * 1024 + (zlib.crc32(key.encode()) & 0x3FF))


def author_number(handle: str) -> int:
    """A stable number for an author's name."""
    return 1_000_000_000 + zlib.crc32(handle.lower().encode())
