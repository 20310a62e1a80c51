"""The parts of the pipeline; importing this package registers each of them with spaCy.

What a part finds stands in `doc._.<name>`; `enrich.pipeline.read` turns it into tags.
"""

from enrich.components import (
    bag,
    encoder,
    intents,
    language,
    phrases,
    private_data,
    reply_kind,
    sentiment,
    settled,
    spill_over,
    topics,
)

__all__ = [
    "bag",
    "encoder",
    "intents",
    "language",
    "phrases",
    "private_data",
    "reply_kind",
    "sentiment",
    "settled",
    "spill_over",
    "topics",
]
