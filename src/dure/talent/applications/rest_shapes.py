"""What REST of applications takes and gives."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema
from pydantic import AwareDatetime, Field

from dure.foundation.rest import OfferOut, Text, offers_out
from dure.talent.applications import cards, queries, seats, standing
from dure.talent.models import Appeal, Application, ApplicationMessage, InterviewSlot

Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=4000)]
Written = Annotated[Text, Field(min_length=1, max_length=4000)]
Moment = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]
Shared = list[Literal["skills", "about", "languages", "regions", "availability"]]


class ApplicationIn(Schema):
    """What is handed in. `shared` names the parts of one's profile that the organisation reads."""

    statement: Long = ""
    shared: Shared = []
    is_named: bool = False


class ApplicationSharingIn(Schema):
    """What the organisation reads from now on; a name once given stays."""

    shared: Shared
    is_named: bool = False


class ApplicationOut(Schema):
    """One application as lists show it. `applicant` is a pseudonym unless a name was given; `place_on_list` is 1 for the next."""

    uid: UUID
    opening: UUID
    title_ko: str
    title_en: str
    organisation: str
    applicant: str
    state: str
    applied_at: datetime
    decide_by: datetime


class ApplicationWarningOut(Schema):
    """Words that an organisation may not know; nothing is refused for them."""

    words: str
    message: str
    law: str


class ApplicationMadeOut(ApplicationOut):
    """With what one may want to leave out: withdraw it and hand in another."""

    warnings: list[ApplicationWarningOut]


class CardLineOut(Schema):
    """One thing that is shared."""

    label: str
    words: str


class CardSkillOut(Schema):
    """A skill that the opening asks for: the level needed and the one shown (null: nothing shown)."""

    skill: str
    needed: int
    is_must: bool
    level: int | None


class ApplicationDetail(ApplicationOut):
    """All of it, with what the caller may do."""

    statement: str
    shared: list[str]
    is_named: bool
    reason_code: str
    reason: str
    decided_at: datetime | None
    texts_deleted_at: datetime | None
    place_on_list: int | None
    next: str
    next_by: datetime | None
    answer_by: datetime | None
    lines: list[CardLineOut]
    skills: list[CardSkillOut]
    actions: list[OfferOut]


class ApplicationActIn(Schema):
    """A move of the organisation (`offer`, `waitlist`, `reject`, `take_back` with `code` and `reason`), or of the applicant."""

    action: Annotated[Text, Field(max_length=40)]
    code: Annotated[Text, Field(max_length=32)] = ""
    reason: Words = ""
    answer_by: Moment | None = None


class ApplicationMessageIn(Schema):
    """What one writes to the other side."""

    body: Written


class ApplicationMessageOut(Schema):
    """A message; `is_theirs` where the organisation wrote it."""

    uid: UUID
    is_theirs: bool
    body: str
    at: datetime


class InterviewSlotOut(Schema):
    """A time for an interview; `taken_by` is the uid of the application that has it, for the organisation only."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    taken_by: UUID | None = None


class InterviewChoiceIn(Schema):
    """The uid of a free time."""

    slot: UUID


class AppealIn(Schema):
    """Why it should be decided again."""

    words: Written


class AppealActIn(Schema):
    """`take`, `uphold` or `dismiss` (with a reason), or `withdraw`."""

    action: Literal["take", "uphold", "dismiss", "withdraw"]
    reason: Long = ""


class AppealOut(Schema):
    """An appeal with its answer."""

    uid: UUID
    application: UUID
    state: str
    words: str
    answer: str
    filed_at: datetime
    answer_by: datetime
    decided_at: datetime | None


def application_out(one: Application) -> dict[str, Any]:
    names = ("uid", "state", "applied_at", "decide_by")
    return {name: getattr(one, name) for name in names} | {
        "opening": one.opening.uid,
        "title_ko": one.opening.title_ko,
        "title_en": one.opening.title_en,
        "organisation": one.opening.organisation.slug,
        "applicant": one.shown_name,
    }


def detail_out(request: HttpRequest, one: Application) -> dict[str, Any]:
    names = ("statement", "shared", "reason_code", "reason", "decided_at", "texts_deleted_at")
    offer, card = one.offers.first(), cards.card_of(one)
    coming = standing.next_of(one, queries.slot_of(one), offer)
    return (
        application_out(one)
        | {name: getattr(one, name) for name in names}
        | {
            "is_named": one.named_at is not None,
            "place_on_list": seats.place_on_list(one),
            "next": coming.words if coming else "",
            "next_by": coming.by if coming else None,
            "answer_by": offer.answer_by if offer and offer.state == "made" else None,
            "lines": [{"label": line.label, "words": line.words} for line in card.lines],
            "skills": [_skill(shown) for shown in card.skills],
            "actions": offers_out(request, one),
        }
    )


def _skill(shown: cards.Shown) -> dict[str, Any]:
    return {
        "skill": shown.skill.slug,
        "needed": shown.needed,
        "is_must": shown.is_must,
        "level": shown.level,
    }


def slot_out(slot: InterviewSlot) -> dict[str, Any]:
    names = ("uid", "starts_at", "ends_at", "place", "link")
    return {name: getattr(slot, name) for name in names}


def message_out(message: ApplicationMessage) -> dict[str, Any]:
    return {name: getattr(message, name) for name in ("uid", "is_theirs", "body", "at")}


def appeal_out(appeal: Appeal) -> dict[str, Any]:
    names = ("uid", "state", "words", "answer", "filed_at", "answer_by", "decided_at")
    return {name: getattr(appeal, name) for name in names} | {"application": appeal.application.uid}
