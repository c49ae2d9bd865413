"""REST of the decision: the board, verdicts, the order of equal ones."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dure.alliance.calls import deciding
from dure.alliance.calls.pages_board import access_decision, access_line
from dure.foundation.pages import signed_in
from dure.foundation.rest import ERRORS, Text
from dure.people import api as people

router = Router()
HOST = people.require_scope("host")
Message = Annotated[Text, Field(min_length=1, max_length=4000)]


class BoardLineOut(Schema):
    """A proposal under discussion; `mean` is exact as a fraction, `proposed` is accepted, waiting, declined, tied or empty."""

    proposal: UUID
    code: str
    title_ko: str
    title_en: str
    reviews: int
    mean: str | None
    spread: float | None
    asked: int
    proposed: str
    verdict: str
    message: str


class CallBoardOut(Schema):
    """All of it, the highest mean first; `left` is what the rule leaves of the ceiling, `given` what verdicts give."""

    lines: list[BoardLineOut]
    ceiling: int
    left: int
    given: int
    tied: list[str]


class TakeOverIn(Schema):
    """What applicants read, by what becomes of their proposal."""

    accept: Message
    reserve: Message
    decline: Message


class RankIn(Schema):
    """The codes of equal proposals, the first one first."""

    order: Annotated[list[Annotated[Text, Field(max_length=12)]], Field(max_length=300)]


class VerdictIn(Schema):
    """What is to be announced; `was` is the verdict that the caller saw, so that nobody overwrites another's."""

    verdict: Literal["accept", "reserve", "decline"]
    message: Message
    was: Literal["", "accept", "reserve", "decline"] = ""


def line_out(line: deciding.Line) -> dict[str, Any]:
    one, summary = line.proposal, line.summary
    return {
        "proposal": one.uid,
        "code": one.code,
        "title_ko": one.title_ko,
        "title_en": one.title_en,
        "reviews": summary.reviews if summary else 0,
        "mean": str(summary.mean) if summary else None,
        "spread": summary.spread if summary else None,
        "asked": line.asked,
        "proposed": line.proposed,
        "verdict": one.verdict,
        "message": one.message,
    }


def board_out(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    call = access_decision(signed_in(request), uid)
    board = deciding.board(call)
    return {
        "lines": [line_out(line) for line in board.lines],
        "ceiling": call.ceiling,
        "left": board.left,
        "given": board.given,
        "tied": list(board.tied),
    }


@router.get(
    "/calls/{uuid:uid}/board",
    auth=HOST,
    response={200: CallBoardOut, **ERRORS},
    summary="The decision of a call",
)
def get_board(request: HttpRequest, uid: UUID) -> Any:
    return board_out(request, uid)


@router.post(
    "/calls/{uuid:uid}/board/take-over",
    auth=HOST,
    response={200: CallBoardOut, **ERRORS},
    summary="Take over what the rule proposes",
)
def post_take_over(request: HttpRequest, uid: UUID, body: TakeOverIn) -> Any:
    person = signed_in(request)
    deciding.take_over(access_decision(person, uid), by=person, messages=body.dict())
    return board_out(request, uid)


@router.put(
    "/calls/{uuid:uid}/board/order",
    auth=HOST,
    response={200: CallBoardOut, **ERRORS},
    summary="Put equal proposals in order",
)
def put_order(request: HttpRequest, uid: UUID, body: RankIn) -> Any:
    person = signed_in(request)
    deciding.rank(access_decision(person, uid), by=person, order=body.order)
    return board_out(request, uid)


@router.put(
    "/calls/{uuid:uid}/board/{uuid:proposal}",
    auth=HOST,
    response={200: CallBoardOut, **ERRORS},
    summary="The verdict on a proposal",
)
def put_verdict(request: HttpRequest, uid: UUID, proposal: UUID, body: VerdictIn) -> Any:
    person = signed_in(request)
    call = access_decision(person, uid)
    deciding.decide(access_line(call, proposal), by=person, **body.dict())
    return board_out(request, uid)
