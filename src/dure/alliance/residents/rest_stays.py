"""REST of who works in a joint lab."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from dure.alliance.models import JointLab, Resident
from dure.alliance.residents import access, checklist, forms, importing, keeping, queries
from dure.alliance.residents.rest_shapes import (
    ResidentAccessIn,
    ResidentActIn,
    ResidentDetail,
    ResidentIn,
    ResidentOut,
    ResidentQuery,
    ResidentSheetOut,
    ResidentStayIn,
)
from dure.foundation import faults
from dure.foundation.access import Hidden
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, offers_out, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")


def resident_out(one: Resident) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("uid", "state", "since", "until")} | {
        "name_ko": one.person.name_ko if one.person else "",
        "name_en": one.person.name_en if one.person else "",
        "employer": one.employer.slug,
        "desk": one.desk.name if one.desk else "",
    }


def stay_out(request: HttpRequest, lab: JointLab, uid: UUID) -> dict[str, Any]:
    person = person_of(request)
    one = access.access_resident(person, lab, uid)
    reads = one.project and forms.projects_for(person).filter(pk=one.project_id).exists()
    return resident_out(one) | {
        "project": one.project.uid if one.project and reads else None,
        "checklist": [_line(line, one.given.get(line.key)) for line in checklist.LINES],
        "actions": offers_out(request, one),
    }


def _line(line: Any, done: Any) -> dict[str, Any]:
    return {
        "kind": line.key,
        "label": str(line.label),
        "given_at": done.given_at if done else None,
        "given_by": done.given_by.name if done and done.given_by else "",
        "closed_at": done.closed_at if done else None,
        "closed_by": done.closed_by.name if done and done.closed_by else "",
    }


def _stay_given(person: Any, lab: JointLab, given: dict[str, Any]) -> dict[str, Any]:
    """The rows that a stay names. Raises Hidden for a project that the caller does not know."""
    project, desk = given["project"], given["desk"]
    found = forms.projects_for(person).filter(uid=project).first() if project else None
    if project and found is None:
        raise Hidden(project)
    return {**given, "project": found, "desk": access.access_space(lab, desk) if desk else None}


@router.get(
    "/joint-labs/{uuid:uid}/residents",
    auth=HOST,
    response={200: PageOut[ResidentOut], **ERRORS},
    summary="Who works in a joint lab",
)
def get_residents(request: HttpRequest, uid: UUID, asked: Query[ResidentQuery]) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    rows = queries.residents(person, lab, q=asked.q, employer=asked.employer, state=asked.state)
    return page_out(request, rows, resident_out)


@router.post(
    "/joint-labs/{uuid:uid}/residents",
    auth=HOST,
    response={201: ResidentDetail, **ERRORS},
    summary="Enter somebody who comes to work in a joint lab",
)
def post_resident(request: HttpRequest, uid: UUID, body: ResidentIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    given = _stay_given(person, lab, body.dict())
    given["employer"] = people.access_organisation(person, body.employer)
    made = keeping.expect(lab, by=person, given=given)
    return Status(201, stay_out(request, lab, made.uid))


@router.post(
    "/joint-labs/{uuid:uid}/residents/sheet",
    auth=HOST,
    response={200: ResidentSheetOut, **ERRORS},
    summary="Look at residents in a spreadsheet, or enter them",
)
def post_resident_sheet(
    request: HttpRequest,
    uid: UUID,
    file: File[UploadedFile],
    is_real: Form[bool] = False,  # noqa: FBT002 - a field of the form
) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    if is_real:
        return {"new": importing.enter(lab, by=person, stream=file.chunks()), "known": 0, "faults": []}
    seen = importing.look(lab, by=person, stream=file.chunks())
    return {"new": len(seen.new), "known": seen.known, "faults": faults.as_json(seen.faults)}


@router.get(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Somebody's stay in a joint lab",
)
def get_resident(request: HttpRequest, uid: UUID, resident: UUID) -> Any:
    return stay_out(request, access.access_lab(signed_in(request), uid), resident)


@router.put(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Change project, desk or last day of a stay",
)
def put_resident(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentStayIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    one = access.access_resident(person, lab, resident)
    keeping.change_stay(one, by=person, given=_stay_given(person, lab, body.dict()))
    return stay_out(request, lab, resident)


@router.post(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}/actions",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Move a stay",
)
def act_on_resident(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentActIn) -> Any:
    person = signed_in(request)
    lab = access.access_lab(person, uid)
    keeping.act(access.access_resident(person, lab, resident), body.action, by=person)
    return stay_out(request, lab, resident)


@router.post(
    "/joint-labs/{uuid:uid}/residents/{uuid:resident}/access",
    auth=HOST,
    response={200: ResidentDetail, **ERRORS},
    summary="Check off a line of the access checklist, or take it back",
)
def post_resident_access(request: HttpRequest, uid: UUID, resident: UUID, body: ResidentAccessIn) -> Any:
    person = signed_in(request)
    lab = access.access_kept(person, uid)
    one = access.access_resident(person, lab, resident)
    change = keeping.give if body.given else keeping.take_back
    change(one, body.kind, by=person)
    return stay_out(request, lab, resident)
