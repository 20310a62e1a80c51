"""`horch_private_data`: kinds of private data in the text (`doc._.private_data`).

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_private_data")
>>> nlp("Meine IBAN ist DE89370400440532013000")._.private_data
['iban']
"""

from spacy.language import Language
from spacy.tokens import Doc

from enrich.private import find
from enrich.tokens import keep, lower, raw

Doc.set_extension("private_data", default=())


@Language.component("horch_private_data")
def private_data(doc: Doc) -> Doc:
    """Sets `doc._.private_data`: each kind once, in order of appearance."""
    found = find(raw(doc), lower(doc))
    keep(doc, "private_data", list(dict.fromkeys(one.kind for one in found)))
    return doc
