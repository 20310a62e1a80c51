"""Calibrates the accurate model's heads on held-out texts, and says what they score there.

`python -m enrich.training.accurate.measure --data ../shared/data` does it again for the weights
that are there: without torch, with what tags.
"""

import argparse
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enrich.components.heads import mixed, sigmoid, softmax
from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS
from enrich.training import card, data, tasks
from enrich.training.accurate.railway import read
from enrich.training.fit import Array, best_cut, platt
from enrich.weights import FOLDER, stored

log = logging.getLogger(__name__)

MODEL = "accurate"
HEADS = ("sentiment", "sentiment_railway", "railway")
WORDS = Path(__file__).with_name("card.md")


def measure(folder: Path, target: Path) -> None:
    """Writes `model.json` and the card.

    Args:
        folder: Of the data.
        target: The card.
    """
    facts: dict[str, Any] = {}
    measured: dict[str, card.Measured] = {}
    for name, make in (("intents", _intents), ("sentiment", _sentiment), ("reply_kind", _replies)):
        more, measured[name] = make(folder)
        facts |= more
        log.info("%s: measured on %d texts", name, len(measured[name].truth))
    path = FOLDER / MODEL / "model.json"
    path.write_text(json.dumps({"heads": facts}, indent=1) + "\n", encoding="utf-8")
    card.write(target, folder, FOLDER / MODEL, measured, WORDS)


def begin() -> None:
    """Makes room for the facts about the heads: `model.json` says that there is a model."""
    (FOLDER / MODEL).mkdir(parents=True, exist_ok=True)
    (FOLDER / MODEL / "model.json").write_text('{"heads": {}}\n', encoding="utf-8")


def logits(texts: Sequence[str], *heads: str) -> list[Array]:
    """What heads say about texts, not calibrated."""
    found, own = read(MODEL, texts), stored(MODEL)
    return [np.asarray(found @ own[f"{h}.weights"] + own[f"{h}.bias"], np.float32) for h in heads]


def _intents(folder: Path) -> tuple[dict[str, Any], card.Measured]:
    rows = _held_out(folder, tasks.INTENT_FILE)
    truth = np.array([data.flags(row) for row in rows])
    (found,) = logits([row["text"] for row in rows], "intents")
    pairs = np.array([platt(found[:, at], truth[:, at]) for at in range(len(INTENTS))])
    said = sigmoid(found * pairs[:, 0] + pairs[:, 1])
    cuts = [best_cut(said[:, at], truth[:, at]) for at in range(len(INTENTS))]
    groups = [row["lang"] for row in rows]
    facts = _facts(INTENTS, pairs[:, 0], pairs[:, 1], cuts)
    return {"intents": facts}, card.Measured(INTENTS, False, said, truth, groups)


def _sentiment(folder: Path) -> tuple[dict[str, Any], card.Measured]:
    """The development sets, each and together: no training set was held out here."""
    files = [s for s in data.sources() if s.use == "measure" and "sentiment" in s.heads]
    rows = {
        s.what: [row for row in data.rows(folder, s.file) if row["sentiment"] in SENTIMENTS]
        for s in files
    }
    truth = {
        what: np.eye(len(SENTIMENTS))[[SENTIMENTS.index(row["sentiment"]) for row in some]]
        for what, some in rows.items()
    }
    found = {what: logits([row["text"] for row in some], *HEADS) for what, some in rows.items()}
    scale = _temperature(
        np.concatenate([general for general, _, _ in found.values()]),
        np.concatenate(list(truth.values())),
    )
    others = {
        what: (mixed(general * np.float32(scale), railway, gate), truth[what])
        for what, (general, railway, gate) in found.items()
    }
    said = np.concatenate([said for said, _ in others.values()])
    groups = [row["lang"] for some in rows.values() for row in some]
    together = np.concatenate(list(truth.values()))
    facts = {
        "sentiment": _facts(SENTIMENTS, np.full(3, scale), np.zeros(3), [0.0] * 3),
        "sentiment_railway": _facts(SENTIMENTS, np.ones(3), np.zeros(3), [0.0] * 3),
        "railway": _facts(["railway"], np.ones(1), np.zeros(1), [0.5]),
    }
    return facts, card.Measured(SENTIMENTS, True, said, together, groups, others)


def _replies(folder: Path) -> tuple[dict[str, Any], card.Measured]:
    rows = _held_out(folder, tasks.REPLY_FILE)
    truth = np.eye(len(REPLY_KINDS))[[REPLY_KINDS.index(row["kind"]) for row in rows]]
    (found,) = logits([row["text"] for row in rows], "reply_kind")
    scale = _temperature(found, truth)
    facts = _facts(REPLY_KINDS, np.full(5, scale), np.zeros(5), [0.0] * 5)
    groups = [row["lang"] for row in rows]
    return {"reply_kind": facts}, card.Measured(
        REPLY_KINDS, True, softmax(np.asarray(found * scale, np.float32)), truth, groups
    )


def _held_out(folder: Path, file: str) -> list[data.Row]:
    rows = data.rows(folder, file)
    return [row for row in rows if data.fold(row["text"]) == tasks.HELD_OUT]


def _temperature(found: Array, truth: Array) -> float:
    """What logits are multiplied with so that probabilities hold."""
    tried = np.geomspace(0.2, 5.0, 60)
    losses = [
        -np.log((softmax(np.asarray(found * each, np.float32)) * truth).sum(axis=1) + 1e-9).mean()
        for each in tried
    ]
    return float(tried[int(np.argmin(losses))])


def _facts(labels: Sequence[str], *values: Array | list[float]) -> dict[str, Any]:
    short = [[round(float(value), 5) for value in some] for some in values]
    return {"labels": list(labels), **dict(zip(("scale", "shift", "cuts"), short, strict=True))}


def main(arguments: list[str] | None = None) -> None:
    """Measures the weights that are there."""
    parser = argparse.ArgumentParser(prog="python -m enrich.training.accurate.measure")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card-accurate.md"))
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    measure(options.data, options.card)


if __name__ == "__main__":
    main()
