"""`dure jobs`: one's jobs on the farm: the list, one of them, its log and files, taking it back, running it again."""

import argparse
import json
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dure.cli.jobs_files import fetch_all, fetch_array
from dure.cli.jobs_following import follow, follow_array, status_of, status_of_array
from dure.cli.jobs_words import OPEN, line, progress, state, write_log
from dure.cli.server import Server, ServerError, plain, say_error, talk
from dure.cli.words import either

ACTIONS = ("list", "show", "log", "files", "cancel", "again", "share", "unshare")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=ACTIONS,
        default="list",
        help=either("what to do (default: list)", "무엇을 할지 (기본: list)"),
    )
    parser.add_argument(
        "uid",
        nargs="?",
        metavar="UID",
        help=either("a job's or an array's, as listed", "작업이나 배열의 번호"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=either("list also those of others that you may know of", "볼 수 있는 남의 작업도"),
    )
    parser.add_argument("--json", action="store_true", help=either("print as JSON", "JSON으로 출력"))
    parser.add_argument(
        "--follow", action="store_true", help=either("with log: until it ends", "log: 끝날 때까지 따라갑니다")
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=Path(),
        help=either("with files: into this folder", "files: 받을 폴더"),
    )
    parser.epilog = either(
        "files gets what came out, of an array into a folder for each of its jobs. share lets the representatives of your "
        "organisation read log and files. Exit status of log --follow: as of dure run.",
        "files 는 나온 파일을 받고, 배열이면 작업마다 폴더를 따로 만듭니다. share 는 소속 기관 대표가 로그와 파일을 보게 합니다. "
        "log --follow 의 종료 상태는 dure run 과 같습니다.",
    )


def run(args: argparse.Namespace) -> int:
    if args.action == "list":
        return talk(lambda server: _list(server, of_all=args.all, as_json=args.json))
    if not args.uid:
        say_error(
            either(f"which one? dure jobs {args.action} UID", f"어느 것인가요? dure jobs {args.action} 번호")
        )
        return 2
    return talk(lambda server: DO[args.action](server, args))


def _list(server: Server, *, of_all: bool, as_json: bool) -> int:
    found = server.get("/farm/jobs", view="all" if of_all else "mine")["items"]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for job in found:
        print(line(job))
    if not found:
        print(
            either(
                "No job yet: dure run -- python train.py", "아직 작업이 없습니다: dure run -- python train.py"
            )
        )
    return 0


def _where(server: Server, uid: str) -> tuple[str, Any]:
    """Return the path of a job or of an array, and what it is."""
    try:
        return f"/farm/jobs/{uid}", server.get(f"/farm/jobs/{uid}")
    except ServerError as error:
        if error.status != 404:
            raise
        return f"/farm/arrays/{uid}", server.get(f"/farm/arrays/{uid}")


def _show(server: Server, args: argparse.Namespace) -> int:
    path, job = _where(server, args.uid)
    if args.json:
        print(json.dumps(job, ensure_ascii=False, indent=1))
        return 0
    print(f"{plain(job['name'] or '–')}  {server.address}{path}")
    if _is_array(path):
        print(progress(job["array"]))
        for one in server.pages(f"{path}/jobs"):
            print(f"  #{one['array']['index']:<4} {one['uid']}  {state(one['state'])}")
        return 0
    print(f"{state(job['state'])}: {plain(job['message'])}")
    for one in job["runs"]:
        print(_try(one))
    return 0


def _try(one: Any) -> str:
    used = (
        ""
        if one["wall_seconds"] is None
        else f"  {one['wall_seconds']:.1f} s  {(one['peak_memory'] or 0) / 2**20:,.0f} MiB"
    )
    ended = one["limit"] or ("" if one["exit_code"] is None else str(one["exit_code"]))
    return f"  {either('try', '시도')} {one['attempt']}  {one['machine']}  {one['started_at'][:19]}{used}  {ended}".rstrip()


def _log(server: Server, args: argparse.Namespace) -> int:
    """Of an array the logs of its jobs, each below its number; followed, how many of them are over."""
    path, _job = _where(server, args.uid)
    if args.follow:
        is_array = _is_array(path)
        return (
            status_of_array(follow_array(server, args.uid))
            if is_array
            else status_of(follow(server, args.uid))
        )
    if _is_array(path):
        _print_logs(server, path, as_json=args.json)
    elif args.json:
        print(json.dumps(_log_of(server, args.uid), ensure_ascii=False, indent=1))
    else:
        _print_log(_log_of(server, args.uid))
    return 0


def _log_of(server: Server, uid: str) -> Any:
    return server.get(f"/farm/jobs/{uid}/log")


def _print_log(log: Any) -> None:
    write_log(log["stdout"] + log["stderr"], sys.stdout)


def _print_logs(server: Server, path: str, *, as_json: bool) -> None:
    """The numbers go to the other stream, so that a pipe gets the logs alone."""
    found = ((one["array"]["index"], _log_of(server, one["uid"])) for one in server.pages(f"{path}/jobs"))
    if as_json:
        print(json.dumps([{"index": index, **log} for index, log in found], ensure_ascii=False, indent=1))
        return
    for index, log in found:
        print(f"#{index}", file=sys.stderr, flush=True)
        _print_log(log)


def _is_array(path: str) -> bool:
    return path.startswith("/farm/arrays/")


def _files(server: Server, args: argparse.Namespace) -> int:
    """Of an array into a folder for each of its jobs."""
    path, _job = _where(server, args.uid)
    fetch = fetch_array if _is_array(path) else fetch_all
    return 0 if fetch(server, args.uid, args.out) else 1


def _cancel(server: Server, args: argparse.Namespace) -> int:
    path, job = _where(server, args.uid)
    if _is_over(job):
        print(either("It was over already.", "이미 끝났습니다."))
        return 0
    server.post(f"{path}/cancel")
    print(either("Taken back.", "취소했습니다."))
    return 0


def _is_over(job: Any) -> bool:
    counts = (job["array"] or {}).get("progress") or {job["state"]: 1}
    return not any(counts.get(name) for name in OPEN)


def _again(server: Server, args: argparse.Namespace) -> int:
    path, _job = _where(server, args.uid)
    made = server.hand_in(f"{path}/again", {}, {}, key=uuid.uuid4().hex)
    print(made["array"]["uid"] if made["array"] else made["uid"])
    return 0


def _share(server: Server, args: argparse.Namespace) -> int:
    """An array is shared as a whole, by any of its jobs."""
    _path, job = _where(server, args.uid)
    server.post(f"/farm/jobs/{job['uid']}/share", {"shared": args.action == "share"})
    print(
        either("Shared.", "공유했습니다.")
        if args.action == "share"
        else either("Shared no longer.", "공유를 그만두었습니다.")
    )
    return 0


DO: dict[str, Callable[[Server, argparse.Namespace], int]] = {
    "show": _show,
    "log": _log,
    "files": _files,
    "cancel": _cancel,
    "again": _again,
    "share": _share,
    "unshare": _share,
}
