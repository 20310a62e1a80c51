"""Whatever X answers instead of posts becomes the right error, with the right time to retry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from collectors import errors, registry, x
from collectors.connection import Connection
from collectors.errors import CollectorError, FailNow, RetryAt, decide
from collectors.model import Window
from collectors.reading import Json
from demo.http_server import Fault
from demo.x_server import XServer
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SOON = NOW + timedelta(minutes=7)
QUARTER = NOW + timedelta(minutes=15)
JANUARY = datetime(2027, 1, 1, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
TOO_OLD = {
    "errors": [
        {
            "parameters": {"since_id": ["1"]},
            "message": "'since_id' must be a tweet id created after [TIMESTAMP].",
        }
    ],
    "title": "Invalid Request",
    "detail": "One or more parameters to your request was invalid.",
}
CAPPED = {"title": "UsageCapExceeded", "period": "Monthly", "scope": "Product"}
NOT_ENROLLED = {"title": "Client Forbidden", "reason": "client-not-enrolled"}


def reset(moment: datetime) -> dict[str, str]:
    return {"x-rate-limit-reset": str(int(moment.timestamp()))}


CASES: list[tuple[str, Fault, type[CollectorError], str, datetime | None]] = [
    ("bad query", Fault(status=400, body={"title": "Invalid Request", "detail": "bad operator"}),
     errors.Refused, "bad operator", None),
    ("stale id", Fault(status=400, body=TOO_OLD), errors.TooOld, "must be a tweet id", None),
    ("bad token", Fault(status=401, body={"title": "Unauthorized"}),
     errors.Unauthorized, "AIRFLOW_CONN_HORCH_X", None),
    ("a list for a refusal", Fault(status=401, body=["no"]),
     errors.Unauthorized, "401", None),
    ("no credits", Fault(status=402, body={"title": "CreditsDepleted", "detail": "none left"}),
     errors.CreditsExhausted, "buy credits", None),
    ("forbidden", Fault(status=403, body="<html>no</html>"), errors.Unauthorized, "403", None),
    ("not enrolled", Fault(status=403, body=NOT_ENROLLED),
     errors.Unauthorized, "attach the app to a project", None),
    ("nothing there", Fault(status=404), errors.NotFound, "404", None),
    ("too fast", Fault(status=429, headers=reset(SOON)), errors.RateLimited, "09:37", SOON),
    ("too fast, no header", Fault(status=429), errors.RateLimited, "09:45", QUARTER),
    ("too fast, odd header", Fault(status=429, headers={"x-rate-limit-reset": "soon"}),
     errors.RateLimited, "429", QUARTER),
    ("too fast, long ago", Fault(status=429, headers=reset(NOW - timedelta(hours=1))),
     errors.RateLimited, "429", NOW + timedelta(minutes=1)),
    ("too fast, next year", Fault(status=429, headers=reset(NOW + timedelta(days=365))),
     errors.RateLimited, "429", QUARTER),
    ("month used up", Fault(status=429, body=CAPPED),
     errors.QuotaExhausted, "2026-12-01", DECEMBER),
    ("day used up", Fault(status=429, body=CAPPED | {"period": "Daily"}),
     errors.QuotaExhausted, "2026-11-19", datetime(2026, 11, 19, tzinfo=UTC)),
    ("down", Fault(status=503, body="<html>Over capacity</html>"),
     errors.PlatformDown, "503", NOW + timedelta(minutes=5)),
    ("down for a while", Fault(status=503, headers={"retry-after": "120"}),
     errors.PlatformDown, "503", NOW + timedelta(minutes=2)),
    ("moved", Fault(status=304), errors.PlatformDown, "304", NOW + timedelta(minutes=5)),
    ("HTML with 200", Fault(status=200, body="<html>log in</html>"),
     errors.PlatformDown, "no JSON", NOW + timedelta(minutes=5)),
    ("a list with 200", Fault(status=200, body=[1, 2]),
     errors.PlatformDown, "a list", NOW + timedelta(minutes=5)),
    ("nothing with 200", Fault(status=200, body=""),
     errors.PlatformDown, "no JSON", NOW + timedelta(minutes=5)),
    ("cut off", Fault(truncate=30), errors.PlatformDown, "broken", NOW + timedelta(minutes=5)),
    ("hung up", Fault(drop=True), errors.Unreachable, "reached", NOW + timedelta(minutes=5)),
    ("too slow", Fault(delay=0.4), errors.Unreachable, "in time", NOW + timedelta(minutes=5)),
]  # fmt: skip


def search(client: Json, brand: Brand, window: Window) -> None:
    list(x.collect(client, x.jobs(brand, x.topics(brand), window)[0], NOW))


def look_up(client: Json, brand: Brand, window: Window) -> None:
    list(x.collect(client, x.check_jobs(brand, ["2119461269985635661"], window)[0], NOW))


def count(client: Json, brand: Brand, window: Window) -> None:
    x.weekly_posts(client, x.jobs(brand, x.topics(brand), window)[0], NOW)


def provoke(
    client: Json, brand: Brand, window: Window, ask: Callable[..., None] = search
) -> CollectorError:
    with pytest.raises(CollectorError) as caught:
        ask(client, brand, window)
    return caught.value


@pytest.mark.parametrize("ask", [search, look_up, count])
@pytest.mark.parametrize(
    ("fault", "kind", "says", "retry_at"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_failure_is_typed_and_decided(
    fault: Fault,
    kind: type[CollectorError],
    says: str,
    retry_at: datetime | None,
    ask: Callable[..., None],
    x_server: XServer,
    x_client: Callable[..., Json],
    brand: Brand,
    week: Window,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collectors.x_client.TIMEOUT", (0.3, 0.3))
    x_server.faults.append(replace(fault))

    error = provoke(x_client(x_server), brand, week, ask)

    assert type(error) is kind
    assert says in str(error)
    assert "\n" not in str(error)
    assert error.platform == "x"
    expected = FailNow(error) if retry_at is None else RetryAt(error, retry_at)
    assert decide(error, NOW) == expected


def test_a_closed_port_is_an_outage(brand: Brand, week: Window, x_server: XServer) -> None:
    client = registry.get("x").connect(
        Connection("x", host="http://127.0.0.1", port=9, password="a-token")
    )

    error = provoke(client, brand, week)

    assert isinstance(error, errors.PlatformDown)
    assert "cannot be reached" in str(error)


def test_the_monthly_cap_ends_with_the_year(
    x_server: XServer, x_client: Callable[..., Json], brand: Brand, week: Window
) -> None:
    x_server.faults.append(Fault(status=429, body=CAPPED))
    job = x.jobs(brand, x.topics(brand), week)[0]

    with pytest.raises(errors.QuotaExhausted) as caught:
        list(x.collect(x_client(x_server), job, datetime(2026, 12, 31, 23, 59, tzinfo=UTC)))

    assert caught.value.retry_at == JANUARY
    assert caught.value.gap_reason == "quota"


def test_the_real_limits_of_the_demo_world(
    x_server: XServer, x_client: Callable[..., Json], brand: Brand, week: Window
) -> None:
    x_server.app.limits["search"] = 0
    assert isinstance(provoke(x_client(x_server), brand, week), errors.RateLimited)
    x_server.app.meter.credits_usd = 0
    x_server.app.limits.clear()
    x_server.app._used.clear()
    assert isinstance(provoke(x_client(x_server), brand, week), errors.CreditsExhausted)
    x_server.app.token = "renewed"
    assert isinstance(provoke(x_client(x_server), brand, week), errors.Unauthorized)


@pytest.mark.parametrize(
    ("connection", "says"),
    [
        (Connection("x"), "password of AIRFLOW_CONN_HORCH_X"),
        (Connection("x", password="two words"), "copy it again"),
        (Connection("x", password="“quoted”"), "copy it again"),
        (Connection("x", password="t", extra={"dialect": "toot"}), '"dialect" to tweet or post'),
    ],
)
def test_connections_that_cannot_work_say_what_lacks(connection: Connection, says: str) -> None:
    with pytest.raises(errors.Unauthorized) as caught:
        x.connect(connection)

    assert says in str(caught.value)
    assert "two words" not in str(caught.value)


def test_the_platforms_words_cannot_harm_a_terminal(
    x_server: XServer, x_client: Callable[..., Json], brand: Brand, week: Window
) -> None:
    nasty = "\x1b]0;owned\x07\x1b[31m\r\n\u202eline\u2028" + "long " * 500
    x_server.faults.append(Fault(status=400, body={"title": "x", "detail": nasty}))

    message = str(provoke(x_client(x_server), brand, week))

    assert message.isprintable()
    assert len(message) <= 400


def test_a_client_shows_no_token(x_client: Callable[..., Json], x_server: XServer) -> None:
    assert x_server.app.token not in repr(x_client(x_server))
