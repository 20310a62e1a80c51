"""Who gets in, what they see, and what hostile posts and pages can do."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from steps import Forms, do, mention_at

from desk import actions, users
from desk.login import Throttle
from desk.security import Tokens, secret
from desk.serve import app, run
from desk.users import UserError, add_user
from tests.desk.conftest import PASSWORD, Clock

Browser = Callable[[str], TestClient]


@pytest.mark.parametrize(
    "address", ["/", "/mention?of=kronfurt&on=x&post_id=iban-1", "/?list=open"]
)
def test_nobody_sees_anything_without_signing_in(client: Browser, address: str) -> None:
    answer = client("").get(address, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?back=%2F")
    assert client("").get("/pulse").status_code == 401
    assert client("").post("/act", data={"do": "done"}).status_code in (401, 403)


def test_signing_in_leads_back_and_signing_out_ends_it(client: Browser) -> None:
    browser = client("")
    form = {"name": "Ann", "password": PASSWORD, "back": "/?list=urgent"}
    answer = browser.post("/login", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/?list=urgent"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert browser.get("/").status_code == 200
    browser.post("/logout")
    assert "login" in str(browser.get("/").url)


def test_signing_in_leads_nowhere_else(client: Browser) -> None:
    form = {"name": "Ann", "password": PASSWORD, "back": "//evil.example"}
    answer = client("").post("/login", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_https_makes_the_cookie_secure(page: FastAPI) -> None:
    browser = TestClient(page, base_url="https://localhost")
    form = {"name": "Ann", "password": PASSWORD}
    answer = browser.post("/login", data=form, follow_redirects=False)
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_new_password_ends_every_session(client: Browser, data: Path) -> None:
    ann = client("Ann")
    add_user(data, "Ann", "ein ganz neues", ["*"])
    assert "login" in str(ann.get("/").url)


def test_guessing_is_slow(data: Path, clock: Clock) -> None:
    page = app(data, clock, throttle=Throttle(lambda: 0.0))
    browser = TestClient(page, base_url="http://localhost")
    tries = [
        browser.post("/login", data={"name": name, "password": "x"}).status_code
        for name in ("Ann", "Ann", "nobody", "Ann", "Ann", "Ann")
    ]
    assert tries == [403] * 5 + [429]
    right = browser.post("/login", data={"name": "Ann", "password": PASSWORD})
    assert right.status_code == 429


def test_the_wait_doubles_and_ends() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    waits = []
    for _ in range(16):
        throttle.failed("a")
        waits.append(throttle.wait_seconds("a", "b"))
    assert waits[:8] == [0, 0, 0, 0, 1, 2, 4, 8]
    assert waits[-1] == 300
    assert throttle.wait_seconds("b") == 0
    now[0] = 301
    assert throttle.wait_seconds("a") == 0


@pytest.mark.parametrize("token", ["", "forged", None])
def test_a_form_without_its_token_changes_nothing(
    client: Browser, data: Path, token: str | None
) -> None:
    ann = client("Ann")
    form = Forms(ann.get(mention_at("iban-1")).text).forms[1] | {"do": "done"}
    form.pop("token")
    assert ann.post("/act", data=form | ({"token": token} if token else {})).status_code == 403
    assert actions.read(data / actions.FILE) == []


def test_another_persons_token_will_not_do(client: Browser, data: Path) -> None:
    ann, ben = client("Ann"), client("Ben")
    form = next(f for f in Forms(ann.get(mention_at("iban-1")).text).forms if "token" in f)
    assert ben.post("/act", data=form | {"do": "done"}).status_code == 403
    assert actions.read(data / actions.FILE) == []


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_a_form_of_another_site_changes_nothing(
    client: Browser, data: Path, headers: dict[str, str]
) -> None:
    ann = client("Ann")
    form = next(f for f in Forms(ann.get(mention_at("iban-1")).text).forms if "token" in f)
    assert ann.post("/act", data=form | {"do": "done"}, headers=headers).status_code == 403
    login = {"name": "Ann", "password": PASSWORD}
    assert client("").post("/login", data=login, headers=headers).status_code == 403
    assert actions.read(data / actions.FILE) == []


def test_tokens_are_bound_to_key_and_person() -> None:
    ann, ben = users.User("Ann", session="1"), users.User("Ben", session="1")
    token = Tokens("a" * 40).form(ann)
    assert Tokens("a" * 40).is_form_of(ann, token)
    assert not Tokens("a" * 40).is_form_of(ben, token)
    assert not Tokens("b" * 40).is_form_of(ann, token)
    assert Tokens("b" * 40).read_session(Tokens("a" * 40).session("Ann", "p")) is None


def test_somebody_sees_their_brands_only(client: Browser, data: Path) -> None:
    dora = client("Dora")
    for name in ("open", "listen", "overdue", "private_data"):
        page = dora.get(f"/?list={name}&brand=kronfurt").text + dora.get(f"/?list={name}").text
        echo = r'brand(=|%3d)kronfurt|value="kronfurt"|>kronfurt \(0\)'
        assert "kronfurt" not in re.sub(echo, "", page.lower())
    assert "@tess_in_leith" in dora.get("/").text
    assert "<b>2</b>" in dora.get("/").text
    assert dora.get(mention_at("iban-1")).status_code == 404
    own = dora.get(mention_at("parcel-1", "dunmarrow"))
    form = next(f for f in Forms(own.text).forms if "token" in f)
    stolen = form | {"of": "kronfurt", "post_id": "iban-1", "do": "done"}
    assert dora.post("/act", data=stolen).status_code == 404
    assert actions.read(data / actions.FILE) == []


def test_names_of_others_do_not_cross_brands(client: Browser) -> None:
    do(client("Ann"), "outage-1", "assign", value="Geheime Gerda")
    own = client("Dora").get(mention_at("parcel-1", "dunmarrow")).text
    assert "Gerda" not in own


@pytest.mark.parametrize("address", ["/", mention_at("markup-1")])
def test_posts_never_become_markup_or_links(client: Browser, address: str) -> None:
    html = client("Ann").get(address).text
    assert "window.hacked" in html
    assert not re.search(r"<script>|<img|<svg onload|<b>mallory|javascript:", html)
    assert "\u202e" not in html
    assert "evil.example" not in " ".join(re.findall(r'(?:href|src|action)="([^"]*)"', html))
    for link in re.findall(r"<a [^>]*target=\"_blank\"[^>]*>", html):
        assert 'rel="noopener noreferrer"' in link
        assert re.search(r'href="https?://', link)


@pytest.mark.parametrize("address", ["/", "/?list=private_data", mention_at("iban-1")])
def test_private_data_is_masked_everywhere(client: Browser, address: str) -> None:
    html = client("Ann").get(address).text
    assert "[IBAN]" in html
    assert "DE89" not in html
    assert "4711-0815" not in html


def test_headers_keep_the_browser_strict(client: Browser) -> None:
    answers = [client("").get("/login"), client("Ann").get("/"), client("Ann").get("/nowhere")]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<[^>]+ (style|on\w+)=|<script(?! src)", answer.text)


def test_other_host_names_are_refused(page: FastAPI) -> None:
    assert TestClient(page, base_url="http://evil.example").get("/login").status_code == 400


def test_a_huge_form_is_refused(client: Browser) -> None:
    ann = client("Ann")
    assert ann.post("/act", data={"value": "x" * 100_000}).status_code == 413


def test_secrets_are_for_their_owner_only(data: Path, tmp_path: Path) -> None:
    assert secret(tmp_path) == secret(tmp_path)
    assert len(secret(tmp_path)) > 40
    for path in (tmp_path / "desk-secret", data / users.FILE):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in (data / users.FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "password", "brands"),
    [
        ("", "x" * 10, ["*"]),
        ("A\nnn", "x" * 10, ["*"]),
        ("Ann", "short", ["*"]),
        ("Ann", "x" * 10, []),
    ],
)
def test_users_that_will_not_do(
    tmp_path: Path, name: str, password: str, brands: list[str]
) -> None:
    with pytest.raises(UserError):
        add_user(tmp_path, name, password, brands)


def test_serving_needs_somebody_who_can_sign_in(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="horch user"):
        run(tmp_path)


def test_without_a_copy_the_page_says_what_to_do(tmp_path: Path, clock: Clock) -> None:
    add_user(tmp_path, "Ann", PASSWORD)
    browser = TestClient(app(tmp_path, clock), base_url="http://localhost")
    answer = browser.post("/login", data={"name": "Ann", "password": PASSWORD})
    assert answer.status_code == 503
    assert "horch run" in answer.text
