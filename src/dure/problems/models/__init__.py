"""Needs, challenges and what is handed in to them."""

from dure.problems.models.award import Award, AwardFile
from dure.problems.models.board import Board, ResultRecord
from dure.problems.models.challenge import Challenge, Page, Phase
from dure.problems.models.code import CodeRun, HiddenInput, ProgramRun
from dure.problems.models.data import AnswerVersion, DatasetFile, DatasetVersion, ScorerVersion
from dure.problems.models.problem import Attachment, Message, Problem
from dure.problems.models.rescore import Rescore
from dure.problems.models.submission import Evaluation, Submission
from dure.problems.models.team import Team, TeamInvitation, TeamMember
from dure.problems.models.terms import ProblemTerms, TermsAcceptance
from dure.problems.models.workroom import (
    Decision,
    Defect,
    Deliverable,
    Milestone,
    Solver,
    Workroom,
    WorkroomFile,
)

__all__ = [
    "AnswerVersion",
    "Attachment",
    "Award",
    "AwardFile",
    "Board",
    "Challenge",
    "CodeRun",
    "DatasetFile",
    "DatasetVersion",
    "Decision",
    "Defect",
    "Deliverable",
    "Evaluation",
    "HiddenInput",
    "Message",
    "Milestone",
    "Page",
    "Phase",
    "Problem",
    "ProblemTerms",
    "ProgramRun",
    "Rescore",
    "ResultRecord",
    "ScorerVersion",
    "Solver",
    "Submission",
    "Team",
    "TeamInvitation",
    "TeamMember",
    "TermsAcceptance",
    "Workroom",
    "WorkroomFile",
]
