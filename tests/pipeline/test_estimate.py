"""What a watch-list costs a month, told before anything is spent."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from collectors import registry
from collectors.connection import Connection
from collectors.errors import CollectorError
from demo.http_server import Fault
from demo.load import load_world
from demo.x_server import TOKEN, XApp, XServer
from pipeline.estimate import Estimate, estimate
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
X = registry.get("x")


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer(XApp(load_world(NOW), lambda: NOW)) as running:
        yield running


def asked(server: XServer, recheck: str) -> Estimate:
    brand = Brand.model_validate(
        {
            "id": "kronfurt",
            "name": "Stadtwerke Kronfurt",
            "handles": ["SWKronfurt"],
            "recheck": recheck,
            "digest": {"recipients": ["care@example.org"]},
        }
    )
    client = X.connect(Connection("x", host=server.url, password=TOKEN))
    found = estimate(X, client, [brand], NOW)
    assert found
    return found


def test_looking_again_is_part_of_the_price(server: XServer) -> None:
    some, every = asked(server, "open"), asked(server, "all")

    assert server.app.meter.posts == 0
    assert some.found == every.found > 10
    assert some.in_conversations == 2 * some.found
    assert some.usd < every.usd
    assert every.parts_usd[2] > 10 * every.parts_usd[0]
    assert some.usd == pytest.approx(sum(some.parts_usd))


@pytest.mark.parametrize(
    "fault", [Fault(status=503, body="<html>"), Fault(status=200, body=[1]), Fault(drop=True)]
)
def test_a_platform_that_fails_says_so(server: XServer, fault: Fault) -> None:
    server.faults.append(fault)
    with pytest.raises(CollectorError):
        asked(server, "open")
