"""What every test shares: the shared material's folder, and nothing that opens a socket."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, no more.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with recordings, specifications and training data; its tests skip without it."""
    folder = Path(os.environ.get("HORCH_SHARED", _BESIDE))
    if not folder.is_dir():
        pytest.skip("shared material is not beside this checkout (set HORCH_SHARED)")
    return folder
