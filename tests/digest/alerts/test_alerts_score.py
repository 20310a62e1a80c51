"""How unusual something is: probabilities, people, and what makes it a wave."""

from __future__ import annotations

import math
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from digest.alerts.baseline import Profile
from digest.alerts.model import Pulse, Said
from digest.alerts.score import NARROW, SMALL, improbability, judge, measure
from tests.digest.alerts.alert_sample import NOW

MINUTE = timedelta(minutes=1)


def a_profile(rate: float, share: float = 0.25, spread: float = 0.2) -> Profile:
    return Profile(ZoneInfo("Europe/Berlin"), np.full(168, rate), spread, share, 1000)


def a_pulse(people: int, posts: int = 0, mentions: int = 0, open_posts: int = 0) -> Pulse:
    posts = posts or people
    return Pulse(NOW - NARROW, NOW, people, posts, mentions or posts, open_posts, 0)


@pytest.mark.parametrize(("people", "expected", "spread"), [(1, 0.3, 0.3), (7, 2.0, 0.5)])
def test_improbability_is_the_tail_of_the_negative_binomial(
    people: int, expected: float, spread: float
) -> None:
    size = 1 / spread
    odds = expected / (expected + size)
    below = sum(
        math.gamma(k + size) / math.gamma(size) / math.factorial(k) * (1 - odds) ** size * odds**k
        for k in range(people)
    )
    assert improbability(people, expected, spread) == pytest.approx(-math.log10(1 - below))


def test_improbability_holds_for_nothing_and_for_very_much() -> None:
    assert improbability(0, 5.0, 0.2) == 0.0
    assert improbability(5, 0.0, 0.2) == 0.0
    assert 20 < improbability(5_000, 200.0, 0.1) < 1_000


def test_people_are_counted_once_and_those_outside_the_window_not() -> None:
    said = [
        Said(NOW - 61 * MINUTE, "early", True),
        Said(NOW - 60 * MINUTE, "a", True, True, 10),
        Said(NOW - 30 * MINUTE, "a", True, False, 10),
        Said(NOW - 20 * MINUTE, "b", False),
        Said(NOW - 10 * MINUTE, "c", True, True, 5),
        Said(NOW, "late", True),
    ]
    pulse = measure(said, NOW - NARROW, NOW)
    assert (pulse.people, pulse.posts, pulse.mentions) == (2, 3, 4)
    assert (pulse.open_posts, pulse.reach, pulse.loud) == (2, 15, 0)


def test_accounts_that_post_dozens_of_times_are_no_people() -> None:
    said = sorted(
        Said(NOW - number * MINUTE, f"b{who}", True) for who in range(4) for number in range(1, 40)
    )
    pulse = measure(said, NOW - NARROW, NOW)
    assert (pulse.people, pulse.mentions, pulse.loud) == (0, 0, 4)


def test_accounts_that_were_loud_before_the_window_still_are() -> None:
    before = [Said(NOW - (70 + number) * MINUTE, "b", True) for number in range(20)]
    said = sorted([*before, Said(NOW - MINUTE, "b", True)])
    assert measure(said, NOW - NARROW, NOW).people == 0


def test_a_handful_that_posts_often_counts_for_fewer() -> None:
    profile = a_profile(0.1)
    wave = judge(profile, a_pulse(6, posts=7, open_posts=7))
    handful = judge(profile, a_pulse(6, posts=30, open_posts=30))
    assert wave.score >= 60
    assert handful.score <= SMALL


def test_few_people_are_no_wave_however_quiet_it_is() -> None:
    assert judge(a_profile(0.001), a_pulse(4, open_posts=4)).score <= SMALL


def test_twice_as_many_as_usual_are_no_wave() -> None:
    assert judge(a_profile(100.0, spread=0.03), a_pulse(250, open_posts=250)).score <= SMALL


def test_ten_times_as_many_are_one() -> None:
    for usual, now in ((0.05, 6), (0.5, 8), (5.0, 50), (50.0, 500)):
        assert judge(a_profile(usual), a_pulse(now, open_posts=now)).score >= 60, usual


def test_a_campaign_of_praise_is_none() -> None:
    """Eight times the mentions, one of twelve a complaint instead of one of four."""
    campaign = a_pulse(12, mentions=150, open_posts=8)
    assert judge(a_profile(4.5), campaign).score < 60


def test_what_is_answered_and_reaches_nobody_weighs_less() -> None:
    profile = a_profile(3.0)
    answered = judge(profile, a_pulse(18, mentions=25))
    unanswered = judge(profile, a_pulse(18, mentions=25, open_posts=18))
    assert unanswered.score - answered.score == 10


def test_an_ordinary_hour_is_quiet() -> None:
    assert judge(a_profile(5.0), a_pulse(6, mentions=24, open_posts=4)).score < 20
    assert judge(a_profile(5.0), a_pulse(0)).score == 0
