"""Scores of a model on any labelled file, with the cut-offs that reach a wanted precision."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS, ModelError, Tags, TextIn
from enrich.tagging import tag_texts

Labelled = dict[str, object]


@dataclass(frozen=True)
class Score:
    """How well one yes/no label was told, in one language.

    Attributes:
        tag: Which label.
        lang: "de", "en", another code, or "all".
        posts: Texts with this label given.
        positive: Those of them for which it holds.
        precision: Of those said to be so, how many are.
        recall: Of those that are so, how many were said to be.
        f1: Their harmonic mean.
        cut: Lowest score from which the wanted precision is reached, None if never.
        recall_at_cut: Recall there.
    """

    tag: str
    lang: str
    posts: int
    positive: int
    precision: float
    recall: float
    f1: float
    cut: float | None
    recall_at_cut: float


@dataclass(frozen=True)
class Choice:
    """How well one of several classes was chosen, in one language."""

    tag: str
    lang: str
    posts: int
    accuracy: float
    macro_f1: float
    macro_recall: float


@dataclass(frozen=True)
class Report:
    """All scores of a file."""

    model: str
    wanted: float
    scores: tuple[Score, ...]
    choices: tuple[Choice, ...]

    def __str__(self) -> str:
        """Plain text tables."""
        lines = [f"model {self.model}"]
        if self.scores:
            head = f"{'tag':<12}{'lang':<6}{'posts':>7}{'yes':>7}{'prec.':>8}{'recall':>8}{'F1':>7}"
            lines += ["", f"{head}  cut for precision {self.wanted:.2f}"]
            lines += [_score_line(score) for score in self.scores]
        if self.choices:
            lines += [
                "",
                f"{'tag':<12}{'lang':<6}{'posts':>7}{'accuracy':>10}{'macro-F1':>10}{'macro-recall':>14}",
            ]
            lines += [
                f"{c.tag:<12}{c.lang:<6}{c.posts:>7}{c.accuracy:>10.3f}{c.macro_f1:>10.3f}{c.macro_recall:>14.3f}"
                for c in self.choices
            ]
        return "\n".join(lines)


def evaluate_file(path: Path, model: str = "fast", wanted: float = 0.9) -> Report:
    """Tags the texts of a labelled file and compares.

    Args:
        path: JSON lines with `text` and any of `complaint`, `question`, `praise`, `urgent` (0 or
            1), `sentiment`, `reply_kind` (or `kind`), and optionally `lang`.
        model: Which model.
        wanted: Precision for which cut-offs are suggested.

    Raises:
        ModelError: the file holds no labelled text, or there is no such model.
    """
    return evaluate_rows(labelled(path), model, wanted, path.name)


def evaluate_rows(
    rows: Sequence[Labelled], model: str = "fast", wanted: float = 0.9, name: str = "these texts"
) -> Report:
    """Tags labelled texts and compares; like `evaluate_file`."""
    return evaluate(list(zip(rows, tagged(rows, model), strict=True)), wanted, name)


def labelled(path: Path) -> list[Labelled]:
    """The rows of a labelled file that have a text.

    Raises:
        ModelError: the file cannot be read.
    """
    return [row for row in _rows(path) if isinstance(row.get("text"), str)]


def tagged(rows: Iterable[Labelled], model: str) -> Iterator[Tags]:
    """What a model says of labelled texts, which may be in any language."""
    texts: Iterator[TextIn] = ({"text": str(row["text"])} for row in rows)
    return tag_texts(texts, model)


def evaluate(
    pairs: Sequence[tuple[Labelled, Tags]], wanted: float = 0.9, name: str = "these texts"
) -> Report:
    """Compares labels with tags.

    Raises:
        ModelError: nothing is labelled.
    """
    languages = sorted({str(row["lang"]) for row, _ in pairs if row.get("lang")})
    groups = [("all", list(pairs))]
    if len(languages) > 1:
        groups += [
            (lang, [pair for pair in pairs if pair[0].get("lang") == lang]) for lang in languages
        ]
    scores = [
        s
        for lang, group in groups
        for label in INTENTS
        if (s := _score(label, lang, group, wanted))
    ]
    kinds = (
        ("sentiment", ("sentiment",), SENTIMENTS),
        ("reply_kind", ("reply_kind", "kind"), REPLY_KINDS),
    )
    choices = [
        c
        for lang, group in groups
        for tag, keys, labels in kinds
        if (c := _choice(tag, keys, labels, lang, group))
    ]
    if not scores and not choices:
        raise ModelError(
            f"{name}: no labels; give complaint, question, praise, urgent, sentiment or reply_kind"
        )
    return Report(str(pairs[0][1]["model"]), wanted, tuple(scores), tuple(choices))


def _rows(path: Path) -> Iterator[Labelled]:
    if not path.is_file():
        raise ModelError(f"{path} is not there; name a file of labelled JSON lines")
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise ModelError(
                    f"{path}, line {number}: not JSON ({error}); mend or remove the line"
                ) from error
            if isinstance(row, dict):
                yield row


def _score(
    label: str, lang: str, pairs: Sequence[tuple[Labelled, Tags]], wanted: float
) -> Score | None:
    found = [
        (bool(row[label]), bool(cast("Any", tags)[label]), tags["scores"][label])
        for row, tags in pairs
        if row.get(label) is not None
    ]
    if not found:
        return None
    positive = sum(truth for truth, _, _ in found)
    said = sum(guess for _, guess, _ in found)
    both = sum(truth and guess for truth, guess, _ in found)
    cut, at_cut = cut_for([(truth, score) for truth, _, score in found], wanted)
    return Score(
        tag=label,
        lang=lang,
        posts=len(found),
        positive=positive,
        precision=both / max(1, said),
        recall=both / max(1, positive),
        f1=2 * both / max(1, said + positive),
        cut=cut,
        recall_at_cut=at_cut,
    )


def cut_for(scored: Iterable[tuple[bool, float]], wanted: float) -> tuple[float | None, float]:
    """The lowest score from which on precision is at least `wanted`, and the recall it leaves.

    >>> cut_for([(True, 0.9), (True, 0.8), (False, 0.7), (True, 0.6)], 0.9)
    (0.8, 0.6666666666666666)
    """
    ordered = sorted(scored, key=lambda one: -one[1])
    positive = sum(truth for truth, _ in ordered)
    best: tuple[float | None, float] = (None, 0.0)
    right = 0
    for count, (truth, score) in enumerate(ordered, 1):
        right += truth
        last_of_its_score = count == len(ordered) or ordered[count][1] < score
        if last_of_its_score and right and right / count >= wanted:
            best = (score, right / positive)
    return best


def _choice(
    tag: str,
    keys: Sequence[str],
    labels: Sequence[str],
    lang: str,
    pairs: Sequence[tuple[Labelled, Tags]],
) -> Choice | None:
    found = [
        (truth, cast("Any", tags)[tag])
        for row, tags in pairs
        if (truth := next((row[key] for key in keys if row.get(key)), None)) in labels
    ]
    if not found:
        return None
    f1s, recalls = [], []
    for label in labels:
        truths, guesses = sum(t == label for t, _ in found), sum(g == label for _, g in found)
        both = sum(t == g == label for t, g in found)
        if truths:
            f1s.append(2 * both / (truths + guesses))
            recalls.append(both / truths)
    right = sum(truth == guess for truth, guess in found) / len(found)
    return Choice(tag, lang, len(found), right, sum(f1s) / len(f1s), sum(recalls) / len(recalls))


def _score_line(score: Score) -> str:
    cut = "never" if score.cut is None else f"{score.cut:.2f} (recall {score.recall_at_cut:.2f})"
    numbers = f"{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>7.3f}"
    return f"{score.tag:<12}{score.lang:<6}{score.posts:>7}{score.positive:>7}{numbers}  {cut}"
