"""Coverage as a strip: what is drawn for what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cli.strip import LEGEND, strip, strips
from collectors.model import Window
from warehouse import CoverageLine, Hole

START = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


def window(start: float, end: float) -> Window:
    return Window(START + timedelta(hours=start), START + timedelta(hours=end))


def line(*covered: Window, holes: tuple[Hole, ...] = ()) -> CoverageLine:
    return CoverageLine("strom", "x", "@strom_ag", covered, holes)


def test_each_character_is_an_equal_part_of_the_time() -> None:
    drawn = line(window(2, 4), window(4.5, 5), holes=(Hole(window(4, 4.5)), Hole(window(5, 8))))

    assert strip(drawn, window(0, 8), width=8) == "  ██▒···"


def test_what_is_lost_shows_however_short_it_is() -> None:
    lost = Hole(window(1, 1.01), "too_old", is_final=True)

    assert strip(line(window(0, 1), window(1.01, 4), holes=(lost,)), window(0, 4), 4) == "█×██"


def test_all_topics_share_one_scale() -> None:
    first, second = line(window(0, 8)), line(window(4, 8))

    head, *rows, legend = strips([first, second], START + timedelta(hours=8), UTC, columns=75)

    assert "2026-11-18 08:00" in head
    assert head.endswith("2026-11-18 16:00")
    assert [row.count("█") for row in rows] == [56, 28]
    assert legend.strip() == LEGEND


def test_topics_that_were_read_alike_share_a_row() -> None:
    alike = [replace(line(window(0, 8)), topic=topic) for topic in ("@strom_ag", "#strom")]
    other = replace(line(window(2, 8)), topic="name:Strom")

    _head, *rows, _legend = strips([*alike, other], START + timedelta(hours=8), UTC)

    assert [row.split("  ")[0] for row in rows] == ["strom x (2 topics)", "strom x name:Strom"]
    assert {len(row) for row in rows} == {80}


def test_what_came_after_the_last_reading_is_not_read_yet() -> None:
    assert strip(line(window(2, 4)), window(0, 8), width=4) == " █··"


def test_nothing_read_is_nothing_drawn() -> None:
    assert strips([], START, UTC) == []
