"""An alert as a mail: the lines as text, and as HTML in the digest's dress."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Template

from digest import layout
from digest.alerts.wording import Message
from digest.templating import inlined, templates

FOLDER = Path(__file__).parent / "templates"


def html(message: Message) -> str:
    """The HTML part, its styles inlined; nothing is loaded from elsewhere."""
    return inlined(_template("alert.html.j2").render(message=message))


def text(message: Message) -> str:
    """The text part."""
    words = _template("alert.txt.j2").render(message=message)
    return "\n".join(line.rstrip() for line in words.splitlines()).strip("\n") + "\n"


def _template(name: str) -> Template:
    return templates(FOLDER, layout.FOLDER).get_template(name)
