"""Pages to look at: a list, one mention."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from desk import actions, items
from desk.data import PAGE, Row
from desk.model import LISTS, NOBODY, Key, User, View
from desk.news import news
from desk.site import (
    LANGUAGE_COOKIE,
    THEME_COOKIE,
    THEMES,
    SignedIn,
    Site,
    TheSite,
    base,
    brand_words,
    language,
    local,
    render,
)
from desk.wording import LANGUAGES, DeskWords, words

router = APIRouter(include_in_schema=False)

_FACETS = ("brand", "platform", "status", "reason", "lang", "owner")
_A_YEAR = 365 * 86400


@router.get("/")
def show_list(request: Request, user: SignedIn, site: TheSite) -> Response:
    """A list with its filters."""
    view, now = View.of(request.query_params), site.clock()
    brands = site.data.brands(user, now)
    rows = [row for row in site.data.page(user, view, now) if row["brand"] in brands]
    shown = [_item(request, row, brands, now) for row in rows[:PAGE]]
    counts = site.data.counts(user, view.brand, now)
    context: dict[str, Any] = {
        "view": view,
        "lists": _lists(view, counts),
        "facets": _facets(site, user, view, words(language(request)), brands, now),
        "items": shown,
        "first": (view.page - 1) * PAGE + 1,
        "has_more": len(rows) > PAGE,
        "count": counts.get(view.list, 0),
        "found": rows[0]["list_count"] if rows else 0,
        "has_brands": len(brands) > 1,
    }
    return render(request, "list.html.j2", user=user, **context | news(request, site, user, now))


@router.get("/mention")
def show_mention(request: Request, user: SignedIn, site: TheSite) -> Response:
    """One mention with its thread, its clocks, its tags, and what people did."""
    view, now = View.of(request.query_params), site.clock()
    mention, brand = find(site, user, key_of(request.query_params), now)
    told = brand_words(request, brand)
    key = Key(mention["brand"], mention["platform"], mention["post_id"])
    posts = site.data.thread(mention, now)
    context: dict[str, Any] = {
        "view": view,
        "item": items.item(mention, brand, told, now, limit=20_000),
        "place": site.data.place(user, view, key, now),
        "posts": items.thread(posts, mention, told, now),
        "post_count": posts[0]["post_count"] if posts else 0,
        "clocks": items.clocks(mention, told, now),
        "tags": items.tags(mention, told),
        "reply_kinds": items.reply_kinds(told),
        "deeds": items.history(site.data.history(mention, now), mention, told, now),
        "people": _people(site, user, key, now),
        "teams": [(name, items.team(name, told)) for name in site.data.teams(key.brand, now)],
        "is_done": mention["is_done"],
        "is_spam": mention["is_spam"],
        "is_open": mention["is_open"],
    }
    told_news = news(request, site, user, now, key)
    return render(request, "mention.html.j2", user=user, **context | told_news)


@router.get("/pulse")
def pulse(user: SignedIn, site: TheSite) -> Response:
    """The number of the newest action, so that an open page can tell when it is out of date."""
    return JSONResponse({"seq": actions.newest(site.data.actions)})


@router.get("/settings")
def settings(request: Request) -> Response:
    """Keep a choice of language or looks, and go back."""
    query = request.query_params
    response = RedirectResponse(base(request) + local(query.get("back", "/")), 303)
    chosen = (
        (LANGUAGE_COOKIE, query.get("language", ""), LANGUAGES),
        (THEME_COOKIE, query.get("theme", ""), THEMES),
    )
    for cookie, value, allowed in chosen:
        if value in allowed:
            path = base(request) or "/"
            response.set_cookie(cookie, value, _A_YEAR, path=path, httponly=True, samesite="lax")
    return response


def key_of(query: Any) -> Key:  # noqa: ANN401
    """Which mention an address or a form speaks of."""
    return Key(*(str(query.get(name, ""))[:300] for name in ("of", "on", "post_id")))


def find(site: Site, user: User, key: Key, now: datetime) -> tuple[Row, Row]:
    """A mention and its brand.

    Raises:
        HTTPException: 404 where there is none for this user.
    """
    brand = site.data.brands(user, now).get(key.brand)
    mention = site.data.mention(user, key, now) if brand else None
    if mention is None or brand is None:
        raise HTTPException(404, "not_found")
    return mention, brand


def _item(request: Request, row: Row, brands: dict[str, Row], now: datetime) -> items.Item:
    brand = brands[row["brand"]]
    return items.item(row, brand, brand_words(request, brand), now)


def _people(site: Site, user: User, key: Key, now: datetime) -> list[str]:
    """Whom a mention can be assigned to."""
    assigned = site.data.people(key.brand, now)
    return sorted({*assigned, *site.colleagues(key.brand), user.name})


def _lists(view: View, counts: dict[str, int]) -> list[tuple[str, str, int, bool]]:
    """Name, address, count and whether it is shown, of every list; filters stay but for `owner`."""
    return [
        (name, View(list=name, brand=view.brand).query, counts.get(name, 0), name == view.list)
        for name in LISTS
    ]


def _facets(
    site: Site, user: User, view: View, told: DeskWords, brands: dict[str, Row], now: datetime
) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Per filter: its name, what is chosen, and its choices with words and counts."""
    found = site.data.facets(user, view, now)
    facets = []
    for name in _FACETS:
        chosen = getattr(view, name)
        choices = found.get(name, [])
        if chosen and chosen not in dict(choices):
            choices = [*choices, (chosen, 0)]
        if len(choices) > 1 or chosen:
            shown = [(c, _choice(name, c, told, brands), count) for c, count in choices]
            facets.append((name, chosen, shown))
    return facets


def _choice(facet: str, choice: str, told: DeskWords, brands: dict[str, Row]) -> str:
    if facet == "brand":
        return str(brands[choice]["name"]) if choice in brands else choice
    if facet == "owner":
        return told("page.nobody") if choice == NOBODY else items.team(choice, told)
    return told.label(facet, choice)
