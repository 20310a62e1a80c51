"""`python -m enrich.training.accurate --data ../shared/data`: trains the accurate model.

Needs torch and onnx, which are not among the pinned requirements; `docs/tags.md` says how to get
them. Half an hour on two idle cores.
"""

import argparse
import logging
import sys
from importlib.util import find_spec
from pathlib import Path

NEEDED = 'training the accurate model needs torch and onnx; see "Training" in docs/tags.md\n'


def main(arguments: list[str] | None = None) -> None:
    """Trains, writes the weights to `enrich/models/accurate`, measures them, writes the card."""
    parser = argparse.ArgumentParser(prog="python -m enrich.training.accurate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--network", type=Path, default=Path("accurate.pt"), help="what is learnt")
    parser.add_argument("--export", action="store_true", help="the network is there: only ship it")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    parser.add_argument("--card", type=Path, default=Path("docs/model-card-accurate.md"))
    options = parser.parse_args(arguments)
    if not (find_spec("torch") and find_spec("onnx")):
        sys.stderr.write(NEEDED)
        raise SystemExit(1)
    from enrich.training.accurate import export, measure, railway, run

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if not options.export:
        run.train(options.data, options.network, options.workers)
    export.write(run.load(options.network))
    railway.add(options.data, measure.MODEL)
    measure.measure(options.data, options.card)


if __name__ == "__main__":
    main()
