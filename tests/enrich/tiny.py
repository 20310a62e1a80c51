"""A folder of training data of our own invention: every source that training reads, tiny."""

import json
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from enrich.model import REPLY_KINDS, SENTIMENTS
from enrich.training import data

COMPANIES = ("Kronfurt", "Seeblick", "Talwerk", "Nordnetz", "Birkenbahn", "Moorpost", "Hafenstrom")
SAID = (
    ("{}: seit drei Tagen kein Strom, und niemand hilft mir", "negative", 1, 0, 0, 0),
    ("Wann fährt bei {} der nächste Bus zum Markt?", "neutral", 0, 1, 0, 0),
    ("Danke {}, das war wirklich nett von euch", "positive", 0, 0, 1, 0),
    ("{}, it smells of gas in our hall, please send somebody now", "negative", 1, 1, 0, 1),
    ("Bei {} scheint heute wieder einmal die Sonne", "neutral", 0, 0, 0, 0),
)


def write(folder: Path) -> Path:
    """Writes all files below a folder; returns the folder."""
    for source in data.sources():
        path = folder / source.file
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = [_row(source.file, number) for number in range(30)]
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return folder


def _row(file: str, number: int) -> dict[str, Any]:
    """All keys that any of the sources has; each file has texts of its own."""
    text, feeling, complaint, question, praise, urgent = SAID[number % len(SAID)]
    name = COMPANIES[number % len(COMPANIES)] + Path(file).stem.replace("_", "").rstrip("den")
    row = {"id": f"{Path(file).stem}:{number}", "lang": "en" if urgent else "de", "sure": 1}
    row |= {"text": f"{number:x} " + text.format(name + "abcdefg"[number // 5])}
    row |= {"complaint": complaint, "question": question, "praise": praise, "urgent": urgent}
    row |= {"sentiment": feeling, "kind": next(islice(cycle(REPLY_KINDS), number, None))}
    row |= {"tweet_act": "QUE" if question else "STM", "stars_geq4": praise}
    row |= {
        "sentence_type": "q" if question else "s",
        "fine_act": "REQUEST" if urgent else "ASSERT",
    }
    row |= {"emotions": ["gratitude"] if praise else ["anger"], "labels": ["complaint"]}
    if Path(file).stem.startswith("speech_acts"):
        del row["tweet_act"]
    assert row["sentiment"] in SENTIMENTS
    return row
