"""The world of docs/analysts.md, and its session played again: `python -m tests.pipeline.session`.

The world is the demo's, read as collectors read it, with tags as the fast model gave them once: so
the session stays as it is when the model learns something new, and needs no model to be played.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from typing import Any
from unittest import mock

import warehouse
from collectors.model import Post
from demo.load import load_world
from demo.model import Post as Told
from demo.model import World
from warehouse.db import transaction
from warehouse.merge import merge_staged
from warehouse.staging import PostStage
from watchlist.load import load

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/analysts.md"
READER = Path("var/demo/reader.duckdb")
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
"""Wednesday morning, 10:30 in Kronfurt."""

FLAGS = ("complaint", "question", "praise", "urgent", "settled")
REPLY_KINDS = ("answer", "ask", "holding", "deflect")
_BLOCK = re.compile(r"```(python|sql)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def publish_world(folder: Path) -> None:
    """Put the published copy of the world where `make demo` puts it."""
    database, reader = folder / "warehouse.duckdb", folder / READER
    reader.parent.mkdir(parents=True)
    world = load_world(NOW)
    shown = [post for name in ("x", "reddit") for post in world.on(name, NOW)]
    with warehouse.open_writer(database) as con:
        warehouse.sync_watchlist(con, load(ROOT / "demo/watchlist.toml", ("x", "reddit")), NOW)
        with transaction(con):
            stage = PostStage(con)
            for post in shown:
                stage.add(_collected(post, world), NOW)
            stage.flush()
            merge_staged(con, NOW)
        tagged = folder / "tagged.jsonl"
        tagged.write_text("".join(json.dumps(row) + "\n" for row in _tags(shown)), "utf-8")
        warehouse.load_tags(con, [tagged], NOW)
        warehouse.update_answers(con, NOW)
    warehouse.publish(database, reader)


def _collected(post: Told, world: World) -> Post:
    """The post as a collector hands it on."""

    def link(post_id: str | None) -> str | None:
        found = world.get(post.platform, post_id or "")
        return found.record_id if found else post_id

    return Post(
        platform=post.platform,
        post_id=post.record_id,
        author_id=str(post.author.number) if post.author else "",
        author_handle=post.author.handle if post.author else None,
        text=post.text_at(NOW),
        created_at=post.created_at,
        reply_to_id=link(post.reply_to),
        root_id=link(post.thread_id),
        repost_of_id=link(post.repost_of),
        quote_of_id=link(post.quote_of),
        lang=post.lang,
        like_count=post.likes,
    )


def _tags(posts: list[Told]) -> Iterator[dict[str, Any]]:
    """What `horch tag` said of the posts."""
    lines = (ROOT / "tests/pipeline/session_tags.txt").read_text("utf-8").splitlines()
    told = {key: words.split() for key, words in (line.split(": ", 1) for line in lines)}
    for post in posts:
        words = told.get(post.key, [])
        kinds = [word for word in words if word in REPLY_KINDS]
        moods = [word for word in words if word in ("negative", "positive")]
        spill = [word.removeprefix("spill:") for word in words if word.startswith("spill:")]
        known = {*FLAGS, *kinds, *moods}
        yield {
            "platform": post.platform,
            "post_id": post.record_id,
            "text_hash": md5(post.text_at(NOW).encode(), usedforsecurity=False).hexdigest(),
            "model": "session",
            "lang": post.lang,
            "sentiment": moods[0] if moods else "neutral",
            **{flag: flag in words for flag in FLAGS},
            "private_data": [w for w in words if w not in known and not w.startswith("spill:")],
            "spill_over": spill,
            "reply_kind": kinds[0] if kinds else "social",
        }


def played(text: str, folder: Path) -> str:
    """Run the page's examples in their order; return the page with what they print."""
    names: dict[str, Any] = {}

    def again(block: re.Match[str]) -> str:
        language, code, _printed = block.groups()
        out = _python(code, names) if language == "python" else _command_line(code)
        return f"```{language}\n{code}```\n" + (f"\n```text\n{out}```\n" if out else "")

    with chdir(folder), mock.patch("warehouse.querying.present", return_value=NOW):
        return _BLOCK.sub(again, text)


def _python(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(code, names)  # noqa: S102 -- our own documentation
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n" * bool(
        out.getvalue()
    )


def _command_line(code: str) -> str:
    """What the `duckdb` command prints."""
    duckdb = Path(sys.executable).with_name("duckdb")
    done = subprocess.run(
        [duckdb, "-readonly", READER],
        input=code.replace("now()", f"TIMESTAMPTZ '{NOW.isoformat()}'"),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"HOME": "/nonexistent", "TZ": "Europe/Berlin"},
    )
    assert not done.stderr, done.stderr
    return done.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        publish_world(Path(made))
        PAGE.write_text(played(PAGE.read_text("utf-8"), Path(made)), "utf-8")
