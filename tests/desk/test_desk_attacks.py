"""What somebody tries who should not: each attempt has to leave everything as it was."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from steps import Forms, do, mention_at

from cli.serve import serve
from desk import actions
from desk.login import SESSION_COOKIE, Throttle
from desk.model import User
from desk.security import SIGNED_IN_SECONDS, Tokens, secret
from desk.serve import app, run
from desk.users import add_user
from tests.desk.conftest import PASSWORD, Clock

Browser = Callable[[str], TestClient]
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r\nLocation: https://evil.example",
    "javascript:alert(1)",
    "evil.example",
    "\u2028//evil.example",
]


def _form(browser: TestClient, post_id: str = "iban-1") -> dict[str, str]:
    forms = Forms(browser.get(mention_at(post_id)).text).forms
    return next(form for form in forms if "token" in form) | {"do": "done"}


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_way_back_leads_to_another_site(client: Browser, back: str) -> None:
    browser = client("")
    form = {"name": "Ann", "password": PASSWORD, "back": back}
    answers = [
        browser.post("/login", data=form, follow_redirects=False),
        browser.get("/settings", params={"back": back}, follow_redirects=False),
    ]
    for answer in answers:
        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
    assert "evil.example" not in answers[0].headers["set-cookie"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../security.py",
        "/static/%2e%2e/security.py",
        "/static/..%2fsecurity.py",
        "/static/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static/..%5c..%5cpyproject.toml",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/desk.css%00.py",
        "/static/",
    ],
)
def test_only_the_pages_own_files_are_handed_out(client: Browser, path: str) -> None:
    assert client("Ann").get(path).status_code in (400, 404)


@pytest.mark.parametrize("path", ["/static/desk.css", "/static/desk.js", "/static/icon.svg"])
def test_they_are_handed_out_as_what_they_are(client: Browser, path: str) -> None:
    answer = client("").get(path)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = {"css": "text/css", "js": "javascript", "svg": "image/svg+xml"}[path.rpartition(".")[2]]
    assert kind in answer.headers["content-type"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_a_form_can_act(client: Browser, data: Path, method: str) -> None:
    ann = client("Ann")
    assert ann.request(method, "/act", params=_form(ann)).status_code in (404, 405)
    assert actions.read(data / actions.FILE) == []


def test_what_is_no_form_can_not_act(client: Browser, data: Path) -> None:
    ann = client("Ann")
    form = _form(ann)
    assert ann.post("/act", json=form).status_code == 403
    assert ann.post("/act", content=b"\xff\xfe=%00&;" * 9).status_code == 403
    assert ann.post("/act", files={name: value.encode() for name, value in form.items()})
    endless = (piece for piece in [b"value=x"])  # sent without a length
    assert ann.post("/act", content=endless).status_code == 413
    assert actions.read(data / actions.FILE) == []


def test_forged_and_old_sessions_let_nobody_in(
    client: Browser, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = client("Ann")
    real = ann.cookies[SESSION_COOKIE]
    others_key = Tokens("another secret " * 3).session("Ann", "proof")
    form_token = Tokens(secret(data)).form(User("Ann"))
    signed, _, signature = real.rpartition(".")  # its last letter has bits that mean nothing
    changed = f"{signed}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    for forged in ("", "x", changed, others_key, form_token):
        browser = client("")
        browser.cookies.set(SESSION_COOKIE, forged)
        assert "login" in str(browser.get("/").url), forged
    assert ann.get("/").url.path == "/"
    later = time.time() + SIGNED_IN_SECONDS + 5
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert "login" in str(ann.get("/").url)


def test_a_form_that_is_too_old_changes_nothing(
    client: Browser, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = client("Ann")
    form = _form(ann)
    later = time.time() + SIGNED_IN_SECONDS + 5
    with monkeypatch.context() as patched:
        patched.setattr("itsdangerous.timed.time.time", lambda: later)
        login = {"name": "Ann", "password": PASSWORD}
        assert ann.post("/login", data=login, follow_redirects=False).status_code == 303
        assert ann.post("/act", data=form).status_code == 403
    assert actions.read(data / actions.FILE) == []


def test_the_session_is_for_this_server_alone(client: Browser) -> None:
    form = {"name": "Ann", "password": PASSWORD}
    cookies = [
        client("").post("/login", data=form, follow_redirects=False).headers["set-cookie"]
        for _ in range(2)
    ]
    for cookie in cookies:
        settings = {part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]}
        assert settings == {"httponly", "max-age", "path", "samesite"}
    assert len(set(cookies)) == 2, "every sign-in is a session of its own"


def test_guessing_many_at_once_gains_nothing(data: Path, clock: Clock) -> None:
    page = app(data, clock, throttle=Throttle(lambda: 0.0))
    found = []

    def guess(number: int) -> None:
        browser = TestClient(page, base_url="http://localhost")
        told = {"name": "Ann", "password": f"guess {number}"}
        found.append(browser.post("/login", data=told).status_code)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    page.state.site.data.close()
    assert sorted(found) == [403] * 5 + [429] * 7


def test_names_are_offered_for_brands_they_see(client: Browser) -> None:
    ann = client("Ann")
    for_kronfurt = ann.get(mention_at("outage-1")).text
    assert '<option value="Ben">' in for_kronfurt
    assert "Dora" not in for_kronfurt
    assert '<option value="Dora">' in ann.get(mention_at("parcel-1", "dunmarrow")).text
    do(ann, "outage-1", "assign", value="Egon")
    assert "Egon" not in client("Dora").get(mention_at("parcel-1", "dunmarrow")).text


def test_what_others_did_to_other_brands_stays_with_them(client: Browser, data: Path) -> None:
    do(client("Ann"), "outage-1", "note", value="Zähler 8 tauschen")
    (done,) = actions.read(data / actions.FILE)
    dora = client("Dora")
    for query in (f"did={done.seq}", f"did={done.seq}&seen=0", f"did={done.seq + 1}&seen=0"):
        html = dora.get(f"/?{query}").text
        assert "Zähler 8" not in html
        assert "flash" not in html


def test_the_server_listens_on_this_machine_only(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert inspect.signature(serve).parameters["host"].default == "127.0.0.1"
    started: list[str] = []
    monkeypatch.setattr(
        "desk.serve.uvicorn.run", lambda _page, host, **_settings: started.append(host)
    )
    with caplog.at_level(logging.WARNING):
        run(data)
        assert started == ["127.0.0.1"]
        assert not caplog.messages
        run(data, "0.0.0.0")  # noqa: S104
        assert "HTTPS" in caplog.text


def test_a_host_that_only_begins_like_ours_is_refused(page: FastAPI) -> None:
    for host in ("localhost.evil.example", "evil.example:8182", "127.0.0.1.evil.example", ""):
        browser = TestClient(page, base_url="http://localhost", headers={"host": host})
        assert browser.get("/login").status_code == 400, host


def test_a_hostile_name_is_text_everywhere(data: Path, page: FastAPI) -> None:
    name = "<script>alert(1)</script>"
    add_user(data, name, PASSWORD, ["*"])
    browser = TestClient(page, base_url="http://localhost")
    browser.post("/login", data={"name": name, "password": PASSWORD})
    do(browser, "outage-1", "me")
    for path in ("/", mention_at("outage-1"), "/login?back=%22%3E%3Cscript%3E"):
        html = browser.get(path).text
        assert "<script>" not in html
        assert urlsplit(path).path == "/login" or "&lt;script&gt;alert(1)" in html
