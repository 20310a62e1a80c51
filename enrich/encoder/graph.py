"""The encoder for ONNX Runtime: the graph without weights, and the weights from two places.

`encoder.onnx` holds the operations alone. Lower layers come from the installed package, upper ones
from the model's own file: what was trained here. Matrices are bytes, one step per column. What they
are multiplied with becomes bytes too, one step per text: so that a few large numbers in it do not
leave the others none, it is evened out first (`m`), and the matrices the other way round.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from enrich.encoder.package import MISSING, Floats, package
from enrich.model import ModelError
from enrich.weights import FOLDER, pack, stored

READ = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""What a layer multiplies with matrices, and with which."""
NORMS = ("aln", "oln")

Arrays = Mapping[str, npt.NDArray[Any]]


class Encoder:
    """Reads one text at a time, so that no text depends on the company it keeps.

    Args:
        model: Whose upper layers.

    Raises:
        ModelError: a package is missing.
    """

    def __init__(self, model: str) -> None:
        source = package()
        self.words = source.sizes.words
        self.epsilon = source.epsilon
        kinds = source.vector("emb.type").reshape(source.sizes.types, -1)
        self.places = source.vector("emb.pos").reshape(source.sizes.positions, -1) + kinds[0]
        self.norm = source.vector("emb.ln.w"), source.vector("emb.ln.b")
        own = stored(model)
        weights: dict[str, npt.NDArray[Any]] = {}
        for number in range(source.sizes.layers):
            evened = {part: own[f"{number}.{part}.m"] for part in READ}
            weights |= {f"{number}.{part}.m": values for part, values in evened.items()}
            weights |= own_layer(number, own) or given_layer(number, evened)
        self.session = _session((FOLDER / model / "encoder.onnx").read_bytes(), weights)

    def __call__(self, numbers: list[int]) -> Floats:
        """The start piece beside the mean of all, from numbers of pieces."""
        x = package().rows("emb.word", self.words, np.array(numbers)) + self.places[: len(numbers)]
        x -= x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + self.epsilon)
        x = x * self.norm[0] + self.norm[1]
        (found,) = self.session.run(None, {"x": x[None]})
        return np.concatenate([found[0, 0], found[0].mean(axis=0)])


@cache
def encoder(model: str) -> Encoder:
    """The encoder of a model, loaded once per process."""
    return Encoder(model)


def given_layer(number: int, evened: Mapping[str, Floats]) -> dict[str, npt.NDArray[Any]]:
    """A layer as the package has it.

    Args:
        number: Of the layer.
        evened: What its inputs are multiplied with beforehand, and the matrices divided by.
    """
    source, width = package(), package().sizes.width
    found: dict[str, npt.NDArray[Any]] = {}
    for read, parts in READ.items():
        for part in parts:
            rows = source.sizes.inner if part == "fi" else width
            matrix = source.matrix(f"l{number}.{part}.w", rows).T
            found |= packed(f"{number}.{part}", matrix / evened[read][:, None])
            found[f"{number}.{part}.b"] = source.vector(f"l{number}.{part}.b")
    for part in NORMS:
        for kind in "wb":
            found[f"{number}.{part}.{kind}"] = source.vector(f"l{number}.{part}.{kind}")
    return found


def own_layer(number: int, own: Arrays) -> dict[str, npt.NDArray[Any]]:
    """A layer as trained here; empty if it was not."""
    found = {name: values for name, values in own.items() if name.startswith(f"{number}.")}
    return found if f"{number}.q.w" in own else {}


def packed(name: str, matrix: Floats) -> dict[str, npt.NDArray[Any]]:
    """A matrix (inputs × outputs) as bytes, with the step of each column."""
    bytes_, step = pack(matrix)
    return {f"{name}.w": np.ascontiguousarray(bytes_), f"{name}.s": step}


def _session(graph: bytes, weights: Arrays) -> Any:  # noqa: ANN401 (the runtime is untyped)
    if find_spec("onnxruntime") is None:
        raise ModelError(MISSING)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # further processes do more
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in weights.values()]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
