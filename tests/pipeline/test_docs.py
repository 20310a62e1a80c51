"""The session of docs/analysts.md prints what the page says it does."""

from pathlib import Path

from tests.pipeline.session import PAGE, played, publish_world


def test_the_session_of_an_analyst(tmp_path: Path) -> None:
    """After a change that is meant: `python -m tests.pipeline.session` writes it anew."""
    publish_world(tmp_path)
    text = PAGE.read_text("utf-8")
    assert played(text, tmp_path) == text
    assert (tmp_path / "open.parquet").stat().st_size > 0
