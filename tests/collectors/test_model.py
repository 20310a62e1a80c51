"""Windows subtract as sets of moments do."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.frontier import Frontier
from collectors.model import Window

START = datetime(2026, 11, 18, tzinfo=UTC)


def window(start: int, end: int) -> Window:
    return Window(START + timedelta(minutes=start), START + timedelta(minutes=end))


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda s: window(s[0], s[0] + s[1]))


@given(SPANS, st.lists(SPANS, max_size=6))
def test_minus_leaves_exactly_the_moments_outside(whole: Window, holes: list[Window]) -> None:
    parts = whole.minus(holes)

    for minute in range(45):
        moment = START + timedelta(minutes=minute)
        expected = moment in whole and not any(moment in hole for hole in holes)
        assert any(moment in part for part in parts) == expected
    assert all(earlier.end < later.start for earlier, later in itertools.pairwise(parts))


def test_windows_need_a_zone_and_a_direction() -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(datetime(2026, 1, 1), START)  # noqa: DTZ001
    with pytest.raises(ValueError, match="empty"):
        Window(START, START)


class TestFrontier:
    def test_the_oldest_second_may_go_on_with_the_next_page(self) -> None:
        frontier = Frontier(window(0, 10))

        read_from = frontier.advance([START + timedelta(minutes=9), START + timedelta(minutes=5)])

        assert read_from == START + timedelta(minutes=5, seconds=1)
        assert frontier.unread() == Window(START, START + timedelta(minutes=5, seconds=1))

    def test_pages_out_of_order_vouch_for_nothing(self) -> None:
        frontier = Frontier(window(0, 10))
        frontier.advance([START + timedelta(minutes=5)])

        assert frontier.advance([START + timedelta(minutes=6)]) is None
        assert frontier.unread() == window(0, 10)
        assert frontier.beyond_listing() == Window(START, START + timedelta(minutes=5, seconds=1))

    def test_a_listing_that_reaches_before_the_window_leaves_nothing(self) -> None:
        frontier = Frontier(window(0, 10))
        frontier.advance([START - timedelta(minutes=5)])

        assert frontier.unread() is None

    def test_nothing_seen_is_all_unread(self) -> None:
        assert Frontier(window(0, 10)).unread() == window(0, 10)
