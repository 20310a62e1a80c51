"""Calibrates the accurate model's heads on held-out texts, and says what they score there.

With the weights that are there, and what tags with them. Intents and kinds of replies are measured
on the network that has not seen the held-out fold, sentiment on what ships: no fold is held out.
"""

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
from enrich.training.fit import PRECISE, Array, best_cut, platt
from enrich.weights import FOLDER, stored

log = logging.getLogger(__name__)

MODEL = "accurate"
HEADS = ("sentiment", "sentiment_railway", "railway")
RAILWAY = "development set of the railway posts"
LEAN = np.array([0.0, 0.9, 0.4], np.float32)
"""Added to what is said of sentiment towards a railway: it called too many posts negative."""
WORDS = Path(__file__).with_name("card.md")


def measure(folder: Path, *heads: str) -> dict[str, card.Measured]:
    """Enters heads into `model.json`; returns what they say about texts they have not seen.

    Args:
        folder: Of the data.
        heads: Which: intents, reply_kind, sentiment.
    """
    path = FOLDER / MODEL / "model.json"
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["heads"]
    measured: dict[str, card.Measured] = {}
    for name in heads:
        more, measured[name] = _MAKE[name](folder)
        facts |= more
        log.info("%s: measured on %d texts", name, len(measured[name].truth))
    path.write_text(json.dumps({"heads": facts}, indent=1) + "\n", encoding="utf-8")
    return measured


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
    cuts = [
        best_cut(said[:, at], truth[:, at], PRECISE.get(label, 0.0))
        for at, label in enumerate(INTENTS)
    ]
    groups = [row["lang"] for row in rows]
    facts = _facts(INTENTS, pairs[:, 0], pairs[:, 1], cuts)
    return {"intents": facts}, card.Measured(INTENTS, False, said, truth, groups)


def _sentiment(folder: Path) -> tuple[dict[str, Any], card.Measured]:
    """The development sets, each and together: no training set was held out here."""
    found, truth, groups = read_sentiment(folder)
    scale = _temperature(
        np.concatenate([general for general, _, _ in found.values()]),
        np.concatenate(list(truth.values())),
    )
    towards = _temperature(found[RAILWAY][1], truth[RAILWAY])
    facts = {
        "sentiment": _facts(SENTIMENTS, np.full(3, scale), np.zeros(3), [0.0] * 3),
        "sentiment_railway": _facts(SENTIMENTS, np.full(3, towards), LEAN, [0.0] * 3),
        "railway": _facts(["railway"], np.ones(1), np.zeros(1), [0.5]),
    }
    others = {
        what: (
            mixed(general * np.float32(scale), railway * np.float32(towards) + LEAN, gate),
            truth[what],
        )
        for what, (general, railway, gate) in found.items()
    }
    said = np.concatenate([said for said, _ in others.values()])
    together = np.concatenate(list(truth.values()))
    return facts, card.Measured(SENTIMENTS, True, said, together, groups, others)


def read_sentiment(folder: Path) -> tuple[dict[str, list[Array]], dict[str, Array], list[str]]:
    """By development set: logits of each head, and what is true; and the language of each text."""
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
    return found, truth, [row["lang"] for some in rows.values() for row in some]


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


_MAKE = {"intents": _intents, "sentiment": _sentiment, "reply_kind": _replies}
