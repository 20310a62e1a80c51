"""Landing files are whole or not there; what is damaged is noticed; nothing is replaced."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors import landing
from collectors.errors import PlatformDown, RateLimited
from collectors.model import Gap, Landing, Page, Price, Window
from collectors.reading import Json
from tests.collectors.fake import JOB, NOW, WINDOW, FakePlatform, land, page

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(JSON, max_size=6))
def test_what_is_written_is_read_back(tmp_path: Path, payloads: list[Json]) -> None:
    path = land(tmp_path, *[page(payload) for payload in payloads])

    lines = list(landing.read_landing(path))

    assert [line["payload"] for line in lines] == payloads
    assert all(line["topics"] == list(JOB.topics) for line in lines)
    assert landing.read_trailer(path) == Landing(
        platform="fake",
        brand="brand",
        kind="search",
        topics=JOB.topics,
        window=WINDOW,
        covered=(WINDOW,),
        retrieved_at=NOW,
        requests=len(payloads),
        posts=len(payloads),
        users=len(payloads),
        cost_usd=pytest.approx(0.015 * len(payloads)),
    )


@given(
    st.recursive(
        st.floats() | st.integers() | st.text(st.characters(codec=None, categories=["Cs", "L"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_json_cannot_hold_does_not_cost_the_page(tmp_path: Path, payload: Json) -> None:
    (line,) = landing.read_landing(land(tmp_path, page(payload)))

    assert type(line["payload"]) in (type(payload), str, type(None))


def test_lines_and_trailer_have_the_keys_others_read(tmp_path: Path) -> None:
    gap = Gap(Window(WINDOW.start, NOW - timedelta(hours=1)), "budget", "spent")
    job = replace(JOB, kind="thread", root_ids=("1", "2"))

    path = land(tmp_path, page({"a": "ü"}), gap, job=job)

    raw = subprocess.run(
        [sys.executable, "-c", _DECOMPRESS, path], capture_output=True, check=True
    ).stdout
    first, last = map(json.loads, raw.splitlines())
    assert first == {
        "platform": "fake",
        "brand": "brand",
        "kind": "thread",
        "topics": ["#topic", "name:Ä/ö"],
        "url": "https://fake.example/1",
        "retrieved_at": "2026-11-18T09:30:00+00:00",
        "payload": {"a": "ü"},
    }
    assert last == {
        "end": True,
        "platform": "fake",
        "brand": "brand",
        "kind": "thread",
        "topics": ["#topic", "name:Ä/ö"],
        "root_ids": ["1", "2"],
        "window": ["2026-11-18T05:30:00+00:00", "2026-11-18T09:30:00+00:00"],
        "covered": [["2026-11-18T08:30:00+00:00", "2026-11-18T09:30:00+00:00"]],
        "gaps": [
            {
                "start": "2026-11-18T05:30:00+00:00",
                "end": "2026-11-18T08:30:00+00:00",
                "reason": "budget",
                "detail": "spent",
                "is_final": False,
            }
        ],
        "requests": 1,
        "posts": 1,
        "users": 1,
        "cost_usd": 0.015,
        "retrieved_at": "2026-11-18T09:30:00+00:00",
        "error": "",
    }


_DECOMPRESS = """
import sys, zstandard
sys.stdout.buffer.write(zstandard.ZstdDecompressor().stream_reader(open(sys.argv[1], "rb")).read())
"""


class TestFailures:
    def test_pages_before_a_failure_stay(self, tmp_path: Path) -> None:
        down = PlatformDown("fake", "gone", "wait")

        with pytest.raises(PlatformDown) as caught:
            land(tmp_path, page(1, hours_ago=1), page(2, hours_ago=2), down)

        assert caught.value.path is not None
        trailer = landing.read_trailer(caught.value.path)
        assert trailer.covered == (Window(NOW - timedelta(hours=2), NOW),)
        assert trailer.requests == 3
        assert trailer.error == str(down)
        assert caught.value.uncovered == (Window(WINDOW.start, NOW - timedelta(hours=2)),)
        assert caught.value.job == JOB
        assert len(list(landing.read_landing(caught.value.path))) == 2

    def test_the_last_page_decides_what_is_vouched_for(self, tmp_path: Path) -> None:
        down = PlatformDown("fake", "gone", "wait")

        with pytest.raises(PlatformDown) as caught:
            land(tmp_path, page(1, hours_ago=1), page(2, hours_ago=None), down)

        assert caught.value.path is not None
        assert landing.read_trailer(caught.value.path).covered == ()
        assert caught.value.uncovered == (WINDOW,)

    def test_a_failure_at_once_is_a_gap_with_its_reason(self, tmp_path: Path) -> None:
        with pytest.raises(PlatformDown) as caught:
            land(tmp_path, PlatformDown("fake", "gone", "wait"))

        assert caught.value.path is not None
        trailer = landing.read_trailer(caught.value.path)
        assert trailer.gaps == (Gap(WINDOW, "down", "gone"),)
        assert trailer.covered == ()

    def test_a_limit_at_once_leaves_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(RateLimited) as caught:
            land(tmp_path, RateLimited("fake", "wait", "wait", NOW))

        assert caught.value.path is None
        assert caught.value.uncovered == (WINDOW,)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    @pytest.mark.parametrize("accident", [KeyboardInterrupt(), ZeroDivisionError()])
    def test_an_accident_leaves_nothing(self, tmp_path: Path, accident: BaseException) -> None:
        with pytest.raises(type(accident)):
            land(tmp_path, page(1, hours_ago=1), accident)

        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_full_disk_is_told_and_leaves_nothing(self, tmp_path: Path) -> None:
        result = subprocess.run(
            [sys.executable, "-c", _FULL_DISK, tmp_path], capture_output=True, text=True, check=True
        )

        assert result.stdout.startswith("cannot write a landing file into")
        assert "free some space and run again" in result.stdout
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "fake").write_text("a file where a folder should be")

        with pytest.raises(landing.LandingNotWritten, match="make the folder writable"):
            land(tmp_path, page(1))


_FULL_DISK = """
import os, resource, sys
from pathlib import Path
from tests.collectors.fake import FakePlatform, JOB, NOW, page
from collectors import landing
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
pages = [page(os.urandom(30_000).hex(), hours_ago=1) for _ in range(20)]
try:
    landing.collect_to_landing(FakePlatform(*pages), None, JOB, Path(sys.argv[1]), NOW)
except landing.LandingNotWritten as error:
    print(error)
"""


class TestNames:
    def test_a_file_says_what_it_is(self, tmp_path: Path) -> None:
        path = land(tmp_path, page(1))

        stem = f"search-{JOB.digest}-20261118T053000Z-20261118T093000Z.jsonl.zst"
        assert path == tmp_path / "fake" / "brand" / stem

    def test_the_same_window_read_twice_gives_two_files(self, tmp_path: Path) -> None:
        paths = [land(tmp_path, page(number)) for number in range(3)]

        assert len(set(paths)) == 3
        assert landing.complete_files(tmp_path) == paths
        assert [next(landing.read_landing(path))["payload"] for path in paths] == [0, 1, 2]

    def test_nothing_to_ask_and_nothing_to_say_is_no_file(self, tmp_path: Path) -> None:
        platform = FakePlatform()
        platform.reach = lambda _job, _now: (None, [])  # type: ignore[method-assign]

        assert landing.collect_to_landing(platform, None, JOB, tmp_path, NOW) is None
        assert landing.complete_files(tmp_path) == []

    def test_a_window_that_is_all_gap_is_a_file_without_pages(self, tmp_path: Path) -> None:
        platform = FakePlatform(gaps=(Gap(WINDOW, "too_old", is_final=True),))

        path = landing.collect_to_landing(platform, None, JOB, tmp_path, NOW)

        assert path is not None
        trailer = landing.read_trailer(path)
        assert (trailer.covered, trailer.requests, trailer.gaps) == ((), 0, tuple(platform.gaps))


class TestDamage:
    @pytest.fixture
    def whole(self, tmp_path: Path) -> Path:
        return land(tmp_path, page({"text": "kurz"}), page([1, 2, 3]))

    def read(self, path: Path) -> tuple[list[dict[str, Json]], Landing]:
        return list(landing.read_landing(path)), landing.read_trailer(path)

    def test_a_file_cut_off_anywhere_is_broken(self, whole: Path, tmp_path: Path) -> None:
        content, cut = whole.read_bytes(), tmp_path / "cut.jsonl.zst"
        for length in range(len(content)):
            cut.write_bytes(content[:length])
            with pytest.raises(landing.LandingBroken, match="move it away"):
                landing.read_trailer(cut)

    def test_a_flipped_bit_anywhere_is_noticed_or_harmless(
        self, whole: Path, tmp_path: Path
    ) -> None:
        content, flipped, expected = whole.read_bytes(), tmp_path / "f.jsonl.zst", self.read(whole)
        noticed = 0
        for position in range(len(content) * 8):
            damaged = bytearray(content)
            damaged[position // 8] ^= 1 << position % 8
            flipped.write_bytes(damaged)
            try:
                assert self.read(flipped) == expected
            except landing.LandingBroken:
                noticed += 1
        assert noticed > len(content) * 8 - 20

    def test_a_tail_is_noticed(self, whole: Path, tmp_path: Path) -> None:
        for tail in (b"x", whole.read_bytes()):
            (tmp_path / "t.jsonl.zst").write_bytes(whole.read_bytes() + tail)
            with pytest.raises(landing.LandingBroken):
                landing.read_trailer(tmp_path / "t.jsonl.zst")

    def test_something_else_is_no_landing_file(self, tmp_path: Path) -> None:
        for content in (b"", b"{}", b"\x28\xb5\x2f\xfd"):
            (tmp_path / "other.jsonl.zst").write_bytes(content)
            with pytest.raises(landing.LandingBroken):
                landing.read_trailer(tmp_path / "other.jsonl.zst")


class TestStaleParts:
    def test_a_writer_killed_half_way_leaves_nothing_that_counts(self, tmp_path: Path) -> None:
        killed = subprocess.run([sys.executable, "-c", _KILLED, tmp_path], check=False)

        assert killed.returncode == -9
        assert landing.complete_files(tmp_path) == []
        (part,) = tmp_path.rglob("*.part")
        path = land(tmp_path, page(1))
        assert not part.exists()
        assert landing.complete_files(tmp_path) == [path]

    def test_the_part_of_a_living_writer_stays(self, tmp_path: Path) -> None:
        part = tmp_path / "fake" / "brand" / "search-x.jsonl.zst.part"
        part.parent.mkdir(parents=True)
        with part.open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            land(tmp_path, page(1))
            assert part.exists()
        assert landing.remove_stale_parts(tmp_path) == 1
        assert not part.exists()

    def test_two_writers_of_one_job_do_not_meet(self, tmp_path: Path) -> None:
        platform = FakePlatform(page(2))

        def inner(*_args: Json) -> Iterator[Page | Gap]:
            yield page(1)
            landing.collect_to_landing(platform, None, JOB, tmp_path, NOW)
            yield page(3)

        outer = FakePlatform()
        outer.collect = inner  # type: ignore[method-assign]
        landing.collect_to_landing(outer, None, JOB, tmp_path, NOW)

        payloads = [
            [line["payload"] for line in landing.read_landing(path)]
            for path in landing.complete_files(tmp_path)
        ]
        assert sorted(payloads) == [[1, 3], [2]]


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.collectors.fake import FakePlatform, JOB, NOW, page
from collectors import landing
platform = FakePlatform()
def collect(*args):
    for number in range(3):
        yield page("x" * 500_000, hours_ago=1)
    os.kill(os.getpid(), signal.SIGKILL)
platform.collect = collect
landing.collect_to_landing(platform, None, JOB, Path(sys.argv[1]), NOW)
"""


@pytest.mark.parametrize(
    ("usd", "posts"), [(0.0, 0), (-1.0, 0), (0.014, 0), (0.015, 1), (0.3, 20), (15.0, 1000)]
)
def test_a_budget_pays_for_so_many_posts_at_worst(usd: float, posts: int) -> None:
    assert landing.affordable_posts(Price(post=0.005, user=0.010), usd) == posts


def test_free_platforms_know_no_budget() -> None:
    assert landing.affordable_posts(Price(), 0.0) is None
