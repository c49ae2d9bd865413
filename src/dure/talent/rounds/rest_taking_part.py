"""REST of placement rounds: rankings, classes, secrets, and what people decide."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people
from dure.talent.models import PlacementRound, RoundChoice, RoundEntry, RoundSeat, SecretCommitment
from dure.talent.models.round import LAST_CLASS, LAST_RANK
from dure.talent.rounds import access, classing, committing, deciding, preparing, queries, ranking
from dure.talent.rounds.rest import SUBMIT

router = Router()
Words = Annotated[Text, Field(max_length=2000)]
Class = Annotated[int, Field(ge=1, le=LAST_CLASS)]


class RankedSeat(Schema):
    """A seat (its uid) and its rank: 1 is best, equal numbers are ties."""

    seat: UUID
    rank: Annotated[int, Field(ge=1, le=LAST_RANK)]


class RankingIn(Schema):
    """The whole list; it replaces what was saved. `organisation` is the slug of one's own, or empty."""

    ranking: Annotated[list[RankedSeat], Field(max_length=ranking.MOST_CHOICES)]
    organisation: Text = ""
    words: Words = ""


class RankingOut(Schema):
    """One's own ranking. Whoever else sees it knows `pseudonym` alone."""

    pseudonym: str
    institution: str
    region: str
    words: str
    saved_at: datetime
    ranking: list[RankedSeat]


class PlacementLineOut(Schema):
    """What the result says of one seat of one's list. `cut_off_class` is null where nobody was left out for want of a seat."""

    seat: UUID
    rank: int
    priority: int
    place: int
    ranked: int
    why: str
    group: str
    cut_off_class: int | None
    by_lottery: bool


class MyPlacementOut(Schema):
    """One's own result of a decided round; `seat` is null for none, `reason` is set where people decided otherwise."""

    seat: UUID | None
    reason: str
    lines: list[PlacementLineOut]


class ClassedOut(Schema):
    """Somebody who ranks a seat, by pseudonym; `priority` null: not acceptable."""

    pseudonym: str
    institution: str
    region: str
    words: str
    priority: int | None


class ClassesIn(Schema):
    """Classes by pseudonym; null: not acceptable. With `is_dry` nothing changes."""

    classes: dict[str, Class | None]
    is_dry: bool = False


class ClassesOut(Schema):
    """How many get another class, how many of these are not acceptable, and how many stay."""

    changed: int
    refused: int
    same: int


class KeptSecretOut(Schema):
    """Who keeps a secret: its SHA-256 once committed, the secret itself once revealed."""

    uid: UUID
    organisation: str
    commitment: str
    committed_at: datetime | None
    secret: str
    revealed_at: datetime | None


class KeeperIn(Schema):
    """The slug of an organisation that keeps a secret."""

    organisation: Text


class SecretCommitmentIn(Schema):
    """The SHA-256, as hex, of 32 random bytes that stay with you."""

    commitment: Annotated[Text, Field(max_length=64)]


class RevealIn(Schema):
    """The 32 bytes as 64 hexadecimal digits."""

    secret: Annotated[Text, Field(max_length=64)]


class PlacementResultOut(Schema):
    """An entry with the seat that the result gives and that people gave; both are null for none."""

    uid: UUID
    pseudonym: str
    institution: str
    told: UUID | None
    is_decided: bool
    given: UUID | None
    reason: str


class PlaceIn(Schema):
    """Another seat of this person's ranking, or null for none, and why."""

    seat: UUID | None
    reason: Words


def ranking_out(entry: RoundEntry) -> dict[str, Any]:
    names = ("pseudonym", "institution", "region", "words", "saved_at")
    choices = entry.choices.select_related("seat").order_by("rank", "pk")
    ranked = [{"seat": choice.seat.uid, "rank": choice.rank} for choice in choices]
    return {name: getattr(entry, name) for name in names} | {"ranking": ranked}


def classed_out(choice: RoundChoice) -> dict[str, Any]:
    names = ("pseudonym", "institution", "region", "words")
    return {name: getattr(choice.entry, name) for name in names} | {"priority": choice.priority}


def kept_out(kept: SecretCommitment) -> dict[str, Any]:
    names = ("uid", "commitment", "committed_at", "secret", "revealed_at")
    return {name: getattr(kept, name) for name in names} | {"organisation": kept.organisation.slug}


def line_out(told: queries.Told) -> dict[str, Any]:
    names = ("rank", "place", "ranked", "why", "group")
    cut = told.line["cut_off"]
    return {name: told.line[name] for name in names} | {
        "seat": told.seat.uid,
        "priority": told.line["class"],
        "cut_off_class": cut and cut["class"],
        "by_lottery": bool(cut and cut["by_lottery"]),
    }


@router.get(
    "/placement-rounds/{uuid:uid}/ranking", response={200: RankingOut, **ERRORS}, summary="Your own ranking"
)
def get_ranking(request: HttpRequest, uid: UUID) -> Any:
    person = signed_in(request)
    return ranking_out(access.access_own_entry(person, access.access_round(person, uid)))


@router.put(
    "/placement-rounds/{uuid:uid}/ranking",
    auth=SUBMIT,
    response={200: RankingOut, **ERRORS},
    summary="Save your ranking",
)
def put_ranking(request: HttpRequest, uid: UUID, body: RankingIn) -> Any:
    person = people.signed_in(request)
    found = access.access_round(person, uid)
    given = {one.seat: one.rank for one in body.ranking}
    seats = {seat.uid: seat for seat in queries.named(found, given)}
    ranks = {_known(seats, uid): rank for uid, rank in given.items()}
    organisation = people.access_organisation(person, body.organisation) if body.organisation else None
    entry = ranking.save(found, by=person, ranks=ranks, organisation=organisation, words=body.words)
    return ranking_out(entry)


def _known(seats: dict[UUID, RoundSeat], uid: UUID) -> RoundSeat:
    if uid not in seats:
        raise Hidden(uid)
    return seats[uid]


@router.delete(
    "/placement-rounds/{uuid:uid}/ranking",
    auth=SUBMIT,
    response={204: None, **ERRORS},
    summary="Take no part",
)
def delete_ranking(request: HttpRequest, uid: UUID) -> Any:
    person = people.signed_in(request)
    ranking.leave(access.access_round(person, uid), by=person)
    return Status(204, None)


@router.get(
    "/placement-rounds/{uuid:uid}/my-result",
    response={200: MyPlacementOut, **ERRORS},
    summary="Your own result",
)
def get_my_placement(request: HttpRequest, uid: UUID) -> Any:
    """Where you stood, what the cut-off was, and why; of others nothing. 404 before it is decided."""
    person = signed_in(request)
    found = access.access_round(person, uid)
    entry = access.access_own_entry(person, found)
    if found.state != "decided":
        raise Hidden(uid)
    outcome = queries.outcome(entry)
    lines = [line_out(told) for told in outcome.lines]
    return {"seat": outcome.seat and outcome.seat.uid, "reason": outcome.reason, "lines": lines}


@router.get(
    "/placement-rounds/{uuid:uid}/seats/{uuid:seat}/classes",
    response={200: PageOut[ClassedOut], **ERRORS},
    summary="Who ranks a seat, by pseudonym, for who offers it",
)
def list_classes(request: HttpRequest, uid: UUID, seat: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    found = access.access_classed_seat(signed_in(request), uid, seat)
    return page_out(request, queries.choices_of(found), classed_out)


@router.post(
    "/placement-rounds/{uuid:uid}/seats/{uuid:seat}/classes",
    auth=SUBMIT,
    response={200: ClassesOut, **ERRORS},
    summary="Give classes, or see what they would change",
)
def post_classes(request: HttpRequest, uid: UUID, seat: UUID, body: ClassesIn) -> Any:
    person = people.signed_in(request)
    found = access.access_classed_seat(person, uid, seat)
    planned = classing.plan(found, body.classes)
    if not body.is_dry:
        classing.give(found, by=person, classes=body.classes)
    return {"changed": planned.changed, "refused": planned.refused, "same": planned.same}


@router.get(
    "/placement-rounds/{uuid:uid}/secrets",
    response={200: PageOut[KeptSecretOut], **ERRORS},
    summary="Who keeps a secret of the lottery",
)
def list_secrets(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.kept(access.access_round(person_of(request), uid)), kept_out)


@router.post(
    "/placement-rounds/{uuid:uid}/secrets",
    auth=SUBMIT,
    response={201: KeptSecretOut, **ERRORS},
    summary="Name an organisation that keeps a secret",
)
def post_keeper(request: HttpRequest, uid: UUID, body: KeeperIn) -> Any:
    person = people.signed_in(request)
    found = access.access_managed(person, uid)
    organisation = people.access_organisation(person, body.organisation)
    return Status(201, kept_out(preparing.name_keeper(found, by=person, organisation=organisation)))


@router.delete(
    "/placement-rounds/{uuid:uid}/secrets/{uuid:kept}",
    auth=SUBMIT,
    response={204: None, **ERRORS},
    summary="Name an organisation no longer",
)
def delete_keeper(request: HttpRequest, uid: UUID, kept: UUID) -> Any:
    person = people.signed_in(request)
    preparing.drop_keeper(access.access_kept(access.access_managed(person, uid), kept), by=person)
    return Status(204, None)


@router.post(
    "/placement-rounds/{uuid:uid}/secrets/{uuid:kept}/commitment",
    auth=SUBMIT,
    response={200: KeptSecretOut, **ERRORS},
    summary="Commit to a secret by its hash",
)
def post_commitment(request: HttpRequest, uid: UUID, kept: UUID, body: SecretCommitmentIn) -> Any:
    person = people.signed_in(request)
    found = access.access_kept(access.access_round(person, uid), kept)
    return kept_out(committing.commit(found, by=person, commitment=body.commitment))


@router.post(
    "/placement-rounds/{uuid:uid}/secrets/{uuid:kept}/reveal",
    auth=SUBMIT,
    response={200: KeptSecretOut, **ERRORS},
    summary="Reveal a secret",
)
def post_reveal(request: HttpRequest, uid: UUID, kept: UUID, body: RevealIn) -> Any:
    person = people.signed_in(request)
    found = access.access_kept(access.access_round(person, uid), kept)
    return kept_out(committing.reveal(found, by=person, secret=body.secret))


@router.get(
    "/placement-rounds/{uuid:uid}/decisions",
    response={200: PageOut[PlacementResultOut], **ERRORS},
    summary="Everybody's place by pseudonym, for who runs the round",
)
def list_places(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    found = access.access_managed(signed_in(request), uid)
    return page_out(request, queries.decisions(found), place_out)


def place_out(entry: RoundEntry) -> dict[str, Any]:
    decision = getattr(entry, "decision", None)
    told = queries.told_of(entry)
    return {
        "uid": entry.uid,
        "pseudonym": entry.pseudonym,
        "institution": entry.institution,
        "told": told and told.uid,
        "is_decided": decision is not None,
        "given": decision.seat.uid if decision and decision.seat else None,
        "reason": decision.reason if decision else "",
    }


@router.post(
    "/placement-rounds/{uuid:uid}/entries/{uuid:entry}",
    auth=SUBMIT,
    response={200: PlacementResultOut, **ERRORS},
    summary="Change one place, with a reason",
)
def post_place(request: HttpRequest, uid: UUID, entry: UUID, body: PlaceIn) -> Any:
    person = people.signed_in(request)
    found = access.access_managed(person, uid)
    row = access.access_entry(found, entry)
    deciding.override(row, by=person, seat=named_seat(found, body.seat), reason=body.reason)
    return place_out(queries.decisions(found).get(pk=row.pk))


def named_seat(found: PlacementRound, uid: UUID | None) -> RoundSeat | None:
    """The seat of this uid in the round, or none. Raises Hidden for what is none of it."""
    if uid is None:
        return None
    seat = queries.named(found, [uid]).first()
    if seat is None:
        raise Hidden(uid)
    return seat
