"""REST of audits: the list, one report, having one made, and its files."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dure.engines import fairness
from dure.foundation.pages import person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.talent.audits import access, asking, pages, queries, record
from dure.talent.models import AuditReport

router = Router()


class AuditReportOut(Schema):
    """A report. `about` is the uid of the opening or placement round, `sha256` the hash of its record."""

    uid: UUID
    kind: str
    about: UUID
    title_ko: str
    title_en: str
    organisation: str
    made_at: datetime
    is_automatic: bool
    people: int
    selected: int
    verdict: str
    sha256: str


class AuditEstimateOut(Schema):
    """A figure with the bounds of its 95 % interval; null where it is none or endless."""

    value: float | None
    low: float | None
    high: float | None


class AuditCellOut(Schema):
    """One group: an answer for each attribute of its table. A hidden one has null for every figure."""

    groups: list[str]
    n: int | None
    selected: int | None
    rate: AuditEstimateOut | None
    ratio: AuditEstimateOut | None
    minor: bool
    adjusted_p: float | None
    verdict: str | None


class AuditTableOut(Schema):
    """One attribute, or two together. `needed` is how many people with a known answer it would take; null: not known."""

    attributes: list[str]
    n: int
    selected: int
    unknown: int
    verdict: str
    needed: int | None
    cells: list[AuditCellOut]


class AuditCalibrationOut(Schema):
    """What was to be expected of a group, as everybody with such predictions fared, and what happened; null where hidden."""

    attribute: str
    group: str
    n: int | None
    expected: float | None
    observed: AuditEstimateOut | None
    verdict: str


class AuditReportDetail(AuditReportOut):
    """What was found; exposure stands in the record. `unpredicted` people had no prediction; null: nobody counted them yet."""

    minimum: int
    tables: list[AuditTableOut]
    unpredicted: int | None
    calibrations: list[AuditCalibrationOut]


class AuditAskIn(Schema):
    """What is to be audited."""

    kind: Literal["opening", "placement_round"]
    about: UUID


def report_out(found: AuditReport) -> dict[str, Any]:
    names = [name for name in AuditReportOut.model_fields if name != "organisation"]
    return {name: getattr(found, name) for name in names} | {"organisation": found.organisation.slug}


def estimate_out(one: fairness.Estimate | None) -> dict[str, Any] | None:
    if one is None:
        return None
    finite = {name: getattr(one, name) for name in ("value", "low", "high")}
    return {name: value if abs(value) < float("inf") else None for name, value in finite.items()}


def cell_out(cell: fairness.Cell) -> dict[str, Any]:
    found = cell.finding
    return {
        "groups": list(cell.groups),
        "n": cell.n,
        "selected": cell.selected,
        "rate": estimate_out(cell.rate),
        "ratio": estimate_out(cell.ratio),
        "minor": cell.minor,
        "adjusted_p": found.adjusted if found else None,
        "verdict": found.verdict if found else None,
    }


def table_out(table: fairness.Table, needed: int | None) -> dict[str, Any]:
    names = ("n", "selected", "unknown", "verdict")
    return {name: getattr(table, name) for name in names} | {
        "attributes": list(table.attributes),
        "needed": needed,
        "cells": [cell_out(cell) for cell in table.cells],
    }


def calibration_out(one: fairness.Calibration) -> dict[str, Any]:
    return {
        "attribute": one.attribute,
        "group": one.group,
        "n": one.overall.n,
        "expected": one.overall.predicted,
        "observed": estimate_out(one.overall.observed),
        "verdict": one.verdict,
    }


@router.get("/audits", response={200: PageOut[AuditReportOut], **ERRORS}, summary="Reports of audits")
def list_audits(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    """All for auditors and the secretariat; none for others."""
    return page_out(request, queries.listed(signed_in(request)), report_out)


@router.get("/audits/{uuid:uid}", response={200: AuditReportDetail, **ERRORS}, summary="One report")
def get_audit(request: HttpRequest, uid: UUID) -> Any:
    found = access.access_report(person_of(request), uid)
    kept = record.read(bytes(found.record))
    tables = [table_out(one, kept.needed.get(",".join(one.attributes))) for one in kept.report.tables]
    return report_out(found) | {
        "minimum": kept.report.minimum,
        "tables": tables,
        "unpredicted": kept.predictions.unknown if kept.predictions else None,
        "calibrations": [calibration_out(one) for one in kept.report.calibrations],
    }


@router.post(
    "/audits",
    auth=people.require_scope("submit"),
    response={202: None, **ERRORS},
    summary="Have a report made",
)
def ask_for_audit(request: HttpRequest, body: AuditAskIn) -> Any:
    """It is made in the background; a notice says when it is there, or that too little changed since the last one."""
    asking.ask(body.kind, body.about, by=people.signed_in(request))
    return Status(202, None)


@router.get("/audits/{uuid:uid}/csv", response={200: None, **ERRORS}, summary="Its tables as CSV")
def get_audit_csv(request: HttpRequest, uid: UUID) -> Any:
    """In the language of `?language=ko` or `en`, else the caller's."""
    return pages.report_csv(request, uid)


@router.get("/audits/{uuid:uid}/pdf", response={200: None, **ERRORS}, summary="The report as PDF")
def get_audit_pdf(request: HttpRequest, uid: UUID) -> Any:
    """In the language of `?language=ko` or `en`, else the caller's."""
    return pages.report_pdf(request, uid)


@router.get("/audits/{uuid:uid}/record", response={200: None, **ERRORS}, summary="Its record, byte for byte")
def get_audit_record(request: HttpRequest, uid: UUID) -> Any:
    """The file whose SHA-256 is `sha256`."""
    return pages.report_record(request, uid)
