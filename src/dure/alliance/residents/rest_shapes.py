"""What REST of joint labs takes and answers."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from dure.alliance.residents import keeping
from dure.foundation.rest import FaultOut, OfferOut, Text

Name = Annotated[Text, Field(max_length=160)]


class JointLabIn(Schema):
    """A joint lab. `host` is the slug of an organisation; `keepers` are mail addresses of accounts."""

    name_ko: Name = ""
    name_en: Name = ""
    address_ko: Annotated[Text, Field(max_length=300)] = ""
    address_en: Annotated[Text, Field(max_length=300)] = ""
    host: Annotated[Text, Field(max_length=60)] | None = None
    keepers: Annotated[list[Annotated[Text, Field(max_length=254)]], Field(max_length=50)] = []


class JointLabOut(Schema):
    """A joint lab with how many work there now."""

    uid: UUID
    name_ko: str
    name_en: str
    address_ko: str
    address_en: str
    host: str | None
    working: int


class OccupancyOut(Schema):
    """How full it is; `hours` are booked hours of its rooms in this week."""

    working: int
    expected: int
    leaving: int
    desks: int
    desks_taken: int
    rooms: int
    hours: float


class JointLabDetail(Schema):
    """All of it."""

    lab: JointLabOut
    occupancy: OccupancyOut


class LabSpaceIn(Schema):
    """A room or a desk."""

    kind: Literal["room", "desk"]
    name: Annotated[Text, Field(max_length=80)]
    capacity: Annotated[int, Field(ge=1, le=keeping.MOST_PLACES)] = 1


class LabSpaceOut(Schema):
    """The same."""

    uid: UUID
    kind: str
    name: str
    capacity: int
    is_closed: bool


class SpaceCloseIn(Schema):
    """Whether nobody books it any more."""

    closed: bool


class ResidentIn(Schema):
    """Somebody of `employer` (a slug) by mail address; `project` and `desk` are uids."""

    address: Annotated[Text, Field(max_length=254)]
    employer: Annotated[Text, Field(max_length=60)]
    since: date
    until: date | None = None
    project: UUID | None = None
    desk: UUID | None = None


class ResidentQuery(Schema):
    """What leaves some of them; without a state those that are not over."""

    q: Annotated[Text, Field(max_length=200)] = ""
    employer: Annotated[Text, Field(max_length=60)] = ""
    state: Annotated[Text, Field(max_length=32)] = ""
    page: int = 1


class ResidentStayIn(Schema):
    """What changes while somebody works there."""

    until: date | None = None
    project: UUID | None = None
    desk: UUID | None = None


class ResidentOut(Schema):
    """A stay; no name where the account is gone."""

    uid: UUID
    state: str
    name_ko: str
    name_en: str
    employer: str
    desk: str
    since: date
    until: date | None


class ChecklistLineOut(Schema):
    """A line of the checklist."""

    kind: str
    label: str
    given_at: datetime | None
    given_by: str
    closed_at: datetime | None
    closed_by: str


class ResidentDetail(ResidentOut):
    """All of it, with what the caller may do now."""

    project: UUID | None
    checklist: list[ChecklistLineOut]
    actions: list[OfferOut]


class ResidentActIn(Schema):
    """One of `actions`."""

    action: Annotated[Text, Field(max_length=40)]


class ResidentAccessIn(Schema):
    """A line of the checklist: done, or taken back."""

    kind: Annotated[Text, Field(max_length=12)]
    given: bool


class ResidentSheetOut(Schema):
    """What a file says, or what was entered of it."""

    new: int
    known: int
    faults: list[FaultOut]


class SpaceBookingIn(Schema):
    """A space (its uid) from a time until another."""

    space: UUID
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    people_count: Annotated[int, Field(ge=1, le=keeping.MOST_PLACES)] = 1
    what: Annotated[Text, Field(max_length=200)] = ""


class SpaceBookingOut(Schema):
    """When a space is taken; `what` and `by` are said to who booked it and who looks after the lab alone."""

    uid: UUID | None
    space: UUID
    starts_at: datetime
    ends_at: datetime
    people_count: int | None
    what: str
    by: str
