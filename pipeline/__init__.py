"""The steps that Airflow tasks and `horch run` share, so that both end in the same state."""

from pipeline import steps
from pipeline.home import Home

__all__ = ["Home", "steps"]
