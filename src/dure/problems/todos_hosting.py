"""What waits for hosts and for teams that may win: their rows of the one query in `todos`, and what they say."""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from dure.foundation import i18n
from dure.foundation.notices import Todo
from dure.problems.models import Award, Challenge
from dure.problems.rules_handover import AT_WORK
from dure.problems.todo_rows import Row, shaped

MOST: Final = 20
KIND: Final = "challenge"
TITLE: Final = (F("problem__title_ko"), F("problem__title_en"))
OF_AWARD: Final = (F("challenge__problem__title_ko"), F("challenge__problem__title_en"))


def rows(person: Any) -> "Iterable[QuerySet[Any, Any]]":
    """Challenges to prepare, findings and winners to settle, winners to meet; and the code and report that one's team is asked for.

    The secretariat sees only its own here.
    """
    return _hosted(person), _winning(person)


def _hosted(person: Any) -> "QuerySet[Any, Any]":
    mine = Q(pk__in=Challenge.hosts.through.objects.filter(person_id=person.pk).values("challenge_id"))
    waiting = Q(state__in=("draft", "closed")) | _with_winners_to_meet()
    found = Challenge.objects.filter(waiting, mine | Q(problem__curator_id=person.pk)).order_by()
    more = {"findings": F("findings"), "reason": F("findings_reason_for")}
    return shaped(found, KIND, key="slug", titles=TITLE, **more)[:MOST]


def _with_winners_to_meet() -> Q:
    """Declared, the need still at work, and a winning team without a workroom."""
    roomless = Award.objects.filter(challenge_id=OuterRef("pk"), state="accepted", team__workrooms=None)
    return Q(Exists(roomless), state="finished", problem__state__in=AT_WORK)


def _winning(person: Any) -> "QuerySet[Any, Any]":
    asked = Award.objects.filter(
        state="asked", team__members__person_id=person.pk, team__members__left_at=None
    )
    return shaped(asked.order_by(), KIND, key="uid", titles=OF_AWARD, moment=F("due_at"))[:MOST]


def todos_of(found: Iterable[Row]) -> list[Todo]:
    """What these rows say."""
    return [_todo(row) for row in found if row.kind == KIND]


def _todo(row: Row) -> Todo:
    title, page = i18n.either(row.title_ko, row.title_en), f"/challenges/{row.key}/manage"
    if row.state == "asked":
        return Todo(title, f"/awards/{row.key}", _("Your team may win: hand in code and report."), row.moment)
    if row.state == "closed":
        return Todo(title, f"{page}/winners", _("Settle the winners and declare the result."))
    if row.state == "finished":
        return Todo(title, f"/challenges/{row.key}", _("Open the workroom with the winners."))
    stops = any(found["severity"] == "stop" for found in json.loads(row.findings or "[]"))
    if stops and not row.reason:
        return Todo(title, f"{page}/checks", _("The leak checks found something to mend before the opening."))
    return Todo(title, page, _("Finish preparing the challenge and open it."))
