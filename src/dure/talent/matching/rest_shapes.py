"""What REST says of suggestions, candidates and invitations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from dure.foundation.rest import OfferOut, Text, offers_out
from dure.talent.matching import suggesting, words
from dure.talent.matching.candidates import Candidate
from dure.talent.models import ApplyInvitation, Evidence


class MatchFactOut(Schema):
    """A fact of the caller's own behind a term."""

    title: str
    url: str


class MatchTermOut(Schema):
    """A term of the score: the skill and level that is asked for, and the probability that it is there."""

    skill: str
    level: int
    is_must: bool
    probability: float
    facts: list[MatchFactOut]


class MatchMissingOut(Schema):
    """A needed level that is less likely there than not, and open courses that reach it."""

    skill: str
    level: int
    courses: list[str]


class MatchChangeOut(Schema):
    """The smallest single fact that would put this opening above the one before it."""

    skill: str
    level: int
    kind: str
    above: UUID


class MatchOut(Schema):
    """`score` orders and is no probability: the product of the needed terms, times one plus the welcome ones by their weight."""

    opening: UUID
    title: str
    organisation: str
    deadline: datetime
    score: float
    terms: list[MatchTermOut]
    missing: list[MatchMissingOut]
    change: MatchChangeOut | None


class MatchesOut(Schema):
    """`left_out` counts, by the wish that alone keeps them away, openings that are not shown."""

    is_ready: bool
    items: list[MatchOut]
    left_out: dict[str, int]


class CandidateReasonOut(Schema):
    """What is asked of a skill, and the level shown in words; empty where none is."""

    skill: str
    level: int
    is_must: bool
    shown: str


class CandidateLineOut(Schema):
    label: str
    words: str


class CandidateOut(Schema):
    """Somebody without a name; `candidate` stands for them in this opening alone."""

    candidate: str
    pseudonym: str
    reasons: list[CandidateReasonOut]
    lines: list[CandidateLineOut]
    is_invited: bool


class CandidateIn(Schema):
    candidate: Text = Field(max_length=24)


class CandidateOrderIn(Schema):
    """`hand` needs a reason; `program` lets the score order again."""

    by_hand: bool
    reason: Text = Field("", max_length=2000)


class CandidateOrderOut(Schema):
    by_hand: bool
    reason: str


class ApplyInvitationOut(Schema):
    uid: UUID
    state: str
    opening: UUID
    title: str
    organisation: str
    sent_at: datetime
    actions: list[OfferOut]


class ApplyInvitationActIn(Schema):
    action: Text = Field(max_length=20)


def matches_out(matches: suggesting.Matches) -> dict[str, Any]:
    return {
        "is_ready": suggesting.is_ready(matches.profile),
        "items": [_match(one) for one in matches.found],
        "left_out": matches.left_out,
    }


def _match(one: suggesting.Match) -> dict[str, Any]:
    return {
        "opening": one.opening.uid,
        "title": one.opening.title,
        "organisation": one.opening.organisation.slug,
        "deadline": one.opening.deadline,
        "score": one.score,
        "terms": [_term(term) for term in one.terms],
        "missing": [_missing(it) for it in one.missing],
        "change": _change(one.change) if one.change else None,
    }


def _term(term: suggesting.Term) -> dict[str, Any]:
    return {
        "skill": term.skill.slug,
        "level": term.level,
        "is_must": term.is_must,
        "probability": term.probability,
        "facts": [_fact(one) for one in term.facts],
    }


def _fact(fact: Evidence) -> Mapping[str, str]:
    return {"title": fact.title, "url": fact.url}


def _missing(one: suggesting.Missing) -> dict[str, Any]:
    return {"skill": one.skill.slug, "level": one.level, "courses": [course.slug for course in one.courses]}


def _change(one: suggesting.Change) -> dict[str, Any]:
    return {"skill": one.skill.slug, "level": one.level, "kind": one.kind, "above": one.above.uid}


def candidate_out(one: Candidate) -> dict[str, Any]:
    return {
        "candidate": one.key,
        "pseudonym": one.card.pseudonym,
        "reasons": [
            {
                "skill": reason.skill.slug,
                "level": reason.asked,
                "is_must": reason.is_must,
                "shown": words.level(reason.shown),
            }
            for reason in one.reasons
        ],
        "lines": [{"label": line.label, "words": line.words} for line in one.card.lines],
        "is_invited": one.is_invited,
    }


def invitation_out(request: HttpRequest, one: ApplyInvitation) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "state": one.state,
        "opening": one.opening.uid,
        "title": one.opening.title,
        "organisation": one.opening.organisation.slug,
        "sent_at": one.sent_at,
        "actions": offers_out(request, one),
    }
