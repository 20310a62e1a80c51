"""The picture in docs/triage.md: `python -m tests.desk.picture`.

The tests' own world: nobody and nothing in it exists.
"""

from __future__ import annotations

import io
import shutil
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from desk import Act, actions, append, users
from desk.serve import app
from tests.desk import desk_sample as sample

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "triage.png"
_PASSWORD = "korrekt pferd batterie"
_GAP = 24
_BACK = (203, 211, 219)


def main() -> None:
    """Take it."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        data = Path(folder)
        sample.fill(data, sample.threads())
        users.add_user(data, "Ann", _PASSWORD)
        told = Act("Ben", "kronfurt", "x", "reopened-1", "note", value="Monteur ist informiert")
        append(data / actions.FILE, told, sample.NOW)
        server = uvicorn.Server(
            uvicorn.Config(app(data, lambda: sample.NOW), port=0, log_level="error")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        wide = _shot(browser, address, "/", (1160, 760), "light")
        phone = "/mention?of=kronfurt&on=x&post_id=reopened-1&list=reopened"
        narrow = _shot(browser, address, phone, (390, 760), "dark")
        browser.close()
        server.should_exit = True
        thread.join(20)
    whole = Image.new("RGB", (wide.width + narrow.width + 3 * _GAP, wide.height + 2 * _GAP), _BACK)
    whole.paste(wide, (_GAP, _GAP))
    whole.paste(narrow, (wide.width + 2 * _GAP, _GAP))
    whole.quantize(96).save(PICTURE, optimize=True)


def _shot(
    browser: Browser, address: str, path: str, size: tuple[int, int], scheme: str
) -> Image.Image:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, locale="de-DE", color_scheme=scheme
    )
    page.set_default_timeout(120_000)
    page.goto(address)
    page.locator("[name=name]").fill("Ann")
    page.locator("[type=password]").fill(_PASSWORD)
    page.locator("main button").click()
    page.locator(".lists").wait_for()
    page.goto(address + path)
    page.locator("main").wait_for()
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
