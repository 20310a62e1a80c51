"""The triage page inside Airflow: an entry in its navigation, for those who are signed in to it.

Every Airflow process imports this file, so the page itself is loaded with its first request.
"""

import os
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from fastapi import FastAPI

PREFIX = "/triage"
_ROOT = Path(__file__).resolve().parents[1]
_Message = MutableMapping[str, Any]


def load() -> "FastAPI":
    """Build the page for the watch-list that `HORCH_WATCHLIST` names, as the DAGs do.

    Raises:
        WatchlistError: the watch-list is missing or wrong.
    """
    from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends

    from desk import users
    from desk.app import build
    from desk.model import User
    from watchlist.load import load as load_watchlist

    path = Path(os.environ.get("HORCH_WATCHLIST") or _ROOT / "watchlist.toml")
    data = (path.resolve().parent / load_watchlist(path).storage.path).resolve()

    def who(user: BaseUser = Depends(get_user)) -> User:  # noqa: B008 - FastAPI's way
        name = user.get_name()
        return User(name, users.restricted(data, name))

    return build(
        data,
        who,
        sign_in_at="/auth/login",
        is_framed=True,
        colleagues=lambda: users.names(data),
    )


class TriagePage:
    """An ASGI application that is built when it is first asked for something."""

    def __init__(self) -> None:
        self._app: FastAPI | None = None
        self._lock = threading.Lock()

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[_Message]],
        send: Callable[[_Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        with self._lock:
            self._app = self._app or load()
        await self._app(scope, receive, send)


class Horchposten(AirflowPlugin):
    """Adds the triage page."""

    name = "horchposten"
    fastapi_apps: ClassVar[list[Any]] = [
        {"app": TriagePage(), "url_prefix": PREFIX, "name": "Triage"}
    ]
    external_views: ClassVar[list[Any]] = [
        {
            "name": "Triage",
            "href": f"{PREFIX}/",
            "url_route": "triage",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]
