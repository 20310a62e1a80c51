"""The golden timelines: small threads that a care lead could read, and what must come of them."""

from __future__ import annotations

from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pytest
from timelines.stage import Stage, Timeline, post_number, seconds, timelines

TIMELINES = list(enumerate(timelines(), start=1))
Told: TypeAlias = str | int | bool | list[str] | None
CLOCKS = (
    "first_reply",
    "first_answer",
    "answer",
    "first_reply_open",
    "first_answer_open",
    "answer_open",
    "reaction",
    "reaction_open",
)


@pytest.fixture(scope="module")
def stage() -> Stage:
    stage = Stage()
    stage.play(TIMELINES)
    return stage


@pytest.mark.parametrize(
    ("number", "timeline"),
    TIMELINES,
    ids=[f"{timeline.file}: {timeline.name}" for _, timeline in TIMELINES],
)
def test_timeline(stage: Stage, number: int, timeline: Timeline) -> None:
    assert timeline.expect, "a timeline must promise something"
    for promise in timeline.expect:
        asked = dict(promise)
        brand = asked.pop("brand", "werke")
        if "reply" in asked:
            row = stage.replies(number, timeline, brand).get(asked.pop("reply"), {})
        else:
            row = stage.mention(number, timeline, brand, asked.pop("post"))
        assert {key: told(row, key, timeline) for key in asked} == {
            key: wanted(key, value, timeline) for key, value in asked.items()
        }, promise


def told(row: dict[str, Any], key: str, timeline: Timeline) -> Told:
    """What the warehouse says to a key of `expect`."""
    if key == "counts":  # whether a post is part of any case
        return bool(row)
    if key in CLOCKS:
        name, is_open = key.removesuffix("_open"), key.endswith("_open")
        return row[f"{name}_open_seconds" if is_open else f"{name}_seconds"]
    if key in ("follows", "for", "part_of"):
        found = row[{"follows": "follows_id", "for": "head_id", "part_of": "part_of_id"}[key]]
        return post_number(found) if found else None
    if key in ("opened", "due"):
        at = row[f"{key}_at"]
        return at and at.astimezone(ZoneInfo(timeline.zone)).strftime("%Y-%m-%d %H:%M")
    return row[{"by": "answered_by", "kind_of_reply": "reply_kind"}.get(key, key)]


def wanted(key: str, value: Told, timeline: Timeline) -> Told:
    """A promise in the terms of the warehouse; "none" is written where there is no value."""
    if value == "none":
        return None
    return seconds(str(value)) if key in CLOCKS else value
