"""The models that tag, by name."""

from typing import Literal

Model = Literal["fast", "careful", "accurate"]
"""Careful is fast, and accurate reads again what fast is unsure of."""
