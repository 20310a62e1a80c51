"""Measures and writes the model card."""

from pathlib import Path
from typing import Any

import numpy as np

from enrich.training.fit import Array, best_cut, f1


def measure(labels: tuple[str, ...], exclusive: bool, p: Array, truth: Array, texts: list[str]) -> dict[str, Any]:
    """What a head scores on texts it has not seen."""
    if exclusive:
        right = p.argmax(axis=1) == truth.argmax(axis=1)
        return {"texts": len(texts), "accuracy": round(float(right.mean()), 3)}
    return {label: round(crossed_f1(p[:, j], truth[:, j]), 3) for j, label in enumerate(labels)}


def crossed_f1(p: Array, truth: Array) -> float:
    """F1 with the cut taken from one half of the texts and used on the other, both ways."""
    odd = np.arange(len(p)) % 2 == 1
    said = np.zeros(len(p), bool)
    for half in (odd, ~odd):
        said[half] = p[half] >= best_cut(p[~half], truth[~half])
    return f1(truth > 0, said)


def write(path: Path, data: Path, measured: dict[str, Any]) -> None:
    """Writes the card."""
    lines = ["# Model card", ""] + [f"- {name}: {value}" for name, value in measured.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
