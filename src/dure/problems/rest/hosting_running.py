"""REST: running and settling a challenge, and the operators' queue."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile

from dure.foundation import files
from dure.foundation.access import Hidden, demand
from dure.foundation.pages import person_of
from dure.foundation.rest import ERRORS, PageOut, page_out
from dure.people import api as people
from dure.problems import access, access_hosting, rules_hosting
from dure.problems.actions import challenges, queue, rescores, winners
from dure.problems.models import Award, Challenge, ResultRecord, Submission
from dure.problems.queries import hosting as queries
from dure.problems.queries import story as stories
from dure.problems.rest.hosting import HOST, hosted
from dure.problems.rest.hosting_shapes import (
    AgainIn,
    AwardMoveIn,
    AwardOut,
    CorrectionIn,
    CorrectionOut,
    CountOut,
    HostSubmissionOut,
    HostTeamOut,
    QueueOut,
    ReportIn,
    ResultOut,
    ScoringIn,
    StoryEntryOut,
    VersionsOut,
)
from dure.problems.rest.result_shapes import figures_of

router = Router(tags=["hosting"])
SUBMIT = people.require_scope("submit")


@router.get(
    "/challenges/{slug}/manage/submissions",
    response={200: PageOut[HostSubmissionOut], **ERRORS},
    summary="All submissions, for hosts",
)
def list_all_submissions(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.all_submissions(hosted(request, slug)), _submission)


def _submission(row: Submission) -> dict[str, Any]:
    one = next(iter(getattr(row, "in_force", [])), None)
    return {
        "uid": row.uid,
        "number": row.number,
        "team": row.team.name,
        "baseline": row.team.is_baseline,
        "filename": row.filename,
        "accepted_at": row.accepted_at,
        "state": one.state if one else "queued",
        "public_score": one.public_score if one else None,
        "public_shown": one.public_released if one else None,
        "private_score": one.private_score if one else None,
        "second_score": one.second_score if one else None,
        "is_final": row.is_final,
        "message": one.message if one else "",
    }


@router.get(
    "/challenges/{slug}/manage/submissions/{uuid:uid}/file",
    response={200: None, **ERRORS},
    summary="A submission's file, for hosts",
)
def get_submission_file(request: HttpRequest, slug: str, uid: UUID) -> FileResponse:
    found = hosted(request, slug).submissions.filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return files.download(found.blob_id, filename=f"{found.number}-{found.filename}")


@router.get(
    "/challenges/{slug}/manage/teams",
    response={200: PageOut[HostTeamOut], **ERRORS},
    summary="Teams with what they used",
)
def list_teams(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    return page_out(request, queries.teams(hosted(request, slug)), _team)


def _team(team: Any) -> dict[str, Any]:
    plain = {name: getattr(team, name) for name in ("uid", "name", "people", "files", "today", "last")}
    return {**plain, "baseline": team.is_baseline}


@router.get(
    "/challenges/{slug}/manage/results.csv",
    response={200: None, **ERRORS},
    summary="Every evaluation as CSV, for hosts",
)
def get_results(request: HttpRequest, slug: str) -> HttpResponse:
    challenge = hosted(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{challenge.slug}-results.csv"'}
    body = "\ufeff" + queries.results_csv(challenge)
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


def versions_out(challenge: Challenge) -> dict[str, Any]:
    running = rescores.running(challenge)
    reached = rescores.progress(running) if running else None
    listed = [
        {
            "kind": kind,
            "number": one.number,
            "dropped": getattr(one, "dropped", 0),
            "in_force": one.pk == in_force,
            "note_ko": one.note_ko,
            "note_en": one.note_en,
            "created_at": one.created_at,
        }
        for kind, rows, in_force in (
            ("answers", challenge.answer_versions.order_by("number"), challenge.answers_id),
            ("scorer", challenge.scorer_versions.order_by("number"), challenge.scorer_id),
        )
        for one in rows
    ]
    return {
        "versions": listed,
        "rescored": reached.done if reached else None,
        "of": reached.all if reached else None,
    }


@router.get(
    "/challenges/{slug}/manage/versions",
    response={200: VersionsOut, **ERRORS},
    summary="Versions of answers and scorer",
)
def get_versions(request: HttpRequest, slug: str) -> dict[str, Any]:
    return versions_out(hosted(request, slug))


@router.post(
    "/challenges/{slug}/manage/versions/answers/look",
    auth=HOST,
    response={200: CorrectionOut, **ERRORS},
    summary="See what corrected answers would change",
)
def post_answers_look(request: HttpRequest, slug: str, file: File[UploadedFile]) -> Any:
    """Nothing changes: rows with another answer, taken out, that come back, and that count then."""
    challenge = hosted(request, slug)
    found = rescores.look_at_answers(
        by=person_of(request), challenge=challenge, truth=challenges.take_table(file)
    )
    return {**asdict(found.difference), "short_files": found.short}


@router.post(
    "/challenges/{slug}/manage/versions/answers",
    auth=HOST,
    response={201: VersionsOut, **ERRORS},
    summary="Correct the answers and score everything again",
)
def post_answers_version(
    request: HttpRequest, slug: str, file: File[UploadedFile], given: Form[CorrectionIn]
) -> Any:
    """`dropped` is how many rows the file takes out; any other number of missing rows is refused, and nothing changes."""
    challenge = hosted(request, slug)
    rescores.change_answers(
        by=person_of(request),
        challenge=challenge,
        truth=challenges.take_table(file),
        **given.dict(),
    )
    return Status(201, versions_out(hosted(request, slug)))


@router.post(
    "/challenges/{slug}/manage/versions/scoring",
    auth=HOST,
    response={201: VersionsOut, **ERRORS},
    summary="Change the metric and score everything again",
)
def post_scoring_version(request: HttpRequest, slug: str, body: ScoringIn) -> Any:
    challenge = hosted(request, slug)
    rescores.change_scoring(
        by=person_of(request), challenge=challenge, schema=challenge.schema, **body.dict()
    )
    return Status(201, versions_out(hosted(request, slug)))


def award_out(award: Award) -> dict[str, Any]:
    """Files are read in one query, or none where the caller has read those of many awards."""
    prefetch_related_objects([award], "files__blob")
    plain = {name: getattr(award, name) for name in AwardOut.model_fields if name not in {"team", "files"}}
    listed = [
        {
            "uid": file.uid,
            "filename": file.filename,
            "size": file.blob.size,
            "url": f"/awards/{award.uid}/files/{file.uid}",
        }
        for file in award.files.all()
    ]
    return {**plain, "team": award.team.name, "files": listed}


@router.get(
    "/challenges/{slug}/manage/awards",
    response={200: list[AwardOut], **ERRORS},
    summary="Teams asked for code and report",
)
def list_awards(request: HttpRequest, slug: str) -> Any:
    awards = hosted(request, slug).awards.select_related("team").prefetch_related("files__blob")
    return [award_out(award) for award in awards]


@router.post(
    "/challenges/{slug}/manage/awards",
    auth=HOST,
    response={201: list[AwardOut], **ERRORS},
    summary="Ask the teams that may win",
)
def post_awards(request: HttpRequest, slug: str) -> Any:
    asked = winners.ask(by=person_of(request), challenge=hosted(request, slug))
    return Status(201, [award_out(award) for award in asked])


@router.get("/awards/{uuid:uid}", response={200: AwardOut, **ERRORS}, summary="One award")
def get_award(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    return award_out(access_hosting.access_award(person_of(request), uid))


@router.post(
    "/awards/{uuid:uid}/files",
    auth=SUBMIT,
    response={201: AwardOut, **ERRORS},
    summary="Add a file of the code or report",
)
def post_award_file(request: HttpRequest, uid: UUID, file: File[UploadedFile]) -> Any:
    award = access_hosting.access_award(person_of(request), uid)
    winners.add_file(by=person_of(request), award=award, stream=file, filename=file.name or "")
    return Status(201, award_out(award))


@router.post(
    "/awards/{uuid:uid}/report",
    auth=SUBMIT,
    response={200: AwardOut, **ERRORS},
    summary="Hand code and report in",
)
def post_award_report(request: HttpRequest, uid: UUID, body: ReportIn) -> dict[str, Any]:
    award = access_hosting.access_award(person_of(request), uid)
    return award_out(winners.hand_in(by=person_of(request), award=award, report=body.report))


@router.post(
    "/awards/{uuid:uid}/moves", auth=HOST, response={200: AwardOut, **ERRORS}, summary="Decide on an award"
)
def post_award_move(request: HttpRequest, uid: UUID, body: AwardMoveIn) -> dict[str, Any]:
    award = access_hosting.access_award(person_of(request), uid)
    winners.act(by=person_of(request), award=award, action=body.action, data=body.dict())
    return award_out(access_hosting.access_award(person_of(request), uid))


@router.get(
    "/challenges/{slug}/manage/results",
    response={200: PageOut[ResultOut], **ERRORS},
    summary="Result records, for hosts",
)
def list_results(request: HttpRequest, slug: str, page: int = 1) -> Any:  # noqa: ARG001 - read by page_of
    rows = hosted(request, slug).results.select_related("person", "team").order_by("rank", "pk")
    return page_out(request, rows, _result)


def _result(record: ResultRecord) -> dict[str, Any]:
    return {**figures_of(record), "name": record.person.name}


@router.get(
    "/challenges/{slug}/story",
    response={200: list[StoryEntryOut], **ERRORS},
    summary="The story of a challenge",
)
def get_story(request: HttpRequest, slug: str) -> Any:
    return stories.story_of(access.access_challenge(person_of(request), slug))


@router.get("/queue", response={200: QueueOut, **ERRORS}, summary="The scoring queue, for operators")
def get_queue(request: HttpRequest) -> dict[str, Any]:
    demand(rules_hosting.operates(person_of(request)))
    found = queries.queue()
    return {
        "waiting": found.waiting,
        "runs": [_run(row) for row in (*found.running, *found.next)],
        "failed_count": found.failed.count(),
        "failed": [_failed(row) for row in found.failed[:50]],
    }


def _run(row: Any) -> dict[str, Any]:
    return {
        "challenge": row.slug,
        "submission": row.number,
        "team": row.team_name,
        "state": row.state,
        "worker": row.claimed_by,
        "since": row.started_at or row.created_at,
    }


def _failed(row: Any) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "challenge": row.submission.challenge.slug,
        "submission": row.submission.number,
        "team": row.submission.team.name,
        "message": row.message,
        "at": row.finished_at,
    }


@router.post("/queue/again", auth=HOST, response={200: CountOut, **ERRORS}, summary="Score failures again")
def post_again(request: HttpRequest, body: AgainIn) -> dict[str, int]:
    return {"count": queue.requeue(by=person_of(request), uid=body.uid)}
