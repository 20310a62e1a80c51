"""Calibrates the accurate model's heads on held-out texts, and says what they score there.

With the weights that are there, and what tags with them: the encoder and, beside it, n-grams.
Intents and kinds of replies are measured where neither has seen the held-out fold, sentiment on
what ships: its development sets are learnt from by nobody.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enrich.components.encoder import together
from enrich.components.heads import mixed, sigmoid, softmax
from enrich.encoder.graph import encoder
from enrich.encoder.pieces import pieces
from enrich.features import read
from enrich.model import INTENTS, REPLY_KINDS, SENTIMENTS
from enrich.training import card, data
from enrich.training.fit import Array, best_cuts, platts, temperature
from enrich.weights import FOLDER, stored, write_card
from enrich.weights import logits as said_by_ngrams

log = logging.getLogger(__name__)

MODEL = "accurate"
BESIDE = "fast"
HEADS = ("sentiment", "sentiment_railway", "railway")
RAILWAY = "development set of the railway posts"
LEAN = np.array([0.0, 0.5, 0.2], np.float32)
"""Added to what is said of sentiment towards a railway: it called too many posts negative."""
WORDS = Path(__file__).with_name("card.md")


def measure(folder: Path, beside: str, *heads: str) -> dict[str, card.Measured]:
    """Enters heads into `model.json`; returns what they say about texts they have not seen.

    Args:
        folder: Of the data.
        beside: The model with the n-grams: its name, or where it is.
        heads: Which: intents, reply_kind, sentiment.
    """
    known, measured = entered(), dict[str, card.Measured]()
    for name in heads:
        more, measured[name] = _MAKE[name](folder, beside)
        known |= more
        log.info("%s: measured on %d texts", name, len(measured[name].truth))
    enter(known)
    return measured


def enter(heads: Mapping[str, Any]) -> None:
    """Has `model.json` say all this about the heads of the weights that are there."""
    write_card(FOLDER / MODEL, {"beside": BESIDE, "heads": heads})


def entered() -> dict[str, Any]:
    """What it says."""
    facts: dict[str, Any] = json.loads((FOLDER / MODEL / "model.json").read_text(encoding="utf-8"))
    return dict(facts["heads"])


def logits(texts: Sequence[str], beside: str, *heads: str) -> list[Array]:
    """What heads say about texts, together with n-grams; not calibrated."""
    encoded = np.stack([encoder(MODEL)(pieces()(text)) for text in texts])
    own = {
        name: encoded @ stored(MODEL)[f"{name}.weights"] + stored(MODEL)[f"{name}.bias"]
        for name in heads
        if f"{name}.weights" in stored(MODEL)
    }
    parts = [said_by_ngrams(beside, read(texts[at : at + 256])) for at in range(0, len(texts), 256)]
    found = together(own, {name: np.concatenate([p[name] for p in parts]) for name in parts[0]})
    return [np.asarray(found[name], np.float32) for name in heads]


def _intents(folder: Path, beside: str) -> tuple[dict[str, Any], card.Measured]:
    rows = data.held_out(folder, data.INTENT_FILE)
    truth = np.array([data.flags(row) for row in rows])
    (found,) = logits([row["text"] for row in rows], beside, "intents")
    scale, shift = platts(found, truth)
    said = sigmoid(found * scale + shift)
    texts, labels = data.measured_own()
    (own,) = logits(texts, beside, "intents")
    others = {card.OWN: (sigmoid(own * scale + shift), labels)}
    cuts = best_cuts(said, INTENTS)
    groups = [row["lang"] for row in rows]
    facts = _facts(INTENTS, scale, shift, cuts)
    return {"intents": facts}, card.Measured(INTENTS, False, said, truth, groups, others)


def _sentiment(folder: Path, beside: str) -> tuple[dict[str, Any], card.Measured]:
    """The development sets, each and together: no training set was held out here."""
    found, truth, groups = read_sentiment(folder, beside)
    scale = temperature(
        np.concatenate([general for general, _, _ in found.values()]),
        np.concatenate(list(truth.values())),
    )
    towards = temperature(found[RAILWAY][1], truth[RAILWAY])
    facts = {
        "sentiment": _facts(SENTIMENTS, np.full(3, scale), np.zeros(3), [0.0] * 3),
        "sentiment_railway": _facts(SENTIMENTS, np.full(3, towards), LEAN, [0.0] * 3),
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


def read_sentiment(
    folder: Path, beside: str
) -> tuple[dict[str, list[Array]], dict[str, Array], list[str]]:
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
    found = {
        what: logits([row["text"] for row in some], beside, *HEADS) for what, some in rows.items()
    }
    return found, truth, [row["lang"] for some in rows.values() for row in some]


def _replies(folder: Path, beside: str) -> tuple[dict[str, Any], card.Measured]:
    rows = data.held_out(folder, data.REPLY_FILE)
    truth = np.eye(len(REPLY_KINDS))[[REPLY_KINDS.index(row["kind"]) for row in rows]]
    (found,) = logits([row["text"] for row in rows], beside, "reply_kind")
    scale = temperature(found, truth)
    facts = _facts(REPLY_KINDS, np.full(5, scale), np.zeros(5), [0.0] * 5)
    groups = [row["lang"] for row in rows]
    return {"reply_kind": facts}, card.Measured(
        REPLY_KINDS, True, softmax(np.asarray(found * scale, np.float32)), truth, groups
    )


def _facts(labels: Sequence[str], *values: Array | list[float]) -> dict[str, Any]:
    short = [[round(float(value), 5) for value in some] for some in values]
    return {"labels": list(labels), **dict(zip(("scale", "shift", "cuts"), short, strict=True))}


_MAKE = {"intents": _intents, "sentiment": _sentiment, "reply_kind": _replies}
