"""What happened to a need, as a line of dated facts: each is read from the rows that record it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from dure.foundation import i18n
from dure.foundation.models import AuditEntry
from dure.problems.models import Challenge, Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the story, as `<c-timeline>` draws it."""

    title: str
    at: datetime
    words: str = ""
    ahead: bool = False


def story_of(challenge: Challenge) -> list[Entry]:
    """From the post to the result, oldest first, in six queries. It tells nothing that the board does not show as well."""
    found = [*_need(challenge.problem), *_course(challenge), *_result(challenge)]
    return sorted(found, key=lambda entry: entry.at)


def _need(problem: Problem) -> Iterator[Entry]:
    titles = {
        "problem.accept": _("Accepted by the secretariat"),
        "problem.deliver": _("Solution handed to the owner"),
    }
    if problem.posted_at:
        yield Entry(_("Need posted"), problem.posted_at)
    moves = AuditEntry.objects.filter(uid=problem.uid, action__in=list(titles)).order_by("id")
    for move in moves:
        yield Entry(titles[move.action], move.at)
    if problem.solved_at:
        yield Entry(_("Solved, says its owner"), problem.solved_at)


def _course(challenge: Challenge) -> Iterator[Entry]:
    if challenge.opened_at:
        yield Entry(_("Challenge opened"), challenge.opened_at)
    first = challenge.submissions.filter(team__is_baseline=False).aggregate(at=Min("accepted_at"))["at"]
    if first:
        yield Entry(_("First submission"), first)
    rows: Any = challenge.rescores.select_related("answers_to", "scorer_to", "scorer_from")
    for row in rows.filter(finished_at__isnull=False):
        changed = row.scorer_to if row.scorer_to_id != row.scorer_from_id else row.answers_to
        versions = {"answers": row.answers_to.number, "scorer": row.scorer_to.number}
        title = _("Scored again: answers v%(answers)s, scorer v%(scorer)s") % versions
        yield Entry(title, row.finished_at, i18n.localized(changed, "note"))
    if challenge.closed_at:
        yield Entry(_("Challenge closed"), challenge.closed_at)


def _result(challenge: Challenge) -> Iterator[Entry]:
    """Awards are told only once the result is declared."""
    if challenge.state != "finished":
        return
    for award in challenge.awards.filter(state="accepted").select_related("team"):
        words = _("Place %(place)s") % {"place": award.place}
        yield Entry(
            _("Winner: %(team)s") % {"team": award.team.name}, award.settled_at or award.due_at, words
        )
    yield Entry(_("Result declared"), challenge.state_since)
