"""Whatever Reddit answers, and wherever praw stumbles, becomes the right error."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from collectors import errors, reddit
from collectors.connection import Connection
from collectors.errors import CollectorError, FailNow, RetryAt, decide
from collectors.model import Window
from collectors.reading import Json
from demo.http_server import Fault
from demo.reddit_server import RedditServer
from watchlist.model import Brand

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
ALL = 9  # also praw's own retries

CASES: list[tuple[str, Fault, type[CollectorError], str, datetime | None]] = [
    ("bad request", Fault(status=400, body={"message": "Bad", "error": 400}),
     errors.Refused, "400", None),
    ("bad request in HTML", Fault(status=400, body="<html>Bad</html>"),
     errors.Refused, "400", None),
    ("bad request, a list", Fault(status=400, body=["odd"]), errors.Refused, "400", None),
    ("401 without header", Fault(path="/new", status=401, times=ALL),
     errors.Unauthorized, "AIRFLOW_CONN_HORCH_REDDIT", None),
    ("401 with an odd header", Fault(path="/new", status=401, times=ALL,
     headers={"www-authenticate": "Bearer"}), errors.Unauthorized, "401", None),
    ("forbidden", Fault(path="/new", status=403, body={"error": 403}),
     errors.Unauthorized, "403", None),
    ("private", Fault(path="/new", status=403, body={"reason": "private"}),
     errors.NotFound, "remove it from `subreddits`", None),
    ("unknown", Fault(path="/new", status=404), errors.NotFound, "404", None),
    ("redirected", Fault(path="/new", status=302, headers={"location": "/subreddits/search"}),
     errors.NotFound, "check the spelling", None),
    ("moved", Fault(path="/new", status=301, headers={"location": "/r/other/"}),
     errors.NotFound, "301", None),
    ("redirected nowhere", Fault(path="/new", status=302), errors.NotFound, "302", None),
    ("legal reasons", Fault(path="/new", status=451), errors.NotFound, "451", None),
    ("too fast", Fault(path="/new", status=429, headers={"retry-after": "90"}),
     errors.RateLimited, "09:31", NOW + timedelta(seconds=90)),
    ("too fast, no header", Fault(path="/new", status=429),
     errors.RateLimited, "09:40", NOW + timedelta(minutes=10)),
    ("too fast, odd header", Fault(path="/new", status=429,
     headers={"retry-after": "Wed, 18 Nov 2026 09:31:00 GMT"}),
     errors.RateLimited, "429", NOW + timedelta(minutes=10)),
    ("too fast at login", Fault(path="access_token", status=429, headers={"retry-after": "60"}),
     errors.RateLimited, "429", NOW + timedelta(minutes=1)),
    ("media type", Fault(path="/new", status=415, body="odd"), errors.Refused, "415", None),
    ("too large", Fault(path="/new", status=413), errors.Refused, "413", None),
    ("teapot", Fault(path="/new", status=418), errors.Refused, "418", None),
    *((f"{status}", Fault(path="/new", status=status, times=ALL), errors.PlatformDown,
       f"{status}", SOON) for status in (500, 502, 503, 504, 520, 522)),
    ("login down", Fault(path="access_token", status=503, body="<html>"),
     errors.PlatformDown, "503", SOON),
    ("login refused", Fault(path="access_token", status=401), errors.Unauthorized, "401", None),
    ("login refused with 200", Fault(path="access_token", status=200,
     body={"error": "invalid_grant"}), errors.Unauthorized, "invalid_grant", None),
    ("login without token", Fault(path="access_token", status=200, body={"expires_in": 1}),
     errors.PlatformDown, "broken", SOON),
    ("login in HTML", Fault(path="access_token", status=200, body="<html>"),
     errors.PlatformDown, "broken", SOON),
    ("no JSON", Fault(path="/new", status=200, body="<html>"), errors.PlatformDown, "broken", SOON),
    ("odd limit headers", Fault(path="/new", status=200, body={}, headers={
        "x-ratelimit-remaining": "many", "x-ratelimit-used": "?", "x-ratelimit-reset": "?"}),
     errors.PlatformDown, "broken", SOON),
    ("cut off", Fault(path="/new", truncate=50, times=ALL), errors.PlatformDown, "", SOON),
    ("hung up", Fault(path="/new", drop=True, times=ALL), errors.Unreachable, "reached", SOON),
    ("too slow", Fault(path="/new", delay=0.3, times=ALL), errors.Unreachable, "in time", SOON),
]  # fmt: skip


def provoke(server: RedditServer, client: Json, brand: Brand) -> CollectorError:
    window = Window(NOW - timedelta(hours=1), NOW)
    (job, *_rest) = reddit.jobs(brand, reddit.topics(brand), window)
    with pytest.raises(CollectorError) as caught:
        list(reddit.collect(client, job, NOW))
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind", "says", "retry_at"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_failure_is_typed_and_decided(
    fault: Fault,
    kind: type[CollectorError],
    says: str,
    retry_at: datetime | None,
    reddit_server: RedditServer,
    reddit_client: Callable[..., Json],
    brand: Brand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collectors.reddit_client.TIMEOUT", (0.2, 0.2))
    reddit_server.faults.append(fault)

    error = provoke(reddit_server, reddit_client(reddit_server), brand)

    assert type(error) is kind
    assert says in str(error)
    assert error.platform == "reddit"
    expected = FailNow(error) if retry_at is None else RetryAt(error, retry_at)
    assert decide(error, NOW) == expected


def test_a_short_outage_is_ridden_out(
    reddit_server: RedditServer, reddit_client: Callable[..., Json], land: Json, brand: Brand
) -> None:
    reddit_server.faults.append(Fault(path="/new", status=503, times=2))
    window = Window(NOW - timedelta(hours=1), NOW)

    trailer, _posts, _unusable = land(
        reddit_client(reddit_server), reddit.jobs(brand, reddit.topics(brand), window)[0]
    )

    assert trailer.error == ""


def test_an_expired_token_is_renewed(
    reddit_server: RedditServer, reddit_client: Callable[..., Json], land: Json, brand: Brand
) -> None:
    client = reddit_client(reddit_server)
    job = reddit.jobs(brand, reddit.topics(brand), Window(NOW - timedelta(hours=1), NOW))[0]
    land(client, job)
    reddit_server.app.tokens.clear()

    trailer, _posts, _unusable = land(client, job)

    assert trailer.error == ""


def test_a_used_up_limit_is_left_at_once_instead_of_slept_out(
    reddit_server: RedditServer,
    reddit_client: Callable[..., Json],
    brand: Brand,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_sleep(seconds: float) -> None:
        raise AssertionError(f"praw slept {seconds} s")

    reddit_server.app.limit = 1
    client = reddit_client(reddit_server)
    job = reddit.jobs(brand, reddit.topics(brand), Window(NOW - timedelta(hours=1), NOW))[0]
    list(reddit.collect(client, job, NOW))
    monkeypatch.setattr("time.sleep", no_sleep)

    error = provoke(reddit_server, client, brand)

    assert isinstance(error, errors.RateLimited)
    assert error.retry_at == NOW + timedelta(seconds=60)


def test_a_wrong_secret(reddit_server: RedditServer, brand: Brand) -> None:
    client = reddit.connect(
        Connection("reddit", host=reddit_server.url, login="id", password="wrong-secret")
    )

    error = provoke(reddit_server, client, brand)

    assert isinstance(error, errors.Unauthorized)
    assert "wrong-secret" not in str(error)


@pytest.mark.parametrize("fields", [{}, {"login": "id"}, {"password": "secret"}])
def test_connections_that_cannot_work_say_what_lacks(fields: dict[str, str]) -> None:
    with pytest.raises(errors.Unauthorized, match="login and password of AIRFLOW_CONN_HORCH_RED"):
        reddit.connect(Connection("reddit", **fields))  # type: ignore[arg-type]


def test_a_closed_port_is_an_outage(
    reddit_server: RedditServer, reddit_client: Callable[..., Json], brand: Brand
) -> None:
    reddit_client(reddit_server)  # praw's retries do not wait
    client = reddit.connect(
        Connection("reddit", host="http://127.0.0.1", port=9, login="i", password="s")
    )

    assert isinstance(provoke(reddit_server, client, brand), errors.PlatformDown)
