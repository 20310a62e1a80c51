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
    assert heading("post_count") == "post"
