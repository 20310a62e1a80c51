"""What people do at the page, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import desk_sample as sample
import pytest
from fastapi.testclient import TestClient
from steps import do, mention_at, press

from desk import actions
from desk.sync import sync_actions
from tests.desk.conftest import Clock
from warehouse import open_writer, publish, update_answers

Browser = Callable[[str], TestClient]


def lists_of(browser: TestClient, author: str) -> set[str]:
    """The lists that show somebody's mention."""
    names = ("open", "overdue", "mine", "complaints", "questions", "snoozed", "done", "listen")
    return {name for name in names if f"<bdi>{author}</bdi>" in browser.get(f"/?list={name}").text}


def history(browser: TestClient, post_id: str, brand: str = "kronfurt") -> str:
    html = browser.get(mention_at(post_id, brand)).text
    trail = html[html.rindex("<section") :]
    return " ".join(re.sub("<[^>]+>", " ", trail).split())


def test_assigning_shows_to_everybody(client: Browser) -> None:
    ann, ben = client("Ann"), client("Ben")
    page = do(ann, "outage-1", "assign", value="Ben")
    assert "zugewiesen an Ben" in page.text
    assert lists_of(ben, "@kellerkind_jo") >= {"mine", "open"}
    assert "mine" not in lists_of(ann, "@kellerkind_jo")
    do(ben, "outage-1", "free")
    assert "mine" not in lists_of(ben, "@kellerkind_jo")
    assert re.search("Ben freigegeben .* Ann zugewiesen an Ben", history(ann, "outage-1"))


def test_taking_a_mention_from_the_list_stays_in_the_list(client: Browser) -> None:
    ann = client("Ann")
    page = press(ann, ann.get("/?list=urgent"), "me")
    assert page.url.path == "/"
    assert "list=urgent" in str(page.url)
    assert "bei Ann" in page.text


def test_done_moves_on_to_the_next_and_can_be_undone(client: Browser) -> None:
    ann = client("Ann")
    page = do(ann, "outage-1", "done")
    assert "@mira_solar" in page.text
    assert lists_of(ann, "@kellerkind_jo") == {"done"}
    press(ann, page, "reopen")
    assert "open" in lists_of(ann, "@kellerkind_jo")


@pytest.mark.parametrize(
    ("until", "local_time"),
    [("2h", "12:30"), ("opening", "13:00"), ("tomorrow", "Do. 08:00"), ("monday", "Mo. 08:00")],
)
def test_a_snoozed_mention_comes_back(
    client: Browser, clock: Clock, until: str, local_time: str
) -> None:
    ann = client("Ann")
    do(ann, "outage-1", "snooze", until=until)
    assert lists_of(ann, "@kellerkind_jo") == {"snoozed"}
    assert f"zurückgestellt bis {local_time}" in ann.get(mention_at("outage-1")).text
    clock.forward(days=5)
    ann = client("Ann")
    assert "overdue" in lists_of(ann, "@kellerkind_jo")


def test_snoozing_until_an_exact_moment_means_the_brands_clock(client: Browser, data: Path) -> None:
    do(client("Ann"), "outage-1", "snooze", until="at", at="2026-11-20T09:15")
    (done,) = actions.read(data / actions.FILE)
    assert done.until_at == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("snooze", {"until": "at", "at": "gestern"}),
        ("snooze", {"until": "at", "at": "2026-11-18T10:00"}),
        ("snooze", {"until": "at", "at": "2999-01-01T10:00"}),
        ("snooze", {"until": "never"}),
        ("note", {"value": " \n "}),
        ("note", {"value": "x" * 2001}),
        ("assign", {"value": "x" * 81}),
        ("correct", {"field": "complaint", "value": "vielleicht"}),
        ("correct", {"field": "complaint", "value": "true,false"}),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    client: Browser, data: Path, action: str, fields: dict[str, str]
) -> None:
    page = do(client("Ann"), "outage-1", action, **fields)
    assert page.status_code == 400
    assert actions.read(data / actions.FILE) == []


def test_notes_are_kept_masked_and_harmless(client: Browser) -> None:
    ann = client("Ann")
    said = "<script>alert(1)</script>\nRückruf unter 0170 1234567, \u202egnp.exe"
    do(ann, "iban-1", "note", value=said)
    for page in (ann.get(mention_at("iban-1")), ann.get("/")):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
        assert "1234567" not in page.text
        assert "\u202e" not in page.text


def test_a_corrected_tag_counts_at_once(client: Browser) -> None:
    ann = client("Ann")
    assert "complaints" in lists_of(ann, "@newintown")
    do(ann, "english-1", "correct", field="complaint", value="false")
    assert {"open", "questions"} <= lists_of(ann, "@newintown")
    assert "complaints" not in lists_of(ann, "@newintown")
    do(ann, "english-1", "correct", field="question", value="false")
    assert lists_of(ann, "@newintown") == {"listen"}
    assert "Ann Frage: nein" in history(ann, "english-1")


@pytest.mark.parametrize(
    ("tag", "value", "before"),
    [("complaint", "false", "true"), ("private_data", "iban,phone", ""), ("lang", "de", "en")],
)
def test_a_correction_can_be_undone(
    client: Browser, data: Path, tag: str, value: str, before: str
) -> None:
    ann = client("Ann")
    page = do(ann, "english-1", "correct", field=tag, value=value)
    undone = press(ann, page, "correct", post="english-1")
    assert undone.url.path == "/mention"
    again = press(ann, undone, "correct", post="english-1")
    assert "✓" in again.text
    told = [(act.field, act.value) for act in actions.read(data / actions.FILE)]
    assert told == [(tag, value), (tag, before), (tag, value)]


def test_undoing_an_assignment_hands_it_back_to_whose_it_was(client: Browser) -> None:
    ann = client("Ann")
    do(ann, "outage-1", "assign", value="Ben")
    page = do(ann, "outage-1", "me")
    assert "bei Ben" in press(ann, page, "assign", value="Ben").text
    nobodys = press(ann, do(ann, "iban-1", "me"), "free")
    assert nobodys.url.path == "/mention"
    assert "bei Ann" not in nobodys.text


def test_undoing_leads_back_to_the_mention(client: Browser) -> None:
    ann = client("Ann")
    page = do(ann, "outage-1", "done")
    assert '<h1 id="who"><bdi>@mira_solar' in page.text
    assert '<h1 id="who"><bdi>@kellerkind_jo' in press(ann, page, "reopen").text


def test_praise_that_is_a_complaint_comes_into_the_list(client: Browser) -> None:
    ann = client("Ann")
    do(ann, "praise-1", "correct", field="complaint", value="true")
    assert {"open", "complaints"} <= lists_of(ann, "@frau_holler")


def test_no_mention_leaves_every_list_and_can_be_undone(client: Browser) -> None:
    ann = client("Ann")
    page = do(ann, "iban-1", "no_mention")
    assert lists_of(ann, "@anselm.w") == {"done"}
    assert "@anselm.w" not in ann.get("/?list=private_data").text
    press(ann, page, "mention")
    assert "open" in lists_of(ann, "@anselm.w")


def test_the_kind_of_a_reply_can_be_corrected(client: Browser, data: Path) -> None:
    ann = client("Ann")
    page = do(ann, "holding-1", "correct", field="reply_kind", post="holding-2", value="answer")
    assert "von Hand geändert" in page.text
    assert actions.read(data / actions.FILE)[0].post_id == "holding-2"
    press(ann, page, "correct", field="reply_kind", value="holding")
    undone = actions.read(data / actions.FILE)[1]
    assert (undone.post_id, undone.value) == ("holding-2", "holding")
    other = do(ann, "holding-1", "correct", field="complaint", value="true")
    assert other.status_code == 200
    forged = {"field": "complaint", "value": "true", "post": "parcel-1"}
    token = re.search('name="token" value="([^"]+)"', other.text)
    assert token
    form = {"of": "kronfurt", "on": "x", "post_id": "holding-1", "do": "correct", "token": token[1]}
    assert ann.post("/act", data=form | forged).status_code == 404


def test_two_people_at_once_are_both_kept_and_told(client: Browser) -> None:
    ann, ben = client("Ann"), client("Ben")
    seen_by_ann, seen_by_ben = (b.get(mention_at("outage-1")) for b in (ann, ben))
    press(ann, seen_by_ann, "me")
    page = press(ben, seen_by_ben, "assign", value="Ben")
    assert "Ann war schneller: zugewiesen an Ann" in page.text
    assert re.search("Ben zugewiesen an Ben .* Ann zugewiesen an Ann", history(ann, "outage-1"))
    assert "bei Ben" in ann.get(mention_at("outage-1")).text


def test_the_pulse_tells_an_open_page_that_something_happened(client: Browser) -> None:
    ann, ben = client("Ann"), client("Ben")
    before = ann.get("/pulse").json()["seq"]
    do(ben, "outage-1", "me")
    assert ann.get("/pulse").json()["seq"] == before + 1


def test_actions_reach_the_warehouse_and_survive_the_next_copy(client: Browser, data: Path) -> None:
    ann = client("Ann")
    do(ann, "outage-1", "assign", value="Ben")
    do(ann, "iban-1", "done")
    do(ann, "english-1", "correct", field="complaint", value="false")
    do(ann, "parcel-1", "no_mention", brand="dunmarrow")
    with open_writer(data / "warehouse.duckdb") as con:
        assert sync_actions(con, data / actions.FILE) == 4
        assert sync_actions(con, data / actions.FILE) == 0
        dirty = {row[0] for row in con.execute("SELECT thread_id FROM dirty_threads").fetchall()}
        assert dirty == {"english-1", "parcel-1"}
        update_answers(con, sample.NOW)
        rows = con.execute(
            "SELECT post_id, is_open, assigned_to, done_by FROM mention_status"
            " WHERE post_id IN ('outage-1', 'iban-1', 'parcel-1') ORDER BY post_id"
        ).fetchall()
    assert rows == [
        ("iban-1", False, None, "Ann"),
        ("outage-1", True, "Ben", None),
        ("parcel-1", False, None, None),
    ]
    before = {name: lists_of(ann, name) for name in ("@kellerkind_jo", "@anselm.w", "@newintown")}
    publish(data / "warehouse.duckdb", data / "reader.duckdb")
    assert {name: lists_of(ann, name) for name in before} == before
    assert lists_of(ann, "@tess_in_leith") <= {"done"}


def test_a_new_copy_is_read_without_a_restart(client: Browser, data: Path) -> None:
    ann = client("Ann")
    assert "neue Frage" not in ann.get("/").text
    late = {"who": "spaet", "says": "@KronfurtHilft neue Frage: wann?", "tags": "question"}
    play = {"key": "late", "ago": "5m", "brand": "kronfurt", "posts": [late]}
    sample.fill(data, [*sample.threads(), play])
    assert "neue Frage" in ann.get("/").text
