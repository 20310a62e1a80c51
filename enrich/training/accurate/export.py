"""Writes the encoder's graph and what was trained, as `enrich.encoder` reads them. Needs onnx."""

from collections.abc import Iterable
from typing import cast

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper

from enrich.arrays import Arrays, write_arrays
from enrich.encoder.graph import READ, given_layer, packed
from enrich.encoder.package import package
from enrich.encoder.pieces import pieces
from enrich.training import data
from enrich.training.accurate import measure
from enrich.training.accurate.network import Layer, Network
from enrich.weights import FOLDER

HEADS = ("intents", "sentiment", "sentiment_railway", "reply_kind")
"""Those that tag; others have only helped the layers to learn."""

EVENED = 0.8
"""How far inputs of matrices are evened out; the rest of the unevenness stays with the inputs."""

_KINDS = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.int8): TensorProto.INT8}
_DOMAIN = "com.microsoft"


def write(network: Network) -> None:
    """Writes the weights and the graph of a trained network; `measure` adds what heads say."""
    folder = FOLDER / measure.MODEL
    folder.mkdir(parents=True, exist_ok=True)
    write_arrays(folder / "weights.npz", trained(network))
    (folder / "encoder.onnx").write_bytes(graph())


def graph() -> bytes:
    """The encoder's operations; the weights they name are handed in by whoever runs it."""
    nodes: list[onnx.NodeProto] = []
    weights: list[onnx.TensorProto] = []
    x = "x"
    for number in range(package().sizes.layers):
        weights += _outside(number)
        x = _layer(nodes, number, x)
    shape = [1, "pieces", package().sizes.width]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("x", x)]
    made = helper.make_graph(nodes, "encoder", ends[:1], ends[1:], weights)
    sets = [helper.make_opsetid("", 17), helper.make_opsetid(_DOMAIN, 1)]
    found: bytes = helper.make_model(made, opset_imports=sets, ir_version=9).SerializeToString()
    return found


def _layer(nodes: list[onnx.NodeProto], number: int, x: str) -> str:
    """Adds the operations of a layer; returns the name of what comes out."""

    def add(kind: str, takes: list[str], gives: str, **settings: float) -> str:
        name = f"{number}/{gives}"
        nodes.append(helper.make_node(kind, takes, [name], domain=_DOMAIN, **settings))
        return name

    def evened(source: str, read: str) -> str:
        nodes.append(
            helper.make_node("Mul", [source, f"{number}.{read}.m"], [f"{number}/{read}.m"])
        )
        return f"{number}/{read}.m"

    def times(source: str, part: str) -> str:
        at = f"{number}.{part}"
        takes = [source, f"{at}.w", f"{at}.s", "", f"{at}.b"]
        return add("DynamicQuantizeMatMul", takes, part)

    def joined(one: str, other: str, part: str) -> str:
        takes = [one, other, f"{number}.{part}.w", f"{number}.{part}.b"]
        return add("SkipLayerNormalization", takes, part, epsilon=package().epsilon)

    looked_at = evened(x, "qkv")
    looks = [times(looked_at, part) for part in READ["qkv"]]
    seen = add("MultiHeadAttention", looks, "seen", num_heads=package().sizes.heads)
    x = joined(x, times(evened(seen, "ao"), "ao"), "aln")
    inner = add("Gelu", [times(evened(x, "fi"), "fi")], "inner")
    return joined(x, times(evened(inner, "fo"), "fo"), "oln")


def _outside(number: int) -> list[onnx.TensorProto]:
    """A layer's weights, of which the graph knows no more than kind and shape."""
    sizes = package().sizes
    even = {
        read: np.ones(sizes.inner if read == "fo" else sizes.width, np.float32) for read in READ
    }
    weights = given_layer(number, even) | {f"{number}.{read}.m": m for read, m in even.items()}
    found = []
    for name, values in weights.items():
        tensor = TensorProto(
            name=name,
            dims=values.shape,
            data_type=_KINDS[values.dtype],
            data_location=TensorProto.EXTERNAL,
        )
        tensor.external_data.add(key="location", value="weights")
        found.append(tensor)
    return found


def trained(network: Network) -> Arrays:
    """The layers, what evens out the inputs of each, and the heads that tag."""
    found: Arrays = {}
    for number, (layer, evened) in enumerate(zip(layers(network), _evened(network), strict=True)):
        found |= {f"{number}.{part}.m": values for part, values in evened.items()}
        found |= _packed(number, layer, evened)
    for name in HEADS:
        head = network.heads[name]
        found[f"{name}.weights"] = head.weight.detach().numpy().T.copy()
        found[f"{name}.bias"] = head.bias.detach().numpy()
    return found


def layers(network: Network) -> list[Layer]:
    """All layers, from the lowest."""
    return list(cast("Iterable[Layer]", network.layers))


@torch.no_grad()
def _evened(network: Network) -> list[dict[str, npt.NDArray[np.float32]]]:
    """Factors for each layer's inputs, from what they are on texts of our own."""
    for layer in layers(network):
        layer.largest = {}
    for row in data.written()[::2000] + data.own("replies_own")[::24]:
        network([tuple(pieces()(row["text"]))])
    return [
        {
            part: (
                getattr(layer, part).weight.float().abs().amax(0).clamp(min=1e-4) ** (1 - EVENED)
                / seen.clamp(min=1e-3) ** EVENED
            ).numpy()
            for part, seen in (layer.largest or {}).items()
        }
        for layer in layers(network)
    ]


def _packed(number: int, layer: Layer, evened: dict[str, npt.NDArray[np.float32]]) -> Arrays:
    state = {name: values.numpy() for name, values in layer.state_dict().items()}
    width = package().sizes.width
    found: Arrays = {}
    for read, parts in READ.items():
        for at, part in enumerate(parts):
            rows = slice(at * width, (at + 1) * width) if read == "qkv" else slice(None)
            matrix = state[f"{read}.weight"][rows].T / evened[read][:, None]
            found |= packed(f"{number}.{part}", matrix)
            found[f"{number}.{part}.b"] = state[f"{read}.bias"][rows].copy()
    for part in ("aln", "oln"):
        found[f"{number}.{part}.w"] = state[f"{part}.weight"]
        found[f"{number}.{part}.b"] = state[f"{part}.bias"]
    return found
