"""What waits and what is due of calls, proposals and reviews, each read as far as no conflict of interest hides it."""

from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dure.alliance.desk.table import OF_SELF, Due, Watched, due, oversees, watch
from dure.alliance.models import Proposal, ResearchCall, Review

OF_PROPOSAL: Final[dict[str, Any]] = {
    "title_ko": F("proposal__title_ko"),
    "title_en": F("proposal__title_en"),
}
GOING_ON: Final = ("invited", "accepted")


def register() -> None:
    """Called once when the app is ready."""
    watch(*_watched())
    due(*_due())


def _watched() -> tuple[Watched, ...]:
    return (
        Watched(
            kind="research_call", label=ResearchCall.workflow.label, workflow=ResearchCall.workflow,
            rows=ResearchCall.objects.visible_to, url="/calls/%s", **OF_SELF,
        ),
        Watched(
            kind="proposal", label=Proposal.workflow.label, workflow=Proposal.workflow,
            rows=Proposal.objects.visible_to, url="/proposals/%s", **OF_SELF,
        ),
        Watched(
            kind="review", label=Review.workflow.label, workflow=Review.workflow,
            rows=Review.objects.visible_to, url="/reviews/%s", **OF_PROPOSAL,
        ),
    )  # fmt: skip


def _due() -> tuple[Due, ...]:
    zone = timezone.get_default_timezone()
    return (
        Due(
            kind="call_closes", label=_("Call closes"), rows=_calls, day=TruncDate("closes_at", tzinfo=zone),
            url="/calls/%s", **OF_SELF,
        ),
        Due(
            kind="proposal_answer", label=_("Question about a proposal is to be answered"), rows=_asked,
            day=F("answer_by"), url="/proposals/%s", who_ko=F("lead__name_ko"), who_en=F("lead__name_en"),
            **OF_SELF,
        ),
        Due(
            kind="review", label=_("Review is to be submitted"), rows=_reviews, day=F("due_on"),
            url="/reviews/%s", who_ko=F("reviewer__person__name_ko"), who_en=F("reviewer__person__name_en"),
            **OF_PROPOSAL,
        ),
    )  # fmt: skip


def _calls(person: Any) -> "QuerySet[ResearchCall]":
    """For whoever leads a draft that lapses then."""
    drafts = Proposal.objects.filter(lead_id=person.pk, state="draft").order_by().values("call_id")
    own = Q(pk__isnull=False) if oversees(person) else Q(pk__in=drafts)
    return ResearchCall.objects.filter(own, state="open")


def _asked(person: Any) -> "QuerySet[Proposal]":
    rows = Proposal.objects.visible_to(person).filter(state="revision_requested", answer_by__isnull=False)
    return rows if oversees(person) else rows.filter(lead_id=person.pk)


def _reviews(person: Any) -> "QuerySet[Review]":
    rows = Review.objects.visible_to(person) if oversees(person) else Review.objects.reviewed_by(person)
    return rows.filter(state__in=GOING_ON)
