"""The page as an application: routes, errors in words, headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from desk import acts, pages
from desk.check import WrongAction
from desk.data import Data
from desk.security import Tokens, harden, secret
from desk.site import Site, base, render, signed_in, the_site
from watchlist.errors import HorchError

_STATIC = Path(__file__).parent / "static"
_KNOWN = ("csrf", "not_found")


def build(
    folder: Path,
    who: Callable[..., Any],
    *,
    sign_in_at: str = "login",
    is_framed: bool = False,
    colleagues: Callable[[str], list[str]] = lambda _brand: [],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FastAPI:
    """Build the page.

    Args:
        folder: The data folder.
        who: A dependency of FastAPI's kind that returns a `desk.model.User` or raises 401.
        sign_in_at: Where to sign in: a path below the page, or with a `/` in front a path of
            the server that it is mounted in.
        is_framed: The page is shown in a frame by a server that keeps the sessions.
        colleagues: Names that a brand's mentions can be assigned to, beside those who had some
            before.
        clock: What the time is.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.site = Site(
        Data(folder), Tokens(secret(folder)), clock, colleagues, sign_in_at, is_framed
    )
    app.dependency_overrides[signed_in] = who
    app.include_router(pages.router)
    app.include_router(acts.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(HorchError, _failed)
    app.middleware("http")(_hardened)
    return app


async def _hardened(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await go_on(request)
    is_fixed = request.url.path.startswith(f"{base(request)}/static/")
    harden(response, the_site(request).is_framed, is_fixed)
    return response


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    if error.status_code == 401:
        return _to_sign_in(request)
    told = error.detail if error.detail in _KNOWN else "forbidden"
    told = "not_found" if error.status_code == 404 else told
    return render(request, "message.html.j2", error.status_code, message=f"page.{told}", detail="")


def _to_sign_in(request: Request) -> Response:
    at = the_site(request).sign_in_at
    if at.startswith("/"):
        to = f"{at}?{urlencode({'next': str(request.url)})}" if request.method == "GET" else at
        return render(
            request, "message.html.j2", 401, message="page.sign_in_first", detail="", sign_in_at=to
        )
    path = request.url.path.removeprefix(base(request))
    back = f"{path}?{request.url.query}" if request.url.query else path
    if request.method != "GET" or path == "/pulse":
        return render(request, "message.html.j2", 401, message="page.sign_in_first", detail="")
    return RedirectResponse(f"{base(request)}/{at}?{urlencode({'back': back})}", 303)


def _failed(request: Request, error: Exception) -> Response:
    status = 400 if isinstance(error, WrongAction) else 503
    return render(request, "message.html.j2", status, message="page.failed", detail=str(error))
