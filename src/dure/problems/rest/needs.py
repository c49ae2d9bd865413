"""REST: needs from draft to solved, their files, messages, terms; the triage desk."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from dure.foundation import files, workflow
from dure.foundation.access import SIGN_IN, Denied, demand
from dure.foundation.middleware import client_address
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, OfferOut, PageOut, Text, offers_out, page_out
from dure.people import api as people
from dure.problems import access, access_needs, routes, rules, rules_needs
from dure.problems import terms as templates
from dure.problems.actions import needs
from dure.problems.actions.terms import accept_terms
from dure.problems.actions.terms_choice import choose_terms
from dure.problems.models import Attachment, Message, Problem, ProblemTerms
from dure.problems.queries import needs as queries

router = Router()
HOST = people.require_scope("host")
SUBMIT = people.require_scope("submit")


Title = Annotated[Text, Field(max_length=160)]
Long = Annotated[Text, Field(max_length=6000)]
Medium = Annotated[Text, Field(max_length=3000)]
Summary = Annotated[Text, Field(max_length=600)]


class RouteOut(Schema):
    """A way to a solution: least and most weeks, cost in million won, the owner's own working days."""

    key: str
    name: str
    what: str
    weeks: tuple[int, int]
    cost: tuple[int, int]
    days: tuple[int, int]
    must: list[str]
    fits: str


class NeedOut(Schema):
    """A need in a list."""

    uid: UUID
    number: int | None
    state: str
    state_label: str
    title_ko: str
    title_en: str
    summary_ko: str
    summary_en: str
    organisation_ko: str
    organisation_en: str
    industry: str
    route: str
    challenge: str | None


class FileOut(Schema):
    """A file; `url` downloads it."""

    uid: UUID
    filename: str
    size: int
    sha256: str
    url: str


class NeedDetail(NeedOut):
    """A need as this reader may see it; `inside` is empty for everybody but its insiders."""

    original: str
    hurts_ko: str
    hurts_en: str
    data_ko: str
    data_en: str
    worth_ko: str
    worth_en: str
    sensitivity: str
    audience: str
    posted_at: datetime | None
    who_sees: list[str]
    missing: list[str]
    files: list[FileOut]
    actions: list[OfferOut]
    inside: "InsideOut | None"


class InsideOut(Schema):
    """What only the owner's side, the curator, the secretariat and the auditor read."""

    cost_ko: str
    cost_en: str
    contact: str
    wish: str
    reason: str
    merged_into: UUID | None


class NeedIn(Schema):
    """A new draft."""

    organisation: Annotated[Text, Field(max_length=60)]
    title: Annotated[Text, Field(min_length=1, max_length=160)]
    original: Literal["ko", "en"] = "ko"


class NeedPatch(Schema):
    """Any part of a draft; what is left out stays."""

    title_ko: Title | None = None
    title_en: Title | None = None
    summary_ko: Summary | None = None
    summary_en: Summary | None = None
    hurts_ko: Long | None = None
    hurts_en: Long | None = None
    cost_ko: Medium | None = None
    cost_en: Medium | None = None
    data_ko: Long | None = None
    data_en: Long | None = None
    worth_ko: Medium | None = None
    worth_en: Medium | None = None
    contact: Annotated[Text, Field(max_length=300)] | None = None
    original: Literal["ko", "en"] | None = None
    sensitivity: Problem.Sensitivity | None = None
    industry: Problem.Industry | None = None
    wish: Problem.Route | None = None


class ActIn(Schema):
    """An action of the workflow with what it asks for; the others are ignored."""

    action: Annotated[Text, Field(max_length=40)]
    message: Annotated[Text, Field(max_length=8000)] = ""
    reason: Annotated[Text, Field(max_length=2000)] = ""
    route: Problem.Route | None = None
    curator: UUID | None = None
    audience: Literal["private", "circle", "members", "public"] | None = None
    circle: UUID | None = None
    into: UUID | None = None


class MessageIn(Schema):
    """Words to the other side."""

    body: Annotated[Text, Field(min_length=1, max_length=8000)]


class MessageOut(Schema):
    """A message of a conversation."""

    uid: UUID
    author_ko: str
    author_en: str
    body: str
    created_at: datetime


class TemplateOut(Schema):
    """A template of terms with its blanks."""

    key: str
    kind: str
    title_ko: str
    title_en: str
    summary_ko: str
    summary_en: str
    body_ko: str
    body_en: str
    blanks: list[str]


class TermsOut(Schema):
    """Terms in force; the hash binds a yes to exactly these words."""

    kind: str
    template: str
    version: int
    summary_ko: str
    summary_en: str
    body_ko: str
    body_en: str
    sha256: str
    created_at: datetime


class TermsIn(Schema):
    """A template to put in force, with its blanks filled."""

    template: Annotated[Text, Field(max_length=60)]
    values: dict[Annotated[Text, Field(max_length=40)], Annotated[Text, Field(max_length=200)]] = {}


class YesIn(Schema):
    """A yes to exactly the texts with these hashes."""

    sha256: list[Annotated[Text, Field(max_length=64)]] = Field(max_length=10)


def need_out(problem: Problem) -> dict[str, Any]:
    organisation, challenge = problem.organisation, queries.url_of(problem)
    return {
        "uid": problem.uid,
        "number": problem.number,
        "state": problem.state,
        "state_label": problem.state_label,
        "title_ko": problem.title_ko,
        "title_en": problem.title_en,
        "summary_ko": problem.summary_ko,
        "summary_en": problem.summary_en,
        "organisation_ko": organisation.name_ko if organisation else "",
        "organisation_en": organisation.name_en if organisation else "",
        "industry": problem.industry,
        "route": problem.route,
        "challenge": challenge.rsplit("/", 1)[-1] if challenge.startswith("/challenges/") else None,
    }


def detail_out(request: HttpRequest, problem: Problem) -> dict[str, Any]:
    person = person_of(request)
    insider = rules_needs.is_insider(person, problem)
    told = {
        name: getattr(problem, name)
        for name in NeedDetail.model_fields
        if name.startswith(("hurts", "data", "worth"))
    }
    reads = rules_needs.may_read_files(person, problem)
    return {
        **need_out(problem),
        **told,
        "original": problem.original,
        "sensitivity": problem.sensitivity,
        "audience": problem.audience,
        "posted_at": problem.posted_at,
        "who_sees": queries.who_sees(problem),
        "missing": [str(words) for words in rules_needs.missing(problem)] if problem.state == "draft" else [],
        "files": [_file_out(file) for file in _files(problem)] if reads else [],
        "actions": offers_out(request, problem),
        "inside": _inside(person, problem) if insider else None,
    }


def _inside(person: Any, problem: Problem) -> dict[str, Any]:
    target = Problem.objects.visible_to(person).filter(merged=problem).first()
    return {
        "cost_ko": problem.cost_ko,
        "cost_en": problem.cost_en,
        "contact": problem.contact,
        "wish": problem.wish,
        "reason": problem.reason,
        "merged_into": target.uid if target else None,
    }


def _files(problem: Problem) -> Any:
    return problem.attachments.filter(message=None).select_related("blob", "problem")


def _file_out(file: Attachment) -> dict[str, Any]:
    url = f"/api/v1/problems/{file.problem.uid}/files/{file.uid}"
    return {
        "uid": file.uid,
        "filename": file.filename,
        "size": file.blob.size,
        "sha256": file.blob_id,
        "url": url,
    }


def message_out(message: Message) -> dict[str, Any]:
    author = message.author
    return {
        "uid": message.uid,
        "author_ko": author.name_ko or author.name_en,
        "author_en": author.name_en or author.name_ko,
        "body": message.body,
        "created_at": message.created_at,
    }


@router.get(
    "/routes", response={200: list[RouteOut], **ERRORS}, summary="The routes of a need, with time and cost"
)
def list_routes(request: HttpRequest) -> Any:  # noqa: ARG001 - ninja hands it in
    return [
        {
            "key": one.key,
            "name": str(one.name),
            "what": str(one.what),
            "weeks": one.weeks,
            "cost": one.cost,
            "days": one.days,
            "must": [str(must) for must in one.must],
            "fits": str(one.fits),
        }
        for one in routes.ROUTES
    ]


class NeedFilter(Schema):
    """Which needs to list: all words of `q`, and one value each."""

    q: Annotated[str, Field(max_length=200)] = ""
    industry: Annotated[str, Field(max_length=40)] = ""
    route: Annotated[str, Field(max_length=40)] = ""
    stage: Literal["", "open", "running", "done", "mine"] = ""
    page: int = 1


@router.get("/problems", response={200: PageOut[NeedOut], **ERRORS}, summary="List needs you can see")
def list_needs(request: HttpRequest, wanted: Query[NeedFilter]) -> Any:
    cleaned = {name: value.replace("\x00", "") for name, value in wanted.dict(exclude={"page"}).items()}
    return page_out(request, queries.needs(person_of(request), cleaned), need_out)


@router.post("/problems", auth=HOST, response={201: NeedDetail, **ERRORS}, summary="Begin a draft")
def post_need(request: HttpRequest, body: NeedIn) -> Any:
    """The same title again gives the same draft. `organisation` is the short name in its address."""
    person = person_of(request)
    if not person.is_authenticated:
        raise Denied(SIGN_IN)
    organisation = people.Organisation.objects.filter(
        slug=body.organisation, pk__in=people.organisations_of(person)
    ).first()
    problem = needs.start_need(by=person, organisation=organisation, title=body.title, original=body.original)
    return Status(201, detail_out(request, problem))


@router.get("/problems/{uuid:uid}", response={200: NeedDetail, **ERRORS}, summary="One need")
def get_need(request: HttpRequest, uid: UUID) -> Any:
    return detail_out(request, access.access_problem(person_of(request), uid))


@router.patch(
    "/problems/{uuid:uid}", auth=HOST, response={200: NeedDetail, **ERRORS}, summary="Write a draft"
)
def patch_need(request: HttpRequest, uid: UUID, body: NeedPatch) -> Any:
    person = person_of(request)
    problem = access.access_problem(person, uid)
    values = {name: str(value) for name, value in body.dict(exclude_unset=True).items() if value is not None}
    return detail_out(request, needs.save_need(by=person, problem=problem, values=values))


@router.post(
    "/problems/{uuid:uid}/act", auth=HOST, response={200: NeedDetail, **ERRORS}, summary="Move a need on"
)
def act_on_need(request: HttpRequest, uid: UUID, body: ActIn) -> Any:
    """One action of the workflow by its name; the answer is the need as the caller sees it then."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    moved = workflow.perform(problem, body.action, by=person, data=_action_data(person, problem, body))
    return detail_out(request, moved)


def _action_data(person: Any, problem: Problem, body: ActIn) -> dict[str, Any]:
    """What the action is handed; other objects are looked up only for those who triage."""
    data: dict[str, Any] = {"message": body.message, "reason": body.reason}
    if rules.triages(person, problem):
        found = (
            people.Person.objects.filter(uid=body.curator, is_active=True).first() if body.curator else None
        )
        circle = (
            people.Circle.objects.filter(uid=body.circle, closed_at=None).first() if body.circle else None
        )
        into = access.access_problem(person, body.into) if body.into else None
        route = str(body.route) if body.route else ""
        data |= {"route": route, "curator": found, "audience": body.audience, "circle": circle, "into": into}
    return data


@router.get(
    "/problems/{uuid:uid}/similar", response={200: list[NeedOut], **ERRORS}, summary="Needs like this one"
)
def similar_needs(request: HttpRequest, uid: UUID, q: str = "") -> Any:
    """For the secretariat, before merging: with all words of `q`, or without it those most like the title."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    demand(rules.triages(person, problem))
    return [need_out(other) for other in queries.similar(person, problem, q.replace("\x00", "")[:200])]


@router.post(
    "/problems/{uuid:uid}/files",
    auth=HOST,
    response={201: FileOut, **ERRORS},
    summary="Add a file to a draft",
)
def post_file(request: HttpRequest, uid: UUID, file: File[UploadedFile]) -> Any:
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    made = needs.attach(by=person, problem=problem, stream=file, filename=file.name or "")
    return Status(201, _file_out(made))


@router.get(
    "/problems/{uuid:uid}/files/{uuid:file}", response={200: None, **ERRORS}, summary="Download a file"
)
def get_file(request: HttpRequest, uid: UUID, file: UUID) -> FileResponse:
    found = access_needs.access_attachment(person_of(request), uid, file)
    return files.download(found.blob_id, filename=found.filename)


@router.delete(
    "/problems/{uuid:uid}/files/{uuid:file}",
    auth=HOST,
    response={204: None, **ERRORS},
    summary="Take a file out",
)
def delete_file(request: HttpRequest, uid: UUID, file: UUID) -> Any:
    person = person_of(request)
    needs.detach(by=person, attachment=access_needs.access_attachment(person, uid, file))
    return Status(204, None)


@router.get(
    "/problems/{uuid:uid}/messages",
    response={200: PageOut[MessageOut], **ERRORS},
    summary="Questions and answers",
)
def list_messages(request: HttpRequest, uid: UUID, page: int = 1) -> Any:  # noqa: ARG001 - page_out reads it from the query
    problem = access_needs.access_insider(person_of(request), uid)
    rows = problem.messages.filter(channel=Message.Channel.TRIAGE, hidden_at=None).select_related("author")
    return page_out(request, rows, message_out)


@router.post(
    "/problems/{uuid:uid}/messages",
    auth=HOST,
    response={201: MessageOut, **ERRORS},
    summary="Write to the other side",
)
def post_message(request: HttpRequest, uid: UUID, body: MessageIn) -> Any:
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    return Status(201, message_out(needs.say(by=person, problem=problem, body=body.body)))


@router.get("/terms-templates", response={200: list[TemplateOut], **ERRORS}, summary="Templates of terms")
def list_templates(request: HttpRequest) -> Any:  # noqa: ARG001 - ninja hands it in
    names = ("key", "kind", "title_ko", "title_en", "summary_ko", "summary_en", "body_ko", "body_en")
    return [
        {**{name: getattr(one, name) for name in names}, "blanks": [blank.name for blank in one.blanks]}
        for one in templates.TEMPLATES.values()
    ]


@router.get(
    "/problems/{uuid:uid}/terms", response={200: list[TermsOut], **ERRORS}, summary="The terms in force"
)
def list_terms(request: HttpRequest, uid: UUID) -> Any:
    problem = access.access_problem(person_of(request), uid)
    return list(ProblemTerms.objects.filter(problem=problem, retired_at=None).order_by("kind"))


@router.post(
    "/problems/{uuid:uid}/terms", auth=HOST, response={201: TermsOut, **ERRORS}, summary="Put terms in force"
)
def post_terms(request: HttpRequest, uid: UUID, body: TermsIn) -> Any:
    """The words are frozen under their hash; the version before them is retired and everybody is asked again."""
    person = person_of(request)
    problem = access_needs.access_insider(person, uid)
    return Status(201, choose_terms(by=person, problem=problem, template=body.template, values=body.values))


@router.post(
    "/problems/{uuid:uid}/terms/accept",
    auth=SUBMIT,
    response={200: dict[str, int], **ERRORS},
    summary="Accept terms",
)
def post_yes(request: HttpRequest, uid: UUID, body: YesIn) -> Any:
    """Send the hashes you have read; when other words are in force by now, nothing is accepted (409)."""
    person = person_of(request)
    problem = access.access_problem(person, uid)
    made = accept_terms(by=person, problem=problem, origin=client_address(request), read=body.sha256)
    return {"accepted": len(made)}


NeedDetail.model_rebuild()
