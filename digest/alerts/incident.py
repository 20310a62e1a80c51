"""From one judgement to the next: a wave starts, grows, and is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from digest.alerts.baseline import Profile
from digest.alerts.model import Incident, Phase, Posts, Reading, Signal, Verdict
from digest.alerts.score import NARROW, SMALL, WIDE, judge, measure

#: Points from which somebody is told.
FIRE = 60
#: How often a wave that goes on doubling is told about, and when it may be called over.
TELL_AGAIN_AFTER = timedelta(minutes=45)
_TIMES, _MORE = 2.0, 10.0


def read(signal: Signal, said: Posts, profile: Profile, until: datetime) -> Reading:
    """Judge what was said before `until`, by the last hour and by the last three."""

    def verdict(span: timedelta, end: datetime) -> Verdict:
        return judge(profile, measure(said, end - span, end))

    narrow, wide = verdict(NARROW, until), verdict(WIDE, until)
    worst = max((narrow, wide), key=lambda each: each.score)
    return Reading(signal, worst, wide, verdict(NARROW, until - NARROW))


def next_phase(last: Incident | None, reading: Reading) -> Phase | None:
    """What there is to tell now, given what was told last; None: nothing."""
    if last is None:
        return "started" if reading.worst.score >= FIRE else None
    if reading.wide.pulse.until - last.told_at < TELL_AGAIN_AFTER:
        return None
    if reading.wide.excess >= max(_TIMES * last.told_excess, last.told_excess + _MORE):
        return "grew"
    return "over" if _is_calm(reading) else None


def _is_calm(reading: Reading) -> bool:
    """Nothing stands out in the last hour, nor in the one before."""
    return all(verdict.score <= SMALL for verdict in (reading.worst, reading.before))
