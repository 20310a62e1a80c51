"""Recorded threads become a world: a tiny invented set always, the real ones where they are."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from demo.replay import Replay, load_replay
from demo.x_server import TOKEN, XApp, XServer

LINKED = [
    {"id": "1", "author": "901", "inbound": True, "text": "@ParcelCo where is it?",
     "thread_id": "1", "created_at": "2017-10-31T22:00:00Z", "lang": "en"},
    {"id": "2", "author": "ParcelCo", "inbound": False, "in_reply_to": "1", "text": "On its way",
     "thread_id": "1", "created_at": "2017-10-31T22:06:40Z"},
    {"id": "3", "author": "902", "inbound": True, "text": "@ParcelCo hello?", "thread_id": "3",
     "created_at": "2017-10-01T10:00:00Z"},
    {"id": "4", "author": "903", "inbound": True, "in_reply_to": "3", "text": "@902 same here",
     "thread_id": "3", "created_at": "2017-10-21T10:00:00Z"},
    {"id": "5", "author": "ParcelCo", "inbound": False, "in_reply_to": "4", "text": "@903 Fixed",
     "thread_id": "3", "created_at": "2017-10-21T11:00:00Z"},
    {"id": "6", "author": "904", "inbound": True, "in_reply_to": "99", "text": "@ParcelCo and?",
     "thread_id": "99", "created_at": "2017-10-21T11:00:00Z"},
]  # fmt: skip
ROLES = [
    {"id": "7", "role": "customer", "brand": "BankCo", "text": "no login", "thread_id": "t",
     "lang": "en", "created_at": "2019-08-10T07:40:50.000Z", "position": 0},
    {"id": "8", "role": "agent", "brand": "BankCo", "author": "BankCo", "text": "Try again",
     "thread_id": "t", "lang": "en", "created_at": "2019-08-10T12:58:55Z", "position": 1,
     "prev_in_thread": "7"},
]  # fmt: skip


@pytest.fixture
def replay(tmp_path: Path, anchor: datetime) -> Replay:
    files = []
    for name, rows in (("linked", LINKED), ("roles", ROLES)):
        files.append(tmp_path / f"{name}.jsonl")
        files[-1].write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return load_replay(files, anchor)


def test_truth_follows_the_datas_links(replay: Replay) -> None:
    found = {truth.original_id: truth for truth in replay.truth}
    assert set(found) == {"1", "3", "7"}, "6 is a reply to something that is not there"
    assert found["1"].first_reply_seconds == 400
    assert found["1"].is_addressed
    assert not found["3"].is_answered, "the company answered somebody else in the thread"
    assert found["3"].is_squeezed
    assert (found["7"].brand, found["7"].is_addressed) == ("BankCo", False)
    assert found["7"].first_reply_seconds == 19085
    assert replay.companies == ["BankCo", "ParcelCo"]


def test_threads_lie_in_reach_and_keep_their_differences(replay: Replay, anchor: datetime) -> None:
    posts = {post.key: post for post in replay.world.posts}
    assert all(anchor - timedelta(days=7) < p.created_at < anchor for p in posts.values())
    assert posts["2"].created_at - posts["1"].created_at == timedelta(seconds=400)
    assert posts["3"].created_at < posts["4"].created_at < posts["5"].created_at
    assert posts["5"].thread_id == posts["3"].post_id
    assert posts["6"].reply_to == posts["6"].thread_id
    assert replay.world.get("x", posts["6"].thread_id) is None
    assert replay.originals[posts["8"].post_id] == "8"


@pytest.mark.parametrize("name", ["ibm_messages", "twcs_messages"])
def test_real_threads_are_served(shared: Path, anchor: datetime, name: str) -> None:
    file = shared / "data" / "threads" / f"{name}.jsonl"
    rows = {row["id"]: row for row in map(json.loads, file.read_text("utf-8").splitlines())}
    replay = load_replay([file], anchor)
    assert len(replay.world.posts) == len(replay.originals) == len(rows)
    for post in replay.world.posts:
        assert anchor - timedelta(days=7) < post.created_at < anchor
        parent = replay.world.get("x", post.reply_to or "")
        assert parent is None or parent.created_at <= post.created_at
    for truth in replay.truth:
        row = rows[truth.original_id]
        if truth.is_answered and "first_reply_seconds" in row:
            assert truth.first_reply_seconds == row["first_reply_seconds"]
    company, _count = Counter(truth.brand for truth in replay.truth).most_common(1)[0]
    with XServer(XApp(replay.world, lambda: anchor)) as server:
        answer = requests.get(
            f"{server.url}/2/tweets/search/recent",
            {"query": f"@{company} OR from:{company}", "max_results": "100"},
            headers={"authorization": f"Bearer {TOKEN}"},
            timeout=5,
        )
    assert answer.json()["meta"]["result_count"] == 100
