"""`dure placement verify`: run a placement's file again, as an auditor does, without a server and without the solver."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from dure.cli.sentences import said
from dure.cli.server import say_error
from dure.cli.words import either, padded
from dure.engines.faults import Fault, Faulty
from dure.engines.placement import (
    FAULTS,
    MOST_BYTES,
    Counts,
    Original,
    Verdict,
    certify,
    original_faults,
    verify,
)

VERIFIED, BROKEN, UNREADABLE = 0, 1, 2
COUNTS: Final = {
    "applicants": ("applicants", "지원자"),
    "openings": ("openings", "자리 종류"),
    "seats": ("seats", "정원"),
    "choices": ("choices", "지망"),
    "placed": ("placed", "배정된 사람"),
    "blocking_pairs": ("blocking pairs", "서로 더 원하는 쌍"),
    "reserve_breaks": ("withheld reserved seats", "지키지 않은 우선석"),
    "over_capacity": ("people over capacity", "정원을 넘은 사람"),
    "quota_breaks": ("people over quotas", "상한을 넘은 사람"),
    "unacceptable": ("people where they cannot be", "있을 수 없는 자리의 사람"),
    "otherwise_placed": ("placed otherwise when solved again", "다시 풀면 달라지는 사람"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    words = either(
        "recount hashes, lottery and blocking pairs of a file", "파일의 해시·추첨·안정성을 다시 셉니다"
    )
    checking = actions.add_parser("verify", help=words, description=words, allow_abbrev=False)
    checking.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=either("the pseudonymous file of a placement", "배정의 가명 파일"),
    )
    checking.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help=either("the published certificate, which must be the same", "공개된 증명서. 똑같아야 합니다"),
    )
    checking.add_argument(
        "--original",
        type=Path,
        metavar="FILE",
        help=either(
            "of a re-run: the published certificate of the first run, whose lottery it must have",
            "다시 배정한 경우: 처음 배정의 공개된 증명서. 추첨이 같아야 합니다",
        ),
    )
    checking.add_argument(
        "--json", action="store_true", help=either("print the certificate alone", "증명서만 출력")
    )
    parser.epilog = checking.epilog = either(
        "Exit status: 0 verified, 1 not, 2 unreadable. Compare the hashes with the published ones, or give --certificate.",
        "종료 상태: 0 확인됨, 1 확인되지 않음, 2 읽을 수 없음. 공개된 해시와 비교하거나 --certificate 를 쓰세요.",
    )


def run(args: argparse.Namespace) -> int:
    try:
        verdict = verify(_content(args.file))
        other = [] if args.original is None else original_faults(verdict, _content(args.original).rstrip())
        published = None if args.certificate is None else _content(args.certificate)
    except OSError as error:
        say_error(f"{error.filename}: {error.strerror}")
        return UNREADABLE
    except Faulty as error:
        _say_faults(error.faults)
        return UNREADABLE
    return _say(verdict, published, other, as_json=args.json)


def _content(path: Path) -> bytes:
    """No more than is read anyhow: one byte more tells that there is more."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _say(verdict: Verdict, published: bytes | None, other: list[Fault], *, as_json: bool) -> int:
    """`other` is what keeps the file from being a re-run of the first run that was named."""
    certificate = certify(verdict) if verdict.is_verified and not other else b""
    if as_json and certificate:
        print(certificate.decode())
    elif not as_json:
        _say_hashes(verdict)
    _say_faults([*verdict.faults, *other])
    if not certificate:
        print(either("Not verified.", "확인되지 않았습니다."), file=sys.stderr)
        return BROKEN
    if published is not None and published.rstrip() != certificate:
        print(
            either("This is not the published certificate's placement.", "공개된 증명서의 배정이 아닙니다."),
            file=sys.stderr,
        )
        return BROKEN
    if not as_json:
        print(either("Verified.", "확인되었습니다."))
    return VERIFIED


def _say_hashes(verdict: Verdict) -> None:
    for name, digest in (
        (either("file", "파일"), verdict.file_sha256),
        (either("inputs", "입력"), verdict.inputs_sha256),
        (either("result", "결과"), verdict.places_sha256),
    ):
        print(f"{padded(name, 8)} sha256:{digest}")
    if verdict.original:
        _say_original(verdict.original)
    if verdict.counts:
        _say_counts(verdict.counts)


def _say_original(original: Original) -> None:
    print(
        either(
            "Run again after a correction, with the lottery of the first run:",
            "정정 뒤 처음 추첨 그대로 다시 배정했습니다.",
        )
    )
    print(f"{padded(either('first', '처음'), 8)} sha256:{original.inputs_sha256}")
    for digest, reason in original.corrections:
        print(f"{padded(either('change', '정정'), 8)} sha256:{digest}  {reason}")
    print(
        f"{original.moved:>10,}  {either('people with another place than in the first run', '처음과 다른 자리를 받은 사람')}"
    )


def _say_counts(counts: Counts) -> None:
    for name, count in asdict(counts).items():
        print(f"{count:>10,}  {either(*COUNTS[name])}")


def _say_faults(faults: list[Fault] | tuple[Fault, ...]) -> None:
    for fault in faults:
        print(said(fault, FAULTS), file=sys.stderr)
