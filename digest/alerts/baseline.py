"""What is usual: how many people an hour of the week brings, learned from the past weeks.

A Gamma-Poisson model: the hours of the week are drawn towards what weekday and hour of day alone
say, the more so the less there is to go by. So it says something for five mentions a day and
follows the rhythm closely for five thousand. Hours that stick out are cut before they are learned,
so that yesterday's storm does not become today's standard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from digest.alerts.model import Hour

Floats = NDArray[np.float64]

HISTORY = timedelta(weeks=8)
#: Younger hours are left out: a storm that is going on is not what is usual.
HELD_BACK = timedelta(hours=24)
#: With fewer complete hours than this nothing is judged.
LEARNED_FROM = 48

_HALF_LIFE_DAYS = 21.0
_RHYTHM_PRIOR = 6.0  # people it takes to believe that a weekday or hour differs
_HOUR_PRIOR = 4.0  # the same for one hour of the week
_SPREAD, _SPREAD_PRIOR = 0.3, 10.0
_HEAVY_TAILS = 1.5  # cut hours and real weeks vary more than the moments say
_SHARE, _SHARE_PRIOR = 0.3, 20.0


@dataclass(frozen=True)
class Profile:
    """What is usual for a brand: people per hour of the local week, and how much that varies.

    `spread` is the variance beyond Poisson's as a share of the squared mean; `share` the usual
    share of mentions that count; `known` how many complete hours this was learned from.
    """

    zone: ZoneInfo
    rates: Floats
    spread: float
    share: float
    known: int

    @property
    def is_learned(self) -> bool:
        """Whether there is enough to go by."""
        return self.known >= LEARNED_FROM

    def expected(self, since: datetime, until: datetime) -> float:
        """How many people [since, until) usually brings."""
        people, at = 0.0, since
        while at < until:
            end = min(until, at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))
            people += self.rates[_slot(at, self.zone)] * ((end - at) / timedelta(hours=1))
            at = end
        return float(people)


def learn(hours: Sequence[Hour], zone: ZoneInfo) -> Profile:
    """Learn from past hours; those that were not read completely are left out."""
    known = [hour for hour in hours if hour.is_complete]
    if not known:
        return Profile(zone, np.full(168, 0.0), _SPREAD, _SHARE, 0)
    slots = np.array([_slot(hour.starts_at, zone) for hour in known])
    counts = np.array([hour.people for hour in known], dtype=float)
    weights = _weights(known)
    capped = np.minimum(counts, max(4.0, 3.0 * float(np.quantile(counts, 0.95))))
    usual = _rates(slots, capped, weights)[0][slots]
    capped = np.minimum(counts, 2.0 * usual + 3.0 * np.sqrt(usual) + 2.0)
    rates, precision = _rates(slots, capped, weights)
    # How each hour differs from what the others say of it: by its own mean it would look too even.
    surprises = (capped - rates[slots]) / (1.0 - weights / precision[slots])
    mentions = np.array([hour.mentions for hour in known], dtype=float)
    share = (weights @ counts + _SHARE * _SHARE_PRIOR) / (weights @ mentions + _SHARE_PRIOR)
    return Profile(zone, rates, _spread(surprises, rates[slots], weights), float(share), len(known))


def _slot(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return local.weekday() * 24 + local.hour


def _weights(known: Sequence[Hour]) -> Floats:
    newest = max(hour.starts_at for hour in known)
    ages = np.array([(newest - hour.starts_at) / timedelta(days=1) for hour in known])
    weights: Floats = 0.5 ** (ages / _HALF_LIFE_DAYS)
    return weights


def _rates(slots: NDArray[Any], counts: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The mean of each hour of the week, drawn towards the marginals, and its weight in weeks."""
    exposure = np.bincount(slots, weights, 168).reshape(7, 24)
    people = np.bincount(slots, weights * counts, 168).reshape(7, 24)
    level = (people.sum() + 0.5) / (exposure.sum() + 24.0)
    of_day = _factor(people.sum(axis=1), exposure.sum(axis=1) * level)
    of_hour = _factor(people.sum(axis=0), exposure.sum(axis=0) * level)
    prior = _HOUR_PRIOR / (level * np.outer(of_day, of_hour))
    rates: Floats = (_HOUR_PRIOR + people) / (prior + exposure)
    return rates.reshape(168), (prior + exposure).reshape(168)


def _factor(people: Floats, usual: Floats) -> Floats:
    factor: Floats = (people + _RHYTHM_PRIOR) / (usual + _RHYTHM_PRIOR)
    return factor


def _spread(surprises: Floats, usual: Floats, weights: Floats) -> float:
    """How much more hours differ than Poisson's law has it, by moments, drawn towards a guess."""
    beyond = _HEAVY_TAILS * float(weights @ (surprises**2 - usual))
    squares = float(weights @ usual**2)
    found = (beyond + _SPREAD * _SPREAD_PRIOR) / (squares + _SPREAD_PRIOR)
    return min(max(found, 0.03), 1.0)
