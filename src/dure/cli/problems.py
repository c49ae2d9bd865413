"""`dure problems`: the challenges one can see, the newest first."""

import argparse
import json
from datetime import datetime
from typing import Any

from dure.cli.server import Server, talk, words_of
from dure.cli.words import either, padded

STATES = {
    "draft": ("draft", "준비 중"),
    "open": ("open", "진행 중"),
    "closed": ("closed", "마감"),
    "finished": ("finished", "종료"),
    "cancelled": ("cancelled", "취소"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--open", action="store_true", help=either("only those that take files now", "지금 받는 것만")
    )
    parser.add_argument("--json", action="store_true", help=either("print as JSON", "JSON으로 출력"))


def run(args: argparse.Namespace) -> int:
    return talk(lambda server: _list(server, only_open=args.open, as_json=args.json))


def _list(server: Server, *, only_open: bool, as_json: bool) -> int:
    found = [one for one in server.pages("/challenges") if one["state"] == "open" or not only_open]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    width = max((len(one["slug"]) for one in found), default=0)
    for one in found:
        print(
            f"{one['slug']:<{width}}  {padded(state(one), 9)} {padded(closes(one), 18)} {words_of(one, 'title')}"
        )
    if not found:
        print(either("No challenges yet.", "아직 챌린지가 없습니다."))
    return 0


def state(one: Any) -> str:
    return either(*STATES.get(one["state"], (one["state"], one["state"])))


def closes(one: Any) -> str:
    """Return the closing moment in this machine's zone; a dash when it is open-ended."""
    if not one["closes_at"]:
        return "–"
    return datetime.fromisoformat(one["closes_at"]).astimezone().strftime("%Y-%m-%d %H:%M")
