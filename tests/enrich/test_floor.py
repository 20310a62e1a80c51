"""Floors on files that never train: a model that fell below them would be broken."""

from pathlib import Path

import pytest

from enrich.evaluate import Choice, evaluate_file
from enrich.training.data import HERE


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


@pytest.mark.parametrize(
    ("tag", "floor"), [("complaint", 0.72), ("question", 0.85), ("praise", 0.63), ("urgent", 0.7)]
)
def test_intents_stay_above_their_floor_in_many_trades(tag: str, floor: float) -> None:
    report = evaluate_file(HERE / "posts_measured.jsonl")
    (score,) = (score for score in report.scores if (score.tag, score.lang) == (tag, "all"))
    assert 2 / (1 / score.precision + 1 / score.recall) >= floor
