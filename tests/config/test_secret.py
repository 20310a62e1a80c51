import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    copy = tmp_path / "secret.py"
    copy.write_text((ROOT / "config/secret.py").read_text())
    return copy


def test_everybody_who_asks_at_once_gets_the_same_secret(script: Path) -> None:
    asking = [
        subprocess.Popen([sys.executable, str(script), "jwt_secret"], stdout=subprocess.PIPE)
        for _ in range(8)
    ]
    answers = {process.communicate(timeout=30)[0] for process in asking}
    assert len(answers) == 1
    assert len(answers.pop()) >= 48


def test_only_the_owner_can_read_it_and_no_draft_is_left(script: Path) -> None:
    subprocess.run([sys.executable, str(script), "api_secret_key"], check=True)
    folder = script.parent / "secrets"
    assert [path.name for path in folder.iterdir()] == ["api_secret_key"]
    assert (folder / "api_secret_key").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("names", [[], ["../elsewhere"], ["a", "b"]])
def test_anything_but_one_plain_name_is_refused(script: Path, names: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, str(script), *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("usage:")


def test_git_never_sees_the_secrets() -> None:
    done = subprocess.run(["git", "check-ignore", "-q", "config/secrets/x"], cwd=ROOT, check=False)
    assert done.returncode == 0
