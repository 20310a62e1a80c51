"""Tokens and secrets reach the platform and nothing else: no file, no log, no message."""

import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import zstandard

from collectors import landing, registry
from collectors.connection import Connection
from collectors.errors import CollectorError
from collectors.model import Window
from collectors.reading import Json
from demo.http_server import Fault, LocalServer, Reply, Request
from watchlist.model import Brand

SECRET = "tok3n-never-shown"
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
FAULTS: list[Callable[[], Fault]] = [
    lambda: Fault(times=0),
    lambda: Fault(status=401, body={"detail": "no"}, times=9),
    lambda: Fault(status=403, body={"detail": "no"}, times=9),
    lambda: Fault(status=503, times=9),
    lambda: Fault(drop=True, times=9),
    lambda: Fault(truncate=5, times=9),
    lambda: Fault(status=302, headers={"location": "https://elsewhere.example/"}, times=9),
]


def echo(request: Request) -> Reply:
    """Answer well, as both platforms would."""
    if request.path.endswith("access_token"):
        body = {"access_token": SECRET, "token_type": "bearer", "expires_in": 9, "scope": "*"}
        return Reply(200, body)
    if request.path.startswith("/2/"):
        return Reply(200, {"meta": {"result_count": 0}})
    return Reply(200, {"kind": "Listing", "data": {"children": [], "after": None}})


@pytest.mark.parametrize("name", ["x", "reddit"])
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_shows_a_secret(
    name: str,
    fault: Callable[[], Fault],
    serve: Callable[..., LocalServer],
    reddit_client: Json,
    brand: Brand,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve(echo)
    server.faults.append(fault())
    platform = registry.get(name)
    host = server.url.replace("http://", f"http://user:{SECRET}@")
    client = platform.connect(
        Connection(
            name,
            host=host if name == "x" else server.url,
            login="id",
            password=SECRET,
            extra={"username": "u", "password": SECRET},
        )
    )
    window = Window(NOW - timedelta(hours=1), NOW - timedelta(minutes=1))
    job = platform.jobs(brand, platform.topics(brand), window)[0]

    told = repr(client)
    try:
        landing.collect_to_landing(platform, client, job, tmp_path, NOW)
    except CollectorError as error:
        told += "".join(traceback.format_exception(error)) + repr(error)

    for path in landing.complete_files(tmp_path):
        told += zstandard.decompress(path.read_bytes(), max_output_size=10**6).decode()
    assert SECRET not in told
    assert SECRET not in caplog.text
    sent = [request.headers.get("authorization", "") for request in server.requests]
    assert any(sent), "the platform got no credentials"


def test_a_token_that_is_no_header_value_is_refused_before_it_is_sent() -> None:
    with pytest.raises(CollectorError) as caught:
        registry.get("x").connect(Connection("x", password=f"{SECRET}\nX-Evil: 1"))

    assert SECRET not in "".join(traceback.format_exception(caught.value))
