"""`dure data get`: fetch the data of the larger demo problems, checked, and build the problems' files from them."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from dure.cli.installation import Installation
from dure.cli.server import say_error
from dure.cli.words import either
from dure.engines.faults import Fault, Faulty

# Django's translations would cost a second here; these are the four things that fetching can say.
SENTENCES = {
    "source_mirror_missing": (
        "the mirror folder has no file {file}",
        "미러 폴더에 {file} 파일이 없습니다",
    ),
    "source_mirror_changed": (
        "{file} in the mirror folder is not the file that was declared",
        "미러 폴더의 {file} 파일이 정해 둔 파일과 다릅니다",
    ),
    "source_unreachable": ("{url} cannot be fetched: {reason}", "{url} 에서 받을 수 없습니다: {reason}"),
    "source_changed": (
        "{file} is not the file that was declared any more",
        "{file} 파일이 정해 둔 파일과 달라졌습니다",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["get"], help=either("fetch and prepare", "받아서 준비합니다"))
    parser.add_argument("slug", metavar="SLUG", nargs="?", help=either("which problem", "어느 문제인지"))
    parser.add_argument("--list", action="store_true", help=either("list what there is", "받을 수 있는 것"))
    parser.add_argument("--data", metavar="DIR", type=Path, help=either("data folder", "데이터 폴더"))
    parser.epilog = either(
        "From the folder DURE_DATA_MIRROR where it is set, else from the public addresses. The problem's files go "
        "to data/SLUG in the data folder; `dure manage demo_load --only SLUG` then loads it.",
        "DURE_DATA_MIRROR 폴더가 있으면 거기서, 없으면 공개 주소에서 받습니다. 문제 파일은 데이터 폴더의 data/SLUG 에 놓이며, "
        "`dure manage demo_load --only SLUG` 로 불러옵니다.",
    )


def run(args: argparse.Namespace) -> int:
    from dure.problems.demo.sources import SOURCES

    if args.list:
        return _list()
    if args.slug not in SOURCES:
        say_error(either("choose one of: ", "이 가운데 고르세요: ") + ", ".join(SOURCES))
        return 2
    try:
        out = _get(args.slug, Installation.at(args.data).folder / "data")
    except Faulty as error:
        for fault in error.faults:
            say_error(sentence(fault))
        return 1
    except OSError as error:
        say_error(f"{error.filename or ''}: {error.strerror or error}")
        return 1
    print(either(f"Ready in {out}", f"{out} 에 준비했습니다"))
    print(either("To load it: ", "불러오기: ") + f"dure manage demo_load --only {args.slug}")
    return 0


def _list() -> int:
    from dure.problems.demo.sources import SOURCES

    for source in SOURCES.values():
        print(f"{source.slug:<16} {source.licence}")
        print(f"{'':<16} {source.attribution}")
    return 0


def _get(slug: str, folder: Path) -> Path:
    """Fetch into `fetched/SLUG`, build beside the goal, and put the whole folder in place at once."""
    from dure.problems.demo.builders import prepare
    from dure.problems.demo.sources import SOURCES, fetch

    source = SOURCES[slug]
    mirror = os.environ.get("DURE_DATA_MIRROR", "")
    fetched, out = folder / "fetched" / slug, folder / slug
    print(
        either("Licence: ", "라이선스: ") + f"{source.licence}. {source.attribution} {source.notice}".rstrip()
    )
    fetch(source, fetched, mirror=Path(mirror) if mirror else None, progress=_show)
    print(either("Building the problem's files …", "문제 파일을 만드는 중 …"), flush=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f".{slug}-") as half:
        built = Path(half) / slug
        prepare(slug, fetched=fetched, out=built)
        shutil.rmtree(out, ignore_errors=True)
        built.rename(out)
    return out


def _show(name: str, size: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{name} {size / 1e6:.1f} MB", end="", file=sys.stderr, flush=True)


def sentence(fault: Fault) -> str:
    """Return a fault of fetching in words."""
    known = SENTENCES.get(fault.code)
    return either(*known).format(**dict(fault.params)) if known else f"{fault.code} {dict(fault.params)}"
