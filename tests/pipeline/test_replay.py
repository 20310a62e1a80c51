"""Recorded customer-care threads end where the data's own links say they end."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.replay import Seen, compare
from demo.replay import load_replay

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
LINES = 160
RECORDINGS = [
    pytest.param(f"{name}_messages.jsonl", marks=pytest.mark.xdist_group(name), id=name)
    for name in ("ibm", "twcs")
]


@pytest.fixture(scope="module", params=RECORDINGS)
def seen(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Seen]:
    """The first threads of a recording, compared; the whole of it is `python -m bench.replay`."""
    folder = tmp_path_factory.mktemp("replay")
    lines = (shared / "data/threads" / request.param).read_text("utf-8").splitlines(keepends=True)
    some = folder / "threads.jsonl"
    some.write_text("".join(itertools.islice(lines, LINES)), "utf-8")
    return compare(load_replay([some], NOW), folder / "var", NOW)


def test_every_message_that_names_a_company_is_found(seen: list[Seen]) -> None:
    addressed = [each for each in seen if each.truth.is_addressed]
    assert len(addressed) > 20
    assert [each for each in addressed if not each.is_found] == []


def test_who_was_replied_to_agrees_with_the_data(seen: list[Seen]) -> None:
    found = [each for each in seen if each.is_found]
    assert sum(each.agrees for each in found) >= 0.95 * len(found)


def test_the_first_reply_is_dated_to_the_second(seen: list[Seen]) -> None:
    exact = [each for each in seen if each.first_reply_seconds and not each.truth.is_squeezed]
    both = [each for each in exact if each.truth.is_answered]
    assert sum(each.is_on_time for each in both) >= 0.98 * len(both)
