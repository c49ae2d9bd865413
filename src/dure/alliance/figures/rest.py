"""REST of figures: a year as it stands, the rows behind a figure, publications, sizes and regions of organisations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from dure.alliance.figures import access, counting, listing, noting, pages, publishing, rules
from dure.alliance.models import FiguresPublication
from dure.foundation.access import demand
from dure.foundation.pages import page_of, person_of, signed_in
from dure.foundation.rest import ERRORS, PageOut, Text, page_out
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Form = Literal["xlsx", "hwpx", "pdf"]


class FigureWords(Schema):
    """In Korean and in English."""

    ko: str
    en: str


class FigureAmountOut(Schema):
    """A total of the year and of the one before, as decimal text; `unit` is "" where things are counted."""

    unit: str
    words: FigureWords
    now: str
    before: str


class FigureGroupOut(Schema):
    """A group of a breakdown; `amount` is null where a group of people is too small to be shown."""

    unit: str
    key: str
    words: FigureWords
    amount: str | None


class FigureOut(Schema):
    """A figure with its definition, its totals, and its groups by `region`, `size` and `field`."""

    code: str
    counts_people: bool
    label: FigureWords
    definition: FigureWords
    amounts: list[FigureAmountOut]
    by: dict[str, list[FigureGroupOut]]


class YearFiguresOut(Schema):
    """All figures of a year."""

    year: int
    made_on: date
    is_over: bool
    minimum: int
    lines: list[FigureOut]


class FigureRowOut(Schema):
    """One thing that was counted, as far as the caller may know it; people are never named, and their day is a month's first."""

    day: date
    organisation: str
    field: str
    amount: Decimal
    unit: str
    title: str
    url: str


class FigurePublicationOut(Schema):
    """A publication; `sha256` is that of its content in canonical form."""

    uid: UUID
    year: int
    sha256: str
    note: str
    published_at: datetime


class FigurePublicationDetail(FigurePublicationOut):
    """The same with what was published."""

    content: YearFiguresOut


class FigurePublishIn(Schema):
    """The year; `note` says what a correction changes."""

    year: int
    note: Annotated[Text, Field(max_length=2000)] = ""


class OrganisationFactsIn(Schema):
    """A size (small, middle, large, institution), a region of Korea (as KR-11), or both, for these organisations (slugs)."""

    organisations: Annotated[list[Annotated[Text, Field(max_length=60)]], Field(min_length=1, max_length=200)]
    size: Annotated[Text, Field(max_length=12)] = ""
    region: Annotated[Text, Field(max_length=8)] = ""


class OrganisationFactsOut(Schema):
    """Of how many organisations it was noted."""

    count: int


def publication_out(made: FiguresPublication) -> dict[str, Any]:
    return {name: getattr(made, name) for name in ("uid", "year", "sha256", "note", "published_at")}


@router.get("/figures", auth=HOST, response={200: YearFiguresOut, **ERRORS}, summary="A year in figures")
def get_figures(request: HttpRequest, year: int | None = None) -> Any:
    """As they stand now; for the secretariat, auditors and the funder."""
    demand(rules.may_read(signed_in(request)))
    return counting.of_year(access.year_of(str(year)))


@router.get(
    "/figures/file",
    auth=HOST,
    response={200: None, **ERRORS},
    summary="A year in figures as XLSX, HWPX or PDF",
)
def get_figures_file(
    request: HttpRequest, year: int | None = None, form: Form = "xlsx", language: str = ""
) -> Any:
    """`language` is ko or en, else the caller's."""
    demand(rules.may_read(signed_in(request)))
    content = counting.of_year(access.year_of(str(year)))
    return pages.as_file(content, form, pages.asked_language(language))


@router.get(
    "/figures/rows",
    auth=HOST,
    response={200: PageOut[FigureRowOut], **ERRORS},
    summary="The rows behind a figure",
)
def get_figure_rows(request: HttpRequest, code: str = "", year: int | None = None, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    person, asked = signed_in(request), access.year_of(str(year))
    figure = access.access_figure(person, code)
    if figure is None:
        return page_out(request, listing.firms(asked), lambda one: firm_out(one, asked))
    found = page_of(request, figure.listed(person, asked), per_page=50)
    items = [_row_out(row) for row in listing.shown(person, figure, asked, found.object_list)]
    numbers = {"page": found.number, "pages": found.paginator.num_pages, "count": found.paginator.count}
    return {"items": items, **numbers}


def _row_out(row: listing.Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def firm_out(one: people.Organisation, year: int) -> dict[str, Any]:
    words = {"organisation": one.name, "field": "", "unit": "", "title": one.name}
    return {"day": date(year, 1, 1), "amount": Decimal(1), "url": f"/organisations/{one.slug}", **words}


@router.get(
    "/figures/published",
    auth=None,
    response={200: PageOut[FigurePublicationOut], **ERRORS},
    summary="Published figures",
)
def get_publications(request: HttpRequest, page: int = 1) -> Any:  # noqa: ARG001 - same
    return page_out(request, publishing.published(), publication_out)


@router.post(
    "/figures/published",
    auth=HOST,
    response={201: FigurePublicationDetail, **ERRORS},
    summary="Publish the figures of a year as they stand",
)
def post_publication(request: HttpRequest, body: FigurePublishIn) -> Any:
    made = publishing.publish(access.year_of(str(body.year)), by=signed_in(request), note=body.note)
    return Status(201, publication_out(made) | {"content": made.content})


@router.get(
    "/figures/published/{uuid:uid}",
    auth=None,
    response={200: FigurePublicationDetail, **ERRORS},
    summary="Figures as they were published",
)
def get_publication(request: HttpRequest, uid: UUID) -> Any:  # noqa: ARG001 - for everybody
    made = access.access_publication(uid)
    return publication_out(made) | {"content": made.content}


@router.get(
    "/figures/published/{uuid:uid}/file",
    auth=None,
    response={200: None, **ERRORS},
    summary="Published figures as XLSX, HWPX or PDF",
)
def get_publication_file(request: HttpRequest, uid: UUID, form: Form = "xlsx", language: str = "") -> Any:
    person_of(request)
    made = access.access_publication(uid)
    return pages.as_file(made.content, form, pages.asked_language(language), sha256=made.sha256)


@router.put(
    "/figures/organisations",
    auth=HOST,
    response={200: OrganisationFactsOut, **ERRORS},
    summary="Note sizes and regions of organisations",
)
def put_facts(request: HttpRequest, body: OrganisationFactsIn) -> Any:
    person = signed_in(request)
    chosen = people.Organisation.objects.filter(slug__in=body.organisations).order_by("pk")
    return {"count": noting.note(chosen, by=person, given={"size": body.size, "region": body.region})}
