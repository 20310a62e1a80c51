"""`horch_topics`: up to five words for what the text is about (`doc._.topics`).

Words of `lexicons/topics.toml` in their base form, whatever their ending; German compounds give
the words that they are made of. Nouns that are in no list are told by their ending. No names: what
is no everyday word is passed over.

>>> import spacy
>>> nlp = spacy.blank("xx")
>>> _ = nlp.add_pipe("horch_topics")
>>> nlp("Stromrechnungen falsch, und die Züge fallen aus")._.topics
['strom', 'rechnung', 'zug']
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from enrich.lexicon import lexicon
from enrich.tokens import hidden, keep

Doc.set_extension("topics", default=())

MOST = 5
"""Words of one post at most."""

LONG = 5
"""Letters from which the last word of a compound says enough, whatever stands in front of it."""

LONGEST = 60
"""Letters beyond which it is no word."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MARKS = frozenset(("user", "http", "mail"))  # what stands for handles, links and addresses
_PLURALS = ("ungen", "heiten", "keiten", "schaften", "tionen", "täten")
_ENDINGS = ("", "e", "n", "en", "s", "es", "er", "ern")
_UMLAUTS = str.maketrans({"a": "ä", "o": "ö", "u": "ü"})
#: Between the words of a compound: Zeitung-s-bote, Karte-n-zahlung.
_JOINTS = ("", "s", "n", "en", "es", "e")


class Topics:
    """Finds the words of the lexicon, and nouns by their endings."""

    def __init__(self) -> None:
        data = lexicon("topics")
        german, english = data["de"], data["en"]
        self.forms: dict[str, str] = {}
        for word in german["terms"]:
            for form in _german_forms(word):
                self.forms.setdefault(form, word)
        for word in english["terms"]:
            for form in _english_forms(word):
                self.forms.setdefault(form, word)
        self.forms |= {word: word for word in (*german["terms"], *english["terms"])}
        self.forms |= data["same"]
        self.german = {form for word in german["terms"] for form in _german_forms(word)}
        self.endings = (*german["endings"], *english["endings"])
        self.nothing = frozenset((*german["nothing"], *english["nothing"]))
        self.seen: dict[str, tuple[str, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.topics`, in the order of the text."""
        found: dict[str, None] = {}
        for word in _WORD.findall(hidden(doc).lower()):
            topics = self.seen.get(word)
            if topics is None and len(word) <= LONGEST:
                topics = self.remember(word)
            for topic in topics or ():
                found.setdefault(topic)
            if len(found) >= MOST:
                break
        keep(doc, "topics", list(found)[:MOST])
        return doc

    def remember(self, word: str) -> tuple[str, ...]:
        """The topics of a word; words come again and again, so they are looked up once."""
        if len(self.seen) > 100_000:
            self.seen.clear()
        self.seen[word] = topics = tuple(self.topics(word))
        return topics

    def topics(self, word: str) -> Iterator[str]:
        """What a word in lower case says about what a text is about."""
        if word in _MARKS:
            return
        if word in self.forms:
            yield self.forms[word]
        elif "-" in word:
            for part in word.split("-"):
                yield from self.topics(part)
        elif len(word) >= 6:
            yield from self.parts(word) or self.by_ending(word)

    def parts(self, word: str) -> list[str]:
        """The known words of a compound: the last one, and the one in front if it is known."""
        for at in range(3, len(word) - 2):
            head = self.forms.get(word[at:]) if word[at:] in self.german else None
            if head is None:
                continue
            front = self.front(word[:at])
            if front:
                return [front, head]
            if len(head) >= LONG and at >= LONG - 1:
                return [head]
        return []

    def front(self, word: str) -> str | None:
        """The known word in front of another one, without what joins them."""
        stems = (word.removesuffix(joint) for joint in _JOINTS if word.endswith(joint))
        return next((self.forms[stem] for stem in stems if stem in self.forms), None)

    def by_ending(self, word: str) -> list[str]:
        """The word itself, in the singular, where its ending makes it a noun."""
        if not word.endswith(self.endings) or word in self.nothing:
            return []
        return [word.removesuffix("en" if word.endswith(_PLURALS) else "s")]


def _german_forms(word: str) -> Iterator[str]:
    """A word's cases and its plural, with umlaut as it may be: zug, zuges, züge, zügen."""
    at = max(map(word.rfind, "aou"))
    umlaut = word[:at] + word[at:].translate(_UMLAUTS) if at >= 0 else word
    umlaut = word[: at - 1] + "äu" + word[at + 1 :] if word[at - 1 : at + 1] == "au" else umlaut
    for ending in _ENDINGS:
        yield word + ending
        if umlaut != word and ending in ("", "e", "en", "er", "ern", "n"):
            yield umlaut + ending


def _english_forms(word: str) -> Iterator[str]:
    """A word and its plural: delivery, deliveries; box, boxes."""
    yield from (word, word + "s", word + "es")
    if word.endswith("y"):
        yield word[:-1] + "ies"


@Language.factory("horch_topics")
def make_topics(nlp: Language, name: str) -> Topics:
    """The component; its words stand in `lexicons/topics.toml`."""
    return Topics()
