"""An alert as a mail: the lines as text, and as HTML in the digest's dress."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from digest import layout
from digest.alerts.wording import Message
from digest.textual import FILTERS

FOLDER = Path(__file__).parent / "templates"


def html(message: Message) -> str:
    """The HTML part, its styles inlined; nothing is loaded from elsewhere."""
    return _inliner().inline(_templates().get_template("alert.html.j2").render(message=message))


def text(message: Message) -> str:
    """The text part."""
    words = _templates().get_template("alert.txt.j2").render(message=message)
    return "\n".join(line.rstrip() for line in words.splitlines()).strip("\n") + "\n"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([FOLDER, layout.FOLDER]),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
