"""Files of arrays (`.npz`): read with a clear error, written as a whole or not at all."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from enrich.model import ModelError
from watchlist.files import replace_durably

Arrays = dict[str, npt.NDArray[Any]]


def read_arrays(path: Path) -> Arrays:
    """All arrays of a file.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        with np.load(path) as file:
            return {name: file[name] for name in file.files}
    except FileNotFoundError as error:
        raise ModelError(f"{path} is missing; get it back with git, or run `make train`") from error
    except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise damaged(path, error) from error


def damaged(path: Path, cause: Exception) -> ModelError:
    """What to say of a file of a model that is there and cannot be read."""
    return ModelError(f"{path} is damaged ({cause}); get it back with git, or run `make train`")


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Writes a file of arrays, which takes its place once it is complete."""
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        np.savez_compressed(file, **cast("Any", arrays))
    replace_durably(beside, path)
