"""Half a year of a small brand, simulated: hardly a false alarm, no storm missed."""

from __future__ import annotations

import numpy as np
import pytest

from bench import alerts


@pytest.fixture(scope="module")
def world() -> alerts.World:
    return alerts.simulate(5, seed=1, growth=0.0)


def test_half_a_year_of_five_mentions_a_day_has_hardly_a_false_alarm(world: alerts.World) -> None:
    assert len(world.said) > 1_000
    assert len(alerts.false_alarms(world)) <= 1


@pytest.mark.parametrize("shape", alerts.SHAPES[:3], ids=lambda shape: shape.name)
def test_storms_are_told_within_hours(world: alerts.World, shape: alerts.Shape) -> None:
    rng = np.random.default_rng(5)
    found = [alerts.minutes_to_detection(world, shape, shape.heights[0], rng) for _ in range(4)]
    assert all(minutes is not None and minutes < 300 for minutes in found)
