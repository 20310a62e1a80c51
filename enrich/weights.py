"""Trained weights: read once per process, when first needed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from enrich.arrays import Arrays, damaged, read_arrays
from enrich.clusters import clusters
from enrich.features import BUCKETS, Read, bags
from enrich.model import ModelError
from enrich.tok2vec import Tok2Vec, network
from enrich.words import BITS
from watchlist.files import replace_durably

FOLDER = Path(__file__).parent / "models"

HIDDEN = "intents_hidden"
"""Units that are no tags themselves: those that speak add to the logits of the intents."""

_OTHER = "the weights of {model} do not fit this version; run `make train`"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """The outputs of a linear layer over bags (or an encoder's reading), and their calibration.

    Attributes:
        labels: Names of the outputs.
        bias: One per output.
        scale: Platt scaling: probability = sigmoid(scale * logit + shift), or softmax of the same.
        shift: See `scale`.
        cuts: Probability from which an output counts as true.
    """

    labels: tuple[str, ...]
    bias: Floats
    scale: Floats
    shift: Floats
    cuts: Floats


def logits(model: str, texts: Read) -> dict[str, Floats]:
    """The logits of each head, one row per text, scaled and shifted for sigmoid or softmax.

    All heads read their weights in one go: fetching them from memory is what takes the time.
    """
    bag = bags(texts)
    rows = _table(model).take(bag.buckets, axis=0)
    starts, weights = bag.starts.tolist(), bag.weights
    sums = np.stack([weights[a:b] @ rows[a:b] for a, b in pairwise(starts)])
    found, at = dict[str, Floats](), 0
    for name, head in heads(model).items():
        found[name] = sums[:, at : at + len(head.labels)] + head.bias
        at += len(head.labels)
    if HIDDEN in found:
        more = np.maximum(found.pop(HIDDEN), 0) @ stored(model)[f"{HIDDEN}.out"]
        more = more + tok2vec(model)(texts)
        found["intents"] = found["intents"] + more
    return {
        name: np.asarray(raw * heads(model)[name].scale + heads(model)[name].shift, np.float32)
        for name, raw in found.items()
    }


@cache
def tok2vec(model: str) -> Tok2Vec:
    """What reads words in their order for the intents.

    Raises:
        ModelError: the model's weights are of another version.
    """
    arrays = stored(model)
    if "tok2vec.net" not in arrays:
        raise ModelError(_OTHER.format(model=model))
    known, spelt = (
        arrays[f"tok2vec.{name}.weights"].astype(np.float32) * arrays[f"tok2vec.{name}.step"]
        for name in ("known", "spelt")
    )
    if (len(known), len(spelt)) != (len(clusters().words) + 1, 2**BITS):
        raise ModelError(_OTHER.format(model=model))
    net = network(len(heads(model)["intents"].labels))
    return Tok2Vec(known, spelt, net.from_bytes(arrays["tok2vec.net"].tobytes()))


@cache
def _table(model: str) -> Floats:
    arrays = stored(model)
    tables = [
        arrays[f"{name}.weights"].astype(np.float32) * arrays[f"{name}.step"]
        for name in heads(model)
    ]
    table = np.concatenate(tables, axis=1)
    if table.shape[0] != BUCKETS:
        raise ModelError(_OTHER.format(model=model))
    return table


@cache
def heads(model: str) -> dict[str, Head]:
    """The heads of a model by name: intents, sentiment, reply_kind.

    Raises:
        ModelError: there is no such model here.
    """
    arrays = stored(model)
    return {
        name: Head(
            labels=tuple(facts["labels"]),
            bias=arrays[f"{name}.bias"],
            scale=np.asarray(facts["scale"], np.float32),
            shift=np.asarray(facts["shift"], np.float32),
            cuts=np.asarray(facts["cuts"], np.float32),
        )
        for name, facts in _card(model)["heads"].items()
    }


def beside(model: str) -> str | None:
    """The model that reads each text as well, if one does."""
    name: str | None = _card(model).get("beside")
    return name


@dataclass(frozen=True)
class SecondLook:
    """A model that is two: one reads every text, the other again what the first is unsure of.

    Attributes:
        first: The one that reads every text.
        second: The other.
        near: The first is unsure where the logit of an intent is less than this from its cut.
    """

    first: str
    second: str
    near: float


@cache
def second_look(model: str) -> SecondLook | None:
    """The models that this one is made of, if it is no model by itself.

    Raises:
        ModelError: there is no such model here.
    """
    card = _card(model)
    return SecondLook(card["first"], card["second"], card["near"]) if "first" in card else None


@cache
def model_version(model: str = "fast") -> str:
    """Name and version of a model, as written into tags: changes whenever its output could.

    Raises:
        ModelError: there is no such model here.
    """
    digest = hashlib.sha256()
    parts = [
        *(path for name in dict.fromkeys(_family(model)) for path in _files(name)),
        FOLDER / "clusters.npz",
        *sorted((FOLDER.parent / "lexicons").glob("*.toml")),
    ]
    for path in parts:
        digest.update(path.read_bytes())
    return f"{model}-{digest.hexdigest()[:10]}"


def _family(model: str) -> Iterator[str]:
    """The model, and all whose files have a say in what it says."""
    yield model
    card = _card(model)
    for part in ("beside", "first", "second"):
        if part in card:
            yield from _family(card[part])


def _files(model: str) -> list[Path]:
    """Of a model, without its weights: `model.json` names these by what is in them."""
    return sorted(set((FOLDER / model).glob("[!.]*")) - {FOLDER / model / "weights.npz"})


def pack(weights: Floats, steps: int = 127) -> tuple[npt.NDArray[np.int8], Floats]:
    """Weights as bytes and the size of one step for each column.

    Args:
        weights: A column per output.
        steps: Of the largest weight of a column; fewer take less space once the file is packed.
    """
    step = np.abs(weights).max(axis=0) / steps
    step[step == 0] = 1.0
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


@cache
def stored(model: str) -> Arrays:
    """All arrays of a model's file.

    Raises:
        ModelError: there is no such model here, or its weights are damaged.
    """
    card, path = _card(model), FOLDER / model / "weights.npz"
    arrays = read_arrays(path)
    if card.get("weights") != _digest(path):
        raise ModelError(
            f"{path} and model.json beside it are not of one training; "
            "get both back with git, or run `make train`"
        )
    return arrays


def write_card(folder: Path, facts: Mapping[str, Any]) -> None:
    """Writes `model.json`, which names the weights that it belongs to: those that are there."""
    beside = folder / ".model.json"
    facts = {**facts, "weights": _digest(folder / "weights.npz")}
    beside.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    replace_durably(beside, folder / "model.json")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _card(model: str) -> dict[str, Any]:
    path = FOLDER / model / "model.json"
    if not path.is_file():
        known = ", ".join(sorted(p.parent.name for p in FOLDER.glob("*/model.json"))) or "none"
        raise ModelError(f"no model named {model!r}; known: {known} (`make train` makes them)")
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise damaged(path, error) from error
    return card
