"""Spill-over, settled and language: sentences with what they should give."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from enrich import tag_texts
from enrich.lexicon import FOLDER, Terms, any_of
from enrich.model import CHANNELS

SPILL_OVER = [
    ("Seit Tagen geht bei der Hotline niemand ran.", ["hotline"]),
    ("45 Minuten in der Warteschleife und dann rausgeflogen", ["hotline"]),
    ("Habe dreimal angerufen, keiner konnte mir helfen", ["hotline"]),
    ("On hold for an hour, then they hung up on me", ["hotline"]),
    ("I called yesterday and no one picks up", ["hotline"]),
    ("Auf meine E-Mails kommt keine Antwort", ["email"]),
    ("Zwei Mails geschrieben, nichts gehört", ["email"]),
    ("Sent three emails, no reply at all", ["email"]),
    ("Das Kontaktformular funktioniert nicht", ["form"]),
    ("Your contact form throws an error", ["form"]),
    ("Der Chatbot hilft nicht weiter", ["form"]),
    ("In der Filiale konnte mir auch nicht geholfen werden, keine Ahnung hatten die", ["shop"]),
    ("Your store couldn't help me either", ["shop"]),
    ("Die App stürzt ständig ab", ["app"]),
    ("The website is down and the app crashes", ["app"]),
    ("Mein Brief vom Mai blieb ohne Antwort", ["letter"]),
    ("Per Einschreiben gekündigt, keine Reaktion", ["letter"]),
    ("Wrote two letters, heard nothing", ["letter"]),
    ("Hotline nicht erreichbar, E-Mails unbeantwortet", ["hotline", "email"]),
    ("Gibt es eine Hotline?", []),
    ("Die Hotline war super freundlich", []),
    ("Ich habe gerade bei euch angerufen, danke!", []),
    ("Bitte eine E-Mail an mich", []),
    ("Welche App nutzt ihr?", []),
    ("Der Zug fällt schon wieder aus", []),
    ("No reply from my girlfriend today", []),
    ("Love the new app!", []),
    ("Ist der Laden sonntags offen?", []),
]

SETTLED = [
    ("Danke, hat sich erledigt!", True),
    ("Das Problem ist inzwischen gelöst.", True),
    ("Internet läuft wieder, danke fürs Kümmern", True),
    ("Paket ist heute angekommen 🎉", True),
    ("Jetzt klappt es, vielen Dank", True),
    ("Hat jetzt geklappt mit dem Neustart", True),
    ("Geld ist heute da, alles gut", True),
    ("Strom ist wieder da, danke!", True),
    ("War mein Fehler, sorry", True),
    ("All sorted now, thanks!", True),
    ("Never mind, found it", True),
    ("It's working again, cheers", True),
    ("My refund came through this morning", True),
    ("That worked, thank you", True),
    ("Das hat sich noch nicht erledigt.", False),
    ("Wann ist das Problem gelöst?", False),
    ("Hoffe, das Internet läuft wieder bis morgen", False),
    ("Ist mein Paket angekommen?", False),
    ("Nichts funktioniert wieder mal", False),
    ("Ist das jetzt erledigt?", False),
    ("Wenn es wieder läuft, sagt Bescheid", False),
    ("It's not fixed", False),
    ("When will this be sorted?", False),
    ("Still not working again today", False),
    ("I want this resolved now", False),
    ("Ich warte immer noch", False),
    ("Danke für die Info", False),
    ("Is it sorted?", False),
]

LANGUAGES = [
    ("Warum kommt der Bus schon wieder nicht?", None, "de"),
    ("Danke für nichts 🙄", None, "de"),
    ("Why is my train late again?", None, "en"),
    ("still waiting for my refund", None, "en"),
    ("@marke Hallo, gibt es heute eine Störung in Beispielstadt?", None, "de"),
    ("My order got lost, WTF? @marke #fail", None, "en"),
    ("Das ist ein absolutes No-Go, euer Customer Service ist a joke", None, "de"),
    ("Pourquoi mon colis n'est pas encore arrivé ?", None, "other"),
    ("¿Dónde está mi pedido? Llevo dos semanas esperando", None, "other"),
    ("Waar blijft mijn pakket? Ik wacht al een week", None, "other"),
    ("Perché il mio pacco non è ancora arrivato?", None, "other"),
    ("Gdzie jest moja paczka? Czekam już tydzień", None, "other"),
    ("Siparişim hala gelmedi, neden cevap vermiyorsunuz?", None, "other"),
    ("Где мой заказ? Жду уже неделю", None, "other"),
    ("注文がまだ届きません", None, "other"),
    ("ok", "de", "de"),
    ("ok", "en", "en"),
    ("👍", "de", "de"),
    ("👍", None, "other"),
    ("#fail", "und", "other"),
    ("Hallo", None, "de"),
    ("Hello", None, "en"),
    ("Warum kommt der Bus schon wieder nicht?", "en", "de"),
]


@pytest.mark.parametrize(("text", "channels"), SPILL_OVER)
def test_spill_over(text: str, channels: list[str]) -> None:
    assert next(tag_texts([{"text": text}]))["spill_over"] == channels


@pytest.mark.parametrize(("text", "settled"), SETTLED)
def test_settled(text: str, settled: bool) -> None:
    assert next(tag_texts([{"text": text}]))["settled"] is settled


@pytest.mark.parametrize(("text", "hint", "lang"), LANGUAGES)
def test_language(text: str, hint: str | None, lang: str) -> None:
    assert next(tag_texts([{"text": text, "lang": hint}]))["lang"] == lang


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_lexicons_name_source_and_date(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert data["source"]
    assert isinstance(data["date"], date)


def test_channels_are_those_of_the_contract() -> None:
    data = tomllib.loads((FOLDER / "spill_over.toml").read_text(encoding="utf-8"))
    assert tuple(entry["label"] for entry in data["channel"]) == CHANNELS


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("hotline*", "Die Hotlinenummer", True),
        ("hotline", "Die Hotlinenummer", False),
        ("keine antwort", "keine  \n Antwort", True),
        ("hat … geklappt", "hat endlich doch geklappt", True),
        ("hat … geklappt", "hat a b c d e f g geklappt", False),
        ("app", "Happy", False),
    ],
)
def test_terms_are_read_as_written(term: str, text: str, found: bool) -> None:
    assert bool(any_of([term]).search(text)) is found
    assert bool(Terms([term]).find(text)) is found
