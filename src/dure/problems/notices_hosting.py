"""What hosts and teams are told while a challenge is run."""

from django.utils.translation import gettext_lazy as _

from dure.people import api as people
from dure.problems.notice_groups import HOSTING, OPERATION, TAKING_PART, kinds_under

_to_teams = kinds_under(TAKING_PART)
_to_hosts = kinds_under(HOSTING)
_to_secretariat = kinds_under(OPERATION, only=people.is_secretary)

OPENED = _to_teams("challenge_opened", _("Challenges that open"), _("The challenge “%(title)s” is open."))
OPENED_ALL_THE_SAME = _to_secretariat(
    "opened_with_findings",
    _("Challenges opened in spite of a finding"),
    _("“%(title)s” was opened in spite of what the leak checks say: %(reason)s"),
)
CLOSES_SOON = _to_hosts(
    "closes_soon",
    _("Your challenges that close soon"),
    _("“%(title)s” closes by itself in less than three days."),
)
CLOSED = _to_hosts(
    "challenge_closed",
    _("Your challenges that closed"),
    _("“%(title)s” is closed. Ask the teams that may win for their code next."),
)
LEAKS = _to_hosts(
    "leaks",
    _("Leak checks of your challenges"),
    _("The leak checks of “%(title)s” found something that would decide the challenge."),
)
RESCORED = _to_teams(
    "rescored",
    _("Your scores after a change of answers or metric"),
    _("“%(title)s” was scored again. Team %(team)s: %(before)s → %(after)s. Why: %(why)s"),
)
ASKED = _to_teams(
    "award_asked",
    _("Being asked for code as a possible winner"),
    _("Your team may win “%(title)s”. Hand in your code and a report in time."),
)
HANDED = _to_hosts(
    "award_handed",
    _("Code of possible winners"),
    _("Team %(team)s handed in code and report for “%(title)s”."),
)
MORE_WANTED = _to_teams(
    "award_returned",
    _("Code that the host wants more of"),
    _("The host of “%(title)s” asks for more: %(reason)s"),
)
WON = _to_teams("award_won", _("Winning"), _("Your team has won “%(title)s”."))
PASSED_OVER = _to_teams(
    "award_passed_over",
    _("Being passed over as a winner"),
    _("Your team was passed over as a winner of “%(title)s”: %(reason)s"),
)

FINISHED = _to_hosts(
    "challenge_finished",
    _("The result of your challenges"),
    _("The result of “%(title)s” is declared. Open the workroom with the winners next."),
)
FINISHED_ALONE = _to_hosts(
    "challenge_without_winner",
    _("Your challenges that end without a winner"),
    _("The result of “%(title)s” is declared; no team won."),
)
RESULT = _to_teams(
    "result_recorded",
    _("Your results"),
    _("The result of “%(title)s” is declared: team %(team)s, rank %(rank)s of %(teams)s."),
)
