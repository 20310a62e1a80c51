"""What a page says on top: what its reader has just done, how to undo it, and who was faster."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request

from desk import actions, items
from desk.data import Row
from desk.model import Key, User
from desk.site import Site, language
from desk.wording import words

#: What takes an action back that needs no value.
_OPPOSITE = {"done": "reopen", "reopen": "done", "snooze": "wake"}


def news(
    request: Request, site: Site, user: User, now: datetime, page: Key | None = None
) -> dict[str, Any]:
    """What the user has just done, and what others did to the same mention at the same time.

    Args:
        request: Its address names the action (`did`) and the newest that was known before it.
        site: The installation.
        user: Who reads.
        now: The clock.
        page: The mention that is shown, where one is.
    """
    did, seen = (_number(request.query_params.get(name, "")) for name in ("did", "seen"))
    seen = did - 1 if seen is None and did else min(seen or 0, (did or 1) - 1)
    since = actions.read(site.data.actions, seen) if did else []
    mine = next((act for act in since if act.seq == did and act.who == user.name), None)
    newest = actions.newest(site.data.actions)
    if mine is None:
        return {"did": None, "others": [], "seq": newest}
    of = (mine.brand, mine.platform, mine.post_id)
    others = [
        act
        for act in since
        if act.seq < mine.seq
        and act.who != user.name
        and (act.brand, act.platform, act.post_id) == of
    ]
    told = words(language(request))
    return {
        "did": mine,
        "did_words": items.deed(_as_row(mine), told, now),
        "undo": undo(site, mine, page, now),
        "others": [
            told(
                "page.also", who=a.who, what=items.deed(_as_row(a), told, now), time=told.time(a.at)
            )
            for a in others
        ],
        "seq": newest,
    }


def undo(site: Site, act: actions.Recorded, page: Key | None, now: datetime) -> dict[str, str]:
    """The fields of the form that takes an action back; none where nothing does."""
    fields = Key(act.brand, act.platform, act.post_id).address
    if act.action in _OPPOSITE:
        return fields | {"do": _OPPOSITE[act.action]}
    if act.action == "correct" and act.field == "spam":
        return fields | {"do": "mention" if act.value == "true" else "no_mention"}
    before = site.data.replaced(act, now)
    if act.action == "assign":
        return fields | ({"do": "assign", "value": before} if before else {"do": "free"})
    if act.action != "correct" or before is None or page is None:
        return {}
    corrected = {"do": "correct", "field": act.field or "", "value": before, "post": act.post_id}
    return page.address | corrected


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _as_row(act: actions.Recorded) -> Row:
    return {**vars(act), "acted_at": act.at}
