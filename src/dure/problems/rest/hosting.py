"""REST: preparing a challenge, the same steps as on the pages."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, File, Form, Router, Status, UploadedFile

from dure.foundation.access import Hidden
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS
from dure.people import api as people
from dure.problems import access, finding_words, readiness
from dure.problems.actions import baselines, challenges, leaks, preparing
from dure.problems.models import Challenge, DatasetFile, Team
from dure.problems.queries import hosting as queries
from dure.problems.rest.hosting_shapes import (
    BaselineOut,
    ChecksOut,
    HostedOut,
    LicenceIn,
    LimitsIn,
    MetricIn,
    MetricOut,
    MoveIn,
    NewChallengeIn,
    PageIn,
    PhaseIn,
    ReasonIn,
    RulesIn,
    SplitIn,
    SplitOut,
    TableOut,
    Text,
)

router = Router(tags=["hosting"])
HOST = people.require_scope("host")
Part = Literal["train", "test", "sample", "other"]


def hosted_out(challenge: Challenge) -> Text:
    plain = {name: getattr(challenge, name) for name in HostedOut.model_fields if hasattr(challenge, name)}
    listed = [
        {"key": s.key, "label": s.label, "done": s.done, "missing": list(s.missing), "hints": list(s.hints)}
        for s in readiness.steps(challenge)
    ]
    return {**plain, "columns": challenge.schema, "steps": listed}


def hosted(request: HttpRequest, slug: str) -> Challenge:
    return access.access_hosted(person_of(request), slug)


@router.post(
    "/problems/{uuid:uid}/challenge",
    auth=HOST,
    response={201: HostedOut, **ERRORS},
    summary="Begin preparing a challenge",
)
def post_challenge(request: HttpRequest, uid: UUID, body: NewChallengeIn) -> Any:
    person = person_of(request)
    problem = access.access_problem(person, uid)
    made = challenges.create_challenge(by=person, problem=problem, slug=body.slug)
    return Status(201, hosted_out(made))


@router.get("/challenges/{slug}/manage", response={200: HostedOut, **ERRORS}, summary="The host's checklist")
def get_manage(request: HttpRequest, slug: str) -> Text:
    return hosted_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/moves",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Open, close, finish or cancel",
)
def post_move(request: HttpRequest, slug: str, body: MoveIn) -> Text:
    challenge = hosted(request, slug)
    challenges.move(
        by=person_of(request), challenge=challenge, action=body.action, data={"reason": body.reason}
    )
    return hosted_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/files",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Add or replace a file of the data",
)
def post_file(request: HttpRequest, slug: str, file: File[UploadedFile], part: Form[Part]) -> Text:
    challenge = hosted(request, slug)
    preparing.put_file(
        by=person_of(request), challenge=challenge, part=part, filename=file.name or "", stream=file
    )
    return hosted_out(hosted(request, slug))


@router.delete(
    "/challenges/{slug}/manage/files/{uuid:uid}",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Take a file out of the data",
)
def delete_file(request: HttpRequest, slug: str, uid: UUID) -> Text:
    challenge = hosted(request, slug)
    file = DatasetFile.objects.filter(dataset=challenge.dataset_id, uid=uid).first()
    if file is None:
        raise Hidden(uid)
    preparing.remove_file(by=person_of(request), challenge=challenge, file=file)
    return hosted_out(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/licence",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Set the licence",
)
def put_licence(request: HttpRequest, slug: str, body: LicenceIn) -> Text:
    challenge = hosted(request, slug)
    preparing.set_licence(by=person_of(request), challenge=challenge, **body.dict())
    return hosted_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/answers",
    auth=HOST,
    response={200: TableOut, **ERRORS},
    summary="Hand in the hidden answers before the opening",
)
def post_answers(request: HttpRequest, slug: str, file: File[UploadedFile]) -> Any:
    return preparing.put_answers(by=person_of(request), challenge=hosted(request, slug), stream=file)


@router.get(
    "/challenges/{slug}/manage/columns/guess",
    response={200: Text, **ERRORS},
    summary="The columns as sample and answers suggest",
)
def guess_columns(request: HttpRequest, slug: str, group_column: str | None = None) -> Text:
    return preparing.guess(hosted(request, slug), group_column=group_column)


@router.put(
    "/challenges/{slug}/manage/columns",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Set the columns",
)
def put_columns(request: HttpRequest, slug: str, body: Body[Text]) -> Text:
    """Every fault comes back at once, each with its place such as `columns[2].lowest`."""
    preparing.set_schema(by=person_of(request), challenge=hosted(request, slug), schema=body)
    return hosted_out(hosted(request, slug))


@router.get(
    "/challenges/{slug}/manage/metrics",
    response={200: list[MetricOut], **ERRORS},
    summary="Metrics that fit the columns",
)
def list_metrics(request: HttpRequest, slug: str) -> Any:
    return queries.choices(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/metric",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Choose the metric",
)
def put_metric(request: HttpRequest, slug: str, body: MetricIn) -> Text:
    preparing.choose_metric(by=person_of(request), challenge=hosted(request, slug), **body.dict())
    return hosted_out(hosted(request, slug))


@router.get(
    "/challenges/{slug}/manage/split/preview",
    response={200: SplitOut, **ERRORS},
    summary="What a split would give",
)
def preview_split(
    request: HttpRequest,
    slug: str,
    mode: Literal["rows", "stratified", "group", "time"] = "rows",
    share: float = 0.3,
    column: str = "",
) -> Any:
    return preparing.preview_split(hosted(request, slug), mode=mode, column=column, share=share)


@router.put(
    "/challenges/{slug}/manage/split",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Choose which rows are public",
)
def put_split(request: HttpRequest, slug: str, body: SplitIn) -> Text:
    preparing.choose_split(by=person_of(request), challenge=hosted(request, slug), **body.dict())
    return hosted_out(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/phases",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Set the phases",
)
def put_phases(request: HttpRequest, slug: str, body: list[PhaseIn]) -> Text:
    challenge = hosted(request, slug)
    challenges.set_phases(by=person_of(request), challenge=challenge, phases=[phase.dict() for phase in body])
    return hosted_out(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/limits",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Set the limits of teams",
)
def put_limits(request: HttpRequest, slug: str, body: LimitsIn) -> Text:
    preparing.set_limits(by=person_of(request), challenge=hosted(request, slug), **body.dict())
    return hosted_out(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/rules",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Set prize and rules",
)
def put_rules(request: HttpRequest, slug: str, body: RulesIn) -> Text:
    preparing.set_rules(by=person_of(request), challenge=hosted(request, slug), **body.dict())
    return hosted_out(hosted(request, slug))


@router.put(
    "/challenges/{slug}/manage/pages/{int:number}",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Write a story page",
)
def put_page(request: HttpRequest, slug: str, number: int, body: PageIn) -> Text:
    challenge = hosted(request, slug)
    if not 1 <= number <= MOST_PAGES:
        raise Hidden(str(number))
    preparing.put_page(by=person_of(request), challenge=challenge, number=number, texts=body.dict())
    return hosted_out(hosted(request, slug))


MOST_PAGES = 50


@router.post(
    "/challenges/{slug}/manage/baselines",
    auth=HOST,
    response={201: BaselineOut, **ERRORS},
    summary="Hand in a baseline's predictions",
)
def post_baseline(request: HttpRequest, slug: str, file: File[UploadedFile], name: Form[str]) -> Any:
    made = baselines.add_baseline(
        by=person_of(request),
        challenge=hosted(request, slug),
        name=name,
        stream=file,
        filename=file.name or "",
    )
    out = {"team": made.team.uid, "name": made.team.name, "submission": made.uid, "rows": made.rows}
    return Status(201, out)


@router.delete(
    "/challenges/{slug}/manage/baselines/{uuid:uid}",
    auth=HOST,
    response={200: HostedOut, **ERRORS},
    summary="Take a baseline out before the opening",
)
def delete_baseline(request: HttpRequest, slug: str, uid: UUID) -> Text:
    team = Team.objects.filter(challenge=hosted(request, slug), uid=uid).select_related("challenge").first()
    if team is None:
        raise Hidden(uid)
    baselines.remove_baseline(by=person_of(request), team=team)
    return hosted_out(hosted(request, slug))


def checks_out(challenge: Challenge) -> Text:
    told = [
        {
            "code": one.code,
            "severity": one.severity,
            "message": one.words,
            "advice": one.advice,
            "column": one.column,
        }
        for one in finding_words.tell_all(challenge.findings)
    ]
    return {
        "state": readiness.check_state(challenge),
        "running": leaks.is_running(challenge),
        "at": challenge.findings_at,
        "reason": challenge.findings_reason,
        "findings": told,
    }


@router.get(
    "/challenges/{slug}/manage/checks", response={200: ChecksOut, **ERRORS}, summary="The leak checks"
)
def get_checks(request: HttpRequest, slug: str) -> Text:
    return checks_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/checks",
    auth=HOST,
    response={200: ChecksOut, **ERRORS},
    summary="Run the leak checks",
)
def post_checks(request: HttpRequest, slug: str) -> Text:
    leaks.ask(by=person_of(request), challenge=hosted(request, slug))
    return checks_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/checks/reason",
    auth=HOST,
    response={200: ChecksOut, **ERRORS},
    summary="Say why it may open all the same",
)
def post_reason(request: HttpRequest, slug: str, body: ReasonIn) -> Text:
    leaks.open_all_the_same(by=person_of(request), challenge=hosted(request, slug), reason=body.reason)
    return checks_out(hosted(request, slug))
