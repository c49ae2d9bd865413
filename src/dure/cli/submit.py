"""`dure submit`: hand in a file, see every fault of a refused one, and follow an accepted one to its score."""

import argparse
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from dure.cli.download import accept_terms
from dure.cli.server import Server, ServerError, challenge_path, plain, say_error, talk
from dure.cli.words import either

REFUSED, NOT_SCORED = 3, 4
WAITING = ("queued", "running")
FIRST_PAUSE_S, LAST_PAUSE_S = 0.5, 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "challenge", metavar="CHALLENGE", help=either("its name in `dure problems`", "챌린지 이름")
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help=either("predictions, or code", "예측 파일 또는 코드")
    )
    parser.add_argument(
        "--note", metavar="TEXT", default="", help=either("a note for your team", "팀이 볼 메모")
    )
    parser.add_argument(
        "--wait", action="store_true", help=either("wait for the score", "점수가 나올 때까지 대기")
    )
    parser.add_argument(
        "--team",
        metavar="NAME",
        help=either("take part as this team first, if in none", "참가 전이면 이 이름으로 참가"),
    )
    parser.add_argument(
        "--accept-terms",
        action="store_true",
        help=either("accept the terms, after reading them", "읽은 약관에 동의합니다"),
    )
    parser.epilog = either(
        "Exit status: 0 accepted (with --wait: scored), 1 failed (no connection, not allowed, no quota), 2 misused, "
        "3 the file was refused (every fault is printed and nothing was counted), 4 accepted but not scored "
        "(with --wait). When the connection is cut or the server stumbles, the file is sent again up to four times; it "
        "never counts twice.",
        "종료 상태: 0 접수됨(--wait: 채점됨), 1 실패(연결·권한·횟수), 2 잘못 씀, 3 파일이 거절됨(모든 오류를 출력하며 "
        "횟수에 들지 않음), 4 접수되었으나 채점되지 않음(--wait). 연결이 끊기거나 서버에 탈이 나면 네 번까지 "
        "다시 보내며, 두 번 세지 않습니다.",
    )


def run(args: argparse.Namespace) -> int:
    return talk(lambda server: _submit(server, args))


def _submit(server: Server, args: argparse.Namespace) -> int:
    try:
        made = _handed_in(server, args)
    except ServerError as error:
        if error.status == 422 and error.faults:
            _print_faults(args.file, error.faults)
            return REFUSED
        raise
    number = made["number"]
    rows = either(f" ({made['rows']:,} rows)", f" ({made['rows']:,}행)") if made["rows"] else ""
    print(either(f"Accepted as #{number}{rows}.", f"접수했습니다: #{number}{rows}."))
    print(place_of(made))
    return _wait(server, made) if args.wait else 0


def _handed_in(server: Server, args: argparse.Namespace) -> Any:
    """Hand in; where terms or a team are missing and the person said what to do about it, do that and try again."""
    path, key = challenge_path(args.challenge), uuid.uuid4().hex
    for _ in range(3):
        try:
            return server.upload(f"{path}/submissions", args.file, key=key, note=args.note)
        except ServerError as error:
            if error.code == "terms" and accept_terms(server, args.challenge, accept=args.accept_terms):
                continue
            if error.code == "no_team" and args.team:
                server.post(f"{path}/team", {"name": args.team})
                continue
            if error.code == "no_team":
                error.message += either(" (--team NAME)", " (--team 이름)")
            raise
    raise AssertionError  # terms and team can each be missing once


def _print_faults(file: Path, faults: list[dict[str, Any]]) -> None:
    say_error(
        either(
            f"{file} was refused; nothing was counted. What to mend ({len(faults)}):",
            f"{file} 파일이 거절되었습니다. 횟수에 들지 않습니다. 고칠 곳({len(faults)}):",
        )
    )
    for fault in faults:
        print(f"  {fault_line(fault)}", file=sys.stderr)


def fault_line(fault: dict[str, Any]) -> str:
    """Return one fault with its place: line and column as a person counts them."""
    places = [
        str(fault["place"]) if fault.get("place") else "",
        either(f"line {fault['row']}", f"{fault['row']}행") if fault.get("row") is not None else "",
        either(f"column “{fault['column']}”", f"열 “{fault['column']}”") if fault.get("column") else "",
    ]
    return plain(
        ": ".join([", ".join(place for place in places if place), str(fault["message"])]).lstrip(": ")
    )


def place_of(submission: Any) -> str:
    """Return where a submission stands, in words."""
    if stage := _stage_of(submission):
        return stage
    if submission["state"] == "running":
        return either("Being scored.", "채점하고 있습니다.")
    if submission["state"] != "queued" or submission["ahead"] is None:
        return either("In the queue.", "대기열에 있습니다.")
    wait = submission["wait_seconds"]
    soon = "" if wait is None else either(f", about {wait:.0f} s", f", 약 {wait:.0f}초")
    return either(
        f"In the queue: {submission['ahead']} before it{soon}.",
        f"대기열에 있습니다: 앞에 {submission['ahead']}건{soon}.",
    )


STAGES = {
    "public": ("the public inputs", "공개 입력"),
    "trial": ("the first hidden rows", "비공개 입력의 첫 부분"),
    "hidden": ("all hidden inputs", "비공개 입력 전체"),
}


def _stage_of(submission: Any) -> str:
    """Return what its code is doing on the farm; nothing for predictions, and once it has predicted."""
    last = submission.get("runs", [])[-1:]
    if not last or last[0]["state"] != "queued" or last[0]["stage"] not in STAGES:
        return ""
    inputs = either(*STAGES[last[0]["stage"]])
    if submission["state"] == "running":
        return either(f"Running on {inputs}.", f"실행 중입니다: {inputs}.")
    return either(f"Waiting for the farm, to run on {inputs}.", f"팜의 차례를 기다립니다: {inputs}.")


def _wait(server: Server, submission: Any) -> int:
    """Ask until there is a result, less and less often, and say each change once."""
    said, pause = place_of(submission), FIRST_PAUSE_S
    while submission["state"] in WAITING:
        time.sleep(pause)
        pause = min(LAST_PAUSE_S, pause * 1.5)
        submission = server.get(f"/submissions/{submission['uid']}")
        if submission["state"] in WAITING and place_of(submission) != said:
            said = place_of(submission)
            print(said, flush=True)
    return _result(submission)


def _show_log(submission: Any) -> None:
    """Print what the code printed, and what was wrong with its predictions, on the public inputs."""
    for run in submission.get("runs", []):
        if run["state"] == "failed_user":
            for fault in run["faults"]:
                print(f"  {fault_line(fault)}", file=sys.stderr)
            print("".join(f"  {plain(line)}\n" for line in run["log"].splitlines()), end="", file=sys.stderr)


def _result(submission: Any) -> int:
    if submission["state"] != "done":
        reason = {
            "failed_user": either("the file could not be scored", "파일을 채점할 수 없습니다"),
            "failed_run": either("the code failed.", "코드가 실패했습니다."),
            "failed_platform": either(
                "the platform failed; it costs no quota", "플랫폼 오류입니다. 횟수에 들지 않습니다"
            ),
            "cancelled": either("it was taken back", "취소되었습니다"),
        }.get(submission["state"], submission["state"])
        say_error(f"{reason} {plain(submission['message'])}".strip())
        _show_log(submission)
        return NOT_SCORED
    if submission["score"] is None:
        print(either("Scored.", "채점했습니다."))
    elif submission["improved"]:
        print(either("Score on the public rows: ", "공개 행 점수: ") + f"{submission['score']:.6g}")
    else:
        print(
            either(
                "Not better by more than chance; the board still shows ",
                "우연 이상으로 나아지지 않아 표시 점수는 ",
            )
            + f"{submission['score']:.6g}"
        )
    return 0
