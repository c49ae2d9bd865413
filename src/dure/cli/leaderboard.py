"""`dure leaderboard`: who is ahead, and how sure that is."""

import argparse
import json
import sys
from typing import Any

from dure.cli.server import Server, challenge_path, plain, talk, words_of
from dure.cli.words import either, padded


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "challenge", metavar="CHALLENGE", help=either("its name in `dure problems`", "챌린지 이름")
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help=either("print as CSV", "CSV로 출력"))
    form.add_argument("--json", action="store_true", help=either("print as JSON", "JSON으로 출력"))
    parser.add_argument(
        "--view",
        choices=["public", "private"],
        help=either(
            "which rows (default: private once it is closed)", "어느 행의 점수인지 (마감 뒤에는 private)"
        ),
    )


def run(args: argparse.Namespace) -> int:
    return talk(lambda server: _show(server, args))


def _show(server: Server, args: argparse.Namespace) -> int:
    view = {"view": args.view} if args.view else {}
    path = challenge_path(args.challenge, "/leaderboard")
    if args.csv:
        sys.stdout.write(server.text(f"{path}.csv", **view).removeprefix("\ufeff"))
        return 0
    board = server.get(path, **view)
    if args.json:
        print(json.dumps(board, ensure_ascii=False, indent=1))
        return 0
    for line in table(board):
        print(line)
    return 0


def table(board: Any) -> list[str]:
    """Return the board as lines: rank, rank interval, score, interval, files, team. Equal marks = cannot be told apart."""
    if not board["rows"]:
        return [either("No scores yet.", "아직 점수가 없습니다.")]
    width = max(map(len, map(_ranks, board["rows"])))
    head = "  ".join(
        [
            padded(either("rank", "순위"), width + 5),
            padded(either("score", "점수"), 10),
            padded(either("95% interval", "95% 구간"), 23),
            padded(either("files", "제출"), 5),
            either("team", "팀"),
        ]
    )
    lines = [head, *(_line(row, width) for row in board["rows"])]
    return [*lines, "", f"{board['view']} · {plain(board['method'])}"]


def _line(row: Any, width: int) -> str:
    rank = "–" if row["rank"] is None else str(row["rank"])
    interval = "" if row["low"] is None else f"{row['low']:.5g} – {row['high']:.5g}"
    organisation = words_of(row, "organisation")
    name = plain(row["name"]) + (f" ({organisation})" if organisation else "")
    mark = either(" [baseline]", " [기준선]") if row["baseline"] else ""
    ranks = f"{rank:>3}  {_ranks(row):<{width}}"
    return f"{ranks}  {row['score']:<10.5g}  {interval:<23}  {row['entries']:<5}  {name}{mark}"


def _ranks(row: Any) -> str:
    return "" if row["rank_low"] is None else f"{row['rank_low']}–{row['rank_high']}"
