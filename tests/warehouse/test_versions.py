"""Versions of tags against each other, and what people said as labels."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.versions import UnknownVersion, compare_versions, corrected_posts

SCHEMA = Path(__file__).parents[2] / "warehouse" / "schema"
AT = "'2026-03-02 08:00:00Z'::timestamptz"


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for path in sorted(SCHEMA.glob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
        for model, days in (("fast-aa1", 1), ("fast-ab2", 2)):
            con.execute(
                "INSERT INTO model_runs SELECT $m, $at, $at, 3",
                {"m": model, "at": f"2026-03-0{days} 08:00:00Z"},
            )
        yield con


def post(con: duckdb.DuckDBPyConnection, post_id: str, text: str | None) -> None:
    con.execute(
        "INSERT INTO posts BY NAME SELECT 'x' AS platform, $id AS post_id, $text AS text,"
        f" {AT} AS created_at, $id AS thread_id, {AT} AS first_seen_at, {AT} AS updated_at",
        {"id": post_id, "text": text},
    )


def tag(con: duckdb.DuckDBPyConnection, post_id: str, model: str, **tags: object) -> None:
    known = {"complaint": False, "private_data": [], "text_hash": "h", **tags}
    con.execute(
        "INSERT INTO tags BY NAME SELECT 'x' AS platform, $id AS post_id, $model AS model,"
        f" {AT} AS tagged_at, " + ", ".join(f"${name} AS {name}" for name in known),
        {"id": post_id, "model": model, **known},
    )


def test_two_versions_are_compared_where_both_have_read(con: duckdb.DuckDBPyConnection) -> None:
    for post_id in ("1", "2", "3", "4"):
        post(con, post_id, f"Post {post_id} von a.b@example.com")
        tag(con, post_id, "fast-aa1")
    tag(con, "1", "fast-ab2", complaint=True)
    tag(con, "2", "fast-ab2", private_data=["phone", "email"])
    tag(con, "3", "fast-ab2", complaint=True, text_hash="edited")
    found = compare_versions(con, "fast-aa", "fast-ab2", examples=5)
    assert (found.old, found.new) == ("fast-aa1", "fast-ab2")
    assert found.agreement("complaint") == 0.5
    assert [(c.was, c.became, c.count) for c in found.changes if c.tag == "private_data"] == [
        ("none", "email,phone", 1),
        ("none", "none", 1),
    ]
    assert [(e.tag, e.text) for e in found.examples] == [
        ("complaint", "Post 1 von [e-mail]"),
        ("private_data", "Post 2 von [e-mail]"),
    ]


@pytest.mark.parametrize(
    ("wanted", "cause"),
    [
        ("fast", "several models begin with 'fast'; choose of fast-ab2, fast-aa1"),
        ("slow", "no model 'slow' was used; choose of fast-ab2, fast-aa1"),
    ],
)
def test_versions_must_be_known(con: duckdb.DuckDBPyConnection, wanted: str, cause: str) -> None:
    with pytest.raises(UnknownVersion, match=cause):
        compare_versions(con, wanted, "fast-ab2")


def test_a_persons_last_word_is_the_label(con: duckdb.DuckDBPyConnection) -> None:
    post(con, "1", "Wo bleibt es?")
    post(con, "2", None)
    post(con, "3", "Kauft Uhren")
    said = [
        ("1", "complaint", "true", 1),
        ("1", "complaint", "false", 2),
        ("1", "sentiment", "negative", 1),
        ("1", "spill_over", "app,shop", 1),
        ("2", "complaint", "true", 1),
        ("3", "spam", "true", 1),
    ]
    for post_id, field, value, day in said:
        con.execute(
            "INSERT INTO corrections VALUES ('x', $p, $f, $v, 'mia', $at)",
            {"p": post_id, "f": field, "v": value, "at": f"2026-03-0{day} 08:00:00Z"},
        )
    assert list(corrected_posts(con)) == [
        {
            "platform": "x",
            "post_id": "1",
            "text": "Wo bleibt es?",
            "complaint": 0,
            "sentiment": "negative",
            "spill_over": ["app", "shop"],
        }
    ]
