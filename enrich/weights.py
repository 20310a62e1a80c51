"""Trained weights: read once per process, when first needed."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from enrich.features import BITS, Bags
from enrich.model import ModelError

FOLDER = Path(__file__).parent / "models"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """A linear layer over bags, with the calibration of its outputs.

    Attributes:
        labels: Names of the outputs.
        weights: One row per bucket, one column per output.
        bias: One per output.
        scale: Platt scaling: probability = sigmoid(scale * logit + shift), or softmax of the same.
        shift: See `scale`.
        cuts: Probability from which an output counts as true.
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    cuts: Floats

    def logits(self, bags: Bags) -> Floats:
        """One row per text: scaled and shifted, ready for sigmoid or softmax."""
        rows = self.weights[bags.buckets] * bags.weights[:, None]
        sums = np.add.reduceat(rows, bags.starts[:-1], axis=0) + self.bias
        return np.asarray(sums * self.scale + self.shift, np.float32)


@cache
def heads(model: str) -> dict[str, Head]:
    """The heads of a model by name: intents, sentiment, reply_kind.

    Raises:
        ModelError: there is no such model here.
    """
    card = _card(model)
    with np.load(FOLDER / model / "weights.npz") as file:
        arrays = {name: file[name] for name in file.files}
    return {name: _head(name, facts, arrays) for name, facts in card["heads"].items()}


@cache
def model_version(model: str = "fast") -> str:
    """Name and version of a model, as written into tags: changes whenever its output could.

    Raises:
        ModelError: there is no such model here.
    """
    _card(model)
    digest = hashlib.sha256()
    parts = [*sorted((FOLDER / model).iterdir()), *sorted((FOLDER.parent / "lexicons").glob("*.toml"))]
    for path in parts:
        digest.update(path.read_bytes())
    return f"{model}-{digest.hexdigest()[:10]}"


def pack(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Weights as bytes and the size of one step for each column."""
    step = np.abs(weights).max(axis=0) / 127.0
    step[step == 0] = 1.0
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


def _head(name: str, facts: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> Head:
    weights = arrays[f"{name}.weights"].astype(np.float32) * arrays[f"{name}.step"]
    if weights.shape[0] != 2**BITS:
        raise ModelError(f"weights of {name} do not fit this version; run `make train`")
    return Head(
        labels=tuple(facts["labels"]),
        weights=weights,
        bias=arrays[f"{name}.bias"],
        scale=np.asarray(facts["scale"], np.float32),
        shift=np.asarray(facts["shift"], np.float32),
        cuts=np.asarray(facts["cuts"], np.float32),
    )


def _card(model: str) -> dict[str, Any]:
    path = FOLDER / model / "model.json"
    if not path.is_file():
        known = ", ".join(sorted(p.parent.name for p in FOLDER.glob("*/model.json"))) or "none"
        raise ModelError(f"no model named {model!r}; known: {known} (`make train` makes them)")
    card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return card
