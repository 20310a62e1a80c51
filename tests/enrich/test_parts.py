"""What the parts share: what is kept on a Doc, terms by first letters, sentiment of two heads."""

import numpy as np
import pytest
import spacy

from enrich.components.heads import mixed, softmax
from enrich.lexicon import Terms, beginnings
from enrich.tokens import PlainTokenizer, begins, hidden, keep, kept, lower

TEXTS = [
    "",
    " ",
    "Wo bleibt mein Paket?",
    "  zwei  Blanks\tund\neine Zeile ",
    "a\u00a0b \u2003 c",
    "@anna https://example.com/x",
    "\n",
]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_a_doc_gives_its_text_back(text: str) -> None:
    doc = PlainTokenizer(spacy.blank("xx").vocab)(text)
    assert doc.text == text
    assert [token.text for token in doc if not token.is_space] == text.split()


def test_what_is_kept_is_what_underscore_shows() -> None:
    doc = PlainTokenizer(spacy.blank("xx").vocab)("@anna Wo ist es?")
    keep(doc, "settled", True)
    assert kept(doc, "settled") is True
    assert doc._.settled is True
    assert kept(doc, "unknown") is None
    assert (hidden(doc), lower(doc)) == ("@user Wo ist es?", "@anna wo ist es?")
    assert begins(doc) == {"anna", "wo", "ist", "es"}


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("hotline*", "Die Hotlinenummer fehlt", "Hotlinenummer"),
        ("*hotline", "Eure Servicehotline schweigt", "Servicehotline"),
        ("dm*", "Schreibt mir keine DMs", "DMs"),
        ("e-mail*", "Per E-Mails keine Antwort", "E-Mails"),
        ("nicht zu erreich*", "Nicht  zu\nerreichen", "Nicht  zu\nerreichen"),
        ("hat … geklappt", "hat leider wieder nicht geklappt", "hat leider wieder nicht geklappt"),
        ("don't work", "they DON'T work", "DON'T work"),
        ("#nie*", "so #niewieder", "#niewieder"),
        ("mail", "Emailadresse", None),
        ("ab", "abends", None),
    ],
)
def test_terms_are_found_whatever_they_begin_with(term: str, text: str, found: str | None) -> None:
    terms = Terms([term, "kommt nie vor"])
    assert [match.group() for match in terms.find(text)] == ([found] if found else [])
    low = text.lower()
    assert terms.find(text, low, beginnings(low)) or not found


def test_sentiment_is_that_of_the_head_a_post_is_for() -> None:
    general, railway = np.array([[2.0, 0, 0]] * 3), np.array([[0.0, 2, 0]] * 3)
    said = mixed(general, railway, np.array([[-20.0], [0], [20]]))
    assert np.allclose(said[0], softmax(general)[0])
    assert np.allclose(said[1], (softmax(general)[1] + softmax(railway)[1]) / 2)
    assert np.allclose(said[2], softmax(railway)[2])
