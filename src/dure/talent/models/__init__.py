"""Rows of talent."""

from dure.talent.models import demographic as _demographic  # noqa: F401 - a row that only audits may name
from dure.talent.models.application import Appeal, Application, ApplicationMessage, Offer
from dure.talent.models.audit import AuditReport
from dure.talent.models.evidence import Endorsement, Evidence, SkillPosterior
from dure.talent.models.intake import (
    AcademicCredit,
    Duty,
    Intake,
    IntakeHost,
    IntakeSponsor,
    MonthlyReport,
    Stay,
    Stipend,
)
from dure.talent.models.matching import ApplyInvitation, HandOrder, Suggested
from dure.talent.models.opening import Opening, OpeningImport, Requirement, VerifiedOrganisation
from dure.talent.models.prediction import Prediction
from dure.talent.models.profile import AccessEntry, ConsentGrant, DeletionReceipt, Profile
from dure.talent.models.round import (
    PlacementDecision,
    PlacementExplanation,
    PlacementRound,
    RoundChoice,
    RoundEntry,
    RoundResult,
    RoundSeat,
    SecretCommitment,
)
from dure.talent.models.round_appeal import CorrectedPlace, RoundAppeal, RoundCorrection
from dure.talent.models.selection import InterviewSlot, Review
from dure.talent.models.team import TeamNeed, TeamProposal, TeamSeat, TeamSkill

__all__ = [
    "AcademicCredit",
    "AccessEntry",
    "Appeal",
    "Application",
    "ApplicationMessage",
    "ApplyInvitation",
    "AuditReport",
    "ConsentGrant",
    "CorrectedPlace",
    "DeletionReceipt",
    "Duty",
    "Endorsement",
    "Evidence",
    "HandOrder",
    "Intake",
    "IntakeHost",
    "IntakeSponsor",
    "InterviewSlot",
    "MonthlyReport",
    "Offer",
    "Opening",
    "OpeningImport",
    "PlacementDecision",
    "PlacementExplanation",
    "PlacementRound",
    "Prediction",
    "Profile",
    "Requirement",
    "Review",
    "RoundAppeal",
    "RoundChoice",
    "RoundCorrection",
    "RoundEntry",
    "RoundResult",
    "RoundSeat",
    "SecretCommitment",
    "SkillPosterior",
    "Stay",
    "Stipend",
    "Suggested",
    "TeamNeed",
    "TeamProposal",
    "TeamSeat",
    "TeamSkill",
    "VerifiedOrganisation",
]
