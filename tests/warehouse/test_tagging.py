import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.conftest import Rows
from tests.warehouse.making import NOW, write_landing, x_page
from warehouse import export_untagged, load_landing, load_tags

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def loaded(con: duckdb.DuckDBPyConnection, landing_dir: Path) -> duckdb.DuckDBPyConnection:
    page = x_page(
        {"id": "1", "text": "alt", "created_at": "2026-03-01T10:00:00.000Z"},
        {"id": "2", "text": "neu", "lang": "de"},
        {"id": "3", "text": ""},
    )
    load_landing(con, [write_landing(landing_dir, "one", page)], landing_dir, NOW)
    con.execute("DELETE FROM dirty_threads")
    return con


def read(paths: list[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def tag(paths: list[Path], target: Path, **tags: object) -> list[Path]:
    """What the tagging step makes of batches."""
    target.mkdir(exist_ok=True)
    tagged = []
    for path in paths:
        lines = []
        for row in read([path]):
            given = {key: value for key, value in row.items() if key not in ("text", "lang")}
            scores = {"complaint": 0.9, "question": 0.1, "praise": 0.0, "urgent": 0.2}
            sentiment = {"sentiment": "negative", "sentiment_scores": {"negative": 0.8}}
            known = {"model": "m1", "complaint": True, "private_data": ["iban"], "scores": scores}
            lines.append(json.dumps({**given, **known, **sentiment, **tags}))
        tagged.append(target / path.name)
        tagged[-1].write_text("".join(f"{line}\n" for line in lines))
    return tagged


def test_texts_out_newest_first_and_tags_in(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    paths = export_untagged(loaded, tmp_path / "out", "m1", NOW, batch_size=1)
    assert len(paths) == 2
    assert [(row["post_id"], row["text"], row["lang"]) for row in read(paths)] == [
        ("2", "neu", "de"),
        ("1", "alt", None),
    ]
    tagged = tag(paths, tmp_path / "in")
    result = load_tags(loaded, tagged, LATER)
    assert (result.loaded, result.rejected) == (2, 0)
    assert not any(path.exists() for path in tagged)
    columns = "post_id, model, complaint, complaint_score, negative_score, private_data, tagged_at"
    assert rows(f"SELECT {columns} FROM tags ORDER BY 1") == [  # noqa: S608
        (post_id, "m1", True, 0.9, 0.8, ["iban"], LATER) for post_id in ("1", "2")
    ]
    assert rows("SELECT thread_id FROM dirty_threads ORDER BY 1") == [("1",), ("2",)]
    assert export_untagged(loaded, tmp_path / "out", "m1", LATER) == []


def test_an_edit_asks_for_new_tags(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path, tmp_path: Path
) -> None:
    paths = export_untagged(loaded, tmp_path / "out", "m1", NOW)
    page = x_page({"id": "2", "text": "ganz neu"}, at=LATER)
    load_landing(loaded, [write_landing(landing_dir, "two", page)], landing_dir, LATER)
    load_tags(loaded, tag(paths, tmp_path / "in"), LATER)  # tags of the text before the edit
    again = export_untagged(loaded, tmp_path / "out", "m1", LATER)
    assert [row["text"] for row in read(again)] == ["ganz neu"]
    load_tags(loaded, tag(again, tmp_path / "in", complaint=False), LATER)
    assert rows("SELECT complaint FROM tags WHERE post_id = '2'") == [(False,)]
    assert export_untagged(loaded, tmp_path / "out", "m1", LATER) == []


def test_another_model_reads_everything_and_going_back_reads_only_the_rest(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path, tmp_path: Path
) -> None:
    load_tags(loaded, tag(export_untagged(loaded, tmp_path / "o", "m1", NOW), tmp_path / "in"), NOW)
    paths = export_untagged(loaded, tmp_path / "o", "m2", LATER)
    assert len(read(paths)) == 2
    load_tags(loaded, tag(paths, tmp_path / "in", model="m2"), LATER)
    page = x_page({"id": "4", "text": "später"})
    load_landing(loaded, [write_landing(landing_dir, "two", page)], landing_dir, LATER)
    back = export_untagged(loaded, tmp_path / "o", "m1", LATER + timedelta(hours=1))
    assert [row["post_id"] for row in read(back)] == ["4"]
    assert rows("SELECT model, post_count FROM model_runs ORDER BY 1") == [("m1", 2), ("m2", 2)]


def test_what_an_earlier_model_has_read_comes_last_and_in_portions(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path, tmp_path: Path
) -> None:
    load_tags(loaded, tag(export_untagged(loaded, tmp_path / "o", "m1", NOW), tmp_path / "in"), NOW)
    page = x_page({"id": "4", "text": "ganz alt", "created_at": "2026-02-01T10:00:00.000Z"})
    load_landing(loaded, [write_landing(landing_dir, "two", page)], landing_dir, LATER)

    def export(retagged: int) -> list[list[str]]:
        paths = export_untagged(loaded, tmp_path / "o", "m2", LATER, retagged=retagged)
        return [[row["post_id"] for row in read([path])] for path in paths]

    assert export(1) == [["4"]]  # new: before the others, though the oldest; it uses up the portion
    assert export(2) == [["4"], ["2"]]
    assert export(2) == [["4"], ["2"]]  # killed before anything was tagged: the same once more
    load_tags(loaded, tag([*(tmp_path / "o").iterdir()], tmp_path / "in", model="m2"), LATER)
    query = "SELECT post_id, model FROM current_tags ORDER BY 1"
    assert rows(query) == [("1", "m1"), ("2", "m2"), ("4", "m2")]
    assert export(1) == [["1"]]
    load_tags(loaded, tag([*(tmp_path / "o").iterdir()], tmp_path / "in", model="m2"), LATER)
    assert rows(query) == [("1", "m2"), ("2", "m2"), ("4", "m2")]
    assert export(9) == []
    assert rows("FROM retag_queue") == rows("FROM tag_queue") == []


def test_an_edited_post_is_new_again_while_it_waits_for_a_new_model(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, landing_dir: Path, tmp_path: Path
) -> None:
    load_tags(loaded, tag(export_untagged(loaded, tmp_path / "o", "m1", NOW), tmp_path / "in"), NOW)
    export_untagged(loaded, tmp_path / "o", "m2", LATER, retagged=0)
    page = x_page({"id": "2", "text": "ganz neu"}, at=LATER)
    load_landing(loaded, [write_landing(landing_dir, "two", page)], landing_dir, LATER)
    paths = export_untagged(loaded, tmp_path / "o", "m2", LATER, retagged=2)
    assert [[row["text"] for row in read([path])] for path in paths] == [["ganz neu"], ["alt"]]
    load_tags(loaded, tag(paths, tmp_path / "in", model="m2"), LATER)
    assert rows("FROM retag_queue") == rows("FROM tag_queue") == []


def test_a_model_taken_back_finds_its_tags_and_nothing_waits(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    load_tags(loaded, tag(export_untagged(loaded, tmp_path / "o", "m1", NOW), tmp_path / "in"), NOW)
    export_untagged(loaded, tmp_path / "o", "m2", LATER)
    assert len(rows("FROM retag_queue")) == 2
    assert export_untagged(loaded, tmp_path / "o", "m1", LATER + timedelta(hours=1)) == []
    assert rows("FROM retag_queue") == []
    assert rows("SELECT DISTINCT model FROM current_tags") == [("m1",)]


def test_an_export_that_nobody_took_is_replaced(
    loaded: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    first = export_untagged(loaded, tmp_path / "out", "m1", NOW)
    (tmp_path / "out" / "half.jsonl.part").write_text("{")
    second = export_untagged(loaded, tmp_path / "out", "m1", LATER)
    assert sorted((tmp_path / "out").iterdir()) == second
    assert first != second
    assert len(read(second)) == 2


def test_half_written_files_wait_and_bad_lines_do_not_stop_the_rest(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    (good,) = tag(export_untagged(loaded, tmp_path / "out", "m1", NOW), tmp_path / "in")
    good.write_text(good.read_text() + 'no json\n{"platform": "x"}\n"text"\n')
    half = tmp_path / "in" / "half.jsonl"
    half.write_text('{"platform": "x", "post_')
    part = tmp_path / "in" / "some.jsonl.part"
    part.write_text("{}\n")
    result = load_tags(loaded, [good, half, part, tmp_path / "in" / "gone.jsonl"], NOW)
    assert (result.loaded, result.rejected) == (2, 3)
    assert (half.exists(), part.exists(), good.exists()) == (True, True, False)
    assert rows("SELECT line, reason FROM rejects ORDER BY 1") == [
        (line, "not a line of tags") for line in (3, 4, 5)
    ]


def test_a_post_deleted_meanwhile_gets_no_tags(
    loaded: duckdb.DuckDBPyConnection, rows: Rows, tmp_path: Path
) -> None:
    paths = export_untagged(loaded, tmp_path / "out", "m1", NOW)
    loaded.execute("UPDATE posts SET text = NULL WHERE post_id = '2'")
    load_tags(loaded, tag(paths, tmp_path / "in"), NOW)
    assert rows("SELECT post_id FROM tags") == [("1",)]
    assert export_untagged(loaded, tmp_path / "out", "m1", LATER) == []
