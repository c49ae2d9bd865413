"""What waits for hosts and for teams that may win."""

import json
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dure.foundation import i18n, notices, prepared
from dure.foundation.notices import Todo
from dure.problems.models import Award, Challenge, Problem
from dure.problems.rules_handover import AT_WORK

MOST = 20
TITLE = ("problem__title_ko", "problem__title_en")


def hosted(person: Any) -> list[Todo]:
    """Challenges to prepare, findings and winners to settle, winners to meet: one query. The secretariat sees only its own here."""
    if not person.is_authenticated:
        return []
    return [_todo(row) for row in prepared.rows("problems.todos.hosted", _hosted, person)]


def _hosted(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__in=Challenge.hosts.through.objects.filter(person_id=person.pk).values("challenge_id"))
    waiting = Q(state__in=("draft", "closed")) | _with_winners_to_meet()
    rows = Challenge.objects.filter(waiting, mine | Q(problem__curator_id=person.pk))
    return rows.values_list(*TITLE, "slug", "state", "findings", "findings_reason_for")[:MOST]


def _with_winners_to_meet() -> Q:
    """Declared, the need still at work, and a winning team without a workroom."""
    roomless = Award.objects.filter(challenge_id=OuterRef("pk"), state="accepted", team__workrooms=None)
    return Q(Exists(roomless), state="finished", problem__state__in=AT_WORK)


def _todo(row: tuple[Any, ...]) -> Todo:
    title_ko, title_en, slug, state, findings, reason_for = row
    title = _title(title_ko, title_en)
    page = f"/challenges/{slug}/manage"
    if state == "closed":
        return Todo(title, f"{page}/winners", _("Settle the winners and declare the result."))
    if state == "finished":
        return Todo(title, f"/challenges/{slug}", _("Open the workroom with the winners."))
    stops = any(found["severity"] == "stop" for found in json.loads(findings))
    if stops and not reason_for:
        return Todo(title, f"{page}/checks", _("The leak checks found something to mend before the opening."))
    return Todo(title, page, _("Finish preparing the challenge and open it."))


def winning(person: Any) -> list[Todo]:
    """Code and report that the person's team is asked for: one query."""
    if not person.is_authenticated:
        return []
    why = _("Your team may win: hand in code and report.")
    return [
        Todo(_title(title_ko, title_en), f"/awards/{uid}", why, due_at)
        for title_ko, title_en, uid, due_at in prepared.rows("problems.todos.winning", _winning, person)
    ]


def _winning(person: Any) -> "QuerySet[Any, Any]":
    rows = Award.objects.filter(
        state="asked", team__members__person_id=person.pk, team__members__left_at=None
    )
    return rows.values_list(*(f"challenge__{name}" for name in TITLE), "uid", "due_at")[:MOST]


def _title(title_ko: str, title_en: str) -> str:
    return i18n.localized(Problem(title_ko=title_ko, title_en=title_en), "title")


def register() -> None:
    notices.register_todos(hosted)
    notices.register_todos(winning)
