"""What strangers write does nothing to a terminal, and ages read like speech."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.terminal import age, harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrot\x1b[0m", "rot"),
        ("\x1b]0;new title\x07after", "after"),
        ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x1b[2J\x1b[H gone", "gone"),
        ("\x9b31mrot", "rot"),
        ("\x1bPq#0;2;0;0;0\x1b\\sixel", "sixel"),
        ("\x1b]52;c;cm0gLXJm", ""),
        ("a\x00b\x07c\x08d", "a\ufffdb\ufffdc\ufffdd"),
        ("line\r\nline\ttab\u2028sep", "line line tab sep"),
        ("abc\u202edef\u2066ghi\u2069\u200f", "abcdefghi"),
        ("שלום عربى", "שלום عربى"),
        ("👩\u200d👩\u200d👧 family", "👩\u200d👩\u200d👧 family"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("07\u200d00", "0700"),
        ("e\u0301 and Z" + "\u0335" * 50, "e\u0301 and Z" + "\u0335" * 3),
        ("half \ud83d pair", "half \ufffd pair"),
        ("[bold]no markup[/bold] :smile:", "[bold]no markup[/bold] :smile:"),
        ("", ""),
    ],
)
def test_hostile_text_is_shown_harmlessly(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    for char in harmless(text):
        assert char == " " or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert (
            char not in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, "–"),
        (0, "0 s"),
        (45.4, "45 s"),
        (59.6, "1 min"),
        (61, "1 min"),
        (7800, "2 h 10 min"),
        (7200, "2 h"),
        (86400, "1 d"),
        (277200, "3 d 5 h"),
        (-7800, "−2 h 10 min"),
    ],
)
def test_ages(seconds: float | None, shown: str) -> None:
    assert age(seconds) == shown
