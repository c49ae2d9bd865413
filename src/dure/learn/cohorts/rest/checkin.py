"""REST of the code in the room, and of checking in by it."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from dure.foundation import clock
from dure.foundation.access import demand
from dure.foundation.rest import ERRORS, Text
from dure.learn.cohorts import access, codes, rules_attendance
from dure.learn.cohorts.checking_in import enter_code
from dure.learn.cohorts.rest.attendance import AttendanceRowOut, row_out
from dure.people import api as people

router = Router()
LEARN = people.require_scope("submit")


class CheckInIn(Schema):
    """The six digits of now; `leaving` says that one goes."""

    code: Annotated[Text, Field(max_length=12)]
    leaving: bool = False


class RoomCodeOut(Schema):
    """The code of now, and for how many seconds it stays; it is taken for thirty more."""

    code: str
    seconds_left: int


@router.get(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}/code",
    response={200: RoomCodeOut, **ERRORS},
    summary="The code in the room",
)
def get_code(request: HttpRequest, response: HttpResponse, uid: UUID, session: UUID) -> Any:
    """For who leads the cohort, from 15 minutes before the session until its end."""
    found = access.access_led_session(people.signed_in(request), uid, session)
    demand(rules_attendance.takes_codes(found))
    response["Cache-Control"] = "private, no-store"
    now = clock.now()
    code = codes.code_at(bytes(found.cohort.code_key), found.uid, now)
    return {"code": code, "seconds_left": codes.seconds_left(now)}


@router.post(
    "/cohorts/{uuid:uid}/sessions/{uuid:session}/check-in",
    auth=LEARN,
    response={200: AttendanceRowOut, **ERRORS},
    summary="Check in or out",
)
def check_in(request: HttpRequest, uid: UUID, session: UUID, body: CheckInIn) -> Any:
    person = people.signed_in(request)
    found = access.access_session(person, uid, session)
    return row_out(enter_code(by=person, session=found, code=body.code, leaving=body.leaving))
