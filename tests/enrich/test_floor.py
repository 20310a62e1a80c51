"""Floors on development files that never train: a model that fell below them would be broken."""

from pathlib import Path

import pytest

from enrich.evaluate import Choice, evaluate_file


def sentiment(path: Path) -> Choice:
    report = evaluate_file(path)
    return next(
        choice for choice in report.choices if (choice.tag, choice.lang) == ("sentiment", "all")
    )


@pytest.mark.parametrize(
    ("file", "measure", "floor"),
    [
        ("sentiment/umsab_val_de.jsonl", "macro_f1", 0.64),
        ("sentiment/tweeteval_val_en.jsonl", "macro_recall", 0.58),
    ],
)
def test_sentiment_stays_above_its_floor(
    shared: Path, file: str, measure: str, floor: float
) -> None:
    assert getattr(sentiment(shared / "data" / file), measure) >= floor
