"""The bounded version of `make torture`: what the platforms offer is stored once, or named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.__main__ import play
from tests.torture.schedule import Workers

SCHEDULES = 60
GROUPS = 10


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_nothing_is_lost(workers: Workers, group: int) -> None:
    for seed in range(group, SCHEDULES, GROUPS):
        verdict = play(seed, workers)
        assert verdict.problems == [], f"make torture N=1 FIRST={seed}"


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_a_few_of_them_quickly(workers: Workers, seed: int) -> None:
    assert play(seed, workers).problems == []
