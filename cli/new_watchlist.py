"""The text of a new watch-list, with every answer in its place."""

from __future__ import annotations

import json
from importlib.resources import files
from string import Template
from typing import Any

from cli.questions import brand_id
from watchlist.model import WEEKDAYS


def new_watchlist(answers: dict[str, Any]) -> str:
    """Fill the answers into the template that explains the keys."""
    template = Template((files("cli") / "new_watchlist.toml").read_text(encoding="utf-8"))
    written = {key: _toml(value) for key, value in answers.items()}
    written |= {
        "id": _toml(brand_id(answers["brand"])),
        "name": _toml(answers["name"] or [answers["brand"]]),
        "state": _state(answers["state"]),
        "office_hours": _days(answers["office_hours"]),
        "digest_language": _toml(answers["language"][0] if answers["language"] else "de"),
    }
    return template.substitute(written)


def _state(code: str | None) -> str:
    if code is None:
        return '# state = "BY"  # Bundesland, for its own holidays'
    return f"state = {_toml(code)}  # Bundesland, for its own holidays"


def _days(hours: dict[str, list[str]]) -> str:
    if not hours:
        return '# mon = ["08:00-12:00", "13:00-17:00"]'
    return "\n".join(f"{day} = {_toml(hours.get(day, []))}" for day in WEEKDAYS)


def _toml(value: object) -> str:
    """Write a text or a list of texts; what JSON makes of them is TOML too."""
    return json.dumps(value, ensure_ascii=False)
