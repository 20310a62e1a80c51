"""What `horch init` asks, and how each answer is checked by the watch-list's own rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cli.office_hours import EXAMPLE, parse_hours
from watchlist import fields
from watchlist.guess import state_code
from watchlist.mistakes import refusal
from watchlist.model import Language, OfficeHours

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Question:
    """One thing to ask.

    Attributes:
        key: The option's name, and the key of the answer.
        text: What the person is asked.
        check: Turns the text of an answer into its value; raises `ValueError` with a remedy.
        default: The text of the answer when nothing is typed; None: an answer is needed.
        hint: An example to show with the question.
    """

    key: str
    text: str
    check: Callable[[str], Any]
    default: str | None = ""
    hint: str = ""


def each(kind: Any) -> Callable[[str], list[Any]]:  # noqa: ANN401
    """Return a check of answers separated by commas, each of a kind of the watch-list."""
    adapter = TypeAdapter(kind)

    def check(text: str) -> list[Any]:
        words = [word.strip() for word in text.split(",")]
        return [_valid(adapter, word) for word in words if word]

    return check


def one(kind: Any) -> Callable[[str], Any]:  # noqa: ANN401
    """Return a check of a single answer of a kind of the watch-list."""
    adapter = TypeAdapter(kind)
    return lambda text: _valid(adapter, text.strip())


def _valid(adapter: TypeAdapter[Any], text: str) -> Any:  # noqa: ANN401
    try:
        adapter.validate_python(text)
    except ValidationError as error:
        raise ValueError(refusal(error)) from None
    return text


def _needed(check: Callable[[str], list[Any]], example: str) -> Callable[[str], list[Any]]:
    def checked(text: str) -> list[Any]:
        if not (values := check(text)):
            raise ValueError(f"at least one is needed; write {example}")
        return values

    return checked


def _name(text: str) -> str:
    name = text.strip()
    if not 2 <= len(name) <= 100 or not name.isprintable() or '"' in name:
        raise ValueError("a name has 2 to 100 characters, no quotation marks; write Stadtwerke")
    return name


def _hours(text: str) -> dict[str, list[str]]:
    hours = parse_hours(text)
    try:
        OfficeHours.model_validate(hours)
    except ValidationError as error:
        raise ValueError(refusal(error)) from None
    return hours


def _state(text: str) -> str | None:
    if not text.strip():
        return None
    if code := state_code("DE", text):
        return code
    raise ValueError(f"{text!r} is no Bundesland; write its name or code, such as BY")


def brand_id(name: str) -> str:
    """Return a short name for commands, made of a brand's name."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_UMLAUTS)).strip("-")
    return words[:40].strip("-") or "brand"


QUESTIONS = (
    Question("brand", "What is the brand called?", _name, default=None),
    Question("handle", "Its accounts", each(fields.Handle), hint="@stadtwerke, @sw_hilft"),
    Question("name", "Other names and words that mean it", each(fields.Term)),
    Question("hashtag", "Its hashtags", each(fields.Hashtag), hint="#stadtwerke"),
    Question("subreddit", "Your own subreddits, where every post counts", each(fields.Subreddit)),
    Question("language", "Languages you answer in", each(Language), default="de, en"),
    Question("time_zone", "Time zone", one(fields.Zone), default="Europe/Berlin"),
    Question("office_hours", "Office hours", _hours, default="always", hint=EXAMPLE),
    Question("state", "Bundesland, for its public holidays", _state, hint="Bayern or BY"),
    Question("answer_within", "Answer within", one(fields.Duration), default="4h"),
    Question("digest_at", "Send the digest at", one(fields.Clock), default="07:30"),
    Question(
        "recipient",
        "Who gets the digest",
        _needed(each(fields.Mail), "care@example.org"),
        default=None,
        hint="care@example.org",
    ),
)
