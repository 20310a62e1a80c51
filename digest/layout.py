"""A digest as a mail: subject, text and HTML laid out by the same sections."""

from __future__ import annotations

import re
from pathlib import Path

from digest.figures import period
from digest.model import Digest, Rendered, Section, View
from digest.plain import one_line
from digest.sheet import sheet
from digest.templating import inlined, templates
from digest.views import SHAPES
from digest.words import Words

FOLDER = Path(__file__).parent / "templates"


def render(digest: Digest) -> Rendered:
    """Put a digest into the words and layout of its brand's language."""
    words = Words(digest.brand.digest.language, digest.brand.zone)
    shown = [view for section in digest.sections if (view := _view(digest, section, words))]
    context = _context(digest, shown, words)
    return Rendered(
        subject=context["subject"],
        text=_text(context),
        html=_html(context),
        csv_bytes=sheet(digest, words),
        images={view["image"]: view["png"] for view in shown if "png" in view},
        language=words.language,
        is_empty=digest.is_empty,
        edition=digest.edition,
    )


def _view(digest: Digest, section: Section, words: Words) -> View:
    """A section in words; empty where it has nothing to say."""
    view = SHAPES[section.shape](digest, section, words)
    title = words.messages.get(f"{digest.edition}.{section.name}") or words.messages.get(
        f"section.{section.name}", section.summary
    )
    names = {"shape": section.shape, "place": section.place, "title": title}
    return {**names, **view} if view else {}


def _context(digest: Digest, shown: list[View], words: Words) -> View:
    brand = one_line(digest.brand.name, 80)
    return {
        "words": words,
        "brand": brand,
        "subject": _subject(digest, words, brand),
        "preview": " · ".join(line for view in shown for line in view.get("preview", ())),
        "day": words.day(digest.date),
        "cards": [view for view in shown if view["place"] == "body"],
        "foot": [view for view in shown if view["place"] == "foot"],
        "warnings": [line for view in shown for line in view.get("warnings", ())],
        "past": words("lead.past", time=words.time(digest.now)) if digest.is_past else "",
        "small_print": [
            words("foot.open_time"),
            words("foot.masked"),
            _why(digest, words, brand),
        ],
    }


def _why(digest: Digest, words: Words, brand: str) -> str:
    """Why somebody gets this mail."""
    settings = digest.brand.digest
    time = settings.at.strftime("%H:%M")
    if digest.edition == "daily":
        return words("foot.why", time=time, brand=brand)
    day = words.weekday(digest.date.weekday(), "wide")
    return words("foot.why_weekly", time=time, brand=brand, day=day)


def _subject(digest: Digest, words: Words, brand: str) -> str:
    if digest.edition == "weekly":
        return words(
            "subject.weekly",
            days=period(digest, words),
            asked=words.number(digest.lead["asked_count"]),
            open=words.number(digest.lead["open_count"]),
            brand=brand,
        )
    opened, overdue = digest.lead["open_count"], digest.lead["overdue_count"]
    key = "nothing" if not opened else "open" if overdue else "open_none_overdue"
    counts = {"open": words.number(opened), "overdue": words.number(overdue)}
    return words(f"subject.{key}", brand=brand, **counts)


def _html(context: View) -> str:
    return inlined(templates(FOLDER).get_template("digest.html.j2").render(context))


def _text(context: View) -> str:
    text = templates(FOLDER).get_template("digest.txt.j2").render(context)
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
