"""The page in a real browser: headless Chromium clicks, filters, acts, reloads and types."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import desk_sample as sample
import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from desk import actions, users
from desk.serve import app
from tests.desk.conftest import PASSWORD, Clock

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (apt-get install chromium)"),
    pytest.mark.xdist_group("browser"),
]

expect.set_options(timeout=20_000)  # others may be using the machine


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _serve(data: Path, clock: Clock) -> Iterator[str]:
    page = app(data, clock)
    server = uvicorn.Server(uvicorn.Config(page, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    give_up_at = time.monotonic() + 30
    while not server.started and time.monotonic() < give_up_at:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    page.state.site.data.close()


@pytest.fixture
def address(data: Path, clock: Clock) -> Iterator[str]:
    yield from _serve(data, clock)


def enter(
    chromium: Browser, address: str, name: str = "Ann", width: int = 1280, **looks: str
) -> Page:
    """A browser window of somebody's own, signed in."""
    settings = {"locale": "de-DE", "color_scheme": "light"} | looks
    context = chromium.new_context(viewport={"width": width, "height": 850}, **settings)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("console", _no_complaint)
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.locator("[type=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.locator(".lists").wait_for()
    return page


def _no_complaint(message: ConsoleMessage) -> None:
    assert "Content Security Policy" not in message.text, message.text


def shown(page: Page) -> list[str]:
    return page.locator("a.who").all_inner_texts()


def test_click_filter_act_and_reload(chromium: Browser, address: str, data: Path) -> None:
    page = enter(chromium, address)
    page.locator(".lists a", has_text="Beschwerden").click()
    page.locator("select[name=brand]").select_option("dunmarrow")
    expect(page.locator("a.who")).to_have_text(["@tess_in_leith"])
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator(".flash")).to_contain_text("zugewiesen an Ann")
    page.locator("a.who").click()
    page.get_by_label("Notiz").fill("Rückruf um drei")
    page.get_by_label("Notiz").press("Control+Enter")
    expect(page.locator(".deeds")).to_contain_text("Rückruf um drei")
    page.reload()
    expect(page.locator(".deeds li")).to_have_count(2)
    page.locator(".tags summary", has_text="Beschwerde").click()
    form = page.locator(".tags li", has_text="Beschwerde")
    form.locator("select").select_option("false")
    form.get_by_role("button", name="Speichern").click()
    expect(page.locator(".deeds li")).to_have_count(3)
    told = [(act.who, act.action) for act in actions.read(data / actions.FILE)]
    assert told == [("Ann", "assign"), ("Ann", "note"), ("Ann", "correct")]


def test_the_keyboard_is_enough(chromium: Browser, address: str) -> None:
    page = enter(chromium, address)
    keys = page.keyboard
    keys.press("j")
    expect(page.locator(".row.here a.who")).to_have_text("@kellerkind_jo")
    keys.press("j")
    keys.press("k")
    keys.press("a")
    expect(page.locator(".flash")).to_contain_text("zugewiesen an Ann")
    expect(page.locator(".row.here a.who")).to_have_text("@kellerkind_jo")
    keys.press("s")
    expect(page.locator(".flash")).to_contain_text("zurückgestellt bis")
    expect(page.locator(".row.here a.who")).to_have_text("@mira_solar")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("@mira_solar")
    page.wait_for_load_state()
    keys.press("n")
    expect(page.get_by_label("Notiz")).to_be_focused()
    keys.type("jkd")
    keys.press("Escape")
    keys.press("j")
    expect(page.locator("h1")).to_have_text("@anselm.w")
    page.wait_for_load_state()
    keys.press("d")
    expect(page.locator(".flash")).to_contain_text("als erledigt markiert")
    expect(page.locator("h1")).to_have_text("@tess_in_leith")
    page.wait_for_load_state()
    keys.press("u")
    expect(page.locator(".row")).to_have_count(8)
    page.wait_for_load_state()
    keys.press("?")
    expect(page.locator("#keys")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_going_back_to_a_list_leads_to_where_one_was(chromium: Browser, address: str) -> None:
    page = enter(chromium, address)
    page.locator("a.who").nth(4).click()
    page.locator(".thread").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator(".trail .meta")).to_contain_text("6 von")
    page.wait_for_load_state()
    author = page.locator("h1").inner_text()
    page.keyboard.press("u")
    expect(page.locator(".row.here a.who")).to_have_text(author)
    page.locator(".row.here").get_by_role("button", name="Erledigt").click()
    expect(page.locator(".flash")).to_contain_text("als erledigt markiert")
    expect(page.locator(".row.here a.who")).to_have_text(shown(page)[5])
    page.reload()
    expect(page.locator(".flash")).to_have_count(0)
    page.go_back()
    page.go_forward()
    expect(page.locator(".lists")).to_be_visible()
    page.locator("a.brand").click()
    expect(page.locator(".row.here")).to_have_count(0)


def test_two_people_in_two_windows_see_each_other(chromium: Browser, address: str) -> None:
    ann, ben = enter(chromium, address), enter(chromium, address, "Ben")
    for page in (ann, ben):
        page.locator("a.who", has_text="@kellerkind_jo").click()
        page.locator(".thread").wait_for()
    ann.get_by_role("button", name="Übernehmen").click()
    expect(ann.locator(".owner")).to_have_text("bei Ann")
    ben.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ben.locator("#changed")).to_be_visible()
    ben.get_by_role("button", name="Übernehmen").click()
    expect(ben.locator(".also")).to_contain_text("Ann war schneller: zugewiesen an Ann")
    ann.locator("#changed a, .trail a").first.click()
    expect(ann.locator(".row", has_text="@kellerkind_jo")).to_contain_text("bei Ben")


def test_two_tabs_of_one_person_agree(chromium: Browser, address: str) -> None:
    first = enter(chromium, address)
    second = first.context.new_page()
    second.goto(f"{address}/?list=urgent")
    second.get_by_role("button", name="Erledigt").click()
    expect(second.locator(".empty")).to_be_visible()
    first.reload()
    assert "@kellerkind_jo" not in shown(first)
    first.locator(".lists a", has_text="Erledigt").click()
    assert shown(first) == ["@kellerkind_jo"]
    first.get_by_role("button", name="Wieder öffnen").click()
    expect(first.locator(".lists a", has_text="Dringend")).to_contain_text("1")


def test_everything_works_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Name").fill("Ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button").click()
    page.locator("select[name=reason]").select_option("urgent")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.locator("a.who").click()
    page.locator("select[name=until]").select_option("at")
    page.locator("[name=at]").fill("2026-11-20T09:15")
    page.get_by_role("button", name="Snooze").click()
    page.goto(f"{address}/?list=snoozed")
    expect(page.locator(".row")).to_contain_text("snoozed until Fri 09:15")


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_or_executed(
    chromium: Browser, address: str, width: int, scheme: str
) -> None:
    page = enter(chromium, address, width=width, color_scheme=scheme)
    for path in ("/", "/mention?of=kronfurt&on=x&post_id=markup-1", "/?list=listen"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.documentElement.classList.remove('js')")  # as without scripts
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("typeof window.hacked") == "undefined"
        assert page.locator("img, iframe, .said a, .said b").count() == 0
    page.context.close()


CONTRAST = """
() => {
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const says = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!says || !node.checkVisibility() || node.closest(".sr, .off, .skip")) continue;
    const pair = [rgb(getComputedStyle(node).color), behind(node)].map(light)
      .sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) poor.push(`${node.className || node.tagName} ${ratio.toFixed(2)}`);
  }
  return poor;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_reach_it(chromium: Browser, address: str, scheme: str) -> None:
    page = enter(chromium, address, color_scheme=scheme)
    for path in ("/", "/mention?of=kronfurt&on=x&post_id=deflected-1"):
        page.goto(address + path)
        assert page.evaluate(CONTRAST) == []
        unnamed = (
            "[...document.querySelectorAll('main input:not([type=hidden]), select, textarea')]"
        )
        assert page.evaluate(f"{unnamed}.filter(f => !f.labels.length).length") == 0
        assert page.locator("h1").count() == 1
    page.context.close()


def test_ten_thousand_open_mentions_open_within_a_second(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, clock: Clock
) -> None:
    data = tmp_path_factory.mktemp("many")
    sample.fill(data, list(sample.flood(10_000)))
    users.add_user(data, "Ann", PASSWORD)
    for address in _serve(data, clock):
        page = enter(chromium, address)
        took = []
        for path in ("/", "/?list=complaints", "/?page=150", *["/"] * 15):
            page.goto(address + path)
            took.append(page.evaluate("performance.getEntriesByType('navigation')[0].duration"))
            if len(took) >= 5 and min(took) < 1000:
                break
        page.context.close()
    assert min(took) < 1000, took  # others may be using the machine
