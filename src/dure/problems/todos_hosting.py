"""What waits for hosts and for teams that may win."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dure.foundation import i18n, notices
from dure.foundation.notices import Todo
from dure.problems.models import Award, Challenge

MOST = 20


def hosted(person: Any) -> list[Todo]:
    """Challenges to prepare, findings to settle, winners to settle: one query. The secretariat sees only its own here."""
    if not person.is_authenticated:
        return []
    mine = Q(pk__in=Challenge.hosts.through.objects.filter(person_id=person.pk).values("challenge_id"))
    rows = Challenge.objects.filter(
        mine | Q(problem__curator_id=person.pk), state__in=("draft", "closed")
    ).select_related("problem")
    return [_todo(challenge) for challenge in rows[:MOST]]


def _todo(challenge: Challenge) -> Todo:
    title = i18n.localized(challenge.problem, "title")
    page = f"/challenges/{challenge.slug}/manage"
    if challenge.state == "closed":
        return Todo(title, f"{page}/winners", _("Settle the winners and declare the result."))
    stops = any(found["severity"] == "stop" for found in challenge.findings)
    if stops and not challenge.findings_reason_for:
        return Todo(title, f"{page}/checks", _("The leak checks found something to mend before the opening."))
    return Todo(title, page, _("Finish preparing the challenge and open it."))


def winning(person: Any) -> list[Todo]:
    """Code and report that the person's team is asked for: one query."""
    if not person.is_authenticated:
        return []
    rows = Award.objects.filter(
        state="asked", team__members__person_id=person.pk, team__members__left_at=None
    ).select_related("challenge__problem")
    return [
        Todo(
            i18n.localized(award.challenge.problem, "title"),
            f"/awards/{award.uid}",
            _("Your team may win: hand in code and report."),
            award.due_at,
        )
        for award in rows[:MOST]
    ]


def register() -> None:
    notices.register_todos(hosted)
    notices.register_todos(winning)
