"""Tables fit terminals of any width, cut nothing in a pipe, and survive what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from cli.tables import Table, cell, heading, show

BERLIN = ZoneInfo("Europe/Berlin")
LONG_TEXT = "Seit gestern kein Strom in der Südstadt, und die Hotline nimmt nicht ab. 🔌 " * 12
POSTS = Table(
    ("age_seconds", "platform", "author_handle", "reasons", "text", "permalink"),
    (
        (7800, "x", "kunde42", ["complaint", "urgent"], LONG_TEXT, "https://x.example/42"),
        (300, "reddit", "漢字漢字", ["question"], "kurz", None),
    ),
)


@pytest.mark.parametrize("width", [40, 80, 100, 120, 160, 200])
def test_every_line_fits_the_terminal(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    show(POSTS, BERLIN, width=width)
    out = capsys.readouterr().out
    assert max(map(cell_len, out.splitlines())) <= width
    assert "2 h 10 min" in out
    assert "kurz" in out
    assert "complaint, urgent" in out
    assert "https://x.example/42" in out


def test_a_long_text_is_cut_on_a_terminal_but_not_in_a_pipe(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(POSTS, width=100)
    assert " …" in capsys.readouterr().out
    show(POSTS)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert " ".join(lines[0].split()) == "age platform author handle reasons permalink text"
    assert lines[1].endswith(LONG_TEXT.strip())


def test_hostile_texts_stay_in_their_cell(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "\x1b[2Jboom\n\u202enext\x00 [red]x[/red] " + "漢" * 40_000
    table = Table(("post_id", "text"), ((hostile, hostile),))
    for width in (None, 80):
        show(table, width=width)
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]x[/red]" in out
    assert len(out.splitlines()) <= 10


def test_no_rows_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    show(Table(("a",), (), empty="nothing is open"))
    assert capsys.readouterr().out == "nothing is open\n"


def test_cells_and_headings_read_like_speech() -> None:
    moment = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    assert cell("created_at", moment, BERLIN) == "2026-07-01 08:30"
    assert cell("day", date(2026, 7, 1)) == "2026-07-01"
    assert cell("at", time(7, 30)) == "07:30"
    assert cell("open", timedelta(hours=3)) == "3 h"
    assert cell("is_open", True) == "yes"
    assert cell("first_reply_seconds", 90) == "1 min"
    assert cell("answered_pct", 62.4) == "62 %"
    assert cell("cost_usd", 1234.5) == "1,234.50"
    assert cell("post_count", 10_000) == "10,000"
    assert cell("reasons", []) == "–"
    assert cell("reasons", None) == "–"
    assert heading("created_at", BERLIN) == "created (Berlin)"
    assert heading("first_reply_seconds") == "first reply"
    assert heading("post_count") == "posts"
    assert heading("reply_count") == "replies"
    assert heading("answered_count") == "answered"
    assert heading("is_overdue") == "overdue"


NUMBERS = Table(
    ("day", "mention_count", "first_reply_median_seconds"),
    tuple((date(2026, 7, day), day * 100, day * 60) for day in range(1, 31)),
)


def test_numbers_stand_at_the_right_below_broken_headings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(NUMBERS, width=40)
    lines = capsys.readouterr().out.splitlines()
    assert [line.rstrip() for line in lines[:4]] == [
        "                       first",
        "                       reply",
        "day         mentions  median",
        "2026-07-01       100   1 min",
    ]


def test_many_columns_turn_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    wide = Table(
        tuple(f"figure_{n}" for n in range(30)), tuple((n,) * 30 for n in range(1000, 1040))
    )
    for width in (40, 80, 120):
        show(wide, width=width)
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= width
        assert lines[0].split()[:4] == ["figure", "0", "1,000", "1,001"]
        assert sum("1,039" in line for line in lines) == 30


def test_what_does_not_fit_beside_a_text_stands_below_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table(
        ("brand", "post_id", "is_overdue", "assigned_to", "reasons", "text"),
        (
            ("strom", "12345678901234567890", True, None, ["complaint", "question"], LONG_TEXT),
            ("strom", "12345678901234567891", False, None, ["question"], "kurz"),
        ),
    )
    show(table, width=40)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["brand", "overdue", "reasons"]
    assert "post id 12345678901234567890" in " ".join(lines)
    assert not any("assigned" in line for line in lines)
