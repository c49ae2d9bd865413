"""Teams for a need: who together covers its skills, with little overlap, from more than one organisation."""

from dure.engines.teams.explaining import NEEDED, Covered, Part, covered, parts, score_of
from dure.engines.teams.proposing import MOST_PROPOSALS, Proposal, propose
from dure.engines.teams.scoring import Score, Team, score, team_of
from dure.engines.teams.searching import STEPS
from dure.engines.teams.values import LARGEST, Candidate, Need, Requirement

__all__ = [
    "LARGEST",
    "MOST_PROPOSALS",
    "NEEDED",
    "STEPS",
    "Candidate",
    "Covered",
    "Need",
    "Part",
    "Proposal",
    "Requirement",
    "Score",
    "Team",
    "covered",
    "parts",
    "propose",
    "score",
    "score_of",
    "team_of",
]
