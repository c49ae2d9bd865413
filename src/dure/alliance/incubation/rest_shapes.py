"""What REST of the incubation takes and answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from dure.foundation.rest import OfferOut, Text

Title = Annotated[Text, Field(max_length=160)]
Line = Annotated[Text, Field(max_length=300)]
Words = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=8000)]
Address = Annotated[Text, Field(max_length=254)]


class IncubationBatchIn(Schema):
    """A batch; `rubric` has in each line the words in Korean, in English and the most points, with bars between."""

    title_ko: Title = ""
    title_en: Title = ""
    call_ko: Long = ""
    call_en: Long = ""
    apply_until: date
    starts_on: date
    demo_on: date
    ends_on: date
    seats: Annotated[int, Field(ge=1, le=200)]
    rubric: Annotated[Text, Field(max_length=4000)] = ""


class IncubationBatchOut(Schema):
    """A batch with how many startups it took in."""

    uid: UUID
    state: str
    title_ko: str
    title_en: str
    apply_until: date
    starts_on: date
    demo_on: date
    ends_on: date
    seats: int
    taken: int


class IncubationBatchDetail(IncubationBatchOut):
    """With its call, its rubric, and what the caller may do now."""

    call_ko: str
    call_en: str
    rubric: str
    reason: str
    actions: list[OfferOut]


class IncubationActIn(Schema):
    """One of `actions` with what it needs: a `reason`, `until`, `outcome` with `words`, a `log`."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""
    until: date | None = None
    outcome: Literal["", "poc", "investment", "end"] = ""
    words: Words = ""
    log: Annotated[Text, Field(max_length=4000)] = ""


class IncubationPersonIn(Schema):
    """Somebody by the mail address of their account."""

    address: Address


class IncubationPersonOut(Schema):
    """A juror or a mentor."""

    uid: UUID
    name_ko: str
    name_en: str


class StartupApplicationIn(Schema):
    """What a founder says of the startup; fields and stage are those of the scouting list."""

    name_ko: Title = ""
    name_en: Title = ""
    line_ko: Line = ""
    line_en: Line = ""
    country: Annotated[Text, Field(max_length=2)] = "KR"
    fields: Annotated[list[Annotated[Text, Field(max_length=16)]], Field(max_length=20)]
    stage: Annotated[Text, Field(max_length=12)]
    site: Line = ""
    pitch: Long
    wants: Words = ""


class StartupOut(Schema):
    """A startup of a batch of which the caller may know."""

    uid: UUID
    batch: UUID
    state: str
    name_ko: str
    name_en: str
    line_ko: str
    line_en: str
    country: str
    fields: list[str]


class StartupDetail(StartupOut):
    """With its file; what only its own people read is empty for others, `is_inside` says which it is."""

    is_inside: bool
    stage: str
    site: str
    pitch: str
    wants: str
    admitted_on: date | None
    until: date | None
    ended_on: date | None
    outcome: str
    outcome_words: str
    reason: str
    mentors: list[IncubationPersonOut]
    actions: list[OfferOut]


class StartupProvisionIn(Schema):
    """What it gets; `commitment` is one that the caller may read."""

    kind: Literal["space", "equipment", "hours", "money", "other"]
    what: Annotated[Text, Field(min_length=1, max_length=300, pattern=r"\S")]
    commitment: UUID | None = None


class StartupProvisionOut(Schema):
    """What it gets."""

    uid: UUID
    kind: str
    what: str


class PitchScoreIn(Schema):
    """Points on each line of the rubric, in its order; or `near`: the caller is too near to judge."""

    points: Annotated[list[int], Field(max_length=40)] = []
    words: Words = ""
    near: bool = False


class PitchOut(Schema):
    """What jurors gave, out of a hundred: `mean_exact` is a fraction. For a juror, the own points alone."""

    count: int
    near: int
    mean: str
    mean_exact: str
    deviation: str
    low: str
    high: str
    own: list[int]


class StartupCheckpointOut(Schema):
    """A month; `revenue` is text so that it stays exact, and empty where it is not known."""

    number: int
    state: str
    due_on: date
    was_late: bool
    log: str
    logged_at: datetime | None
    revenue: str
    currency: str
    staff: int | None
    customers: int | None
    words: str
    actions: list[OfferOut]


class StartupFiguresIn(Schema):
    """The startup's own figures; what is left out is not known."""

    revenue: Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)] | None = None
    currency: Literal["KRW", "CAD", "USD", "EUR"] = "KRW"
    staff: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    customers: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    words: Words = ""
