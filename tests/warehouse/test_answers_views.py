"""The views: every column explained, the newest model and people's words, what people noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from timelines.stage import NOW, Stage, Timeline, post_key

from warehouse.answers import SUPERUSER_ANSWERS, update_answers

MONDAY = "2026-03-02 09:00"
ASKED = Timeline(
    name="asked",
    posts=[{"at": MONDAY, "who": "jutta", "says": "@werke Kein Gas!", "tags": "complaint"}],
)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_every_table_view_and_column_is_explained(stage: Stage) -> None:
    silent = stage.con.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE NOT internal AND schema_name = 'main' AND database_name = 'memory'"
        " AND coalesce(comment, '') = '' AND table_name NOT LIKE 'schema_version'"
        " AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary"
        "   UNION SELECT view_name FROM duckdb_views() WHERE NOT temporary)"
    ).fetchall()
    assert silent == []
    mute = stage.con.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
        " UNION SELECT table_name FROM duckdb_tables() WHERE NOT temporary AND comment IS NULL"
    ).fetchall()
    assert mute == []


def test_the_model_used_last_counts_and_a_persons_word_beats_it(stage: Stage) -> None:
    stage.play([(1, ASKED)])
    (row,) = ASKED.as_tags(1)
    stage.tag([row | {"model": "newer", "complaint": False, "urgent": True}], NOW + timedelta(1))
    update_answers(stage.con, NOW)
    assert stage.mention(1, ASKED, "werke", 1)["reasons"] == ["urgent"]
    stage.tag([row | {"model": "newer", "complaint": False, "urgent": False}], NOW + timedelta(2))
    correct(stage.con, "complaint", "false", NOW)
    correct(stage.con, "complaint", "true", NOW + timedelta(hours=1))
    correct(stage.con, "private_data", "iban,phone", NOW)
    correct(stage.con, "spill_over", "", NOW)
    update_answers(stage.con, NOW)
    row = stage.con.execute(
        "SELECT model, complaint, urgent, private_data, spill_over, corrected FROM current_tags"
    ).fetchall()[0]
    fields = ["complaint", "private_data", "spill_over"]
    assert row[:5] == ("newer", True, False, ["iban", "phone"], [])
    assert sorted(row[5]) == fields
    assert stage.mention(1, ASKED, "werke", 1)["reasons"] == ["complaint", "private_data"]


def correct(con: duckdb.DuckDBPyConnection, field: str, value: str, at: datetime) -> None:
    con.execute(
        "INSERT INTO corrections VALUES ('x', $post_id, $field, $value, 'lead', $at)",
        {"post_id": post_key(1, 1), "field": field, "value": value, "at": at},
    )


def test_what_people_noted_last_counts_and_done_holds_until_it_is_reopened(stage: Stage) -> None:
    stage.play([(1, ASKED)])
    assert is_open(stage)
    note(stage, "assign", "mia", 1)
    note(stage, "assign", "tom", 2)
    note(stage, "done", None, 3)
    assert not is_open(stage)
    assert state(stage) == ("tom", "mia")
    note(stage, "reopen", None, 4)
    assert is_open(stage)
    assert state(stage) == ("tom", None)
    note(stage, "assign", None, 5)
    assert state(stage) == (None, None)


def test_done_before_the_asker_came_back_no_longer_counts(stage: Stage) -> None:
    again = Timeline(
        name="again",
        posts=[
            *ASKED.posts,
            {"at": "+10m", "who": "werke_hilft", "says": "Läuft.", "tags": "answer"},
            {"at": "+5h", "who": "jutta", "says": "Nein!", "tags": "complaint"},
        ],
    )
    stage.play([(1, again)])
    note(stage, "done", None, 1)
    assert is_open(stage)
    note(stage, "done", None, 10)
    assert not is_open(stage)


def note(stage: Stage, action: str, value: str | None, hours: int) -> None:
    stage.con.execute(
        "INSERT INTO triage BY NAME SELECT 'werke' AS brand, 'x' AS platform, $post_id AS post_id,"
        " $action AS action, $value AS value, 'mia' AS done_by, $at AS done_at",
        {
            "post_id": post_key(1, 1),
            "action": action,
            "value": value,
            "at": datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(hours=hours),
        },
    )


def is_open(stage: Stage) -> bool:
    rows = stage.con.execute("SELECT is_open FROM mention_status WHERE needs_answer").fetchall()
    return bool(rows[0][0])


def state(stage: Stage) -> tuple[str | None, str | None]:
    rows = stage.con.execute("SELECT assigned_to, done_by FROM triage_state").fetchall()
    return rows[0][0], rows[0][1]


def test_a_hundred_helpful_answers_make_a_superuser_everywhere(stage: Stage) -> None:
    helped = Timeline(
        name="helped",
        posts=[
            {"at": MONDAY, "who": "jutta", "says": "@werke Was tun?", "tags": "question"},
            {"at": "+5m", "who": "karl", "says": "Neu starten.", "tags": "answer"},
            {"at": "+5m", "who": "jutta", "says": "Danke!", "tags": "praise"},
        ],
    )
    stage.play((number, helped) for number in range(1, SUPERUSER_ANSWERS))
    assert stage.mention(1, helped, "werke", 1)["answered_by"] == "community"
    stage.play([(SUPERUSER_ANSWERS, helped)])
    assert stage.mention(1, helped, "werke", 1)["answered_by"] == "superuser"
    assert stage.replies(7, helped, "werke")[2]["role"] == "superuser"
    stage.con.execute("INSERT INTO dirty_threads VALUES ('x', $id)", {"id": post_key(1, 1)})
    stage.con.execute("UPDATE tags SET praise = false WHERE post_id = $id", {"id": post_key(1, 3)})
    update_answers(stage.con, NOW)
    assert stage.mention(9, helped, "werke", 1)["answered_by"] == "community"


def test_only_rows_that_differ_are_written(stage: Stage) -> None:
    stage.play([(1, ASKED), (2, ASKED)])
    later = NOW + timedelta(days=1)
    stage.con.execute("UPDATE tags SET urgent = true WHERE post_id = $id", {"id": post_key(1, 1)})
    assert update_answers(stage.con, later, full=True) == 2
    changed = stage.con.execute("SELECT post_id FROM answers WHERE updated_at = $at", {"at": later})
    assert changed.fetchall() == [(post_key(1, 1),)]


def test_a_text_past_retention_keeps_what_was_read_from_it(stage: Stage) -> None:
    told = Timeline(
        name="told",
        posts=[
            {"at": MONDAY, "who": "jutta", "says": "@werke #gas Anwalt!", "tags": "complaint"},
            {"at": "+5m", "who": "werke_hilft", "says": "Weiter per DM. ^mk", "tags": "deflect"},
        ],
    )
    stage.play([(1, told)])
    mention, replies = stage.mention(1, told, "werke", 1), stage.replies(1, told, "werke")
    stage.con.execute("UPDATE posts SET text = NULL")
    later = NOW + timedelta(days=1)
    update_answers(stage.con, later, full=True)
    assert stage.mention(1, told, "werke", 1) == mention | {"text": None, "updated_at": later}
    assert stage.replies(1, told, "werke") == replies
    assert replies[2]["role"] == "agency"
