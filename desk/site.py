"""What every page shares: data, clock, templates, language and looks of the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from desk.data import Data
from desk.model import User
from desk.security import Tokens
from desk.wording import LANGUAGES, DeskWords, preferred, words

LANGUAGE_COOKIE = "desk_language"
THEME_COOKIE = "desk_theme"
THEMES = ("light", "dark")

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Site:
    """One installation of the page.

    Attributes:
        colleagues: Names of people who can sign in and see a brand.
        sign_in_at: Where to sign in, below the page's own address unless it begins with `/`.
        is_framed: Airflow shows it in a frame and keeps the sessions.
    """

    data: Data
    tokens: Tokens
    clock: Callable[[], datetime]
    colleagues: Callable[[str], list[str]]
    sign_in_at: str
    is_framed: bool


def the_site(request: Request) -> Site:
    """The installation that a request goes to."""
    site: Site = request.app.state.site
    return site


def signed_in() -> User:
    """Who asks; replaced by whoever runs the page.

    Raises:
        HTTPException: 401 where nobody is signed in.
    """
    raise HTTPException(401)


TheSite = Annotated[Site, Depends(the_site)]
SignedIn = Annotated[User, Depends(signed_in)]


def base(request: Request) -> str:
    """The address that the page is mounted at, without a slash at its end."""
    return str(request.scope.get("root_path", ""))


def language(request: Request) -> str:
    """The reader's language: as chosen, else as the browser says."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def render(
    request: Request,
    template: str,
    status: int = 200,
    user: User | None = None,
    **context: Any,  # noqa: ANN401
) -> HTMLResponse:
    """A template as an answer, in the reader's language and looks."""
    theme = request.cookies.get(THEME_COOKIE, "")
    site = the_site(request)
    told: dict[str, Any] = {
        "words": words(language(request)),
        "base": base(request),
        "theme": theme if theme in THEMES else "",
        "user": user,
        "token": site.tokens.form(user) if user else "",
        "is_framed": site.is_framed,
        "here": _here(request),
    }
    html = _templates.get_template(template).render(told | context)
    return HTMLResponse(html, status, headers={"Vary": "Accept-Language, Cookie"})


def _here(request: Request) -> str:
    """The page's own address below `base`, to come back to."""
    path = request.url.path.removeprefix(base(request))
    return f"{path}?{request.url.query}" if request.url.query else path


def brand_words(request: Request, brand: Any) -> DeskWords:  # noqa: ANN401
    """The reader's words with times on a brand's clock."""
    return words(language(request), brand["time_zone"])


def local(back: str) -> str:
    """An address of this page to come back to; the first list where it would lead elsewhere."""
    is_local = back.startswith("/") and not back.startswith(("//", "/\\"))
    return back if is_local and back.isprintable() else "/"
