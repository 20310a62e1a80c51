"""`python -m enrich.train --data ../shared/data`: trains the fast model and writes weights and card.

Deterministic: no random numbers, one thread of arithmetic, folds by the hash of the text. One fifth
of each labelled set is held out first, to calibrate and to measure; what ships is then fitted to all.
"""

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from enrich.components.heads import sigmoid, softmax
from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS
from enrich.training import card, data
from enrich.training.fit import Array, best_cut, fit, matrix, platt
from enrich.weights import FOLDER, pack

log = logging.getLogger(__name__)
HELD_OUT = 0
"""The fold that is held out."""


@dataclass(frozen=True)
class Task:
    """What one head learns.

    Attributes:
        name: Of the head.
        labels: Its outputs.
        exclusive: Whether exactly one label holds.
        l2: Strength of the penalty.
        texts: All texts.
        y: A column per label, probabilities from 0 to 1.
        weight: How much each text counts.
        labelled: Whether a person labelled it: only those are held out and measured.
    """

    name: str
    labels: tuple[str, ...]
    exclusive: bool
    l2: float
    texts: list[str]
    y: Array
    weight: Array
    labelled: Array


def intents(folder: Path) -> Task:
    """The four intents; rows that the labeller was unsure of count less."""
    rows = data.training_rows(folder, "intent/customer_intent_labelled.jsonl")
    y = np.array([data.flags(row) for row in rows], float)
    weight = np.array([1.0 if row["sure"] else 0.6 for row in rows])
    return Task("intents", INTENTS, False, 1.5e-5, [r["text"] for r in rows], y, weight, np.ones(len(rows), bool))


def sentiment(folder: Path) -> Task:
    """Sentiment over four sets of different manner, the large English one thinned."""
    texts: list[str] = []
    labels: list[int] = []
    for source in data.sources():
        if source.use == "train" and "sentiment" in source.heads:
            rows = [r for r in data.training_rows(folder, source.file) if r["sentiment"] in SENTIMENTS]
            some = rows[:: 1 + len(rows) // 24_000]
            texts += [row["text"] for row in some]
            labels += [SENTIMENTS.index(row["sentiment"]) for row in some]
    y = np.eye(3)[labels]
    return Task("sentiment", SENTIMENTS, True, 2e-5, texts, y, np.ones(len(texts)), np.ones(len(texts), bool))


def reply_kind(folder: Path) -> Task:
    """The kinds of replies: labelled ones and replies of our own writing."""
    rows = data.training_rows(folder, "replies/reply_kind_labelled.jsonl")
    own = data.own("replies_own")
    texts = [row["text"] for row in rows + own]
    y = np.eye(5)[[REPLY_KINDS.index(row["kind"]) for row in rows + own]]
    weight = np.array([1.0 if row.get("sure", 1) else 0.6 for row in rows + own])
    labelled = np.array([True] * len(rows) + [False] * len(own))
    return Task("reply_kind", REPLY_KINDS, True, 5e-5, texts, y, weight, labelled)


TASKS = (intents, sentiment, reply_kind)


def train(task: Task) -> tuple[dict[str, Any], dict[str, Array], dict[str, Any]]:
    """One head: its facts, its arrays, and what was measured on the held-out fold."""
    x = matrix(task.texts)
    held = np.array([data.fold(text) == HELD_OUT for text in task.texts]) & task.labelled
    log.info("%s: %d texts, %d held out", task.name, len(task.texts), held.sum())
    w, b = fit(x[~held], task.y[~held], task.weight[~held], task.l2, task.exclusive)
    logits, truth = np.asarray(x[held] @ w + b), task.y[held]
    scale, shift = _calibration(task, logits, truth)
    activate = softmax if task.exclusive else sigmoid
    p = activate(logits * scale + shift)
    cuts = [0.0] * len(task.labels) if task.exclusive else [best_cut(p[:, j], truth[:, j]) for j in range(p.shape[1])]
    texts = [text for text, out in zip(task.texts, held, strict=True) if out]
    measured = card.measure(task.labels, task.exclusive, p, truth, texts)
    w, b = fit(x, task.y, task.weight, task.l2, task.exclusive)
    packed, step = pack(w)
    facts = {
        "labels": list(task.labels),
        "scale": [round(float(v), 5) for v in scale],
        "shift": [round(float(v), 5) for v in shift],
        "cuts": [round(float(v), 3) for v in cuts],
    }
    return facts, {f"{task.name}.weights": packed, f"{task.name}.step": step, f"{task.name}.bias": b}, measured


def _calibration(task: Task, logits: Array, truth: Array) -> tuple[Array, Array]:
    """Platt scaling for each label by itself; one temperature where exactly one label holds."""
    count = len(task.labels)
    if not task.exclusive:
        pairs = np.array([platt(logits[:, j], truth[:, j]) for j in range(count)])
        return pairs[:, 0], pairs[:, 1]
    temperatures = np.geomspace(0.2, 5.0, 60)
    losses = [-np.log((softmax(logits * t) * truth).sum(axis=1) + 1e-9).mean() for t in temperatures]
    return np.full(count, temperatures[int(np.argmin(losses))]), np.zeros(count)


def main(arguments: list[str] | None = None) -> None:
    """Trains all heads and writes `enrich/models/fast` and `docs/model-card.md`."""
    parser = argparse.ArgumentParser(prog="python -m enrich.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--to", type=Path, default=FOLDER / "fast", help="folder of the model")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"), help="where the card goes")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    heads, arrays, measured = {}, {}, {}
    for make in TASKS:
        task = make(options.data)
        heads[task.name], found, measured[task.name] = train(task)
        arrays |= found
    options.to.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.to / "weights.npz", **arrays)
    (options.to / "model.json").write_text(json.dumps({"heads": heads}, indent=1) + "\n", encoding="utf-8")
    card.write(options.card, options.data, measured)


if __name__ == "__main__":
    main()
