"""The encoder in torch: words as they came, layers and heads that learn."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from enrich.encoder.package import package

DROPPED = 0.1
"""Share of what heads read that is left out while they learn, and of channels in noisy rounds."""


class Layer(nn.Module):
    """One layer of the encoder, with the package's weights."""

    def __init__(self, number: int) -> None:
        super().__init__()
        sizes = package().sizes
        width, inner = sizes.width, sizes.inner
        self.heads = sizes.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.ao = nn.Linear(width, width)
        self.fi = nn.Linear(width, inner)
        self.fo = nn.Linear(inner, width)
        self.aln = nn.LayerNorm(width, package().epsilon)
        self.oln = nn.LayerNorm(width, package().epsilon)
        self.load_state_dict(given(number))
        self.noisy = False
        """Whether channels are left out while it learns."""
        self.largest: dict[str, Tensor] | None = None
        """What matrices are multiplied with at most, for those who ask (by setting it to {})."""

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is texts × pieces × width; `mask` is added to what pieces think of each other."""
        texts, length, width = x.shape
        size = width // self.heads
        qkv = self._linear("qkv", x).view(texts, length, 3, self.heads, size)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).contiguous().unbind(0)
        near = (torch.matmul(q, k.transpose(2, 3)) * size**-0.5 + mask).softmax(-1)
        seen = torch.matmul(near, v).transpose(1, 2).reshape(texts, length, width)
        x = self._norm(self.aln, x + self._dropped(self._linear("ao", seen)))
        inner = functional.gelu(self._linear("fi", x))
        return self._norm(self.oln, x + self._dropped(self._linear("fo", inner)))

    def _dropped(self, x: Tensor) -> Tensor:
        """In noisy rounds, without a tenth of the channels: other ones for each text."""
        if not (self.training and self.noisy):
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= DROPPED
        return x * (kept / (1 - DROPPED)).to(x.dtype)

    def _linear(self, name: str, x: Tensor) -> Tensor:
        part: nn.Linear = getattr(self, name)
        if self.largest is not None:
            here = x.detach().abs().flatten(0, 1).amax(0).float()
            self.largest[name] = torch.maximum(self.largest.get(name, here), here)
        return functional.linear(x, part.weight.to(x.dtype), part.bias.to(x.dtype))

    def _norm(self, part: nn.LayerNorm, x: Tensor) -> Tensor:
        return functional.layer_norm(
            x, part.normalized_shape, part.weight.to(x.dtype), part.bias.to(x.dtype), part.eps
        )


def given(number: int) -> dict[str, Tensor]:
    """A layer's weights as the package has them."""
    source, sizes = package(), package().sizes
    rows = {"ao": sizes.width, "fi": sizes.inner, "fo": sizes.width}
    found = {}
    for part, count in rows.items():
        found[f"{part}.weight"] = torch.from_numpy(source.matrix(f"l{number}.{part}.w", count))
        found[f"{part}.bias"] = torch.from_numpy(source.vector(f"l{number}.{part}.b"))
    for part in ("aln", "oln"):
        found[f"{part}.weight"] = torch.from_numpy(source.vector(f"l{number}.{part}.w"))
        found[f"{part}.bias"] = torch.from_numpy(source.vector(f"l{number}.{part}.b"))
    for kind, read in (
        ("weight", lambda name: source.matrix(f"{name}.w", sizes.width)),
        ("bias", lambda name: source.vector(f"{name}.b")),
    ):
        parts = [torch.from_numpy(read(f"l{number}.{name}")) for name in "qkv"]
        found[f"qkv.{kind}"] = torch.cat(parts)
    return found


class Network(nn.Module):
    """Words as the package has them, all layers, and one linear head per task.

    Heads read the start piece beside the mean of all.

    Args:
        outputs: How many outputs each head has.
    """

    def __init__(self, outputs: Mapping[str, int]) -> None:
        super().__init__()
        width = package().sizes.width
        self.words = Words()
        self.layers = nn.ModuleList(Layer(number) for number in range(package().sizes.layers))
        self.heads = nn.ModuleDict({n: nn.Linear(2 * width, size) for n, size in outputs.items()})
        self.dropout = nn.Dropout(DROPPED)

    def forward(self, texts: Sequence[tuple[int, ...]]) -> Tensor:
        """What the heads read, from the pieces of each text."""
        lengths = torch.tensor([len(text) for text in texts])
        x = self.words(texts)
        inside = torch.arange(x.shape[1])[None, :] < lengths[:, None]
        mask = torch.zeros(inside.shape).masked_fill(~inside, -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        x = x.float()
        mean = (x * inside.float().unsqueeze(2)).sum(1) / lengths.unsqueeze(1)
        pooled: Tensor = self.dropout(torch.cat([x[:, 0], mean], 1))
        return pooled

    def learns(self, layers: int, noisy: bool) -> None:
        """Has only so many upper layers learn, and the heads."""
        for number, layer in enumerate(cast("Iterable[Layer]", self.layers)):
            layer.requires_grad_(number >= len(self.layers) - layers)
            layer.noisy = noisy


class Words:
    """What stands for each piece of a text, before any layer has read it; never learns."""

    def __init__(self) -> None:
        source = package()
        self.position = torch.from_numpy(source.vector("emb.pos")).view(source.sizes.positions, -1)
        self.type = torch.from_numpy(source.vector("emb.type")).view(source.sizes.types, -1)[0]
        self.norm = [torch.from_numpy(source.vector(f"emb.ln.{part}")) for part in "wb"]

    def __call__(self, texts: Sequence[tuple[int, ...]]) -> Tensor:
        """Texts × pieces × width, padded."""
        source = package()
        numbers = nn.utils.rnn.pad_sequence([torch.tensor(text) for text in texts], True)
        flat = source.rows("emb.word", source.sizes.words, numbers.flatten().numpy())
        x = torch.from_numpy(flat).view(*numbers.shape, -1)
        x = x + self.position[: numbers.shape[1]] + self.type
        x = functional.layer_norm(x, x.shape[2:], self.norm[0], self.norm[1], source.epsilon)
        return x.bfloat16()
