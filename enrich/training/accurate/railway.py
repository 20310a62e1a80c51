"""One head more, fitted over what the finished encoder says: which posts are about a railway.

Those get their sentiment from a head of its own; the component `enrich.components.sentiment` mixes
the two. Needs no torch.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from enrich.encoder.graph import encoder
from enrich.encoder.pieces import pieces
from enrich.model import SENTIMENTS
from enrich.training import data
from enrich.training.accurate.sets import keys_measured
from enrich.training.fit import Array, fit
from enrich.weights import FOLDER, stored

RAILWAY = "sentiment/germeval2017_train_twitter_de.jsonl"
TEXTS = {
    RAILWAY: 2_400,
    "sentiment/sb10k_train_de.jsonl": 500,
    "sentiment/potts_train_de.jsonl": 250,
    "sentiment/semeval2017_train_en.jsonl": 350,
}
L2 = 0.03
"""Strong, as the encoder has learnt from the same texts."""


def add(folder: Path, model: str) -> None:
    """Fits the head and writes it to the model's weights.

    Args:
        folder: Of the data.
        model: Name of the model, whose encoder is there.
    """
    rows, about = _rows(folder)
    found = read(model, [row["text"] for row in rows])
    more = _head("railway", found, about[:, None].astype(float))
    np.savez_compressed(FOLDER / model / "weights.npz", **cast("Any", {**stored(model), **more}))
    stored.cache_clear()


def read(model: str, texts: Sequence[str]) -> Array:
    """What the heads read: a row per text."""
    return np.stack([encoder(model)(pieces()(text)) for text in texts])


def _rows(folder: Path) -> tuple[list[data.Row], Array]:
    measured = keys_measured(folder)
    rows: list[data.Row] = []
    about: list[bool] = []
    for file, size in TEXTS.items():
        some = [
            row
            for row in data.training_rows(folder, file)
            if row["sentiment"] in SENTIMENTS and data.key(row["text"]) not in measured
        ]
        rows += [some[at] for at in np.linspace(0, len(some) - 1, size).astype(int)]
        about += [file == RAILWAY] * size
    return rows, np.array(about)


def _head(name: str, found: Array, y: Array) -> dict[str, Array]:
    """A linear head; inputs are levelled while fitting, as the penalty is the same for all."""
    middle, spread = found.mean(axis=0), found.std(axis=0) + 1e-6
    levelled = csr_matrix((found - middle) / spread)
    weights, bias = fit(levelled, y, np.ones(len(y)), L2, False)
    weights = weights / spread[:, None]
    return {
        f"{name}.weights": weights.astype(np.float32),
        f"{name}.bias": (bias - middle @ weights).astype(np.float32),
    }
