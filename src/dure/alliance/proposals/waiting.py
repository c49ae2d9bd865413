"""What waits for a person because of proposals: drafts to submit, questions to answer, partners to confirm, proposals to screen."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import DateTimeField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from dure.alliance.calls.waiting import desk_q
from dure.alliance.models import Proposal, ProposalPartner
from dure.foundation.waiting import Waiting, declare
from dure.people import api as people

OF_PROPOSAL: Final[dict[str, Any]] = {
    "url": "/proposals/%(ref)s",
    "ref": F("uid"),
    "title_ko": F("title_ko"),
    "title_en": F("title_en"),
}


def register() -> None:
    """Called once when the app is ready."""
    for waiting in (*_of_lead(), *_of_others()):
        declare(waiting)


def _of_lead() -> Iterator[Waiting]:
    yield Waiting(
        kind="proposal_submit",
        rows=_drafts,
        title=_("Submit the proposal before the deadline: “%(name)s”"),
        why=_("A draft lapses when its call closes."),
        due=F("call__closes_at"),
        **OF_PROPOSAL,
    )
    yield Waiting(
        kind="proposal_answer_question",
        rows=_asked,
        title=_("Answer the question about the proposal: “%(name)s”"),
        why=_("Without an answer it is declined."),
        due=Cast(F("answer_by"), DateTimeField()),
        **OF_PROPOSAL,
    )


def _of_others() -> Iterator[Waiting]:
    yield Waiting(
        kind="proposal_screen",
        rows=_submitted,
        title=_("Look whether the proposal is eligible: “%(name)s”"),
        why=_("It was submitted."),
        **OF_PROPOSAL,
    )
    yield Waiting(
        kind="proposal_award",
        rows=_accepted,
        title=_("Make a project of the proposal: “%(name)s”"),
        why=_("It was accepted."),
        **OF_PROPOSAL,
    )
    yield Waiting(
        kind="proposal_take_part",
        rows=_partners,
        title=_("Say whether your organisation takes part: “%(name)s”"),
        why=_("Its lead asks you. It cannot be submitted before you have answered."),
        url="/proposals/%(ref)s",
        ref=F("proposal__uid"),
        title_ko=F("proposal__title_ko"),
        title_en=F("proposal__title_en"),
        due=F("proposal__call__closes_at"),
    )


def _drafts(person: Any) -> "QuerySet[Any, Any]":
    return Proposal.objects.filter(lead_id=person.pk, state="draft", call__state="open")


def _asked(person: Any) -> "QuerySet[Any, Any]":
    return Proposal.objects.filter(lead_id=person.pk, state="revision_requested")


def _submitted(person: Any) -> "QuerySet[Any, Any]":
    """Once the call is closed: before, its lead may still take it back."""
    return Proposal.objects.filter(desk_q(person), state="submitted", call__state="reviewing")


def _accepted(person: Any) -> "QuerySet[Any, Any]":
    return Proposal.objects.filter(desk_q(person), state="accepted")


def _partners(person: Any) -> "QuerySet[Any, Any]":
    mine = people.represented_organisations(person)
    return ProposalPartner.objects.filter(organisation_id__in=mine, answer="", proposal__state="draft")
