"""Rows that every app shares."""

from dure.foundation.models.audit import AuditEntry
from dure.foundation.models.blob import Blob
from dure.foundation.models.lease import Lease
from dure.foundation.models.notice import Notice, NoticePreference
from dure.foundation.models.outbox import Delivery, OutboxEvent
from dure.foundation.models.search import SearchEntry
from dure.foundation.models.webhook import Webhook, WebhookDelivery

__all__ = [
    "AuditEntry",
    "Blob",
    "Delivery",
    "Lease",
    "Notice",
    "NoticePreference",
    "OutboxEvent",
    "SearchEntry",
    "Webhook",
    "WebhookDelivery",
]
