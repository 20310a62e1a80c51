"""`python -m enrich.training.accurate.teach NETWORK --data ../shared/data`: teaches the fast model.

Has a network that has not seen the held-out fold read texts without labels (`taught.npz`), and
words by themselves, which it then sorts into clusters (`clusters.npz`) and gives a vector each
(`vectors.npz`). Texts are made out of others by their clusters: so run it twice if these are new.
Needs torch.
"""

import argparse
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from enrich.arrays import write_arrays
from enrich.clusters import FILE, SIGNS
from enrich.components.heads import sigmoid
from enrich.encoder.pieces import pieces
from enrich.features import word_hashes
from enrich.text import MARKS, reading
from enrich.tok2vec import WIDTH
from enrich.training import data, taught, tok2vec
from enrich.training.accurate.network import Network
from enrich.training.accurate.run import load
from enrich.training.fit import Array, platts
from enrich.weights import pack

log = logging.getLogger(__name__)

COARSE, FINE = 256, 1_500
"""How many clusters there are of either size."""
SEEN = 3
"""Texts that a word has to be in."""
DIRECTIONS = 64
"""Of what the network says about a word, those in which words differ most."""
_ROUNDS = 12
_BATCH = 64


def main(arguments: list[str] | None = None) -> None:
    """Writes both files."""
    parser = argparse.ArgumentParser(prog="python -m enrich.training.accurate.teach")
    parser.add_argument("network", type=Path, help="trained without the held-out fold")
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    network = load(options.network)
    some = taught.texts(options.data)
    log.info("%d texts", len(some))
    taught.write(some, answers(network, options.data, [one.text for one in some]))
    words = [*vocabulary(options.data), *SIGNS]
    log.info("%d words", len(words))
    read = _read(network, words)
    read = read[:, read.shape[1] // 2 :]
    write_clusters(words, read)
    write_vectors(words, read)


def answers(network: Network, folder: Path, texts: Sequence[str]) -> Array:
    """Probabilities of the intents, calibrated on the held-out fold."""
    held = data.held_out(folder, data.INTENT_FILE)
    truth = np.array([data.flags(row) for row in held])
    known, found = _intents(network, [row["text"] for row in held]), _intents(network, texts)
    scale, shift = platts(known, truth)
    return sigmoid(found * scale + shift)


def vocabulary(folder: Path) -> list[str]:
    """Words of the texts that may train, without the held-out fold."""
    seen: Counter[str] = Counter()
    for source in data.sources():
        for row in data.training_rows(folder, source.file) if source.use == "train" else ():
            if source.file != data.INTENT_FILE or data.fold(row["text"]) != data.HELD_OUT:
                seen.update(set(reading(row["text"]).split()))
    stripped: Counter[str] = Counter()
    for word, count in seen.items():
        stripped[word.strip(".,;\"'-–—*/()[]{}<>|&%$€=+~^!?:")] += count
    return [word for word, count in stripped.items() if count >= SEEN and "" < word < MARKS]


def write_clusters(words: Sequence[str], read: Array) -> None:
    """Sorts words into clusters; a sign has one of its own.

    Args:
        words: Once each, `SIGNS` last.
        read: A row for each word.
    """
    read = directions(read[: -len(SIGNS)], DIRECTIONS)
    hashes = word_hashes(words)
    order = np.argsort(hashes)
    found = {}
    for name, size in (("coarse", COARSE), ("fine", FINE)):
        numbers = np.append(_clustered(read, size), size + np.arange(len(SIGNS))) + 1
        found[name] = numbers[order].astype(np.uint16)
    write_arrays(FILE, {"words": hashes[order], **found})


def write_vectors(words: Sequence[str], read: Array) -> None:
    """What vectors of words begin as, in the order of the clusters' words, as bytes."""
    found, _ = pack(directions(read, WIDTH)[np.argsort(word_hashes(words))].reshape(-1, 1))
    write_arrays(tok2vec.FILE, {"vectors": found.reshape(-1, WIDTH)})


def directions(read: Array, count: int) -> Array:
    """Rows of length 1: of what is read, the directions in which words differ most."""
    read = read - read.mean(axis=0)
    _, _, turned = np.linalg.svd(read[::4], full_matrices=False)
    found = read @ turned[:count].T
    return np.asarray(found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6))


def _clustered(read: Array, size: int) -> Array:
    """The number of each row's cluster (k-means, by seed)."""
    chance = np.random.default_rng(0)
    middles = read[chance.choice(len(read), size, replace=False)].copy()
    for _ in range(_ROUNDS):
        own = np.concatenate(
            [
                (part @ middles.T - 0.5 * (middles * middles).sum(axis=1)).argmax(axis=1)
                for part in np.array_split(read, 20)
            ]
        )
        for at in range(size):
            some = own == at
            middles[at] = read[some].mean(axis=0) if some.any() else chance.choice(read)
    return np.asarray(own)


def _intents(network: Network, texts: Sequence[str]) -> Array:
    head = network.heads["intents"]
    found = _read(network, texts) @ head.weight.detach().numpy().T + head.bias.detach().numpy()
    return np.asarray(found, np.float32)


@torch.inference_mode()
def _read(network: Network, texts: Sequence[str]) -> Array:
    """What heads read, a row per text; texts of like length at a time."""
    split = [tuple(pieces()(text)) for text in texts]
    order = sorted(range(len(split)), key=lambda at: len(split[at]))
    found = np.zeros((len(split), network.heads["intents"].in_features), np.float32)
    for start in range(0, len(order), _BATCH):
        some = order[start : start + _BATCH]
        found[some] = network([split[at] for at in some]).numpy()
    return found


if __name__ == "__main__":
    main()
