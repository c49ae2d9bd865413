"""REST of stays: one's own and those that one has to do with, and everything that is written in them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.engines.faults import Fault, Faulty
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.talent.intakes import access, caring, queries
from dure.talent.models import Stay

router = Router()
WRITE = people.require_scope("submit")
Words = Annotated[Text, Field(max_length=2000)]


class StayOut(Schema):
    """A person's stay: `intake` is a uid, `host` and `sponsor` are slugs of organisations."""

    uid: UUID
    state: str
    intake: UUID
    person: str
    host: str
    sponsor: str
    supervisor: str
    starts_on: date
    ends_on: date


class DutyOut(Schema):
    """Something to be done; `waived_reason` says why it need not be."""

    uid: UUID
    kind: str
    what_ko: str
    what_en: str
    due_on: date
    is_needed: bool
    done_at: datetime | None
    waived_reason: str


class StipendOut(Schema):
    """One payment."""

    uid: UUID
    due_on: date
    amount: int
    currency: str
    paid_on: date | None


class MonthlyReportOut(Schema):
    """One side's word of a month; a call for help only its own side and whoever runs the intake read."""

    uid: UUID
    side: str
    month: date
    did: str
    next_steps: str
    trouble: str
    answer: str
    written_at: datetime


class AcademicCreditOut(Schema):
    """Credit of an institution (its slug)."""

    institution: str
    course: str
    points: Decimal
    given_at: datetime


class StayDetail(StayOut):
    """All of it, and what the caller may do."""

    reason: str
    duties: list[DutyOut]
    stipends: list[StipendOut]
    reports: list[MonthlyReportOut]
    credits: list[AcademicCreditOut]
    return_report: str
    later: str
    actions: list[OfferOut]


class StayActIn(Schema):
    """`leave`, `come_back`, `complete`, or `break_off` with a reason."""

    action: Annotated[Text, Field(max_length=40)]
    reason: Words = ""


class StaySupervisorIn(Schema):
    """The uid of somebody who belongs to the host."""

    person: UUID


class DutyIn(Schema):
    """Something more to do."""

    kind: Literal["visa", "insurance", "housing", "confidentiality", "safety", "other"]
    what_ko: Annotated[Text, Field(min_length=1, max_length=200)]
    what_en: Annotated[Text, Field(min_length=1, max_length=200)]
    due_on: date
    is_needed: bool = True


class DutyActIn(Schema):
    """`tick`, `untick`, or `waive` with a reason."""

    action: Literal["tick", "untick", "waive"]
    reason: Annotated[Text, Field(max_length=300)] = ""


class StipendIn(Schema):
    """A payment to come, in whole units of the currency."""

    due_on: date
    amount: Annotated[int, Field(ge=1, le=10**12)]
    currency: Annotated[Text, Field(pattern="^[A-Z]{3}$")] = "KRW"


class StipendPaidIn(Schema):
    """When it was paid."""

    paid_on: date


class MonthlyReportIn(Schema):
    """One's side of a month (its first day); sent again, it replaces the earlier word."""

    month: date
    did: Annotated[Text, Field(min_length=1, max_length=4000)]
    next_steps: Words = ""
    trouble: Words = ""


class TroubleAnswerIn(Schema):
    """What was done about a call for help."""

    answer: Annotated[Text, Field(min_length=1, max_length=2000)]


class AcademicCreditIn(Schema):
    """Credit that an institution (its slug) gives."""

    institution: Text
    course: Annotated[Text, Field(min_length=1, max_length=200)]
    points: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)]


class ReturnReportIn(Schema):
    """The word after the return."""

    text: Annotated[Text, Field(min_length=1, max_length=8000)]


class StayLaterIn(Schema):
    """Where you are a year later."""

    later: Literal["host", "member", "elsewhere", "studying", "founding", "looking"]


def stay_out(stay: Stay) -> dict[str, Any]:
    return {name: getattr(stay, name) for name in ("uid", "state", "starts_on", "ends_on")} | {
        "intake": stay.intake.uid,
        "person": stay.person.name,
        "host": stay.host.opening.organisation.slug,
        "sponsor": stay.sponsor.organisation.slug if stay.sponsor else "",
        "supervisor": stay.supervisor.name if stay.supervisor else "",
    }


def _all_of(schema: type[Schema], rows: Any) -> list[dict[str, Any]]:
    names = schema.model_fields
    return [{name: getattr(row, name) for name in names} for row in rows]


def detail_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    stay = access.access_stay(person, uid)
    given = stay.credits.select_related("institution")
    return stay_out(stay) | {
        "reason": stay.reason,
        "duties": _all_of(DutyOut, stay.duties.all()),
        "stipends": _all_of(StipendOut, stay.stipends.all()),
        "reports": _all_of(MonthlyReportOut, queries.reports(person, stay)),
        "credits": [
            {"institution": one.institution.slug, "course": one.course}
            | {"points": one.points, "given_at": one.given_at}
            for one in given
        ],
        "return_report": stay.return_report,
        "later": stay.later,
        "actions": offers_out(request, stay),
    }


OUT = {200: StayDetail, **ERRORS}


@router.get("/me/stays", response={200: PageOut[StayOut], **ERRORS}, summary="Your stays")
def my_stays(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Your own, and those of people whom you supervise."""
    rows = queries.mine(signed_in(request)).select_related(*access.WITH)
    return page_out(request, rows, stay_out)


@router.get(
    "/intakes/{uuid:uid}/stays", response={200: PageOut[StayOut], **ERRORS}, summary="Stays of an intake"
)
def intake_stays(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """Those that you may see."""
    person = signed_in(request)
    rows = queries.stays(person, access.access_intake(person, uid)).select_related(*access.WITH)
    return page_out(request, rows, stay_out)


@router.get("/stays/{uuid:uid}", response=OUT, summary="A stay")
def get_stay(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, uid)


@router.post("/stays/{uuid:uid}/actions", auth=WRITE, response=OUT, summary="Move a stay")
def act_on_stay(request: HttpRequest, uid: UUID, body: StayActIn) -> Any:
    person = signed_in(request)
    caring.act(access.access_stay(person, uid), body.action, by=person, data={"reason": body.reason})
    return detail_out(request, uid)


@router.put("/stays/{uuid:uid}/supervisor", auth=WRITE, response=OUT, summary="Name the supervisor")
def put_supervisor(request: HttpRequest, uid: UUID, body: StaySupervisorIn) -> Any:
    person = signed_in(request)
    stay = access.access_cared(person, uid)
    named = people.Person.objects.filter(uid=body.person, is_active=True).first()
    if named is None:
        raise Faulty([Fault("stay_supervisor_elsewhere", place="person")])
    caring.name_supervisor(stay, by=person, supervisor=named)
    return detail_out(request, uid)


@router.post("/stays/{uuid:uid}/duties", auth=WRITE, response=OUT, summary="Put something on the list")
def post_duty(request: HttpRequest, uid: UUID, body: DutyIn) -> Any:
    person = signed_in(request)
    caring.add_duty(access.access_stay(person, uid), by=person, given=body.dict())
    return detail_out(request, uid)


@router.post("/stays/{uuid:uid}/duties/{uuid:duty}", auth=WRITE, response=OUT, summary="Tick or waive")
def act_on_duty(request: HttpRequest, uid: UUID, duty: UUID, body: DutyActIn) -> Any:
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    found = access.access_part(stay, "duties", duty)
    if body.action == "waive":
        caring.waive(stay, found, by=person, reason=body.reason)
    else:
        caring.tick(stay, found, by=person, is_done=body.action == "tick")
    return detail_out(request, uid)


@router.post("/stays/{uuid:uid}/stipends", auth=WRITE, response=OUT, summary="Plan a payment")
def post_stipend(request: HttpRequest, uid: UUID, body: StipendIn) -> Any:
    person = signed_in(request)
    caring.plan_stipend(access.access_stay(person, uid), by=person, **body.dict())
    return detail_out(request, uid)


@router.put(
    "/stays/{uuid:uid}/stipends/{uuid:stipend}", auth=WRITE, response=OUT, summary="Say when it was paid"
)
def put_paid(request: HttpRequest, uid: UUID, stipend: UUID, body: StipendPaidIn) -> Any:
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    caring.note_paid(stay, access.access_part(stay, "stipends", stipend), by=person, paid_on=body.paid_on)
    return detail_out(request, uid)


@router.put("/stays/{uuid:uid}/reports", auth=WRITE, response=OUT, summary="Report a month")
def put_report(request: HttpRequest, uid: UUID, body: MonthlyReportIn) -> Any:
    """As the participant, or for the host."""
    person = signed_in(request)
    given = body.dict()
    caring.report(access.access_stay(person, uid), by=person, month=given.pop("month"), given=given)
    return detail_out(request, uid)


@router.put(
    "/stays/{uuid:uid}/reports/{uuid:report}/answer",
    auth=WRITE,
    response=OUT,
    summary="Answer a call for help",
)
def put_answer(request: HttpRequest, uid: UUID, report: UUID, body: TroubleAnswerIn) -> Any:
    person = signed_in(request)
    stay = access.access_stay(person, uid)
    caring.answer_trouble(stay, access.access_part(stay, "reports", report), by=person, answer=body.answer)
    return detail_out(request, uid)


@router.post("/stays/{uuid:uid}/credits", auth=WRITE, response=OUT, summary="Give credit")
def post_credit(request: HttpRequest, uid: UUID, body: AcademicCreditIn) -> Any:
    person = signed_in(request)
    given = body.dict()
    institution = people.access_organisation(person, given.pop("institution"))
    caring.give_credit(access.access_stay(person, uid), by=person, institution=institution, **given)
    return detail_out(request, uid)


@router.put("/stays/{uuid:uid}/return-report", auth=WRITE, response=OUT, summary="Write the return report")
def put_return(request: HttpRequest, uid: UUID, body: ReturnReportIn) -> Any:
    person = signed_in(request)
    caring.report_return(access.access_stay(person, uid), by=person, text=body.text)
    return detail_out(request, uid)


@router.put("/stays/{uuid:uid}/later", auth=WRITE, response=OUT, summary="Say where you are a year later")
def put_later(request: HttpRequest, uid: UUID, body: StayLaterIn) -> Any:
    person = signed_in(request)
    caring.say_later(access.access_stay(person, uid), by=person, later=body.later)
    return detail_out(request, uid)
