"""Templates of mails, and what every mail's parts go through."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from digest.textual import FILTERS


@cache
def templates(*folders: Path) -> Environment:
    """The templates of folders, the first that has one wins; HTML is escaped."""
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    return environment


def inlined(html: str) -> str:
    """Bring the styles of a page to its elements; nothing is loaded from elsewhere."""
    return _inliner().inline(html)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)
