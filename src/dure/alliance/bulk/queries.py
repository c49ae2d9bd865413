"""Reads of bulk actions for pages and REST, each a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dure.alliance.bulk.deeds import deeds
from dure.alliance.models import BulkBatch, BulkItem
from dure.foundation import i18n


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A thing of a batch as its reader may know of it."""

    item: BulkItem
    title: str
    url: str
    why: str


def batches(person: Any) -> QuerySet[BulkBatch]:
    """The newest first."""
    return BulkBatch.objects.visible_to(person).select_related("made_by").order_by("-pk")


def label_of(batch: BulkBatch) -> str:
    deed = deeds().get(batch.deed)
    return str(deed.label) if deed else batch.deed


def items(person: Any, batch: BulkBatch) -> QuerySet[BulkItem]:
    """Those whose thing this person may know of: a conflict of interest hides a review here too."""
    deed = deeds().get(batch.deed)
    if deed is None:
        return batch.items.none()
    known = deed.known(person).order_by().values("uid")
    return batch.items.filter(thing__in=known).order_by("pk")


def rows(person: Any, batch: BulkBatch, found: list[BulkItem]) -> list[ItemRow]:
    """With their titles and addresses; one query."""
    deed = deeds().get(batch.deed)
    if deed is None or not found:
        return []
    known = {one.uid: one for one in deed.known(person).filter(uid__in=[item.thing for item in found])}
    return [
        ItemRow(item, i18n.either(thing.b_ko, thing.b_en), deed.url_of(thing), said(item))
        for item in found
        if (thing := known.get(item.thing)) is not None
    ]


def said(item: BulkItem) -> str:
    """Why it was not done, in the reader's language."""
    return i18n.either(item.words.get("ko", ""), item.words.get("en", ""))
