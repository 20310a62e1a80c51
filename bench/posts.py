"""Made-up posts in any number: small threads in German and English with every kind of reply.

The texts are put together from parts of our own writing, so that no two hundred of them are
alike, and the threads end the way real ones do: most unanswered, some answered late.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

HANDLE = "swmuster"
OWN, AGENCY = ("900001", HANDLE), ("900002", "swmuster_hilft")

_OPENINGS = {
    "de": [
        "Hallo",
        "Moin",
        "Sagt mal",
        "Puh",
        "Liebes Team",
        "Ernsthaft",
        "Guten Abend",
        "Na toll",
    ],
    "en": ["Hi", "Hey", "Seriously", "Dear team", "Good evening", "Honestly", "Well", "Morning"],
}
_THINGS = {
    "de": [
        "die Abrechnung",
        "der Zähler",
        "das WLAN im Bus",
        "die Hotline",
        "die App",
        "der Strom",
    ],
    "en": ["the bill", "the meter", "the wifi on the bus", "the hotline", "the app", "the power"],
}
_TEXTS = {
    ("de", "complaint"): [
        "{thing} funktioniert seit {n} Tagen nicht. So geht das nicht weiter!",
        "{thing} ist schon wieder eine Katastrophe, zum {n}. Mal in diesem Jahr.",
        "{thing} hat mich heute {n} Stunden gekostet. Danke für nichts.",
    ],
    ("de", "question"): [
        "wann geht {thing} wieder? Seit {n} Uhr warte ich auf Auskunft.",
        "könnt ihr mir sagen, wie ich {thing} ummelde? Kundennummer schicke ich per PN.",
        "stimmt es, dass {thing} ab dem {n}. teurer wird?",
    ],
    ("de", "praise"): [
        "{thing} läuft super, vielen Dank an das Team!",
        "{thing}: top Service, {n} Sterne.",
    ],
    ("de", "chatter"): [
        "heute {n} Leute auf dem Markt getroffen.",
        "{thing}, ein Thema für {n} Abende.",
    ],
    ("en", "complaint"): [
        "{thing} has been broken for {n} days. This is not acceptable!",
        "{thing} is a disaster again, time number {n} this year.",
        "{thing} cost me {n} hours today. Thanks for nothing.",
    ],
    ("en", "question"): [
        "when will {thing} be back? I have been waiting since {n}.",
        "can you tell me how to change the name on {thing}?",
        "is it true that {thing} gets dearer on the {n}th?",
    ],
    ("en", "praise"): [
        "{thing} works great, many thanks to the team!",
        "{thing}: great service, {n} stars.",
    ],
    ("en", "chatter"): [
        "met {n} people at the market today.",
        "{thing}, a topic for {n} evenings.",
    ],
}
_REPLIES = {
    ("de", "answer"): "Die Ursache war ein Defekt im Umspannwerk, seit {n} Uhr läuft alles wieder.",
    ("de", "holding"): "Das tut uns leid! Wir geben das an die Fachabteilung weiter.",
    ("de", "deflect"): "Bitte schreib uns dazu eine Direktnachricht mit deiner Kundennummer.",
    ("de", "ask"): "Um welche Adresse geht es denn genau?",
    (
        "de",
        "community",
    ): "Bei mir half es, den Zähler {n} Minuten vom Netz zu nehmen und neu anzumelden.",
    (
        "en",
        "answer",
    ): "The cause was a fault in the substation, everything has been back since {n}.",
    ("en", "holding"): "Sorry about that! We have passed it on to the team.",
    ("en", "deflect"): "Please send us a direct message with your account number.",
    ("en", "ask"): "Which address is this about?",
    ("en", "community"): "It helped me to unplug the meter for {n} minutes and to register again.",
}
_LATER = {
    ("de", "again"): [
        "{thing} geht immer noch nicht, und jetzt?",
        "Das war vor {n} Tagen. Und nun?",
    ],
    ("en", "again"): ["{thing} is still broken, what now?", "That was {n} days ago. And now?"],
    ("de", "thanks"): ["Danke, das hat geholfen!", "Hat geklappt, {n} Minuten. Vielen Dank!"],
    ("en", "thanks"): ["Thanks, that helped!", "It worked, {n} minutes. Many thanks!"],
    ("de", "part"): ["Zur Erklärung von {thing}, Teil um Teil: Schritt {n} ist der wichtigste."],
    ("en", "part"): ["About {thing}, part by part: step {n} is what matters."],
}
_KINDS = (("complaint", 45), ("question", 25), ("praise", 10), ("chatter", 20))
_ANSWERS = (
    ("none", 60),
    ("answer", 14),
    ("holding", 8),
    ("deflect", 8),
    ("ask", 3),
    ("community", 7),
)


def posts(count: int, until: datetime, days: int = 28, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Yield `count` post records in the order of their roots' times, ending before `until`.

    Args:
        count: How many posts, replies included.
        until: Aware time before which all posts lie.
        days: Over how many days they are spread.
        seed: The same seed gives the same posts.
    """
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    made = 0
    while made < count:
        start = until - timedelta(days=days) * (1 - made / count)
        for post in _thread(rng, made, start):
            if made == count:
                return
            yield post
            made += 1


def _thread(rng: random.Random, number: int, start: datetime) -> Iterator[dict[str, Any]]:
    lang = rng.choice(("de", "de", "en"))
    root_id = str(1_000_000_000 + number * 10)
    asker = str(rng.randrange(10_000, 400_000))
    root = _post(root_id, (asker, f"kunde{asker}"), _root_text(rng, lang), start, lang)
    yield root
    answer = _weighted(rng, _ANSWERS)
    if answer == "none":
        return
    helper = str(rng.randrange(10_000, 400_000))
    author = (helper, f"kunde{helper}") if answer == "community" else rng.choice((OWN, AGENCY))
    text = f"@{root['author_handle']} " + _REPLIES[lang, answer].format(n=rng.randrange(2, 19))
    later = start + timedelta(minutes=rng.randrange(2, 60))
    yield _post(str(int(root_id) + 1), author, text, later, lang, root_id)


def _root_text(rng: random.Random, lang: str) -> str:
    body = rng.choice(_TEXTS[lang, _weighted(rng, _KINDS)])
    filled = body.format(thing=rng.choice(_THINGS[lang]), n=rng.randrange(2, 29))
    return f"@{HANDLE} {rng.choice(_OPENINGS[lang])}, {filled}"


def _weighted(rng: random.Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def _post(
    post_id: str, author: tuple[str, str], text: str, at: datetime, lang: str, root: str = ""
) -> dict[str, Any]:
    return {
        "platform": "x",
        "post_id": post_id,
        "author_id": author[0],
        "author_handle": author[1],
        "text": text,
        "created_at": at.isoformat(),
        "reply_to_id": root or None,
        "root_id": root or post_id,
        "lang": lang,
        "like_count": len(text) % 7,
    }


def _phrases() -> dict[tuple[str, str], list[str]]:
    """Everything the posts are put together from, by language and kind."""
    said = _TEXTS | {key: [text] for key, text in _REPLIES.items()} | _LATER
    for lang in ("de", "en"):
        said |= {(lang, "opening"): _OPENINGS[lang], (lang, "thing"): _THINGS[lang]}
        said[lang, "repost"] = said[lang, "chatter"]
    return said


PHRASES = _phrases()
