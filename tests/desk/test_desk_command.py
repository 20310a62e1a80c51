"""`horch user` and the plugin's promise not to load anything before it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import desk_sample as sample
from typer.testing import CliRunner

from cli.main import app
from desk import users

ROOT = Path(__file__).resolve().parents[2]
WATCHLIST = """
[[brands]]
id = "kronfurt"
name = "Stadtwerke Kronfurt"
handles = ["@KronfurtHilft"]
[brands.digest]
recipients = ["care@kronfurt.example"]
"""


def test_horch_user_lets_somebody_in(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.toml"
    path.write_text(WATCHLIST, encoding="utf-8")
    typed = "ein langes kennwort\nein langes kennwort\n"
    command = ["user", "Ann", "--brand", "kronfurt", "-w", str(path)]
    result = CliRunner().invoke(app, command, input=typed)
    assert result.exit_code == 0, result.output
    found = users.checked(tmp_path / "var", "Ann", "ein langes kennwort")
    assert found
    assert found[0].brands == {"kronfurt"}


def test_actions_can_be_kept_without_loading_the_page() -> None:
    told = "import json, sys, desk; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", told], cwd=ROOT, text=True))
    assert not {"fastapi", "jinja2", "spacy", "digest"} & set(loaded)


def test_the_sample_is_made_of_invented_brands() -> None:
    assert {play["brand"] for play in sample.threads()} == {"kronfurt", "dunmarrow"}
