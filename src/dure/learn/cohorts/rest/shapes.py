"""Shapes of cohorts over REST."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from dure.foundation.rest import OfferOut, Text

Word = Annotated[Text, Field(max_length=160)]
Small = Annotated[int, Field(ge=-32_768, le=32_767)]


class CohortsAskedIn(Schema):
    """`language` and `term` narrow the list; `mine` leaves one's own, also those that are over."""

    language: Text = ""
    term: Text = ""
    mine: bool = False


class CohortOut(Schema):
    """A cohort in a list. `seats_free` counts reserved ones too."""

    uid: UUID
    course: str
    programme: str
    state: str
    name_ko: str
    name_en: str
    term: str
    language: str
    admission: str
    starts_on: date
    ends_on: date
    apply_until: date
    attendance_asked: int
    seats_free: int


class OwnPlaceOut(Schema):
    """Your place: `applied`, `waiting` (as which of those who wait), `in`, `finished`, `withdrawn`, `declined` or `removed`."""

    uid: UUID
    state: str
    organisation: str
    motive: str
    waiting_number: int | None
    applied_at: datetime
    decided_at: datetime | None


class SyllabusChangeOut(Schema):
    """Another version of the course took the place of the announced one."""

    before: int
    after: int
    at: datetime


class CohortDetailOut(CohortOut):
    """With its syllabus (a version of the course), seats, coaches, your place, and for those who lead what may be done."""

    version: int
    digest: str
    hours: int
    sessions: int
    seats: int
    seats_for_you: int
    waiting: int
    coaches: list[str]
    takes_people: bool
    changes: list[SyllabusChangeOut]
    place: OwnPlaceOut | None
    actions: list[OfferOut]


class CohortIn(Schema):
    """All that is set of a cohort. `version` is a number, `programme` an address, `coaches` are e-mail addresses or uids."""

    name_ko: Word = ""
    name_en: Word = ""
    term: Annotated[Text, Field(max_length=20)] = ""
    programme: Word = ""
    version: int
    language: Literal["ko", "en"] = "ko"
    admission: Literal["open", "selected"] = "open"
    starts_on: date
    ends_on: date
    apply_until: date
    attendance_asked: Small = 80
    coaches: Annotated[list[Text], Field(max_length=50)]


class CohortNewIn(CohortIn):
    """With the first seats: `sponsor` (else whoever gives the course) and `reserved_for` are addresses of organisations."""

    seats: Small = 0
    sponsor: Word = ""
    reserved_for: Word = ""


class CohortActIn(Schema):
    """`open`, `begin`, `end`, or `call_off` with a reason that everybody in it reads."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=1000)] = ""


class CohortApplyIn(Schema):
    """For which organisation of yours you come (its address; empty: for yourself), and why where a coach decides."""

    organisation: Word = ""
    motive: Annotated[Text, Field(max_length=2000)] = ""


class SeatBlockOut(Schema):
    """Seats that an organisation gives; `reserved_for` is empty where anybody may have them. `free` are those nobody has."""

    uid: UUID
    sponsor: str
    reserved_for: str
    seats: int
    returned: int
    taken: int
    free: int
    given_at: datetime


class SeatsIn(Schema):
    """Addresses of organisations: who gives them, and for whose people (empty: anybody's)."""

    sponsor: Word
    seats: Small
    reserved_for: Word = ""


class SeatsReturnIn(Schema):
    """How many of the seats that nobody has come back."""

    count: Small


class CohortPersonOut(Schema):
    """Somebody in a cohort. `done` is the percentage of the course; `motive` is empty for the auditor."""

    uid: UUID
    name: str
    organisation: str
    state: str
    done: float | None
    motive: str
    applied_at: datetime
    decided_at: datetime | None


class PlaceActIn(Schema):
    """`accept`, `queue`, or with a reason that the person reads `decline` and `remove`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Annotated[Text, Field(max_length=1000)] = ""


class SponsoredPersonOut(Schema):
    """One of the organisation's own people: how far, and how many minutes of teaching they attended."""

    name: str
    state: str
    done: float
    minutes: int
    last_at: datetime | None


class AnnouncementOut(Schema):
    """What a coach told everybody in the cohort."""

    uid: UUID
    author: str
    title: str
    body: str
    created_at: datetime


class AnnouncementIn(Schema):
    """Markdown in `body`."""

    title: Word
    body: Annotated[Text, Field(max_length=8000)]


class ProgrammeOut(Schema):
    """What an organisation gives in terms."""

    slug: str
    organisation: str
    name_ko: str
    name_en: str
    summary_ko: str
    summary_en: str
    hours: int


class ProgrammeIn(Schema):
    """Its words and hours."""

    name_ko: Word = ""
    name_en: Word = ""
    summary_ko: Annotated[Text, Field(max_length=600)] = ""
    summary_en: Annotated[Text, Field(max_length=600)] = ""
    hours: Small = 0


class ProgrammeNewIn(ProgrammeIn):
    """With its address, and the address of the organisation that gives it."""

    slug: Annotated[Text, Field(max_length=60)]
    organisation: Word
