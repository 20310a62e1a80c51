"""What keeps the page for those it is meant for: the secret, tokens of forms, headers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.model import User

SIGNED_IN_SECONDS = 12 * 3600
_FILE = "desk-secret"
_LARGEST_FORM = 64 * 1024


def secret(folder: Path) -> str:
    """The installation's secret; made on first use, readable by its owner only."""
    path = folder / _FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{_FILE}-{secrets.token_hex(4)}"
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        try:
            os.link(part, path)  # of two processes that start at once, one wins
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text(encoding="utf-8")


class Tokens:
    """Signed texts: whose form it is, and who is signed in."""

    def __init__(self, key: str) -> None:
        self._forms = URLSafeTimedSerializer(key, salt="form")
        self._sessions = URLSafeTimedSerializer(key, salt="session")

    def form(self, user: User) -> str:
        """A token for the forms of somebody's page."""
        return str(self._forms.dumps([user.name, user.session]))

    def is_form_of(self, user: User, token: str) -> bool:
        """Whether a form came from a page that was made for this user."""
        try:
            told = self._forms.loads(token, max_age=SIGNED_IN_SECONDS)
        except BadSignature:
            return False
        return bool(told == [user.name, user.session])

    def session(self, name: str, proof: str) -> str:
        """What the session cookie says."""
        return str(self._sessions.dumps([name, proof, secrets.token_hex(8)]))

    def read_session(self, token: str) -> tuple[str, str, str] | None:
        """Name, proof and number of a session; None where the cookie is forged or old."""
        try:
            name, proof, number = self._sessions.loads(token, max_age=SIGNED_IN_SECONDS)
        except (BadSignature, ValueError, TypeError):
            return None
        return name, proof, number


def refuse_strangers(request: Request) -> None:
    """Refuse a form that another site sends, or one that is far too large.

    Raises:
        HTTPException: 403 or 413.
    """
    origin = request.headers.get("origin")
    is_foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        is_foreign = True
    if is_foreign:
        raise HTTPException(403, "csrf")
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LARGEST_FORM:
        raise HTTPException(413)


def harden(response: Response, is_framed: bool, is_fixed: bool) -> None:
    """Set the headers that keep a browser strict.

    Args:
        response: Gets the headers.
        is_framed: Airflow shows the page in a frame of its own origin.
        is_fixed: A style or script, which may be kept.
    """
    ancestors = "'self'" if is_framed else "'none'"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # "no-referrer" would hide Origin too
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if is_framed else "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    response.headers["Cache-Control"] = "private, max-age=300" if is_fixed else "no-store"
