"""From two trained networks to what ships: weights, calibration, card."""

from pathlib import Path

from enrich.encoder.graph import encoder
from enrich.training import card
from enrich.training.accurate import export, measure, railway
from enrich.training.accurate.network import Network
from enrich.weights import FOLDER, heads, stored


def ship(held_out: Network, whole: Network, folder: Path, target: Path) -> None:
    """Writes the weights of the whole network, with what the other one measures.

    Args:
        held_out: Has not seen the held-out fold.
        whole: Has.
        folder: Of the data.
        target: The card.
    """
    measure.begin()
    _put(held_out, folder)
    measured = measure.measure(folder, "intents", "reply_kind")
    _put(whole, folder)
    measured |= measure.measure(folder, "sentiment")
    card.write(target, folder, FOLDER / measure.MODEL, measured, measure.WORDS)


def _put(network: Network, folder: Path) -> None:
    """Writes a network's weights, and the head that is fitted over them."""
    export.write(network)
    for remembered in (stored, heads, encoder):
        remembered.cache_clear()
    railway.add(folder, measure.MODEL)
    heads.cache_clear()
