"""Print one of this installation's own secrets, made up on first use.

`airflow.cfg` asks for the two secrets that Airflow's components share. They lie in
`config/secrets/`, readable by the owner alone, and never in git. Needs nothing but Python, because
it is run by whatever `python3` is found first.
"""

import os
import re
import secrets
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "secrets"


def secret(name: str, folder: Path = FOLDER) -> str:
    """Return the secret `name`, the same one for everybody who ever asks for it."""
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path)
    return path.read_text(encoding="ascii")


def _create(path: Path) -> None:
    # Written in full under another name and then linked: of several processes that start at once
    # exactly one wins, and nobody reads half a secret.
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"[a-z_]+", sys.argv[1]):
        sys.exit("usage: secret.py NAME (lower-case letters and _)")
    print(secret(sys.argv[1]), end="")
