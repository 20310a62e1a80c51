"""The generated documentation is what the commands and the model say today."""

from __future__ import annotations

from pathlib import Path

from cli.reference import commands_markdown
from watchlist.reference import keys_markdown

DOCS = Path(__file__).parents[2] / "docs"


def test_docs_are_up_to_date() -> None:
    assert commands_markdown() in (DOCS / "cli.md").read_text(encoding="utf-8")
    assert keys_markdown() in (DOCS / "watchlist.md").read_text(encoding="utf-8")


def test_every_key_is_explained() -> None:
    rows = [line for line in keys_markdown().splitlines() if line.startswith("| `")]
    assert len(rows) > 30
    assert all(line.split("|")[3].strip() for line in rows)
