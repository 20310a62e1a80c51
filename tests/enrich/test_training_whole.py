"""Training from end to end on tiny data, what people corrected among it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from enrich import ModelError
from enrich.training import data, tasks
from enrich.training.accurate import __main__ as accurate
from tests.enrich import tiny

ROOT = Path(__file__).parents[2]


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    """What `horch correct --export` writes: labels that people gave, and no others."""
    rows = [
        {"platform": "x", "post_id": "1", "text": "Na toll, danke für nichts", "complaint": 1},
        {"platform": "x", "post_id": "2", "text": "Wo bleibt mein Paket?", "praise": 0},
        {"platform": "x", "post_id": "3", "text": "Nur die Sprache war falsch", "lang": "de"},
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_what_people_corrected_counts_and_what_they_let_stand(corrections: Path) -> None:
    first, second = data.corrected(corrections)
    assert data.flags(first)[0] == 1
    assert data.flags(second)[:3] == [0, 1, 0]
    assert data.corrected(None) == []
    with pytest.raises(ModelError, match="is not there"):
        data.corrected(corrections.with_name("missing.jsonl"))


def test_the_fast_model_learns_from_corrections(
    corrections: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = data.written()[::500]
    monkeypatch.setattr(data, "written", lambda: some)
    folder = tiny.write(tmp_path / "data")
    without, task = tasks.intents(folder), tasks.intents(folder, corrections)
    assert set(task.texts) - set(without.texts) == {
        "Na toll, danke für nichts",
        "Wo bleibt mein Paket?",
    }
    assert len(task.texts) == len(task.y) == len(task.domains) == len(task.held)
    assert not task.held[task.texts.index("Na toll, danke für nichts")]


@pytest.mark.parametrize(
    ("model", "module"), [("accurate", "enrich.training.accurate"), ("fast", "enrich.train")]
)
def test_make_hands_corrections_on(model: str, module: str) -> None:
    command = ["make", "-n", "train", f"MODEL={model}", "TORCH=py", "CORRECTIONS=c.jsonl"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert f"-m {module} --data ../shared/data --corrections c.jsonl" in said


def test_without_torch_it_says_where_to_read_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(accurate, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        accurate.main(["--data", "anywhere"])
    assert "docs/tags.md" in capsys.readouterr().err


def test_the_accurate_model_takes_a_step_of_each_round(corrections: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training the accurate model needs torch")
    code = (
        "import sys; from pathlib import Path\n"
        "from enrich.training.accurate.network import Network\n"
        "from enrich.training.accurate.run import OUTPUTS, Course, load, train\n"
        "if __name__ == '__main__':\n"
        "    folder, target, fixed = map(Path, sys.argv[1:])\n"
        "    train(Course(folder, target, fixed, workers=1, most=1))\n"
        "    networks = (load(target), Network(OUTPUTS))\n"
        "    lowest, uppermost = ([n.layers[at].qkv.weight for n in networks] for at in (0, -1))\n"
        "    assert (lowest[0] != lowest[1]).any() and (uppermost[0] != uppermost[1]).any()\n"
    )
    script = tmp_path / "train.py"
    script.write_text(code, encoding="utf-8")
    files = [
        tiny.write(tmp_path / "data"),
        tmp_path / "network.pt",
        corrections,
    ]
    subprocess.run([sys.executable, str(script), *map(str, files)], check=True, cwd=ROOT)
