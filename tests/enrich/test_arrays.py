"""Files of arrays: missing, cut off or damaged ones give a line; half of one is never there."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from enrich import ModelError
from enrich.arrays import read_arrays, write_arrays
from enrich.weights import FOLDER, heads, write_card


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "some.npz"
    write_arrays(path, {"one": np.arange(5_000), "other": np.ones((3, 4), np.float32)})
    yield path
    assert [path.name for path in tmp_path.iterdir()] in ([], ["some.npz"])


def test_what_is_written_is_read(file: Path) -> None:
    found = read_arrays(file)
    assert found["one"].tolist() == list(range(5_000))
    assert found["other"].shape == (3, 4)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.99])
def test_a_file_cut_off_gives_one_line(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ModelError, match=r"some.npz is damaged .*; get it back") as error:
        read_arrays(file)
    assert "\n" not in str(error.value)


def test_a_changed_byte_is_noticed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[200] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        read_arrays(file)


def test_a_missing_file_gives_one_line(file: Path) -> None:
    file.unlink()
    with pytest.raises(ModelError, match="is missing; get it back"):
        read_arrays(file)


def test_writing_that_fails_leaves_what_was_there(file: Path) -> None:
    class Unwritable:
        def __array__(self, *_: object, **__: object) -> None:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_arrays(file, {"one": Unwritable()})  # type: ignore[dict-item]
    assert len(read_arrays(file)["one"]) == 5_000
    file.with_name(".some.npz").unlink()


def test_a_damaged_model_json_gives_one_line(tmp_path: Path) -> None:
    model = tmp_path / "broken"
    shutil.copytree(FOLDER / "fast", model)
    (model / "model.json").write_text('{"heads": {')
    with pytest.raises(ModelError, match=r"model.json is damaged .*make train"):
        heads(str(model))


def test_weights_of_another_training_than_their_model_json_give_one_line(tmp_path: Path) -> None:
    model = tmp_path / "halfway"
    shutil.copytree(FOLDER / "fast", model)
    write_arrays(model / "weights.npz", read_arrays(model / "weights.npz") | {"more": np.ones(1)})
    with pytest.raises(ModelError, match=r"not of one training; get both back .*make train"):
        heads(str(model))
    facts = json.loads((model / "model.json").read_text(encoding="utf-8"))
    write_card(model, facts)
    assert heads(str(model)).keys() == facts["heads"].keys()
