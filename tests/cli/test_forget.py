"""`horch forget` in an installation of its own."""

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import WATCHLIST, Horch

POST = {
    "platform": "x",
    "post_id": "1",
    "author_id": "77",
    "author_handle": "kunde42",
    "text": "@strom_ag wo bleibt die Rechnung?",
}


def _installed(horch: Horch, folder: Path) -> None:
    (folder / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    post = POST | {"created_at": datetime.now(UTC).isoformat()}
    (folder / "posts.jsonl").write_text(json.dumps(post), "utf-8")
    assert horch("import", "posts.jsonl", "--brand", "strom").returncode == 0


def test_a_person_is_forgotten_also_in_what_analysts_read(horch: Horch, tmp_path: Path) -> None:
    _installed(horch, tmp_path)
    done = horch("forget", "@Kunde42", "--yes")
    assert (done.returncode, done.stdout) == (0, "posts of @Kunde42 erased: 1\n")
    assert "kunde42" not in horch("query", "listen", "--format", "json").stdout
    assert horch("query", "listen", "--format", "json").returncode == 0


def test_it_asks_first_and_says_who_is_unknown(horch: Horch, tmp_path: Path) -> None:
    _installed(horch, tmp_path)
    assert horch("forget", "kunde42", stdin="n\n").returncode == 130
    unknown = horch("forget", "niemand", "--yes")
    assert unknown.returncode == 1
