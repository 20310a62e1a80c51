"""Best and worst of a week, in words."""

from __future__ import annotations

from digest.model import Digest, Row, Section, View
from digest.plain import defused, masked, safe_link
from digest.words import Words
from digest.work import author, link_label
from watchlist.links import triage_link

_TEXT_LIMIT = 160


def best_worst(digest: Digest, section: Section, words: Words) -> View:
    """One entry per superlative: what it is, the figure, and the post with its links."""
    if not section.rows:
        return {}
    return {"entries": [_entry(row, digest, words) for row in section.rows]}


def _entry(row: Row, digest: Digest, words: Words) -> dict[str, str | None]:
    is_post = row["post_id"] is not None
    link = safe_link(row["permalink"])
    return {
        "title": words(f"best_worst.{row['metric']}"),
        "figure": _figure(row, words),
        "author": author(row, words) if is_post else "",
        "text": defused(masked(row["text"], _TEXT_LIMIT, words.language)) if is_post else "",
        "link": link,
        "link_label": link_label(link, words),
        "triage": triage_link(digest.triage_url, digest.brand.id, row["platform"], row["post_id"])
        if is_post
        else None,
    }


def _figure(row: Row, words: Words) -> str:
    match row["metric"]:
        case "best_day" | "worst_day":
            return words(
                "best_worst.day",
                day=words.weekday(row["day"].weekday(), "wide"),
                share=words.percent(row["share_pct"]),
                count=words.number(row["asked_count"]),
            )
        case "fastest" | "slowest":
            who = "service" if row["answered_by"] == "own" else row["answered_by"]
            span = words.open_span(row["seconds"])
            return words("best_worst.answer", span=span, who=words.label("owner", who))
    reactions = row["reaction_count"]
    return words.count("best_worst.reactions", reactions) if reactions else ""
