"""Measures heads on texts they have not seen, and writes the model card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from enrich.components.heads import sigmoid
from enrich.training import data
from enrich.training.fit import PRECISE, Array, best_cut, f1, platt

HERE = Path(__file__).parent

OWN = "posts of our own writing"
"""The name of what nobody has learnt from, among `Measured.others`."""


@dataclass(frozen=True)
class Measured:
    """What a head said about held-out texts.

    Attributes:
        labels: Its outputs.
        exclusive: Whether exactly one of them holds.
        said: Calibrated probabilities.
        truth: What holds, 0 or 1.
        groups: Of each text, for tables: its language.
        others: The same for further sets, and for folds that leave a domain out, by name.
    """

    labels: tuple[str, ...]
    exclusive: bool
    said: Array
    truth: Array
    groups: Sequence[str]
    others: dict[str, tuple[Array, Array]] = field(default_factory=dict)


HALVINGS = 40
"""By one way to halve texts and another, F1 differs by .01, with few that have the label by .05."""


def crossed_f1(said: Array, truth: Array, precise: float = 0.0) -> float:
    """F1 with calibration and cut from one half of the texts used on the other, both ways.

    The mean over many ways to halve them, by seed.
    """
    chance = np.random.default_rng(0)
    halves = [chance.permutation(len(said)) % 2 == 1 for _ in range(HALVINGS)]
    return float(np.mean([_halved_f1(said, truth, precise, odd) for odd in halves]))


def _halved_f1(said: Array, truth: Array, precise: float, odd: Array) -> float:
    yes = np.zeros(len(said), bool)
    logits = np.log(said + 1e-9) - np.log(1 - said + 1e-9)
    for half in (odd, ~odd):
        scale, shift = platt(logits[~half], truth[~half])
        p = sigmoid(np.asarray(scale * logits + shift))
        yes[half] = p[half] >= best_cut(p[~half], precise)
    return f1(truth > 0, yes)


def write(
    path: Path,
    folder: Path,
    model: Path,
    measured: dict[str, Measured],
    template: Path = HERE / "card.md",
) -> None:
    """Writes the card.

    Args:
        path: Of the card.
        folder: Of the training data.
        model: Folder of the weights.
        measured: By head.
        template: The card without its tables.
    """
    words = template.read_text(encoding="utf-8")
    size = sum(file.stat().st_size for file in model.iterdir()) / 1e6
    tables = {
        "size": f"{size:.1f} MB",
        "sources": _sources(folder),
        "intents": _independent(measured["intents"]),
        "domains": _others(measured["intents"], "left out", lambda name: name != OWN),
        "own": _others(measured["intents"], "measured on", lambda name: name == OWN),
        "sentiment": _choices(measured["sentiment"]),
        "reply_kind": _choices(measured["reply_kind"]),
        "reply_confusion": _confusion(measured["reply_kind"]),
        "calibration": _calibration(measured["intents"]),
    }
    for name, text in tables.items():
        words = words.replace(f"<!-- {name} -->", text)
    path.write_text(words, encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *[[str(cell) for cell in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _sources(folder: Path) -> str:
    rows = []
    for source in data.sources():
        count = len(data.rows(folder, source.file))
        use = "measures only" if source.use == "measure" else "trains " + ", ".join(source.heads)
        rows.append([f"`{source.file}`", f"{count:,}", use, source.what, source.licence])
    ours = (
        ("replies_own.jsonl", "trains reply_kind", "replies of our own writing"),
        ("written", "trains intents", OWN),
        ("labels.tsv", "trains intents", "labels of ours under a hash, no text"),
        (
            "taught.npz",
            "trains intents (fast)",
            "answers of the accurate model under a hash, no text",
        ),
        ("posts_measured.jsonl", "measures only", f"{OWN}, others"),
    )
    rows += [
        [f"`enrich/training/{name}`", f"{data.count(name):,}", use, what, "Apache-2.0"]
        for name, use, what in ours
    ]
    return _table(["file", "rows", "use", "what", "licence of the data"], rows)


def _independent(m: Measured) -> str:
    rows = []
    groups = np.array(m.groups)
    for at, label in enumerate(m.labels):
        cells = [_f1(label, m.said[:, at], m.truth[:, at])]
        cells += [
            _f1(label, m.said[groups == g, at], m.truth[groups == g, at]) for g in ("de", "en")
        ]
        rows.append([label, int(m.truth[:, at].sum()), *cells])
    return f"{len(m.groups):,} held-out posts.\n\n" + _table(
        ["tag", "positive", "F1", "German", "English"], rows
    )


def _f1(label: str, said: Array, truth: Array) -> str:
    return f"{crossed_f1(said, truth, PRECISE.get(label, 0.0)):.3f}"


def _others(m: Measured, what: str, wanted: Callable[[str], bool]) -> str:
    rows = []
    for name, (said, truth) in m.others.items():
        if not wanted(name):
            continue
        rows.append(
            [
                name,
                len(truth),
                *[_f1(label, said[:, at], truth[:, at]) for at, label in enumerate(m.labels)],
            ]
        )
    return _table([what, "posts", *m.labels], rows)


def _choices(m: Measured) -> str:
    sets = {"held-out fold": (m.said, m.truth), **m.others}
    rows = []
    for name, (said, truth) in sets.items():
        guess, right = said.argmax(axis=1), truth.argmax(axis=1)
        each = [at for at in range(len(m.labels)) if (right == at).any()]
        scores = np.mean([f1(right == at, guess == at) for at in each])
        recall = np.mean([(guess[right == at] == at).mean() for at in each])
        rows.append(
            [name, len(truth), f"{(guess == right).mean():.3f}", f"{scores:.3f}", f"{recall:.3f}"]
        )
    return _table(["set", "texts", "accuracy (micro-F1)", "macro-F1", "macro-recall"], rows)


def _confusion(m: Measured) -> str:
    guess, right = m.said.argmax(axis=1), m.truth.argmax(axis=1)
    rows = [
        [
            f"is {label}",
            *[int(((right == at) & (guess == said)).sum()) for said in range(len(m.labels))],
        ]
        for at, label in enumerate(m.labels)
    ]
    return _table(["", *[f"said {label}" for label in m.labels]], rows)


def _calibration(m: Measured) -> str:
    edges = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.01]
    rows = []
    for low, high in pairwise(edges):
        cells = []
        for at in range(len(m.labels)):
            inside = (m.said[:, at] >= low) & (m.said[:, at] < high)
            cells.append(
                f"{m.truth[inside, at].mean():.2f} ({inside.sum()})" if inside.any() else "–"
            )
        rows.append([f"{low:.2f} – {min(high, 1.0):.2f}", *cells])
    return _table(["said", *m.labels], rows)
