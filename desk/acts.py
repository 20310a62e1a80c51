"""The one form: somebody does something about a mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Annotated
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from desk import actions
from desk.check import WrongAction
from desk.data import Place, Row
from desk.model import Act, Key, User, View
from desk.pages import find, key_of
from desk.security import refuse_strangers
from desk.site import SignedIn, Site, TheSite, base

router = APIRouter(include_in_schema=False)

_MORNING = time(8)
#: What is finished with this mention, so that the next one can come.
_MOVES_ON = ("done", "snooze", "no_mention")


async def checked_form(request: Request, user: SignedIn, site: TheSite) -> dict[str, str]:
    """The form's texts, once it is certain that it came from the user's own page.

    Raises:
        HTTPException: 403 where it did not.
    """
    refuse_strangers(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    if not site.tokens.is_form_of(user, form.get("token", "")):
        raise HTTPException(403, "csrf")
    return form


@router.post("/act")
def act(
    request: Request,
    user: SignedIn,
    site: TheSite,
    form: Annotated[dict[str, str], Depends(checked_form)],
) -> Response:
    """Keep an action and go on: to the next mention, or back to where it was done."""
    now, key = site.clock(), key_of(form)
    mention, brand = find(site, user, key, now)
    view = View.of(dict(parse_qsl(form.get("view", ""))))
    what = form.get("do", "").partition(":")[0]
    place = site.data.place(user, view, key, now) if form.get("from") == "mention" else Place()
    wanted = _wanted(site, user, form, mention, brand, now)
    done = actions.append(site.data.actions, wanted, now)
    told = {"did": str(done.seq), "seen": form.get("seen", "")}
    return RedirectResponse(base(request) + _next_page(form, what, key, view, place, told), 303)


def _wanted(
    site: Site, user: User, form: Mapping[str, str], mention: Row, brand: Row, now: datetime
) -> Act:
    """The action that a form asks for."""
    do, _, detail = form.get("do", "").partition(":")
    plain = Act(user.name, mention["brand"], mention["platform"], mention["post_id"], do)
    value = form.get("value", "")
    match do:
        case "me":
            return replace(plain, action="assign", value=user.name)
        case "free":
            return replace(plain, action="assign", value="")
        case "no_mention" | "mention":
            flag = "true" if do == "no_mention" else "false"
            return replace(plain, action="correct", field="spam", value=flag)
        case "wake":
            return replace(plain, action="snooze", until_at=now)
        case "snooze":
            until = _until(site, detail or form.get("until", ""), form.get("at", ""), brand, now)
            return replace(plain, until_at=until)
        case "correct":
            post_id = _post_of(site, form.get("post", ""), mention, now)
            return replace(plain, post_id=post_id, field=form.get("field", ""), value=value)
        case _:
            return replace(plain, value=value)


def _post_of(site: Site, post_id: str, mention: Row, now: datetime) -> str:
    """The post that a correction is about: the mention, or another of its thread."""
    if not post_id or post_id == mention["post_id"]:
        return str(mention["post_id"])
    if post_id not in {row["post_id"] for row in site.data.thread(mention, now)}:
        raise HTTPException(404, "not_found")
    return post_id


def _until(site: Site, until: str, at: str, brand: Row, now: datetime) -> datetime:
    """When a mention comes back."""
    zone = ZoneInfo(brand["time_zone"])
    today = now.astimezone(zone).date()
    if until == "at" or (at and not until):
        return _exactly(at, zone, now)
    if until == "2h":
        return now + timedelta(hours=2)
    if until == "opening":
        return site.data.next_opening(brand["brand"], now, now) or now + timedelta(hours=2)
    days = {"tomorrow": 1, "monday": 7 - today.weekday()}.get(until)
    if days is None:
        raise WrongAction("no time is given until when; choose one")
    day = datetime.combine(today + timedelta(days=days), time(0), zone)
    opens_at = site.data.next_opening(brand["brand"], day, now)
    return opens_at or datetime.combine(day.date(), _MORNING, zone)


def _exactly(at: str, zone: ZoneInfo, now: datetime) -> datetime:
    try:
        until = datetime.fromisoformat(at).replace(tzinfo=zone)
    except ValueError as error:
        raise WrongAction(f"{at[:40]!r} is no point in time; choose one") from error
    if not now < until < now + timedelta(days=366):
        raise WrongAction("this is not within the coming year; choose another time")
    return until


def _next_page(
    form: Mapping[str, str], what: str, key: Key, view: View, place: Place, told: dict[str, str]
) -> str:
    state = dict(parse_qsl(view.query))
    if form.get("from") != "mention":
        return f"/?{urlencode(state | told)}"
    after = place.after or place.before
    if what in _MOVES_ON and place.number:
        return (
            f"/mention?{urlencode(state | after.address | told)}"
            if after
            else f"/?{urlencode(state | told)}"
        )
    return f"/mention?{urlencode(state | key.address | told)}"
