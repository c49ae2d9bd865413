"""REST of appeals against a round: filing one, answering it, correcting what was frozen."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import Hidden
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundAppeal, RoundCorrection
from dure.talent.models.round import LAST_CLASS, LAST_RANK, MOST_SEATS
from dure.talent.rounds import access, appealing, correcting, queries, queries_appeal, rules_appeal, words
from dure.talent.rounds.rest import SUBMIT
from dure.talent.rounds.rest_taking_part import named_seat

router = Router()
Name = Annotated[Text, Field(max_length=16)]
Reason = Annotated[Text, Field(max_length=2000)]


class RoundAppealIn(Schema):
    """What went wrong; for one's own part, or with `organisation` (a slug) for an organisation that one represents."""

    words: Annotated[Text, Field(min_length=1, max_length=4000)]
    organisation: Text = ""


class RoundAppealOut(Schema):
    """An appeal: by whom, as a pseudonym or the slug of an organisation, and its answer."""

    uid: UUID
    round: UUID
    state: str
    pseudonym: str
    organisation: str
    filed_at: datetime
    answer_by: datetime
    answer: str


class RoundAppealDetail(RoundAppealOut):
    """The same with its words, what the caller may do, and for who runs the round what was corrected."""

    words: str
    offers: list[OfferOut]
    corrections: list["RoundCorrectionOut"]


class RoundAppealActIn(Schema):
    """`take`, `dismiss` (with a reason) or `withdraw`."""

    action: Literal["take", "dismiss", "withdraw"]
    reason: Reason = ""


class CorrectedChoiceIn(Schema):
    """How the entry of this pseudonym ranks a seat and its class there; no rank: not ranked, no class: not acceptable."""

    entry: Name
    seat: UUID
    rank: Annotated[int, Field(ge=1, le=LAST_RANK)] | None
    priority: Annotated[int, Field(ge=1, le=LAST_CLASS)] | None


class CorrectedSeatsIn(Schema):
    """How many seats there are."""

    seat: UUID
    seats: Annotated[int, Field(ge=0, le=MOST_SEATS)]


class CorrectedEntryIn(Schema):
    """Which institution (a slug) and region (a code) the entry of this pseudonym counts for; empty for none."""

    entry: Name
    institution: Annotated[Text, Field(max_length=60)]
    region: Annotated[Text, Field(max_length=20)]


class RoundCorrectionIn(Schema):
    """What was wrong in the frozen inputs. `reason` stands in the public certificate."""

    reason: Annotated[Text, Field(min_length=1, max_length=correcting.LONGEST)]
    choices: Annotated[list[CorrectedChoiceIn], Field(max_length=correcting.MOST_ROWS)] = []
    seats: Annotated[list[CorrectedSeatsIn], Field(max_length=correcting.MOST_ROWS)] = []
    entries: Annotated[list[CorrectedEntryIn], Field(max_length=correcting.MOST_ROWS)] = []


class CorrectedRow(Schema):
    """A row before and after: `choice` has rank and class (0: not acceptable), null for no such row."""

    row: list[str]
    before: Any
    after: Any


class RoundCorrectionOut(Schema):
    """A correction; `sha256` and `is_run` come with the re-run, `fault` says why there is none."""

    uid: UUID
    reason: str
    made_at: datetime
    rows: list[CorrectedRow]
    sha256: str
    is_run: bool
    fault: str


class AppealedPlaceIn(Schema):
    """Another seat of the appealing person's ranking, or null for none, and why."""

    seat: UUID | None
    reason: Reason


def appeal_out(appeal: RoundAppeal) -> dict[str, Any]:
    names = ("uid", "state", "filed_at", "answer_by", "answer")
    return {name: getattr(appeal, name) for name in names} | {
        "round": appeal.round.uid,
        "pseudonym": appeal.entry.pseudonym if appeal.entry else "",
        "organisation": appeal.organisation.slug if appeal.organisation else "",
    }


def detail_out(request: HttpRequest, appeal: RoundAppeal) -> dict[str, Any]:
    person = people.signed_in(request)
    made = queries_appeal.corrections(appeal) if rules_appeal.sees_all(person, appeal.round) else []
    return appeal_out(appeal) | {
        "words": appeal.words,
        "offers": offers_out(request, appeal),
        "corrections": [correction_out(one) for one in made],
    }


def correction_out(one: RoundCorrection) -> dict[str, Any]:
    names = ("uid", "reason", "made_at", "rows", "sha256")
    return {name: getattr(one, name) for name in names} | {
        "is_run": one.result_id is not None,
        "fault": words.fault(one.fault),
    }


@router.get(
    "/placement-rounds/{uuid:uid}/appeals",
    response={200: PageOut[RoundAppealOut], **ERRORS},
    summary="Appeals against a round that you see",
)
def list_round_appeals(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person = people.signed_in(request)
    return page_out(request, queries_appeal.listed(person, access.access_round(person, uid)), appeal_out)


@router.post(
    "/placement-rounds/{uuid:uid}/appeals",
    auth=SUBMIT,
    response={201: RoundAppealDetail, **ERRORS},
    summary="Appeal against a round",
)
def post_round_appeal(request: HttpRequest, uid: UUID, body: RoundAppealIn) -> Any:
    person = people.signed_in(request)
    found = access.access_round(person, uid)
    if body.organisation:
        organisation = people.access_organisation(person, body.organisation)
        made = appealing.appeal(found, by=person, words=body.words, organisation=organisation)
    else:
        entry = access.access_own_entry(person, found)
        made = appealing.appeal(found, by=person, words=body.words, entry=entry)
    return Status(201, detail_out(request, made))


@router.get(
    "/placement-appeals/{uuid:uid}",
    response={200: RoundAppealDetail, **ERRORS},
    summary="One appeal against a round",
)
def get_round_appeal(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_appeal(people.signed_in(request), uid))


@router.post(
    "/placement-appeals/{uuid:uid}/act",
    auth=SUBMIT,
    response={200: RoundAppealDetail, **ERRORS},
    summary="Look at an appeal, dismiss or withdraw it",
)
def act_on_round_appeal(request: HttpRequest, uid: UUID, body: RoundAppealActIn) -> Any:
    person = people.signed_in(request)
    appeal = access.access_appeal(person, uid)
    appealing.act(appeal, body.action, by=person, data={"reason": body.reason})
    return detail_out(request, access.access_appeal(person, uid))


@router.post(
    "/placement-appeals/{uuid:uid}/correction",
    auth=SUBMIT,
    response={201: RoundCorrectionOut, **ERRORS},
    summary="Correct what was frozen, and have the round run again with the same lottery",
)
def post_round_correction(request: HttpRequest, uid: UUID, body: RoundCorrectionIn) -> Any:
    """What was wrong, row by row. Nobody is shown beforehand what would come out."""
    person = people.signed_in(request)
    appeal = access.access_reviewed(person, uid)
    made = correcting.correct(appeal, by=person, edits=list(_edits(appeal.round, body)), reason=body.reason)
    return Status(201, correction_out(made))


@router.post(
    "/placement-appeals/{uuid:uid}/place",
    auth=SUBMIT,
    response={200: RoundAppealDetail, **ERRORS},
    summary="Give another place where people had decided by hand",
)
def post_appealed_place(request: HttpRequest, uid: UUID, body: AppealedPlaceIn) -> Any:
    person = people.signed_in(request)
    appeal = access.access_reviewed(person, uid)
    appealing.give(appeal, by=person, seat=named_seat(appeal.round, body.seat), reason=body.reason)
    return detail_out(request, access.access_appeal(person, uid))


def _edits(found: PlacementRound, body: RoundCorrectionIn) -> Iterator[correcting.Edit]:
    """What the body names, found in this round. Raises Hidden for what is none of it."""
    uids = {one.seat for one in body.choices} | {one.seat for one in body.seats}
    seats = {seat.uid: seat for seat in queries.named(found, uids)}
    names = {one.entry for one in body.choices} | {one.entry for one in body.entries}
    entries = {entry.pseudonym: entry for entry in found.entries.filter(pseudonym__in=names)}
    if len(seats) < len(uids) or len(entries) < len(names):
        raise Hidden(found.uid)
    for choice in body.choices:
        yield correcting.Ranked(entries[choice.entry], seats[choice.seat], choice.rank, choice.priority)
    for one in body.seats:
        yield correcting.Seats(seats[one.seat], one.seats)
    for entry in body.entries:
        yield correcting.Belongs(entries[entry.entry], entry.institution, entry.region)
