"""The evaluation: counts by hand, cut-offs for a wanted precision, the table, bad files."""

import json
from pathlib import Path
from typing import cast

import pytest

from enrich import ModelError, Tags
from enrich.evaluate import Labelled, cut_for, evaluate, evaluate_file


def tags(complaint: float, sentiment: str = "neutral") -> Tags:
    scores = {"complaint": complaint, "question": 0.0, "praise": 0.0, "urgent": 0.0}
    said = {label: score >= 0.5 for label, score in scores.items()}
    found = {**said, "scores": scores, "sentiment": sentiment, "reply_kind": "ask", "model": "m"}
    return cast("Tags", found)


PAIRS: list[tuple[Labelled, Tags]] = [
    ({"complaint": 1, "lang": "de", "sentiment": "negative"}, tags(0.9, "negative")),
    ({"complaint": 1, "lang": "de", "sentiment": "negative"}, tags(0.6, "neutral")),
    ({"complaint": 0, "lang": "en", "sentiment": "neutral"}, tags(0.7, "neutral")),
    ({"complaint": 1, "lang": "en", "sentiment": "neutral"}, tags(0.2, "neutral")),
]


def test_counts_are_those_made_by_hand() -> None:
    report = evaluate(PAIRS, wanted=1.0)
    total = next(score for score in report.scores if score.lang == "all")
    assert (total.tag, total.posts, total.positive) == ("complaint", 4, 3)
    assert total.precision == pytest.approx(2 / 3)
    assert total.recall == pytest.approx(2 / 3)
    assert (total.cut, total.recall_at_cut) == (0.9, pytest.approx(1 / 3))
    assert {score.lang for score in report.scores} == {"all", "de", "en"}
    choice = next(choice for choice in report.choices if choice.lang == "all")
    assert (choice.accuracy, choice.macro_recall) == (0.75, 0.75)


def test_equal_scores_share_a_cut() -> None:
    assert cut_for([(True, 0.5), (False, 0.5)], 0.9) == (None, 0.0)
    assert cut_for([], 0.9) == (None, 0.0)


def test_the_table_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    rows = [{"text": "Danke!", "praise": 1}, {"text": "Wo ist es?", "praise": 0, "kind": "ask"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    text = str(evaluate_file(path))
    assert "praise" in text
    assert "reply_kind" in text
    assert "cut for precision 0.90" in text


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b'{"text":"a"}\n', "no labels"),
        (b"x\n", "line 1: not JSON"),
        (b"", "no labels"),
        (None, "is not there"),
    ],
)
def test_unusable_files_are_named(tmp_path: Path, content: bytes | None, cause: str) -> None:
    path = tmp_path / "labelled.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=cause):
        evaluate_file(path)
