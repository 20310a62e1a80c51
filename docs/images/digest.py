"""Make `digest.png`, the picture of a digest in the README, of two pages that `make demo` writes.

Run: `python docs/images/digest.py DESKTOP.html PHONE.html` with pages of `var/demo/digests`.
Needs Chromium on the path.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).with_name("digest.png")
DESKTOP, PHONE, HEIGHT = 760, 420, 1180
GROUND = "#d8dde2"
FRAME = (
    "<body style='margin:0'>"
    "<iframe src='{page}' style='width:{width}px;height:{height}px;border:0'></iframe>"
)


def main(desktop: Path, phone: Path) -> None:
    """Photograph both pages and set them side by side, the phone's in dark."""
    with tempfile.TemporaryDirectory() as folder:
        left = _shot(desktop, DESKTOP, Path(folder) / "desktop.png", dark=False)
        right = _shot(phone, PHONE, Path(folder) / "phone.png", dark=True)
    picture = Image.new("RGB", (DESKTOP + 30 + PHONE, HEIGHT), GROUND)
    picture.paste(left, (0, 0))
    picture.paste(right, (DESKTOP + 30, 0))
    picture.quantize(128).save(TARGET, optimize=True)


def _shot(page: Path, width: int, target: Path, dark: bool) -> Image.Image:
    """A page as wide as asked, in a frame because Chromium's windows are 500 pixels or more."""
    frame = target.with_suffix(".html")
    frame.write_text(FRAME.format(page=page.resolve().as_uri(), width=width, height=HEIGHT))
    command = [
        *("chromium", "--headless", "--no-sandbox", "--hide-scrollbars"),
        "--allow-file-access-from-files",
        f"--blink-settings=preferredColorScheme={int(not dark)}",
        f"--window-size={max(width, 500)},{HEIGHT}",
        f"--screenshot={target}",
        frame.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- our own pages
    return Image.open(target).convert("RGB").crop((0, 0, width, HEIGHT))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
