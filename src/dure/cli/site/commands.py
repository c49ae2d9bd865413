"""What an owner says to a site: join, add data, look at what is asked, say yes or no, run, read the log."""

import argparse
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, Final

import httpx

from dure.cli.environment import install
from dure.cli.server import Login, Server, ServerError, plain, say_error
from dure.cli.site import data, folder
from dure.cli.site.arguments import add_arguments
from dure.cli.site.door import Door
from dure.cli.site.folder import Folder, Identity, SiteError
from dure.cli.site.journal import Dataset, Journal, Permit, Run
from dure.cli.site.process import Site
from dure.cli.words import either
from dure.engines.environment import standard
from dure.engines.faults import Faulty
from dure.engines.sandbox import LEAST_LEVEL, protection
from dure.foundation.limited import child

__all__ = ["add_arguments", "run"]
SHORTEST: Final = 6
"""Fewest letters of a code that names a request or a run."""


def run(args: argparse.Namespace) -> int:
    """Carry one command out; what goes wrong is said in words and gives 1."""
    try:
        return COMMANDS[args.action](Folder(args.folder or folder.default_folder()), args)
    except SiteError as error:
        say_error(str(error))
    except ServerError as error:
        say_error(error.message)
    except httpx.HTTPError as error:
        say_error(either(f"the server cannot be reached: {error}", f"서버에 연결할 수 없습니다: {error}"))
    except sqlite3.Error as error:
        say_error(
            either(f"the site's journal cannot be used: {error}", f"사이트 기록을 쓸 수 없습니다: {error}")
        )
    except OSError as error:
        say_error(f"{error.filename or ''}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130
    return 1


def _join(here: Folder, args: argparse.Namespace) -> int:
    if here.is_joined:
        name = here.identity().name
        raise SiteError(
            either(
                f"{here.root} is the site “{name}” already", f"{here.root}: 이미 연결된 사이트입니다 ({name})"
            )
        )
    address = folder.demand_safe(args.server, plain_http=args.plain_http)
    key = here.pending_key()
    with Server(Login(address)) as server:
        said = server.post("/site/join", {"code": args.code.strip(), "key_sha256": folder.digest(key)})
    here.remember(Identity(address, str(said["uid"]), str(said["name"]), str(said["organisation"]), key))
    print(
        either(
            f"This is the site “{plain(said['name'])}” of {plain(said['organisation'])} now. Next: dure site add NAME FOLDER",
            f"이 컴퓨터는 이제 {plain(said['organisation'])}의 “{plain(said['name'])}” 사이트입니다. 다음: dure site add 이름 폴더",
        )
    )
    return 0


def _add(here: Folder, args: argparse.Namespace) -> int:
    """Show what would be told before it is told."""
    identity = here.identity()
    found = data.files_of(args.data.resolve())
    told = data.tables_of(found, least_rows=args.least_rows)
    print(either("This is told of the data, and nothing else:", "데이터에 대해 아래 내용만 알립니다:"))
    print(json.dumps(told, ensure_ascii=False, indent=1))
    if not _sure(args, either("Register it?", "등록할까요?")):
        return 1
    sha256 = data.hash_of(found)
    with Door(identity) as door, closing(Journal(here.journal)) as journal:
        uid = door.register(name=args.name, sha256=sha256, tables=told)
        journal.keep_dataset(Dataset(args.name, args.data.resolve(), uid, sha256, args.least_rows))
    print(
        either(
            f"Registered. Whoever is given this code may ask for it: {uid}",
            f"등록했습니다. 이 코드를 받은 사람은 사용을 요청할 수 있습니다: {uid}",
        )
    )
    return 0


def _requests(here: Folder, _args: argparse.Namespace) -> int:
    identity = here.identity()
    with Door(identity) as door:
        uses = door.uses()
    for use in uses:
        _show_use(use)
    if not uses:
        print(either("Nobody asks for anything.", "요청이 없습니다."))
    return 0


def _show_use(use: Mapping[str, Any]) -> None:
    states = {"asked": either("asked for", "요청됨"), "approved": either("allowed", "허용됨")}
    print(f"{use['uid']}  [{states.get(use['state'], use['state'])}]  {plain(use['title'])}")
    print(
        f"  {either('data', '데이터')}: {plain(use['name'])} · {either('asked by', '요청한 사람')}: {plain(use['asked_by'])}"
    )
    print("  " + json.dumps(use["wants"], ensure_ascii=False, indent=1).replace("\n", "\n  "))


def _approve(here: Folder, args: argparse.Namespace) -> int:
    """What is allowed is kept word for word: a task that wants anything else is refused here, whatever the server says."""
    identity = here.identity()
    with Door(identity) as door, closing(Journal(here.journal)) as journal:
        use = _one_of(door.uses(), args.request, "uid")
        dataset = journal.dataset(str(use["dataset"]))
        if dataset is None:
            raise SiteError(
                either("this data set was not added from here", "이 데이터는 여기서 등록한 것이 아닙니다")
            )
        _show_use(use)
        _demand_fit(dataset, use)
        if not _sure(args, either("Allow it?", "허용할까요?")):
            return 1
        limits = {"looks": args.looks, "looks_each": args.looks_each, "least_rows": dataset.least_rows}
        said = (str(use["uid"]), str(use["dataset"]), str(use["title"]), dict(use["wants"]))
        journal.keep_permit(Permit(*said, **limits, state="approved"))
        door.answer(use["uid"], is_yes=True, wants_sha256=use["wants_sha256"], note=args.note, **limits)
    print(either("Allowed.", "허용했습니다."))
    return 0


def _demand_fit(dataset: Dataset, use: Mapping[str, Any]) -> None:
    """Refuse to allow what cannot work: answers that do not fit the columns asked for, or files that changed meanwhile."""
    found = data.files_of(dataset.folder)
    if data.hash_of(found) != dataset.sha256:
        raise SiteError(
            either(
                "the files have changed; `dure site add` them anew",
                "파일이 바뀌었습니다. `dure site add` 로 다시 등록하십시오",
            )
        )
    try:
        schema = use["wants"]["scoring"]["schema"]
        child.call("dure.engines.scoring.apart:demand_answers", path=str(found.answers), schema=schema)
    except Faulty as faulty:
        said = ", ".join(f"{fault.code} {fault.column or ''}".strip() for fault in faulty.faults[:5])
        raise SiteError(either(f"the answers do not fit: {said}", f"정답이 맞지 않습니다: {said}")) from None
    except (KeyError, TypeError):
        raise SiteError(either("this request cannot be read", "이 요청을 읽을 수 없습니다")) from None


def _refuse(here: Folder, args: argparse.Namespace) -> int:
    identity = here.identity()
    with Door(identity) as door, closing(Journal(here.journal)) as journal:
        use = _one_of(door.uses(), args.request, "uid")
        if (known := journal.permit(str(use["uid"]))) is not None:
            limits = (known.looks, known.looks_each, known.least_rows)
            journal.keep_permit(
                Permit(known.use, known.dataset, known.title, known.wants, *limits, "refused")
            )
        door.answer(use["uid"], is_yes=False, note=args.note, least_rows=1)
    print(either("Refused.", "거절했습니다."))
    return 0


def _run(here: Folder, args: argparse.Namespace) -> int:
    identity = here.identity()
    level = protection().level
    if level < LEAST_LEVEL:
        raise SiteError(
            either(
                f"this machine cannot hold strangers' programs (protection {level} of {LEAST_LEVEL}); see `dure doctor`",
                f"이 컴퓨터는 낯선 이의 프로그램을 돌릴 수 없습니다 (보호 수준 {level}/{LEAST_LEVEL}). `dure doctor` 를 보십시오",
            )
        )
    if not install(standard()):
        return 1
    with here.alone(), closing(Journal(here.journal)) as journal:
        _say(
            either(
                f"site “{identity.name}” waits for work from {identity.server}",
                f"“{identity.name}” 사이트가 {identity.server} 의 일을 기다립니다",
            )
        )
        return Site(here, identity, journal, say=_say).run(once=args.once)


def _log(here: Folder, args: argparse.Namespace) -> int:
    with closing(Journal(here.journal)) as journal:
        runs = journal.runs()
    if not args.run:
        print("\n".join(map(_line, runs)) or either("Nothing has run.", "실행한 것이 없습니다."))
        return 0
    one = _one_of([_plain_run(run) for run in runs], args.run, "task")
    print(json.dumps(one | {"log": len(one["log"])}, ensure_ascii=False, indent=1))
    _show_log(one["log"])
    return 0


def _show_log(log: str) -> None:
    print("".join(f"| {plain(line)}\n" for line in log.splitlines()), end="")


def _plain_run(run: Run) -> dict[str, Any]:
    return {name: getattr(run, name) for name in Run.__slots__}


def _line(run: Run) -> str:
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.begun))
    state = run.result["state"] if run.result else either("not over", "끝나지 않음")
    problem = run.result.get("problem", "") if run.result else ""
    return f"{when}  {run.task}  {state:<15} {problem:<22} {plain(run.name)}"


def _release(here: Folder, args: argparse.Namespace) -> int:
    """The log is shown, then asked about: it was written beside the rows and may hold some."""
    identity = here.identity()
    with closing(Journal(here.journal)) as journal, Door(identity) as door:
        run = _one_of([_plain_run(one) for one in journal.runs()], args.run, "task")
        _show_log(run["log"])
        if not _sure(
            args,
            either(
                "Send this to the platform? It was written beside your rows.",
                "이 내용을 보낼까요? 여러분의 데이터 옆에서 쓰인 것입니다.",
            ),
        ):
            return 1
        door.release_log(run["task"], run["log"])
        journal.mark_released(run["task"])
    return 0


COMMANDS: Final[Mapping[str, Callable[[Folder, argparse.Namespace], int]]] = {
    "join": _join,
    "add": _add,
    "requests": _requests,
    "approve": _approve,
    "refuse": _refuse,
    "run": _run,
    "log": _log,
    "release": _release,
}


def _one_of(found: list[dict[str, Any]], code: str, name: str) -> dict[str, Any]:
    """The one whose uid begins or ends so. Raises SiteError for none and for several."""
    code = code.strip().lower()
    fitting = [
        one
        for one in found
        if str(one[name]) == code or (len(code) >= SHORTEST and str(one[name]).endswith(code))
    ]
    if len(fitting) != 1:
        raise SiteError(either(f"no single one is called {code}", f"{code} 에 해당하는 것이 하나가 아닙니다"))
    return fitting[0]


def _sure(args: argparse.Namespace, question: str) -> bool:
    if args.yes:
        return True
    if not sys.stdin.isatty():
        say_error(
            either("say --yes where nobody can be asked", "물어볼 수 없는 곳에서는 --yes 를 붙이십시오")
        )
        return False
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes", "예", "ㅇ", "네"}


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {plain(words)}", flush=True)
