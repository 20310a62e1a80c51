"""Files of arrays (`.npz`): read with a clear error, written as a whole or not at all."""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from enrich.model import ModelError

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
        raise ModelError(
            f"{path} is damaged ({error}); get it back with git, or run `make train`"
        ) from error


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Writes a file of arrays, which takes its place once it is complete."""
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        np.savez_compressed(file, **cast("Any", arrays))
    beside.replace(path)
