"""From a trained network to what ships: weights, calibration, card."""

from pathlib import Path

from enrich.encoder.graph import encoder
from enrich.training import card
from enrich.training.accurate import export, measure
from enrich.training.accurate.network import Network
from enrich.weights import FOLDER, heads, stored


def ship(network: Network, beside: Path, folder: Path, target: Path) -> None:
    """Writes the weights of a network that has not seen the held-out fold, and measures them.

    Args:
        network: What ships.
        beside: Folder of a fast model that has not seen the held-out fold either.
        folder: Of the data.
        target: The card.
    """
    export.write(network)
    measure.enter({})
    for remembered in (stored, heads, encoder):
        remembered.cache_clear()
    measured = measure.measure(folder, str(beside.absolute()), "intents", "reply_kind")
    measured |= measure.measure(folder, measure.BESIDE, "sentiment")
    card.write(target, folder, FOLDER / measure.MODEL, measured, measure.WORDS)
