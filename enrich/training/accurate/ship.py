"""From two trained networks to what ships: weights, calibration, card."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from enrich.encoder.graph import encoder
from enrich.training import card
from enrich.training.accurate import export, measure
from enrich.training.accurate.network import Network
from enrich.weights import FOLDER, heads, stored


def ship(held_out: Network, whole: Network, beside: Path, folder: Path, target: Path) -> None:
    """Writes the weights of the whole network, with what the other one measures.

    Args:
        held_out: Has not seen the held-out fold.
        whole: Has.
        beside: Folder of a fast model that has not seen the held-out fold.
        folder: Of the data.
        target: The card.
    """
    _put(held_out, {})
    measured = measure.measure(folder, str(beside.absolute()), "intents", "reply_kind")
    _put(whole, measure.entered())
    measured |= measure.measure(folder, measure.BESIDE, "sentiment")
    card.write(target, folder, FOLDER / measure.MODEL, measured, measure.WORDS)


def _put(network: Network, known: Mapping[str, Any]) -> None:
    """Writes a network's weights and what is known of its heads, and has them read again."""
    export.write(network)
    measure.enter(known)
    for remembered in (stored, heads, encoder):
        remembered.cache_clear()
