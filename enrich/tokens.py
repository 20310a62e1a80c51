"""A plain tokenizer, and what our parts know of a Doc: they read its text, not its tokens.

What several parts need (the text in lower case, without handles …) is worked out once per Doc and
kept in `doc.user_data`. `keep` and `kept` are `doc._.name` without the cost of spaCy's Underscore,
which is made anew at each look and took a fifth of all time.
"""

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from enrich.lexicon import beginnings
from enrich.text import LONGEST, hide

_TOKEN = re.compile(r"\S+|\s+")


class PlainTokenizer:
    """Splits without a list of exceptions: ten times the speed of the language's own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a Doc; `doc.text` is the text again, character by character."""
        words, spaces = _split(text)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data["text"] = text
        return doc


def _split(text: str) -> tuple[list[str], list[bool]]:
    words = text.split()
    if words and len(text) == sum(map(len, words)) + len(words) - 1:
        return words, [True] * (len(words) - 1) + [False]
    words, spaces = [], list[bool]()
    for piece in _TOKEN.findall(text):
        if piece == " " and words and not spaces[-1]:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return words, spaces


def raw(doc: Doc) -> str:
    """The text of a Doc; ours carry it along, as `doc.text` puts it together anew each time."""
    text: str = doc.user_data.get("text") or doc.text
    return text


def lower(doc: Doc) -> str:
    """The text in lower case."""
    return str(_once(doc, "lower", lambda: raw(doc).lower()))


def hidden(doc: Doc) -> str:
    """The text's beginning, as far as models read it, without handles, addresses and links."""
    return str(_once(doc, "hidden", lambda: hide(raw(doc)[:LONGEST])))


def begins(doc: Doc) -> frozenset[str]:
    """How the text's words begin, for `Terms.find`."""
    found: frozenset[str] = _once(doc, "begins", lambda: beginnings(lower(doc)))
    return found


def _once(doc: Doc, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 (as it is made)
    data = doc.user_data
    if name not in data:
        data[name] = make()
    return data[name]


def keep(doc: Doc, name: str, value: object) -> None:
    """Sets `doc._.<name>`."""
    data: dict[Any, Any] = doc.user_data
    data["._.", name, None, None] = value


def kept(doc: Doc, name: str) -> Any:  # noqa: ANN401 (whatever was kept)
    """The value of `doc._.<name>`, None if a part has not set it."""
    data: dict[Any, Any] = doc.user_data
    return data.get(("._.", name, None, None))


@registry.tokenizers("horch.PlainTokenizer.v1")  # type: ignore[untyped-decorator]
def plain_tokenizer() -> Callable[[Language], PlainTokenizer]:
    """The tokenizer for a pipeline's configuration."""
    return lambda nlp: PlainTokenizer(nlp.vocab)
