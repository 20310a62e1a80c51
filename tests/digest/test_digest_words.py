"""Both languages say everything, with the same places to fill."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.words import Words, catalogue

BERLIN = ZoneInfo("Europe/Berlin")


def places(message: object) -> list[str]:
    texts = message.values() if isinstance(message, dict) else [str(message)]
    return sorted({place for text in texts for place in re.findall(r"\{\w+\}", text)})


def test_the_catalogues_agree() -> None:
    german, english = catalogue("de"), catalogue("en")
    assert german.keys() == english.keys()
    differing = [key for key in german if places(german[key]) != places(english[key])]
    assert not [key for key in differing if not key.endswith("usual")]


def test_every_plural_has_its_forms() -> None:
    for language in ("de", "en"):
        forms = [m for m in catalogue(language).values() if isinstance(m, dict)]
        assert forms
        assert all(form.keys() == {"one", "other"} for form in forms)


@pytest.mark.parametrize(
    ("seconds", "german", "english"),
    [
        (0, "0 Min.", "0 mins"),
        (59, "0 Min.", "0 mins"),
        (60, "1 Min.", "1 min"),
        (24_000, "6 Std. 40 Min.", "6 hrs 40 mins"),
        (90_061, "1 Tg. 1 Std.", "1 day 1 hr"),
        (86_400 * 12 + 120, "12 Tg.", "12 days"),
        (-5, "0 Min.", "0 mins"),
    ],
)
def test_spans(seconds: int, german: str, english: str) -> None:
    assert Words("de", BERLIN).span(seconds).replace("\u00a0", " ") == german
    assert Words("en", BERLIN).span(seconds).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 Min."), (9_000, "2 Std. 30 Min."), (36_060, "10 Std."), (200_000, "55 Std.")],
)
def test_open_time_is_counted_in_hours(seconds: int, shown: str) -> None:
    assert Words("de", BERLIN).open_span(seconds).replace("\u00a0", " ") == shown


def test_a_moment_is_as_short_as_it_is_clear() -> None:
    words, now = Words("de", BERLIN), datetime(2026, 11, 18, 6, 30, tzinfo=UTC)
    assert words.moment(datetime(2026, 11, 18, 23, 30, tzinfo=UTC), now) == "Do. 00:30"
    assert words.moment(datetime(2026, 11, 18, 8, 0, tzinfo=UTC), now) == "09:00"
    assert words.moment(datetime(2026, 10, 24, 22, 30, tzinfo=UTC), now) == "25.10. 00:30"


def test_numbers_and_money_follow_the_language() -> None:
    german, english = Words("de", BERLIN), Words("en", BERLIN)
    assert (german.number(12345.6, 1), english.number(12345.6, 1)) == ("12.345,6", "12,345.6")
    assert (german.money(7.3), english.money(7.3)) == ("7,30\u00a0$", "US$7.30")
    assert (german.percent(0.434), english.percent(0.434)) == ("43\u00a0%", "43%")


def test_an_unknown_code_stands_for_itself() -> None:
    assert Words("de", BERLIN).label("platform", "new_place") == "new place"
