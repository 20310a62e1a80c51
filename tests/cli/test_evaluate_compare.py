"""`horch evaluate` with people's corrections and with two models; `horch correct --export`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import WATCHLIST, Horch, one_line

POST = {
    "platform": "x",
    "post_id": "1",
    "author_id": "77",
    "author_handle": "kunde42",
    "text": "@strom_ag wo bleibt die Rechnung? Meine Mail: a.b@example.com",
}


@pytest.fixture
def corrected(horch: Horch, tmp_path: Path) -> Horch:
    """An installation with one post that somebody has corrected."""
    (tmp_path / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    post = POST | {"created_at": datetime.now(UTC).isoformat()}
    (tmp_path / "posts.jsonl").write_text(json.dumps(post), "utf-8")
    assert horch("import", "posts.jsonl", "--brand", "strom").returncode == 0
    assert horch("publish").returncode == 0
    assert horch("correct", "1", "--question", "yes", "--complaint", "no").returncode == 0
    assert horch("publish").returncode == 0
    return horch


def test_corrections_are_scored_exported_and_scored_again(corrected: Horch, tmp_path: Path) -> None:
    scored = corrected("evaluate", "--corrections")
    assert (scored.returncode, scored.stderr) == (0, "")
    assert "question" in scored.stdout
    done = corrected("correct", "--export", "labels.jsonl")
    assert (done.returncode, done.stdout) == (0, "labels.jsonl: 1 corrected posts\n")
    (row,) = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]
    assert (row["question"], row["complaint"], row["post_id"]) == (1, 0, "1")
    assert row["text"].endswith("Meine Mail: [e-mail]")
    compared = corrected("evaluate", "labels.jsonl", "--compare", "fast", "fast")
    assert compared.returncode == 0
    assert compared.stdout.count("cut for precision") == 2
    assert "1.000" in compared.stdout
    stored = corrected("evaluate", "--compare", "fast", "nothing-such")
    assert stored.returncode == 1
    assert "nothing is tagged yet; run `horch run` once" in one_line(stored.stderr)


def test_nothing_to_do_is_wrong_usage(horch: Horch) -> None:
    for args, said in ((("evaluate",), "nothing to score"), (("correct",), "no post is named")):
        done = horch(*args)
        assert done.returncode == 2
        assert said in one_line(done.stderr)
