"""`dure download`: all files of a challenge, each checked by its hash; what lies here already and is equal is kept."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from dure.cli.server import Server, challenge_path, plain, say_error, talk, words_of
from dure.cli.words import either

CHUNK = 1 << 18
KINDS = {
    "data_use": ("Data use", "데이터 이용"),
    "confidentiality": ("Confidentiality", "비밀 유지"),
    "results": ("Results and IP", "결과와 지식재산"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "challenge", metavar="CHALLENGE", help=either("its name in `dure problems`", "챌린지 이름")
    )
    parser.add_argument(
        "--to", metavar="DIR", type=Path, help=either("folder (default: the challenge's name)", "받을 폴더")
    )
    parser.add_argument(
        "--accept-terms",
        action="store_true",
        help=either("accept the terms, after reading them", "읽은 약관에 동의합니다"),
    )
    parser.epilog = either(
        "An interrupted download goes on where it stopped. Exit status: 0 all files are here and whole, 1 not.",
        "끊긴 내려받기는 이어서 받습니다. 종료 상태: 0 모두 온전함, 1 아님.",
    )


def run(args: argparse.Namespace) -> int:
    folder = args.to or Path(args.challenge)
    return talk(lambda server: _download(server, args.challenge, folder, accept=args.accept_terms))


def _download(server: Server, slug: str, folder: Path, *, accept: bool) -> int:
    challenge = server.get(challenge_path(slug))
    if not challenge["terms_accepted"] and not accept_terms(server, slug, accept=accept):
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(challenge["files"])
    for file, name in zip(challenge["files"], names, strict=True):
        if not _fetch(server, file, folder / name):
            return 1
    print(either(f"{len(names)} files in {folder}", f"{folder} 에 파일 {len(names)}개"))
    if challenge["licence"]:
        print(either("Licence: ", "라이선스: ") + plain(challenge["licence"]))
    return 0


def accept_terms(server: Server, slug: str, *, accept: bool) -> bool:
    """Print the terms' summaries; accept them when the person said so. Return whether they are accepted now."""
    terms = server.get(challenge_path(slug, "/terms"))
    if not terms:
        return True
    print(either("Terms of this challenge:", "이 챌린지의 약관:"))
    for one in terms:
        kind = either(*KINDS.get(one["kind"], (one["kind"], one["kind"])))
        print(f"- {kind} (v{one['version']}, SHA-256 {one['sha256'][:16]}…)")
        print(f"  {words_of(one, 'summary')}")
    print(either("In full: ", "전문: ") + f"{server.address}/challenges/{slug}/data")
    if not accept:
        say_error(
            either(
                "read them, then run this again with --accept-terms",
                "읽은 뒤 --accept-terms 를 붙여 다시 실행하세요",
            )
        )
        return False
    server.post(challenge_path(slug, "/terms"))
    print(either("Accepted.", "동의했습니다."))
    return True


def file_names(files: list[Any]) -> list[str]:
    """Return a name in one folder for each file: its own, or with its part in front where two are alike.

    A server cannot choose a place outside the folder: only the last part of a name counts, never a hidden one.
    """
    bases = [_base(file["filename"]) for file in files]
    named = [
        base if bases.count(base) == 1 else f"{_base(file['part'])}-{base}"
        for file, base in zip(files, bases, strict=True)
    ]
    return [
        name if named.count(name) == 1 else f"{file['uid'][-8:]}-{name}"
        for file, name in zip(files, named, strict=True)
    ]


def _base(name: str) -> str:
    last = plain(name).replace("\\", "/").rpartition("/")[2].strip().lstrip(".")
    return last[:200] or "file"


def _fetch(server: Server, file: Any, target: Path) -> bool:
    if target.exists() and sha256(target) == file["sha256"]:
        print(either(f"{target.name}: already here", f"{target.name}: 이미 있음"))
        return True
    partial = target.with_name(f"{target.name}.{file['sha256'][:12]}.part")
    _stream(server, file, partial)
    if sha256(partial) != file["sha256"]:
        partial.unlink()
        say_error(
            either(
                f"{target.name}: what came is not what the server announced; run this again",
                f"{target.name}: 받은 내용이 서버가 알린 것과 다릅니다. 다시 실행하세요",
            )
        )
        return False
    partial.replace(target)
    print(f"{target.name}: {file['size']:,} B, SHA-256 {file['sha256'][:16]}…")
    return True


def _stream(server: Server, file: Any, partial: Path) -> None:
    have = partial.stat().st_size if partial.exists() else 0
    if have >= file["size"] > 0:
        return
    with server.stream(file["url"].removeprefix("/api/v1"), start=have) as answer:
        goes_on = answer.status_code == 206
        with partial.open("ab" if goes_on else "wb") as writer:
            for chunk in answer.iter_bytes(CHUNK):
                writer.write(chunk)
                _show(file, writer.tell())


def _show(file: Any, done: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= file["size"] else ""
        share = 100 * done // max(1, file["size"])
        print(f"\r{plain(file['filename'])} {share:3d} %", end=end, file=sys.stderr, flush=True)


def sha256(path: Path) -> str:
    with path.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()
