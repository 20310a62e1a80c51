"""Mistakes in a watch-list, as sentences: what stands where, what is wrong, what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from watchlist.errors import HorchError
from watchlist.fields import Misplaced
from watchlist.guess import nearest, one_line
from watchlist.locate import KeyPath
from watchlist.model import Watchlist

#: What to write for a key that has no default, or that needs at least one entry.
_EXAMPLES = {
    "brands": "start with [[brands]]",
    "id": 'write id = "stadtwerke"',
    "name": 'write name = "Stadtwerke Musterstadt"',
    "digest": 'add [brands.digest] with recipients = ["care@example.org"]',
    "recipients": 'write recipients = ["care@example.org"]',
}
_NEEDED = {
    "string_type": "a text is needed; put it in quotation marks",
    "tuple_type": 'a list is needed; write ["…"]',
    "bool_type": "a yes or no is needed; write true or false",
    "bool_parsing": "a yes or no is needed; write true or false",
    "float_type": "a number is needed; write it without quotation marks, such as 50",
    "float_parsing": "a number is needed; write it without quotation marks, such as 50",
    "finite_number": "a number is needed; write one such as 50",
    "dict_type": "a table is needed; write its keys below a header in brackets",
    "model_type": "a table is needed; write its keys below a header in brackets",
    "path_type": 'a folder is needed; write it in quotation marks, such as "var"',
}


@dataclass(frozen=True)
class Mistake:
    """One mistake: the line it stands on (None: the whole file), its key, and what to do."""

    file: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} line {self.line}"
        return ", ".join(part for part in (place, self.key) if part) + f": {self.message}"


class WatchlistError(HorchError):
    """The watch-list cannot be used; `mistakes` holds everything that is wrong with it."""

    def __init__(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        self.path = path
        self.mistakes = tuple(mistakes)
        more = len(self.mistakes) - 1
        rest = f" (and {more} more; horch check lists all)" if more else ""
        super().__init__(f"{self.mistakes[0]}{rest}")


def mistakes_of(error: ValidationError, file: str, lines: Mapping[KeyPath, int]) -> list[Mistake]:
    """Turn what pydantic found into mistakes, in the order of the file."""
    errors = error.errors(include_url=False)
    # A list whose entries are wrong counts as empty too: only the deepest complaint says why.
    within = {details["loc"][:end] for details in errors for end in range(len(details["loc"]))}
    found = [_mistake(details, file, lines) for details in errors if details["loc"] not in within]
    return sorted(set(found), key=lambda mistake: (mistake.line or 0, mistake.key))


def refusal(error: ValidationError) -> str:
    """Return what to say to somebody who has just given one wrong value."""
    return _message(error.errors(include_url=False)[0], ())


def _mistake(details: ErrorDetails, file: str, lines: Mapping[KeyPath, int]) -> Mistake:
    cause = details.get("ctx", {}).get("error")
    moved = cause.path if isinstance(cause, Misplaced) else ()
    path = _written((*details["loc"], *moved), lines)
    return Mistake(file, _line(path, lines), _key(path), _message(details, path))


def _written(path: KeyPath, lines: Mapping[KeyPath, int]) -> KeyPath:
    """Drop what the file has no words for: an office-hours block is one text, not two keys."""
    return path[:-1] if path[:-1] in lines and path[-1] in ("opens", "closes") else path


def _line(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    """Return the line of a key, or of the nearest table around a missing one."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)


def _key(path: KeyPath) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _message(details: ErrorDetails, path: KeyPath) -> str:
    kind, context = details["type"], details.get("ctx", {})
    name = str(path[-1]) if path else ""
    match kind:
        case "value_error":
            return str(context["error"])
        case "missing":
            return f"missing; {_EXAMPLES.get(name, f'write {name} = …')}"
        case "extra_forbidden":
            return _unknown_key(path)
        case "too_short" | "string_too_short":
            return f"empty or too short; {_EXAMPLES.get(name, 'write more, or leave the key out')}"
        case "string_too_long":
            return f"longer than {context['max_length']} characters; shorten it"
        case "literal_error":
            return f"{_shown(details['input'])} is not known; write {context['expected']}"
        case "greater_than_equal":
            return f"too small; write {context['ge']:g} or more"
    return (
        _NEEDED.get(kind) or f"{_shown(details['input'])}: {details['msg']}; see docs/watchlist.md"
    )


def _shown(value: object) -> str:
    return one_line(value if isinstance(value, str) else repr(value))


def _unknown_key(path: KeyPath) -> str:
    known = sorted(_keys_beside(path))
    meant = nearest(str(path[-1]), known)
    if meant:
        return f"unknown key; did you mean {meant}?"
    return f"unknown key; remove it or choose of {', '.join(known)}"


def _keys_beside(path: KeyPath) -> Iterable[str]:
    """Keys that may stand in the table which holds the last key of a path."""
    table: type[BaseModel] = Watchlist
    for part in path[:-1]:
        if isinstance(part, str):
            table = table_type(table.model_fields[part].annotation) or table
    return table.model_fields


def table_type(annotation: object) -> type[BaseModel] | None:
    """Find the table's model inside `tuple[Brand, ...]` and its like; None: it is no table."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(table_type, get_args(annotation))), None)
