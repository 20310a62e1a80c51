"""Alerts: what cannot wait for the morning digest, told once, followed up, and called over."""

from digest.alerts.decide import decide, waiting
from digest.alerts.delivery import Outside, Report, deliver
from digest.alerts.model import Alert, Pending
from digest.alerts.reading import Assessment, assess
from digest.alerts.store import pending, record

__all__ = [
    "Alert",
    "Assessment",
    "Outside",
    "Pending",
    "Report",
    "assess",
    "decide",
    "deliver",
    "pending",
    "record",
    "waiting",
]
