"""The keys of the watch-list as Markdown; `docs/watchlist.md` is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from watchlist.mistakes import table_type
from watchlist.model import WEEKDAYS, Watchlist

#: Arrays of tables.
_REPEATED = ("brands", "routing")


def keys_markdown() -> str:
    """Return one table of keys per table of the file, from the model's own descriptions."""
    return "\n\n" + "\n\n".join(_sections(Watchlist, "", "Top level")) + "\n\n"


def _sections(model: type[BaseModel], path: str, title: str) -> Iterator[str]:
    doc = (model.__doc__ or "").strip().replace("\n    ", "\n")
    rows = [_row(name, field) for name, field in model.model_fields.items() if _is_listed(name)]
    yield f"## {title}\n\n{doc}\n\n| key | default | meaning |\n|---|---|---|\n" + "\n".join(rows)
    for name, field in model.model_fields.items():
        table = table_type(field.annotation)
        if table and name not in WEEKDAYS:
            inner = f"{path}.{name}".removeprefix(".")
            header = f"[[{inner}]]" if name in _REPEATED else f"[{inner}]"
            yield from _sections(table, inner, f"`{header}`")


def _is_listed(name: str) -> bool:
    return name not in WEEKDAYS or name == "mon"


def _row(name: str, field: FieldInfo) -> str:
    shown = "mon` … `sun" if name == "mon" else name
    if name in WEEKDAYS:
        return f'| `{shown}` | closed | Stretches such as `["08:00-12:00", "13:00-18:00"]`. |'
    meaning = " ".join((field.description or "").split())
    return f"| `{shown}` | {_default(field)} | {meaning} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default(call_default_factory=True)
    match value:
        case None | () | BaseModel():
            return "–"
        case time():
            return f'`"{value:%H:%M}"`'
        case timedelta():
            hours = value.total_seconds() / 3600
            return f'`"{value.days}d"`' if value.days else f'`"{hours:g}h"`'
        case Path():
            return f'`"{value}"`'
        case dict():
            return "–"
    return f"`{json.dumps(value)}`"
