"""Texts → tags: language, sentiment, intents, reply kind, private data, spill-over, settled.

>>> from enrich import mask
>>> mask("Ruft mich an: 0170 1234567", lang="de")
'Ruft mich an: [Telefon]'
"""

from enrich.model import InputError, ModelError, Tags, TextIn
from enrich.private import mask
from enrich.tagging import tag_file, tag_texts
from enrich.weights import model_version

__all__ = [
    "InputError",
    "ModelError",
    "Tags",
    "TextIn",
    "mask",
    "model_version",
    "tag_file",
    "tag_texts",
]
