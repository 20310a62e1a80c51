"""The page without Airflow: its own small server, signed-in users only."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from desk import users
from desk.app import build
from desk.login import Throttle, login_router, signed_in_by_cookie

PORT = 8182
_log = logging.getLogger(__name__)
_HERE = ("127.0.0.1", "localhost", "[::1]")


def app(
    data: Path,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    hosts: tuple[str, ...] = (),
    throttle: Throttle | None = None,
) -> FastAPI:
    """The page with its own signing in.

    Args:
        data: The data folder.
        clock: What the time is.
        hosts: Names the server is called by, beside this machine's own.
        throttle: What makes guessing passwords slow.
    """
    colleagues = partial(users.names, data)
    page = build(data, signed_in_by_cookie(data), colleagues=colleagues, clock=clock)
    page.include_router(login_router(data, throttle or Throttle()))
    known_hosts(page, *hosts)
    return page


def known_hosts(page: FastAPI, *addresses: str) -> None:
    """Let the page answer to this machine's own names and these only.

    Another site could point its name at this machine and so read the page in a browser here.

    Args:
        page: The application.
        addresses: Further host names, or addresses that begin with `http`.
    """
    names = [urlsplit(text).hostname if "//" in text else text for text in addresses]
    allowed = [*_HERE, *(name for name in names if name)]
    page.add_middleware(TrustedHostMiddleware, allowed_hosts=allowed)


def run(data: Path, host: str = "127.0.0.1", port: int = PORT, names: tuple[str, ...] = ()) -> None:
    """Serve the page until it is stopped.

    Args:
        data: The data folder.
        host: The address to listen on; anything but this machine needs HTTPS in front of it.
        port: The port.
        names: Names that people reach it by through a proxy.

    Raises:
        UserError: nobody can sign in yet.
    """
    if not users.names(data):
        raise users.UserError("nobody can sign in yet; add somebody with `horch user NAME`")
    if not _is_loopback(host):
        _log.warning("%s can be reached from outside; put HTTPS in front of it", host)
    page = app(data, hosts=(host, *names))
    uvicorn.run(page, host=host, port=port, log_level="warning", server_header=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
