"""`dure run`: hand a program in with its files, follow its log, get its files back, and end as it ended."""

import argparse
import shlex
import sys
import uuid
from pathlib import Path
from typing import Any

from dure.cli import jobs_files as files
from dure.cli.jobs_following import (
    NO_STATUS,
    ask_whether_to_cancel,
    follow,
    follow_array,
    status_of,
    status_of_array,
)
from dure.cli.server import Server, ServerError, say_error, talk
from dure.cli.submit import fault_line
from dure.cli.words import either

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
REFUSED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cores", type=int, default=1, help=either("processor cores (default: 1)", "코어 수 (기본 1)")
    )
    parser.add_argument(
        "--memory", type=_mebibytes, default=1024, metavar="SIZE",
        help=either("memory: 512M, 8G (default: 1G)", "메모리: 512M, 8G (기본 1G)"),
    )  # fmt: skip
    parser.add_argument(
        "--time", type=_seconds, default=3600, metavar="TIME",
        help=either("how long it may run: 90s, 30m, 2h, 1d (default: 1h)", "최대 시간: 90s, 30m, 2h, 1d (기본 1h)"),
    )  # fmt: skip
    parser.add_argument(
        "--class", dest="job_class", choices=["normal", "scavenger"], default="normal",
        help=either("scavenger: on what nobody needs; may be stopped and put back", "scavenger: 남는 자원, 중단될 수 있음"),
    )  # fmt: skip
    parser.add_argument(
        "--accelerator", action="append", default=[], metavar="TYPE=N",
        help=either("for example gpu:h100=1; may be repeated", "예: gpu:h100=1, 되풀이 가능"),
    )  # fmt: skip
    parser.add_argument(
        "--array", type=int, default=1, metavar="N", help=either("run it N times", "N번 돌립니다")
    )
    _add_files_and_names(parser)
    parser.add_argument(
        "command", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help=either("what runs", "돌릴 명령")
    )
    parser.epilog = either(
        "Without --in the files that the command names go along. Inside, they lie where the program starts; what it writes "
        "into $DURE_OUTPUT comes out. Exit status: the program's own (128 and the number for a signal), 125 where it did not "
        "end by itself, 1 no connection or not allowed, 2 misused, 3 refused with every fault. Ctrl-C asks whether to take "
        "the job back. A cut connection is tried again; nothing is handed in twice.",
        "--in 이 없으면 명령에 적힌 파일을 보냅니다. 파일은 프로그램이 시작하는 곳에 놓이고, $DURE_OUTPUT 에 쓴 것이 나옵니다. "
        "종료 상태: 프로그램의 것(신호는 128+번호), 125 스스로 끝나지 않음, 1 연결·권한, 2 잘못 씀, 3 거절됨(모든 오류 출력). "
        "Ctrl-C 를 누르면 취소할지 묻습니다. 연결이 끊기면 다시 시도하며 두 번 내지 않습니다.",
    )


def _add_files_and_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--in", dest="given", nargs="+", action="extend", type=Path, default=[], metavar="FILE",
        help=either("files and folders that go along", "함께 보낼 파일과 폴더"),
    )  # fmt: skip
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=either("get its files into this folder", "나온 파일을 받을 폴더"),
    )
    parser.add_argument(
        "--project", default="", help=either("the word under which hours were granted", "할당받은 과제 이름")
    )
    parser.add_argument("--name", help=either("name (default: the command)", "이름 (기본: 명령)"))
    parser.add_argument(
        "--organisation",
        default="",
        metavar="NAME",
        help=either("on whose account, if you belong to several", "소속이 여럿일 때"),
    )
    parser.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=either("a variable; may be repeated", "변수, 되풀이 가능"),
    )
    parser.add_argument(
        "--packages", choices=["standard", "none"], default="standard",
        help=either("Python packages it finds (default: standard)", "파이썬 패키지 (기본 standard)"),
    )  # fmt: skip
    parser.add_argument(
        "--detach", action="store_true", help=either("hand in, print its uid and leave", "내고 바로 나옵니다")
    )


def _mebibytes(text: str) -> int:
    units = {"M": 1, "G": 1024, "T": 1024**2}
    number, unit = text.removesuffix("iB").removesuffix("B"), "M"
    if number[-1:].upper() in units:
        number, unit = number[:-1], number[-1].upper()
    return round(float(number) * units[unit])


def _seconds(text: str) -> int:
    number, unit = (text[:-1], text[-1]) if text[-1:] in UNITS else (text, "m")
    return round(float(number) * UNITS[unit])


def run(args: argparse.Namespace) -> int:
    command = args.command[1:] if args.command[:1] == ["--"] else args.command
    if not command:
        say_error(
            either(
                "say what runs: dure run -- python train.py",
                "무엇을 돌릴지 적으세요: dure run -- python train.py",
            )
        )
        return 2
    return talk(lambda server: _run(server, args, command))


def _run(server: Server, args: argparse.Namespace, command: list[str]) -> int:
    try:
        job = _handed_in(server, args, command)
    except files.UnfitFileError as error:
        say_error(str(error))
        return 2
    except ServerError as error:
        if error.status == 422 and error.faults:
            _print_faults(error)
            return REFUSED
        raise
    if args.detach:
        print(job["array"]["uid"] if job["array"] else job["uid"])
        return 0
    return _followed(server, args, job)


def _handed_in(server: Server, args: argparse.Namespace, command: list[str]) -> Any:
    inside = files.found(args.given, command)
    if inside:
        say(either(f"Sent along: {files.names(inside)}", f"함께 보냄: {files.names(inside)}"))
    fields = {
        "name": (args.name or shlex.join(command))[:200],
        "command": command,
        "organisation": args.organisation,
        "job_class": args.job_class,
        "project": args.project,
        "cores": str(args.cores),
        "memory_mib": str(args.memory),
        "wall_seconds": str(args.time),
        "count": str(args.array),
        "packages": "" if args.packages == "none" else args.packages,
        "accelerators": args.accelerator,
        "environment": args.env,
    }
    with files.packed(inside) as packed:
        return server.hand_in("/farm/jobs", fields, packed, key=uuid.uuid4().hex)


def _print_faults(error: ServerError) -> None:
    say_error(
        either(
            f"refused; what to mend ({len(error.faults)}):", f"거절되었습니다. 고칠 곳({len(error.faults)}):"
        )
    )
    for fault in error.faults:
        say(f"  {fault_line(fault)}")


def _followed(server: Server, args: argparse.Namespace, job: Any) -> int:
    where = f"arrays/{job['array']['uid']}" if job["array"] else f"jobs/{job['uid']}"
    say(either("Handed in: ", "냈습니다: ") + f"{server.address}/farm/{where}")
    try:
        return _array_to_its_end(server, args, job) if job["array"] else _job_to_its_end(server, args, job)
    except KeyboardInterrupt:
        return _interrupted(server, where)


def _job_to_its_end(server: Server, args: argparse.Namespace, job: Any) -> int:
    ended = follow(server, job["uid"])
    status = status_of(ended)
    if args.out is None:
        _say_how_many(server, job["uid"])
    elif not files.fetch_all(server, job["uid"], args.out):
        return status or NO_STATUS
    return status


def _say_how_many(server: Server, uid: str) -> None:
    count = server.get(f"/farm/jobs/{uid}/files")["count"]
    if count:
        say(
            either(
                f"{count} files came out: dure jobs files {uid} --out DIR",
                f"파일 {count}개가 나왔습니다: dure jobs files {uid} --out 폴더",
            )
        )


def _array_to_its_end(server: Server, args: argparse.Namespace, job: Any) -> int:
    """Files go into one folder for each index. 0 where all of them are done, else 1."""
    uid = job["array"]["uid"]
    status = status_of_array(follow_array(server, uid))
    whole = args.out is None or files.fetch_array(server, uid, args.out)
    return status if whole else 1


def _interrupted(server: Server, where: str) -> int:
    if ask_whether_to_cancel():
        server.post(f"/farm/{where}/cancel")
        say(either("Taken back.", "취소했습니다."))
    else:
        uid = where.rpartition("/")[2]
        say(either(f"It goes on: dure jobs show {uid}", f"작업은 계속됩니다: dure jobs show {uid}"))
    return 130


def say(words: str) -> None:
    """Tell the person something that is not the program's output."""
    print(words, file=sys.stderr, flush=True)
