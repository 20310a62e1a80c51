"""What a reading may have cost is booked, whatever becomes of the run."""

from pathlib import Path

import pytest

from collectors import landing
from collectors.errors import PlatformDown
from collectors.model import Asking, Landing
from tests.collectors.fake import land, page


def files(folder: Path) -> list[Landing]:
    return [landing.read_trailer(path) for path in landing.complete_files(folder)]


def test_a_run_that_is_stopped_is_booked_by_the_next_one(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        land(tmp_path, Asking(30, 30), page(1, posts=10), Asking(30, 30), KeyboardInterrupt())
    assert files(tmp_path) == []

    land(tmp_path, page(2))

    booked = next(each for each in files(tmp_path) if each.error == "the run was stopped")
    assert (booked.posts, booked.users, booked.requests) == (40, 31, 2)
    assert booked.cost_usd == pytest.approx(40 * 0.005 + 31 * 0.01)
    assert booked.covered == booked.gaps == ()
    assert not list(tmp_path.rglob("*.spent"))


def test_it_is_booked_once(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        land(tmp_path, Asking(30, 30), KeyboardInterrupt())

    landing.remove_stale_parts(tmp_path)
    landing.remove_stale_parts(tmp_path)

    assert [each.posts for each in files(tmp_path)] == [30]


def test_a_note_that_was_cut_off_tells_what_it_can(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        land(tmp_path, Asking(30, 30), page(1), Asking(60, 60), KeyboardInterrupt())
    (note,) = tmp_path.rglob("*.spent")
    note.write_bytes(note.read_bytes()[:-9])

    landing.remove_stale_parts(tmp_path)

    assert [each.posts for each in files(tmp_path)] == [30]


@pytest.mark.parametrize(("may_be_billed", "posts"), [(True, 31), (False, 1)])
def test_an_answer_that_got_lost_is_booked(tmp_path: Path, may_be_billed: bool, posts: int) -> None:
    lost = PlatformDown("fake", "broken", "wait")
    lost.may_be_billed = may_be_billed
    with pytest.raises(PlatformDown):
        land(tmp_path, page(1, hours_ago=1), Asking(30, 30), lost)

    assert [each.posts for each in files(tmp_path)] == [posts]


def test_what_cost_nothing_leaves_nothing(tmp_path: Path) -> None:
    land(tmp_path, Asking(30, 30), page(1))

    assert not list(tmp_path.rglob("*.spent"))
    assert [each.posts for each in files(tmp_path)] == [1]
