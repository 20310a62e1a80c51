"""Every page and list, its filters and its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import desk_sample as sample
import pytest
from fastapi.testclient import TestClient
from steps import do, mention_at

import desk
from desk.data import PAGE, Data
from desk.model import LISTS, User, View
from desk.wording import own_messages, words

Browser = Callable[[str], TestClient]
DESK = Path(desk.__file__).parent


def authors(html: str) -> list[str]:
    return re.findall(r'<a class="who"[^>]*><bdi>([^<]*)</bdi>', html)


def count(html: str, name: str) -> str:
    found = re.search(rf"<span>{name}</span> <b>([\d.]+)</b>", html)
    assert found, name
    return found[1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("overdue", ["@kellerkind_jo", "@mira_solar", "@tess_in_leith", "@bolle_b"]),
        ("urgent", ["@kellerkind_jo"]),
        ("private_data", ["@anselm.w"]),
        ("reopened", ["@mira_solar"]),
        ("deflected", ["@bolle_b"]),
        ("mine", []),
        ("snoozed", []),
        ("done", []),
    ],
)
def test_each_list_holds_its_mentions(client: Browser, name: str, expected: list[str]) -> None:
    page = client("Ann").get(f"/?list={name}")
    assert authors(page.text) == expected
    assert len(expected) == int(count(page.text, own_messages("de")[f"list.{name}"]))


def test_what_hurts_most_comes_first_and_nothing_open_is_missing(client: Browser) -> None:
    shown = authors(client("Ann").get("/").text)
    assert shown[:3] == ["@kellerkind_jo", "@mira_solar", "@anselm.w"]
    assert len(shown) == 10
    heard = authors(client("Ann").get("/?list=listen").text)
    assert "@frau_holler" in heard
    assert not set(heard) & set(shown)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("brand=dunmarrow", ["@tess_in_leith", "@ola_k"]),
        ("status=holding", ["@wanda_w"]),
        ("reason=spill_over", ["@kellerkind_jo", "@newintown"]),
        ("lang=en&reason=complaint", ["@tess_in_leith", "@newintown"]),
        ("platform=reddit", []),
        ("owner=Ann", []),
        ("owner=Ben", ["@bolle_b"]),
        ("owner=-&status=deflected", []),
    ],
)
def test_filters_narrow_a_list(client: Browser, query: str, expected: list[str]) -> None:
    browser = client("Ann")
    do(browser, "deflected-1", "assign", value="Ben")
    assert authors(browser.get(f"/?{query}").text) == expected


def test_a_mention_shows_its_thread_roles_and_clocks(client: Browser) -> None:
    html = client("Ann").get(mention_at("reopened-1")).text
    for told in (
        "fragt",
        "Service",
        "Antwort",
        "^lk",
        "nach 2\u00a0Std.",
        "7\u00a0Std. überfällig",
    ):
        assert told in html, told
    assert "11\u00a0Std." in html  # open time
    assert "1\u00a0Tg.\u00a02\u00a0Std." in html  # plain time
    assert html.index("neuer Zähler") < html.index("der Monteur kommt") < html.index("niemand da")


def test_a_reopened_mention_shows_the_newest_word_in_the_list(client: Browser) -> None:
    assert "Zweiter Urlaubstag umsonst" in client("Ann").get("/?list=reopened").text


def test_an_answered_mention_can_be_opened_though_no_list_holds_it(client: Browser) -> None:
    html = client("Ann").get(mention_at("community-1")).text
    assert "beantwortet" in html or "erledigt" in html
    assert "Super-User" in html


def test_the_page_speaks_german_and_english(client: Browser) -> None:
    browser = client("Ann")
    assert "Überfällig" in browser.get("/").text
    browser.headers["accept-language"] = "fr, en;q=0.8"
    assert "Overdue" in browser.get("/").text
    assert "Überfällig" in browser.get("/settings?language=de&back=/").text
    assert 'lang="de"' in browser.get("/").text


def test_looks_are_kept_and_lead_nowhere_else(client: Browser) -> None:
    browser = client("Ann")
    dark = browser.get("/settings?theme=dark&back=/%3Flist%3Durgent")
    assert 'data-theme="dark"' in dark.text
    assert dark.url.query == b"list=urgent"
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/\r\nX: y"):
        answer = browser.get("/settings", params={"back": elsewhere}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_catalogues_agree() -> None:
    german, english = own_messages("de"), own_messages("en")
    assert german.keys() == english.keys()
    for key, message in german.items():
        named = re.findall(r"{(\w+)}", message)
        assert sorted(named) == sorted(re.findall(r"{(\w+)}", english[key])), key
    for name in LISTS:
        assert f"list.{name}" in words("de").messages


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_message_that_the_page_asks_for_exists(language: str) -> None:
    said = words(language).messages
    files = [*DESK.glob("*.py"), *DESK.glob("templates/*.j2")]
    asked = re.compile(r'(?:words|told)(?:[.]count)?\(\s*"([a-z]+[.][a-z_]*[a-z])"')
    found = {key for path in files for key in asked.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 50
    assert not found - said.keys()


def test_nonsense_in_the_address_is_the_first_list(client: Browser) -> None:
    browser = client("Ann")
    for query in (
        "list=%00'",
        "page=-1",
        "page=²",
        "page=99999999999",
        "brand='--&lang=%ff",
        "did=²",
    ):
        assert browser.get(f"/?{query}").status_code == 200, query
    assert browser.get("/?page=7").text.count("<article") == 0
    assert browser.get(mention_at("none-1")).status_code == 404
    assert browser.get("/mention").status_code == 404
    assert browser.get("/nowhere").status_code == 404


def test_pages_of_a_long_list_follow_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("long")
    sample.fill(folder, list(sample.flood(2 * PAGE + 5)))
    data, user = Data(folder), User("Ann")
    pages = [data.page(user, View(page=number), sample.NOW) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE + 1, PAGE + 1, 5]
    ids = [row["post_id"] for page in pages for row in page[:PAGE]]
    assert len(set(ids)) == 2 * PAGE + 5
    data.close()
