"""What a post is about: base forms, compounds, endings; nothing that names a person."""

import pytest
import spacy
from spacy.language import Language

import enrich.components.topics  # noqa: F401 (registers the component)
from enrich import tag_texts
from enrich.components.topics import MOST
from enrich.lexicon import lexicon


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("xx")
    nlp.add_pipe("horch_topics")
    return nlp


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Die Züge, der Zug, des Zuges und den Zügen", ["zug"]),
        (
            "Rechnungen, Anschlüsse, Ausfälle, Verträge",
            ["rechnung", "anschluss", "ausfall", "vertrag"],
        ),
        ("STROMAUSFALL!!! Wo ist der Techniker?", ["strom", "ausfall", "techniker"]),
        ("Internetausfall und die Kundenhotline schweigt", ["internet", "ausfall", "hotline"]),
        ("Kündigungsbestätigung fehlt", ["kündigung", "bestätigung"]),
        ("WLAN-Router kaputt, S-Bahn voll", ["wlan", "router", "s-bahn"]),
        ("Wurde storniert und nie erstattet", ["stornierung", "erstattung"]),
        ("Die Sendungsverfolgungen lügen", ["sendungsverfolgung"]),
        ("Verkabelungen hängen herunter", ["verkabelung"]),
        ("Three deliveries, two boxes, no refund", ["delivery", "box", "refund"]),
        ("my wifi and my e-mails", ["wlan", "e-mail"]),
        ("The compartment stinks", ["compartment"]),
        ("Ich bin sauer, ihr seid zu spät!", []),
        ("Globus, Radius, Verlust", []),
        ("Herr Meier und Frau Özdemir aus Kronfurt", []),
        ("@bahn_hilft https://rechnung.example/zug strom@example.com", []),
        ("", []),
        ("😡😡", []),
    ],
)
def test_words_in_their_base_form(nlp: Language, text: str, topics: list[str]) -> None:
    assert nlp(text)._.topics == topics


def test_five_words_at_most_the_first_ones(nlp: Language) -> None:
    text = "Strom Gas Wasser Zug Bus Rechnung Hotline " * 500
    assert nlp(text)._.topics == ["strom", "gas", "wasser", "zug", "bus"]
    assert MOST == 5


def test_tags_carry_them() -> None:
    (tags,) = tag_texts([{"text": "Wo bleibt mein Paket? Die Zustellung war für gestern angesagt"}])
    assert tags["topics"] == ["paket", "zustellung"]


def test_no_word_stands_for_itself_and_another() -> None:
    data = lexicon("topics")
    listed = {*data["de"]["terms"], *data["en"]["terms"]}
    assert {word for word in data["same"] if word in listed and data["same"][word] != word} == set()
    assert all(word == word.lower().strip() for word in listed)
