"""The triage page inside Airflow's real web server: who gets in, under which name, and how safely.

Airflow runs in a process of its own; nothing here imports it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from demo.airflow_home import environment
from desk import actions, users
from tests.desk import desk_sample as sample
from tests.desk.steps import Forms, mention_at

pytestmark = pytest.mark.xdist_group("airflow")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
PASSWORDS = {"Ann": "pferd-batterie", "Dora": "klammer-heftig"}
WATCHLIST = """
[storage]
path = "data"
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
handles = ["@KronfurtHilft"]
[brands.digest]
recipients = ["care@kronfurt.example"]
"""
Visit = Callable[[str], httpx.Client]


@contextmanager
def _airflow(home: Path, **settings: str) -> Iterator[str]:
    """Airflow's web server on a data folder of its own; its address."""
    (home / "watchlist.toml").write_text(WATCHLIST, encoding="utf-8")
    (home / "passwords.json").write_text(json.dumps(PASSWORDS), encoding="utf-8")
    sample.fill(home / "data", sample.threads())
    users.add_user(home / "data", "Dora", "ungenutzt hier", ["dunmarrow"])
    variables = environment(home, home / "watchlist.toml", {}) | {
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "Ann:user,Dora:viewer",
        **{f"AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_{key}": value for key, value in settings.items()},
    }
    script = [sys.executable, str(Path(__file__).with_name("airflow_server.py"))]
    with (
        (home / "server.log").open("w") as log,
        subprocess.Popen(script, env=variables, stdout=subprocess.PIPE, stderr=log) as server,
    ):
        try:
            assert server.stdout
            said = next((line for line in server.stdout if line.startswith(b"port ")), b"")
            assert said, (home / "server.log").read_text()[-2000:]
            yield f"http://127.0.0.1:{int(said.split()[1])}"
        finally:
            server.kill()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow-page")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with _airflow(home, ALL_ADMINS="False") as address:
        yield address


@pytest.fixture
def visit(address: str) -> Iterator[Visit]:
    """Somebody's browser: `visit("Ann")` is signed in to Airflow, `visit("")` is not."""
    opened = []

    def browser(name: str) -> httpx.Client:
        client = httpx.Client(base_url=f"{address}/triage", timeout=60)
        opened.append(client)
        if name:
            told = {"username": name, "password": PASSWORDS[name]}
            token = client.post(f"{address}/auth/token", json=told).raise_for_status().json()
            client.cookies.set("_token", token["access_token"])
        return client

    yield browser
    for client in opened:
        client.close()


def _form(page: httpx.Response) -> dict[str, str]:
    return next(form for form in Forms(page.text).forms if "token" in form)


def _act(client: httpx.Client, post_id: str, do: str) -> httpx.Response:
    return client.post("/act", data=_form(client.get(mention_at(post_id))) | {"do": do})


def _trail(home: Path) -> list[tuple[str, str, str | None]]:
    return [(act.who, act.action, act.value) for act in actions.read(home / "data" / actions.FILE)]


def test_without_signing_in_to_airflow_nobody_sees_anything(visit: Visit, address: str) -> None:
    for path in ("/", mention_at("iban-1"), "/pulse"):
        answer = visit("").get(path)
        assert answer.status_code == 401
        assert "anselm" not in answer.text
        if path != "/pulse":
            assert re.search('href="/auth/login[?]next=http[^"]+" target="_top"', answer.text)
    assert visit("").post("/act", data={"do": "done"}).status_code in (401, 403)
    forged = visit("")
    forged.cookies.set("_token", "e30.e30.e30")
    assert forged.get("/").status_code in (401, 403)


def test_what_somebody_does_stands_under_their_airflow_name(visit: Visit, home: Path) -> None:
    ann = visit("Ann")
    page = ann.get("/")
    assert page.status_code == 200
    assert "@kellerkind_jo" in page.text
    assert 'class="me"><bdi>Ann</bdi>' in page.text
    assert 'class="unnamed"' not in page.text
    before = len(_trail(home))
    answer = _act(ann, "outage-1", "me")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/triage/mention?")
    assert _trail(home)[before:] == [("Ann", "assign", "Ann")]


def test_brands_of_a_listed_name_hold_inside_airflow_too(visit: Visit) -> None:
    dora = visit("Dora")
    assert "@tess_in_leith" in dora.get("/").text
    assert "kellerkind" not in dora.get("/").text
    assert dora.get(mention_at("iban-1")).status_code == 404


def test_a_form_without_its_token_or_of_another_site_changes_nothing(
    visit: Visit, home: Path
) -> None:
    ann, dora = visit("Ann"), visit("Dora")
    before = _trail(home)
    form = _form(ann.get(mention_at("iban-1"))) | {"do": "done"}
    strange = form | {"token": _form(dora.get("/"))["token"]}
    assert ann.post("/act", data=strange).status_code == 403
    assert ann.post("/act", data={k: v for k, v in form.items() if k != "token"}).status_code == 403
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert ann.post("/act", data=form, headers=headers).status_code == 403
    assert visit("").post("/act", data=form).status_code == 401
    assert _trail(home) == before


def test_only_airflow_may_frame_the_page(visit: Visit) -> None:
    headers = visit("Ann").get("/").headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["cache-control"] == "no-store"


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (apt-get install chromium)")
def test_the_page_works_in_airflows_own_pages(address: str, visit: Visit, home: Path) -> None:
    token = visit("Ann").cookies["_token"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(locale="de-DE", viewport={"width": 1300, "height": 900})
        context.add_cookies([{"name": "_token", "value": token, "url": address}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/plugin/triage")
        inside = page.frame_locator("iframe")
        inside.locator("a.who", has_text="@wanda_w").click()
        inside.get_by_label("Notiz").fill("aus Airflow")
        inside.get_by_role("button", name="Notiz speichern").click()
        expect(inside.locator(".deeds")).to_contain_text("aus Airflow", timeout=60_000)
        browser.close()
    assert _trail(home)[-1] == ("Ann", "note", "aus Airflow")


def test_where_nobody_signs_in_the_page_says_so_and_answers_to_its_own_names_only(
    tmp_path: Path,
) -> None:
    with (
        _airflow(tmp_path, ALL_ADMINS="True") as address,
        httpx.Client(base_url=f"{address}/triage", timeout=60) as anybody,
    ):
        page = anybody.get("/", headers={"accept-language": "de"})
        assert page.status_code == 200
        assert 'class="unnamed"' in page.text
        assert "meldet sich niemand an" in page.text
        assert _act(anybody, "outage-1", "done").status_code == 303
        assert _trail(tmp_path) == [("Anonymous", "done", None)]
        rebound = anybody.get("/", headers={"host": "evil.example"})
        assert rebound.status_code == 400
        assert "kellerkind" not in rebound.text
