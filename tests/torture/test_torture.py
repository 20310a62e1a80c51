"""The bounded version of `make torture`: what the platforms offer is stored once, or named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.__main__ import play, seeds_until_noticed
from tests.torture.sabotage import SABOTAGES
from tests.torture.schedule import Workers

SCHEDULES = 60
GROUPS = 10


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as running:
        yield running


@pytest.mark.parametrize("group", range(GROUPS))
def test_nothing_is_lost(workers: Workers, group: int) -> None:
    for seed in range(group, SCHEDULES, GROUPS):
        verdict = play(seed, workers, is_short=True)
        assert verdict.problems == [], f"python -m tests.torture 1 {seed} --short"


@pytest.mark.slow
def test_ten_thousand_posts_within_a_minute(workers: Workers) -> None:
    verdict = play(0, workers, is_big=True)
    assert verdict.problems == []
    assert verdict.stored > 10_000


@pytest.mark.slow
@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_the_judge_notices_what_is_broken(workers: Workers, sabotage: str) -> None:
    assert seeds_until_noticed(sabotage, workers, most=20, first=60_000)
