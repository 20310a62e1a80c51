"""What a correction shows at once is what the next run makes of it: the page knows the same rules.

The rules: company accounts, reposts and spam need no answer, and where a brand engages only in
direct address (Facebook's default), neither do mere names.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import desk_sample as sample
import pytest

from desk import Act, actions, append, sync_actions
from desk.data import Data, Row
from desk.model import LISTS, User, View
from warehouse import open_writer, publish, update_answers

ANN = User("Ann")
TEXTS = {"direct": "@KronfurtHilft {} Das war heute so.", "name": "Stadtwerke Kronfurt: {} war da."}
#: What a person says one after the other: pairs of a tag and its right value.
SAID = {
    "complaint": [("complaint", "true")],
    "question": [("question", "true")],
    "urgent": [("urgent", "true")],
    "nothing": [("complaint", "false"), ("question", "false"), ("urgent", "false")],
    "only a question": [("complaint", "false"), ("question", "true")],
    "spam": [("spam", "true")],
    "no spam": [("spam", "true"), ("spam", "false")],
    "spam but a complaint": [("complaint", "true"), ("spam", "true")],
    "mood": [("sentiment", "negative")],
}


def _play(
    platform: str, kind: str, tags: str, who: str, said: str, is_repost: bool
) -> dict[str, Any]:
    key = f"{platform}-{kind}-{tags}-{who}-{said}-{is_repost}".replace(" ", "_")
    post = {
        "who": "KronfurtHilft" if who == "company" else f"kunde_{key}",
        "says": TEXTS[kind].format(key),
        "tags": tags,
    }
    if is_repost:
        post["repost_of"] = "elsewhere"
    return {"key": key, "ago": "30h", "brand": "kronfurt", "platform": platform, "posts": [post]}


CASES = [
    *product(
        ("x", "facebook"),
        ("direct", "name"),
        ("praise", "complaint"),
        ["customer"],
        SAID,
        [False],
    ),
    ("x", "direct", "praise", "company", "complaint", False),
    ("x", "direct", "praise", "customer", "complaint", True),
]


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published copy, and corrections that it does not know of yet."""
    folder = tmp_path_factory.mktemp("corrected")
    sample.fill(folder, [_play(*case) for case in CASES])
    for case in CASES:
        play = _play(*case)
        for tag, value in SAID[case[4]]:
            post_id = sample.post_id(play["key"])
            act = Act("Ann", "kronfurt", play["platform"], post_id, "correct", tag, value)
            append(folder / actions.FILE, act, sample.NOW)
    return folder


def _told(row: Row) -> dict[str, object]:
    return {name: row[name] for name in ("needs_answer", "is_open", "is_overdue", "reasons")} | {
        "lists": sorted(row["lists"])
    }


def _seen(folder: Path) -> dict[str, dict[str, object]]:
    """What the page says of every post that any list holds."""
    data = Data(folder)
    seen = {
        row["post_id"]: _told(row)
        for name in LISTS
        for number in (1, 2)
        for row in data.page(ANN, View(list=name, page=number), sample.NOW)
    }
    data.close()
    return seen


def test_a_correction_shows_at_once_what_the_next_run_makes_of_it(corrected: Path) -> None:
    at_once = _seen(corrected)
    assert len(at_once) == len(CASES) - 2, "all but the company's own post and the repost"
    with open_writer(corrected / "warehouse.duckdb") as con:
        sync_actions(con, corrected / actions.FILE)
        update_answers(con, sample.NOW)
    publish(corrected / "warehouse.duckdb", corrected / "reader.duckdb")
    assert at_once == _seen(corrected)


def test_a_mere_name_on_facebook_is_only_listened_to_whatever_a_person_says(
    corrected: Path,
) -> None:
    data = Data(corrected)
    rows = {
        name: list(data.page(ANN, View(list=name, platform="facebook"), sample.NOW))
        for name in LISTS
    }
    data.close()
    assert {row["kind"] for row in rows["open"]} == {"direct"}
    assert any(row["kind"] == "name" and row["complaint"] for row in rows["listen"])
