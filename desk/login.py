"""Signing in by name and password, where there is no Airflow to do it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from desk import users
from desk.model import User
from desk.security import SIGNED_IN_SECONDS, refuse_strangers
from desk.site import base, local, render, the_site

SESSION_COOKIE = "desk_session"
_FREE_TRIES = 5
_LONGEST_WAIT = 300.0
_MOST_REMEMBERED = 10_000


class Throttle:
    """Makes guessing slow: from the fifth failure on the wait doubles, up to five minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()
        self.one_at_a_time = threading.Lock()
        """Held over a try: many at once would all slip through before the first one fails."""

    def wait_seconds(self, *keys: str) -> int:
        """How long until one of these may try again; 0 for now."""
        with self._lock:
            until = max(self._failures.get(key, (0, 0.0))[1] for key in keys)
        return max(0, math.ceil(until - self._clock()))

    def failed(self, *keys: str) -> None:
        """Remember a failure."""
        with self._lock:
            if len(self._failures) > _MOST_REMEMBERED:
                self._failures.clear()
            for key in keys:
                count = self._failures.get(key, (0, 0.0))[0] + 1
                wait = min(2.0 ** (count - _FREE_TRIES), _LONGEST_WAIT)
                until = self._clock() + wait if count >= _FREE_TRIES else 0.0
                self._failures[key] = (count, until)

    def succeeded(self, *keys: str) -> None:
        """Forget failures."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)


def signed_in_by_cookie(data: Path) -> Callable[[Request], User]:
    """Find out who asks from the session cookie."""

    def who(request: Request) -> User:
        told = the_site(request).tokens.read_session(request.cookies.get(SESSION_COOKIE, ""))
        user = users.known(data, told[0], told[1], told[2]) if told else None
        if user is None:
            raise HTTPException(401)
        return user

    return who


def login_router(data: Path, throttle: Throttle) -> APIRouter:
    """The pages for signing in and out."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def ask(request: Request) -> Response:
        back = local(request.query_params.get("back", "/"))
        return render(request, "login.html.j2", problem="", seconds=0, name="", back=back)

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        refuse_strangers(request)
        form = {name: str(value) for name, value in (await request.form()).items()}
        return await run_in_threadpool(_one_try, request, data, throttle, form)

    @router.post("/logout")
    async def sign_out(request: Request) -> Response:
        refuse_strangers(request)
        response = RedirectResponse(f"{base(request)}/login", 303)
        response.delete_cookie(SESSION_COOKIE, path=base(request) or "/")
        return response

    return router


def _one_try(request: Request, data: Path, throttle: Throttle, form: dict[str, str]) -> Response:
    with throttle.one_at_a_time:
        return _sign_in(request, data, throttle, form)


def _sign_in(request: Request, data: Path, throttle: Throttle, form: dict[str, str]) -> Response:
    name, back = form.get("name", "").strip()[:100], local(form.get("back", "/"))
    keys = (f"name {name.lower()}", f"from {request.client.host if request.client else ''}")
    if seconds := throttle.wait_seconds(*keys):
        return render(
            request, "login.html.j2", 429, problem="too_many", seconds=seconds, name=name, back=back
        )
    found = users.checked(data, name, form.get("password", "")[:1000])
    if found is None:
        throttle.failed(*keys)
        return render(
            request, "login.html.j2", 403, problem="wrong_password", seconds=0, name=name, back=back
        )
    throttle.succeeded(*keys)
    user, proof = found
    response = RedirectResponse(base(request) + back, 303)
    response.set_cookie(
        SESSION_COOKIE,
        the_site(request).tokens.session(user.name, proof),
        SIGNED_IN_SECONDS,
        path=base(request) or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response
