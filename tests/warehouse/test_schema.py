"""Whoever has a warehouse comes to today's schema by the files that were added since."""

import hashlib
from pathlib import Path

FILES = Path(__file__).parents[2] / "warehouse/schema"
KNOWN = Path(__file__).with_name("schema.sha256")


def test_a_schema_file_is_never_changed_once_it_is_out() -> None:
    """A changed file reaches new warehouses alone: write the next number instead.

    A new file is entered by `cd warehouse/schema && sha256sum [0-9]*.sql`.
    """
    lines = KNOWN.read_text(encoding="ascii").splitlines()
    known = {name: digest for digest, name in map(str.split, lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES.glob("*.sql")
    }
    assert found == known
