"""Phrases that settle an intent: danger, fraud, threats and thanks that are none."""

import pytest

from enrich import tag_texts


def _tags(text: str) -> dict[str, object]:
    return dict(next(tag_texts([{"text": text}])))


@pytest.mark.parametrize(
    "text",
    [
        "Hilfe, es riecht im Treppenhaus stark nach Gas und keiner geht ran!!!",
        "Häusliche Beatmung läuft nur noch 40 Minuten auf Akku, bitte melden",
        "Es steckt jemand im Aufzug, nichts geht mehr",
        "I can smell gas in the hallway and nobody picks up",
        "my insulin was due this morning and your van drove straight past",
        "Wir sitzen seit zwei Stunden in Talheim fest, es fährt kein einziger Zug",
        "There is a smoke smell from the charger you sent me",
        "Somebody hacked my account and ordered three phones",
        "Someone is in my account right now and I can't log in to stop it",
        "Letzte Warnung: wenn das bis Freitag nicht korrigiert ist, geht die Sache zum Anwalt",
    ],
)
def test_what_cannot_wait_is_urgent(text: str) -> None:
    assert _tags(text)["urgent"] is True


@pytest.mark.parametrize(
    "text",
    [
        "Zum Glück kein Gasgeruch mehr, danke für die schnelle Prüfung",
        "My hulu won't play anything on my fire stick",
        "Schöner Tag am See heute",
        "Wir halten an dem Termin fest und freuen uns",
        "Wann kommt die Rechnung für das Gas?",
    ],
)
def test_what_can_wait_is_not(text: str) -> None:
    assert _tags(text)["urgent"] is False


@pytest.mark.parametrize("text", ["Danke für nichts @firma", "Thanks for nothing, again"])
def test_thanks_that_are_none(text: str) -> None:
    tags = _tags(text)
    assert (tags["complaint"], tags["praise"]) == (True, False)
