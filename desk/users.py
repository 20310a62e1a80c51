"""Who may sign in where there is no Airflow: `desk-users.json` in the data folder."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desk.model import ALL_BRANDS, User
from watchlist.errors import HorchError
from watchlist.files import exclusive, replace_durably

FILE = "desk-users.json"
SHORTEST_PASSWORD = 10
_COST = {"n": 2**14, "r": 8, "p": 1}


class UserError(HorchError):
    """A user cannot be added, or the file of users cannot be read."""


def add_user(data: Path, name: str, password: str, brands: Iterable[str] = (ALL_BRANDS,)) -> None:
    """Add somebody, or give them a new password and new brands.

    Args:
        data: The data folder.
        name: As it will stand in the audit trail.
        password: At least ten characters.
        brands: Ids of the brands they may see; `*` for all.

    Raises:
        UserError: the name or the password will not do.
    """
    name, seen = name.strip(), sorted(set(brands))
    if not name.isprintable() or not 1 <= len(name) <= 60:
        raise UserError("the name must have 1 to 60 ordinary characters; choose another")
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"the password is short; take at least {SHORTEST_PASSWORD} characters")
    if not seen:
        raise UserError("no brand is named that they may see; name one, or * for all")
    with exclusive(data / "locks" / "desk-users", "changing users", wait_seconds=5):
        users = _read(data) | {name: {"brands": seen, "password": _hashed(password)}}
        _write(data, users)


def names(data: Path, brand: str | None = None) -> list[str]:
    """Everybody who can sign in, or of these only who sees a brand."""
    wanted = {ALL_BRANDS, brand}
    return sorted(n for n, user in _read(data).items() if not brand or wanted & {*user["brands"]})


def restricted(data: Path, name: str) -> frozenset[str]:
    """The brands of somebody who signed in elsewhere: as listed here, else all."""
    found = _read(data).get(name)
    return frozenset(found["brands"] if found else (ALL_BRANDS,))


def checked(data: Path, name: str, password: str) -> tuple[User, str] | None:
    """Somebody with the right password, and the proof to keep in their session."""
    found = _read(data).get(name)
    stored = found["password"] if found else _NOBODY
    if not _matches(password, stored) or found is None:
        return None
    return User(name, frozenset(found["brands"])), _proof(stored)


def known(data: Path, name: str, proof: str, session: str) -> User | None:
    """Somebody with a session; None once they are gone or have a new password."""
    found = _read(data).get(name)
    if found is None or not hmac.compare_digest(_proof(found["password"]), proof):
        return None
    return User(name, frozenset(found["brands"]), session)


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{_text(salt)}${_text(_scrypt(password, salt))}"


def _matches(password: str, stored: str) -> bool:
    salt, _, wanted = stored.partition("$")
    found = _scrypt(password, base64.b64decode(salt))
    return hmac.compare_digest(found, base64.b64decode(wanted))


def _scrypt(password: str, salt: bytes) -> bytes:
    told = password.encode("utf-8", "replace")
    return hashlib.scrypt(told, salt=salt, n=_COST["n"], r=_COST["r"], p=_COST["p"])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _proof(stored: str) -> str:
    return hashlib.sha256(stored.encode()).hexdigest()[:16]


#: Somebody unknown takes as long as somebody with a wrong password.
_NOBODY = f"{_text(b'0' * 16)}${_text(b'0' * 64)}"


def _read(data: Path) -> dict[str, Any]:
    path = data / FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise UserError(f"{path}: no JSON ({error}); correct it or add the users anew") from error
    return dict(told)


def _write(data: Path, users: dict[str, Any]) -> None:
    data.mkdir(parents=True, exist_ok=True)
    part = data / f".{FILE}.part"
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(users, handle, indent=2, ensure_ascii=False)
    replace_durably(part, data / FILE)
