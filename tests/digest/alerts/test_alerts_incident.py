"""A wave starts once, grows when it doubles, and is over when nothing stands out."""

from __future__ import annotations

from datetime import timedelta

from digest.alerts.incident import TELL_AGAIN_AFTER, next_phase
from digest.alerts.model import Incident, Pulse, Reading, Verdict
from tests.digest.alerts.alert_sample import NOW


def verdict(score: int, people: int = 10) -> Verdict:
    pulse = Pulse(NOW - timedelta(hours=3), NOW, people, people, people, people, 0)
    return Verdict(pulse, 1.0, 5.0, score)


def reading(score: int, people: int = 10, before: int | None = None) -> Reading:
    now = verdict(score, people)
    return Reading("shitstorm", now, now, verdict(score if before is None else before))


def told(minutes: float, excess: float = 9.0) -> Incident:
    return Incident("i", NOW - timedelta(hours=5), NOW - timedelta(minutes=minutes), excess)


def test_a_wave_starts_at_sixty_points() -> None:
    assert next_phase(None, reading(59)) is None
    assert next_phase(None, reading(60)) == "started"


def test_a_wave_that_goes_on_is_not_told_again() -> None:
    assert next_phase(told(120), reading(90, people=15)) is None


def test_a_wave_that_has_doubled_is_told_again_but_not_at_once() -> None:
    assert next_phase(told(44), reading(90, people=40)) is None
    assert next_phase(told(45), reading(90, people=40)) == "grew"
    assert timedelta(minutes=45) == TELL_AGAIN_AFTER


def test_a_small_wave_that_doubles_has_to_grow_by_ten() -> None:
    assert next_phase(told(60, excess=4.0), reading(90, people=14)) is None
    assert next_phase(told(60, excess=4.0), reading(90, people=15)) == "grew"


def test_it_is_over_after_two_quiet_hours() -> None:
    assert next_phase(told(120), reading(40, people=3, before=41)) is None
    assert next_phase(told(120), reading(40, people=3, before=40)) == "over"
    assert next_phase(told(10), reading(0, people=0)) is None
