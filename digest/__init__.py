"""The morning digest: what is open at a brand, in words, mailed once per day and recipient."""

from digest.contents import build
from digest.delivery import deliver
from digest.errors import MailDown, MailRefused
from digest.journal import Refused, refused
from digest.layout import render
from digest.ledger import Served, record, served
from digest.mail import message
from digest.model import Delivery, DeliveryReport, Digest, Edition, Rendered, stem
from digest.outbox import write
from digest.schedule import digest_time, due, local_today

__all__ = [
    "Delivery",
    "DeliveryReport",
    "Digest",
    "Edition",
    "MailDown",
    "MailRefused",
    "Refused",
    "Rendered",
    "Served",
    "build",
    "deliver",
    "digest_time",
    "due",
    "local_today",
    "message",
    "record",
    "refused",
    "render",
    "served",
    "stem",
    "write",
]
