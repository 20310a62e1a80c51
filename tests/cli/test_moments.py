"""Days and times as people write them, in the brand's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import typer

from cli.moments import day, moment, now

BERLIN = ZoneInfo("Europe/Berlin")
PRESENT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # already the second of July in Berlin


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-30", "2026-06-29T22:00:00+00:00"),
        ("2026-06-30T08:00", "2026-06-30T06:00:00+00:00"),
        ("2026-06-30 08:00Z", "2026-06-30T08:00:00+00:00"),
        ("2026-01-15", "2026-01-14T23:00:00+00:00"),
        ("today", "2026-07-01T22:00:00+00:00"),
        ("Yesterday", "2026-06-30T22:00:00+00:00"),
        ("90m", "2026-07-01T21:00:00+00:00"),
        ("7d", "2026-06-24T22:30:00+00:00"),
        ("2w", "2026-06-17T22:30:00+00:00"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert moment(text, BERLIN, PRESENT, "--since").astimezone(UTC).isoformat() == expected


@pytest.mark.parametrize("text", ["", "soon", "31.12.2026", "2026-13-01", "-7d", "7y", "\x1b[31m"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no time; write 2026-11-20") as caught:
        moment(text, BERLIN, PRESENT, "--since")
    assert "\x1b" not in str(caught.value)


def test_days_are_local() -> None:
    assert day("today", BERLIN, PRESENT, "--date") == date(2026, 7, 2)
    assert day("2026-11-20", BERLIN, PRESENT, "--date") == date(2026, 11, 20)


def test_the_clock_is_aware() -> None:
    assert now().tzinfo is UTC
