"""The triage page inside Airflow: an entry in its navigation, for those who are signed in to it.

Every Airflow process imports this file, so the page itself is loaded with its first request.
"""

import os
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/triage"
_ROOT = Path(__file__).resolve().parents[1]
_Message = MutableMapping[str, Any]
_App = Callable[..., Awaitable[None]]


def load() -> _App:
    """Build the page for the watch-list that `HORCH_WATCHLIST` names, as the DAGs do.

    Where nobody signs in (`simple_auth_manager_all_admins`), the page says so, and only answers
    to the names that this server is known by: no password would keep out another site that
    points its own name here.

    Raises:
        HorchError: the watch-list or the data folder cannot be used.
    """
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
    from airflow.api_fastapi.auth.managers.simple.simple_auth_manager import SimpleAuthManager
    from airflow.api_fastapi.core_api.security import get_user
    from airflow.configuration import conf
    from fastapi import Depends

    from desk import users
    from desk.app import build
    from desk.model import User
    from desk.serve import known_hosts
    from watchlist.load import load as load_watchlist

    path = Path(os.environ.get("HORCH_WATCHLIST") or _ROOT / "watchlist.toml")
    data = (path.resolve().parent / load_watchlist(path).storage.path).resolve()
    is_simple = isinstance(get_auth_manager(), SimpleAuthManager)
    is_open_to_all = is_simple and conf.getboolean("core", "simple_auth_manager_all_admins")

    def who(user: BaseUser = Depends(get_user)) -> User:  # noqa: B008 - FastAPI's way
        name = user.get_name()
        return User(name, users.restricted(data, name), is_named=not is_open_to_all)

    page = build(
        data,
        who,
        sign_in_at=get_auth_manager().get_url_login(),
        is_framed=True,
        colleagues=partial(users.names, data),
    )
    if is_open_to_all:
        known_hosts(page, conf.get("api", "base_url", fallback=""))
    return page


class TriagePage:
    """An ASGI application that is built when it is first asked for something."""

    def __init__(self) -> None:
        self._app: _App | None = None
        self._lock = threading.Lock()

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[_Message]],
        send: Callable[[_Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import PlainTextResponse

        from watchlist.errors import HorchError

        try:
            app: _App = await run_in_threadpool(self._loaded) if self._app is None else self._app
        except HorchError as error:
            app = PlainTextResponse(f"{error}\n", 503)
        await app(scope, receive, send)

    def _loaded(self) -> _App:
        """The page; loading takes seconds, so it is done beside the server's other work."""
        with self._lock:
            if self._app is None:
                self._app = load()
            return self._app


class Horchposten(AirflowPlugin):
    """Adds the triage page."""

    name = "horchposten"
    fastapi_apps: list[Any] = [  # noqa: RUF012 - Airflow's way
        {"app": TriagePage(), "url_prefix": PREFIX, "name": "Triage"}
    ]
    external_views: list[Any] = [  # noqa: RUF012
        {
            "name": "Triage",
            "href": f"{PREFIX}/",
            "url_route": "triage",
            "destination": "nav",
            "nav_top_level": True,
        }
    ]
