"""Write `docs/platforms.md` from the docstrings of the platforms' modules."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module

from collectors.registry import PLATFORMS

#: The lines every platform's docstring has, in this order.
FACTS = ("Source", "Reach", "Limits", "Cost", "Auth", "Omits")

_FACT = re.compile(rf"^({'|'.join(FACTS)}): ", re.MULTILINE)
_HEAD = """# Platforms

Generated from the modules in `collectors/`; change it there and run
`python -m collectors.describe > docs/platforms.md`.
"""


def facts(docstring: str) -> dict[str, str]:
    """Return the facts of a platform's docstring, each in one line."""
    _title, *parts = _FACT.split(inspect.cleandoc(docstring))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: " ".join(text.split()) for name, text in pairs}


def markdown() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(line for name in PLATFORMS for line in _section(name))])


def _section(name: str) -> Iterator[str]:
    docstring = import_module(PLATFORMS[name]).__doc__ or ""
    yield f"## `{name}`: {docstring.splitlines()[0]}\n"
    for fact, text in facts(docstring).items():
        yield f"- **{fact}**: {text}"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(markdown())
