"""A challenge as its participants see it."""

from typing import Any

from tests.browser.cases import Case
from tests.factories.contest import busy_contest, closed_contest, contest
from tests.factories.people import person
from tests.factories.problems import open_challenge


def _overview(*, signed_in: bool) -> tuple[str, Any]:
    made = contest()
    return made.url, made.talent if signed_in else None


def _empty() -> tuple[str, Any]:
    return f"/challenges/{open_challenge().slug}", None


def _data() -> tuple[str, Any]:
    return f"{contest(rivals=0).url}/data", person()


def _data_stranger() -> tuple[str, Any]:
    return f"{contest(rivals=0).url}/data", None


def _board() -> tuple[str, Any]:
    return f"{contest().url}/leaderboard", None


def _board_mine() -> tuple[str, Any]:
    made = busy_contest()
    return f"{made.url}/leaderboard", made.talent


def _board_empty() -> tuple[str, Any]:
    return f"/challenges/{open_challenge().slug}/leaderboard", None


def _board_closed(query: str = "") -> tuple[str, Any]:
    made = closed_contest()
    return f"{made.url}/leaderboard{query}", made.talent


def _submit_empty() -> tuple[str, Any]:
    made = contest(rivals=0)
    return f"{made.url}/submit", made.talent


def _submit() -> tuple[str, Any]:
    made = busy_contest()
    return f"{made.url}/submit", made.talent


def _submit_closed() -> tuple[str, Any]:
    made = closed_contest()
    return f"{made.url}/submit", made.talent


def _submit_stranger() -> tuple[str, Any]:
    return f"{contest(rivals=0).url}/submit", None


def _team(who: str) -> tuple[str, Any]:
    made = contest(rivals=0)
    return f"{made.url}/team", getattr(made, who) if who else None


CASES = [
    Case("challenge", lambda: _overview(signed_in=False)),
    Case("challenge-talent", lambda: _overview(signed_in=True)),
    Case("challenge-empty", _empty),
    Case("challenge-data", _data),
    Case("challenge-data-stranger", _data_stranger),
    Case("challenge-board", _board),
    Case("challenge-board-talent", _board_mine),
    Case("challenge-board-empty", _board_empty),
    Case("challenge-board-closed", _board_closed),
    Case("challenge-board-closed-public", lambda: _board_closed("?view=public")),
    Case("challenge-submit", _submit),
    Case("challenge-submit-empty", _submit_empty),
    Case("challenge-submit-closed", _submit_closed),
    Case("challenge-submit-stranger", _submit_stranger),
    Case("challenge-team", lambda: _team("talent")),
    Case("challenge-team-guest", lambda: _team("guest")),
    Case("challenge-team-stranger", lambda: _team("")),
]
