"""The door of problems: what other apps may use.

Floors above hear of problems by subscribing to the events here (`foundation.events.subscribe`), and read through the queries, which
take the reader and give only what that reader may see. `recorded_results` and the reads of a year (`needs_posted`, `needs_solved`,
`payoffs`) ask nobody: they are for books, not for pages.
"""

from dure.problems.access import access_challenge, access_problem
from dure.problems.actions.drafted_needs import draft_need
from dure.problems.actions.teams_together import Together, enter_together
from dure.problems.actions.workrooms import open_room
from dure.problems.events import (
    ChallengeClosed,
    ChallengeFinished,
    ChallengeOpened,
    DemoLoaded,
    NeedAccepted,
    NeedPosted,
    NeedSolved,
    NeedUnsolved,
    PayoffAnswered,
    Rescored,
    ResultRecorded,
    SolutionAccepted,
    WorkroomOpened,
)
from dure.problems.models import Challenge, Problem, ResultRecord
from dure.problems.need_panels import register_need_panel
from dure.problems.queries.front import (
    Card,
    Figures,
    MyTeam,
    figures,
    my_problems,
    my_teams,
    open_problems,
    recent_results,
)
from dure.problems.queries.needs import url_of as problem_url
from dure.problems.queries.reach import shown_problems_of
from dure.problems.queries.results import recorded_results, results_of, spreads
from dure.problems.queries.standing import PublicStanding, public_standings, team_in
from dure.problems.queries.together import Gathered, Place, challenges_entered, gathered_in
from dure.problems.queries.yearly import needs_posted, needs_solved, payoffs
from dure.problems.rules import curates, may_enter, owns_problem

__all__ = [
    "Card",
    "Challenge",
    "ChallengeClosed",
    "ChallengeFinished",
    "ChallengeOpened",
    "DemoLoaded",
    "Figures",
    "Gathered",
    "MyTeam",
    "NeedAccepted",
    "NeedPosted",
    "NeedSolved",
    "NeedUnsolved",
    "PayoffAnswered",
    "Place",
    "Problem",
    "PublicStanding",
    "Rescored",
    "ResultRecord",
    "ResultRecorded",
    "SolutionAccepted",
    "Together",
    "WorkroomOpened",
    "access_challenge",
    "access_problem",
    "challenges_entered",
    "curates",
    "draft_need",
    "enter_together",
    "figures",
    "gathered_in",
    "may_enter",
    "my_problems",
    "my_teams",
    "needs_posted",
    "needs_solved",
    "open_problems",
    "open_room",
    "owns_problem",
    "payoffs",
    "problem_url",
    "public_standings",
    "recent_results",
    "recorded_results",
    "register_need_panel",
    "results_of",
    "shown_problems_of",
    "spreads",
    "team_in",
]
