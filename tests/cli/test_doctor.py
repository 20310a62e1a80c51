"""`horch doctor` against real servers: what works, what does not, what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.findings import documented
from collectors import registry
from demo import serve
from demo.http_server import Fault
from demo.mail_sink import MailSink
from demo.reddit_server import RedditServer
from demo.x_server import XServer
from tests.cli.conftest import Horch, one_line

WATCHLIST = """\
[budget]
x = {budget}
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
handles = ["@SWKronfurt"]
subreddits = ["kronfurt"]
[brands.digest]
recipients = ["care@example.org"]
"""
MAIL = '{{"conn_type":"smtp","host":"127.0.0.1","port":{port},"extra":{extra}}}'
PLAIN = '{"disable_ssl":true,"disable_tls":true,"from_email":"horch@example.org"}'


@pytest.fixture
def servers() -> Iterator[tuple[XServer, RedditServer]]:
    x, reddit = serve.start(datetime.now(UTC))
    with x, reddit:
        yield x, reddit


@pytest.fixture(autouse=True)
def watched(tmp_path: Path) -> Path:
    path = tmp_path / "watchlist.toml"
    path.write_text(WATCHLIST.format(budget=5000))
    return path


def lines(stdout: str) -> dict[str, str]:
    """Return the first line about each subject."""
    found: dict[str, str] = {}
    for line in stdout.splitlines():
        if not line.startswith(" "):
            subject, _space, rest = line.partition(" ")
            found.setdefault(subject, rest.strip())
    return found


def test_all_is_well(horch: Horch, servers: tuple[XServer, RedditServer], tmp_path: Path) -> None:
    x, reddit = servers
    with MailSink(tmp_path / "mail") as sink:
        variables = serve.connections(x.url, reddit.url)
        variables["AIRFLOW_CONN_HORCH_SMTP"] = sink.connection
        done = horch("doctor", env=variables)
    assert (done.returncode, done.stderr) == (0, "")
    found = lines(done.stdout)
    assert found["watch-list"].startswith("ok")
    assert found["x"].startswith(f"ok       {x.url} answers; about ")
    assert "of a budget of $5,000.00" in found["x"]
    assert found["reddit"] == f"ok       {reddit.url} answers; reading it is free"
    assert found["mail"] == "ok       127.0.0.1 takes mail from horch@example.org"
    assert re.fullmatch(r"ok       fast-[0-9a-f]{10} reads texts", found["tagging"])
    assert found["disk"].startswith("ok")
    assert found["database"].startswith("note     nothing is stored yet; horch run")
    assert x.app.meter.posts == 0, "a diagnosis must cost nothing"
    for variable in variables.values():
        for secret in (json.loads(variable).get("password"), json.loads(variable).get("login")):
            assert not secret or secret not in done.stdout + done.stderr


def test_what_is_missing_is_named_with_what_it_needs_and_costs(horch: Horch) -> None:
    done = horch("doctor")
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("2 things need attention")
    found = lines(done.stdout)
    assert found["x"] == "missing  AIRFLOW_CONN_HORCH_X is not set"
    assert found["reddit"] == "missing  AIRFLOW_CONN_HORCH_REDDIT is not set"
    assert found["mail"].startswith("note     AIRFLOW_CONN_HORCH_SMTP is not set: digests are")
    assert "it costs: $0.005 for each post and $0.010 for each author" in done.stdout
    assert "it needs: The bearer token" in done.stdout


def test_each_failure_stands_beside_its_platform(
    horch: Horch, servers: tuple[XServer, RedditServer]
) -> None:
    x, _reddit = servers
    token = json.dumps({"conn_type": "http", "host": x.url, "password": "wrong-token"})
    variables = {
        "AIRFLOW_CONN_HORCH_X": token,
        "AIRFLOW_CONN_HORCH_REDDIT": "not a connection",
        "AIRFLOW_CONN_HORCH_SMTP": MAIL.format(port=9, extra=PLAIN),
    }
    done = horch("doctor", env=variables)
    assert done.returncode == 1
    assert one_line(done.stderr).startswith("3 things need attention")
    found = lines(done.stdout)
    assert found["x"].startswith("failed ")
    assert "AIRFLOW_CONN_HORCH_X" in found["x"]
    assert "AIRFLOW_CONN_HORCH_REDDIT cannot be read as a connection" in found["reddit"]
    assert "mail server 127.0.0.1:9 cannot be used now" in found["mail"]
    assert "wrong-token" not in done.stdout + done.stderr


def test_an_outage_is_one_finding(horch: Horch, servers: tuple[XServer, RedditServer]) -> None:
    x, reddit = servers
    x.faults.append(Fault(path="counts", status=503, body="<html>\x1b[31mdown", times=9))
    done = horch("doctor", env=serve.connections(x.url, reddit.url))
    assert done.returncode == 1
    assert lines(done.stdout)["x"].startswith("failed ")
    assert lines(done.stdout)["reddit"].startswith("ok ")
    assert "\x1b" not in done.stdout


def test_a_budget_that_will_not_last_is_told(
    horch: Horch, servers: tuple[XServer, RedditServer], watched: Path
) -> None:
    x, reddit = servers
    watched.write_text(WATCHLIST.format(budget=0.01))
    done = horch("doctor", env=serve.connections(x.url, reddit.url))
    assert lines(done.stdout)["x"].startswith("note ")
    assert "the budget is $0.01: reading stops when it is used up" in done.stdout


def test_every_platform_says_what_it_needs() -> None:
    for name in registry.PLATFORMS:
        facts = documented(registry.get(name).__doc__ or "")
        assert {"Source", "Reach", "Limits", "Cost", "Auth", "Omits"} <= set(facts), name
