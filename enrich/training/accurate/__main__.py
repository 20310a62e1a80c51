"""`python -m enrich.training.accurate --data ../shared/data`: trains the accurate model.

It never sees the held-out fold, by which it is calibrated and measured. The fast model, which reads
each text as well, has to be there already, and is trained without that fold here. Needs torch and
onnx, which are not among the pinned requirements; `docs/tags.md` says how to get them.
"""

import argparse
import logging
import sys
from importlib.util import find_spec
from pathlib import Path

from enrich import train as fast

NEEDED = 'training the accurate model needs torch and onnx; see "Training" in docs/tags.md\n'


def main(arguments: list[str] | None = None) -> None:
    """Trains, writes the weights to `enrich/models/accurate`, measures them, writes the card."""
    options = _parser().parse_args(arguments)
    if not (find_spec("torch") and find_spec("onnx")):
        sys.stderr.write(NEEDED)
        raise SystemExit(1)
    from enrich.training.accurate import ship
    from enrich.training.accurate.run import Course, load, train

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    network = options.networks / "accurate.pt"
    beside = options.networks / "fast-held-out"
    if not options.ship:
        fast.main(["--data", str(options.data), "--held-out", "--to", str(beside)])
        rest = options.corrections, options.workers, options.steps
        train(Course(options.data, network, *rest))
    ship.ship(load(network), beside, options.data, options.card)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m enrich.training.accurate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument(
        "--corrections", type=Path, help="what `horch correct --export` wrote, to learn from too"
    )
    parser.add_argument("--networks", type=Path, default=Path(), help="folder for what is learnt")
    parser.add_argument("--ship", action="store_true", help="the network is there: only ship")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument(
        "--steps", type=int, default=0, help="of each round at most, to see that it works; 0 = all"
    )
    parser.add_argument("--card", type=Path, default=Path("docs/model-card-accurate.md"))
    return parser


if __name__ == "__main__":
    main()
