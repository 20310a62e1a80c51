"""A digest as files: what is written where no mail server is configured, and for `--to`."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from digest.model import Rendered
from watchlist.files import replace_durably


def write(rendered: Rendered, folder: Path, stem: str) -> tuple[Path, ...]:
    """Write `<stem>.html`, `.txt` and `.csv` into `folder`, each whole or not at all."""
    contents = {
        "html": rendered.page().encode(),
        "txt": f"{rendered.subject}\n\n{rendered.text}".encode(),
        "csv": rendered.csv_bytes,
    }
    return tuple(_put(folder / f"{stem}.{kind}", data) for kind, data in contents.items())


def write_mail(mail: EmailMessage, path: Path) -> Path:
    """Write a mail as the file that mail programs open."""
    return _put(path, mail.as_bytes())


def _put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    replace_durably(part, path)
    return path
