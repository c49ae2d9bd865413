"""What hosts and teams are told while a challenge is run."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.notices import register_kind
from dure.problems.notice_groups import HOSTING, OPERATION, TAKING_PART, is_secretary

OPENED = register_kind(
    "problems.challenge_opened",
    _("Challenges that open"),
    _("The challenge “%(title)s” is open."),
    group=TAKING_PART,
)
OPENED_ALL_THE_SAME = register_kind(
    "problems.opened_with_findings",
    _("Challenges opened in spite of a finding"),
    _("“%(title)s” was opened in spite of what the leak checks say: %(reason)s"),
    group=OPERATION,
    only=is_secretary,
)
CLOSES_SOON = register_kind(
    "problems.closes_soon",
    _("Your challenges that close soon"),
    _("“%(title)s” closes by itself in less than three days."),
    group=HOSTING,
)
CLOSED = register_kind(
    "problems.challenge_closed",
    _("Your challenges that closed"),
    _("“%(title)s” is closed. Ask the teams that may win for their code next."),
    group=HOSTING,
)
LEAKS = register_kind(
    "problems.leaks",
    _("Leak checks of your challenges"),
    _("The leak checks of “%(title)s” found something that would decide the challenge."),
    group=HOSTING,
)
RESCORED = register_kind(
    "problems.rescored",
    _("Your scores after a change of answers or metric"),
    _("“%(title)s” was scored again. Team %(team)s: %(before)s → %(after)s. Why: %(why)s"),
    group=TAKING_PART,
)
ASKED = register_kind(
    "problems.award_asked",
    _("Being asked for code as a possible winner"),
    _("Your team may win “%(title)s”. Hand in your code and a report in time."),
    group=TAKING_PART,
)
HANDED = register_kind(
    "problems.award_handed",
    _("Code of possible winners"),
    _("Team %(team)s handed in code and report for “%(title)s”."),
    group=HOSTING,
)
MORE_WANTED = register_kind(
    "problems.award_returned",
    _("Code that the host wants more of"),
    _("The host of “%(title)s” asks for more: %(reason)s"),
    group=TAKING_PART,
)
WON = register_kind(
    "problems.award_won", _("Winning"), _("Your team has won “%(title)s”."), group=TAKING_PART
)
PASSED_OVER = register_kind(
    "problems.award_passed_over",
    _("Being passed over as a winner"),
    _("Your team was passed over as a winner of “%(title)s”: %(reason)s"),
    group=TAKING_PART,
)

FINISHED = register_kind(
    "problems.challenge_finished",
    _("The result of your challenges"),
    _("The result of “%(title)s” is declared. Open the workroom with the winners next."),
    group=HOSTING,
)
FINISHED_ALONE = register_kind(
    "problems.challenge_without_winner",
    _("Your challenges that end without a winner"),
    _("The result of “%(title)s” is declared; no team won."),
    group=HOSTING,
)
RESULT = register_kind(
    "problems.result_recorded",
    _("Your results"),
    _("The result of “%(title)s” is declared: team %(team)s, rank %(rank)s of %(teams)s."),
    group=TAKING_PART,
)


def titles(challenge: Any) -> dict[str, str]:
    """The problem's title for a notice, in both languages."""
    return {"title_ko": challenge.problem.title_ko, "title_en": challenge.problem.title_en}
