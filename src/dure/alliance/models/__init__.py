"""Rows of the alliance."""

from dure.alliance.models.adoption import TopicAdoption
from dure.alliance.models.agreement import (
    Agreement,
    AgreementApproval,
    AgreementComment,
    AgreementParty,
    AgreementRevision,
    AgreementSignature,
)
from dure.alliance.models.bulk import BulkBatch, BulkItem
from dure.alliance.models.call import CallCriterion, ResearchCall
from dure.alliance.models.commitment import Commitment, Delivery
from dure.alliance.models.ethics import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion
from dure.alliance.models.figure import FiguresPublication, OrganisationFacts
from dure.alliance.models.guru import Field, GuruTerm
from dure.alliance.models.incubation import (
    IncubationBatch,
    IncubationJuror,
    PitchScore,
    StartupCase,
    StartupCheckpoint,
    StartupMentor,
    StartupProvision,
)
from dure.alliance.models.introduction import StartupIntroduction, StartupOutcome, StartupRound
from dure.alliance.models.ledger import (
    LedgerEntry,
    LedgerImport,
    LedgerPeriod,
    LedgerTransaction,
    LedgerValue,
)
from dure.alliance.models.ledger_receipt import LedgerReceipt
from dure.alliance.models.meeting import (
    Meeting,
    MeetingMaterial,
    MeetingRegistration,
    MeetingSession,
    MeetingSpeaker,
)
from dure.alliance.models.member import Joining, JoiningNote, Member, MemberLevel
from dure.alliance.models.project import (
    ProjectChange,
    ProjectMember,
    ProjectOutput,
    ProjectPartner,
    ProjectRisk,
    ResearchProject,
)
from dure.alliance.models.project_year import MilestoneEvidence, ProjectMilestone, ProjectRenewal
from dure.alliance.models.proposal import Proposal, ProposalPartner, ProposalPerson, ProposalRevision
from dure.alliance.models.resident import JointLab, LabSpace, Resident, ResidentAccess, SpaceBooking
from dure.alliance.models.review import (
    CallReviewer,
    Review,
    ReviewConflict,
    ReviewerTie,
    ReviewMark,
    ReviewWaiver,
)
from dure.alliance.models.roundtable import (
    AgendaItem,
    Roundtable,
    RoundtableGuest,
    RoundtableMaterial,
    RoundtableTask,
)
from dure.alliance.models.scouting import ScoutedStartup, ScoutingMeeting
from dure.alliance.models.topic import Topic, TopicFollower, TopicMessage
from dure.alliance.models.vote import Vote, VoteElector, VoteItem

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementApproval",
    "AgreementComment",
    "AgreementParty",
    "AgreementRevision",
    "AgreementSignature",
    "BulkBatch",
    "BulkItem",
    "CallCriterion",
    "CallReviewer",
    "Commitment",
    "Delivery",
    "EthicsAssessment",
    "EthicsIncident",
    "EthicsMember",
    "EthicsOpinion",
    "Field",
    "FiguresPublication",
    "GuruTerm",
    "IncubationBatch",
    "IncubationJuror",
    "Joining",
    "JoiningNote",
    "JointLab",
    "LabSpace",
    "LedgerEntry",
    "LedgerImport",
    "LedgerPeriod",
    "LedgerReceipt",
    "LedgerTransaction",
    "LedgerValue",
    "Meeting",
    "MeetingMaterial",
    "MeetingRegistration",
    "MeetingSession",
    "MeetingSpeaker",
    "Member",
    "MemberLevel",
    "MilestoneEvidence",
    "OrganisationFacts",
    "PitchScore",
    "ProjectChange",
    "ProjectMember",
    "ProjectMilestone",
    "ProjectOutput",
    "ProjectPartner",
    "ProjectRenewal",
    "ProjectRisk",
    "Proposal",
    "ProposalPartner",
    "ProposalPerson",
    "ProposalRevision",
    "ResearchCall",
    "ResearchProject",
    "Resident",
    "ResidentAccess",
    "Review",
    "ReviewConflict",
    "ReviewMark",
    "ReviewWaiver",
    "ReviewerTie",
    "Roundtable",
    "RoundtableGuest",
    "RoundtableMaterial",
    "RoundtableTask",
    "ScoutedStartup",
    "ScoutingMeeting",
    "SpaceBooking",
    "StartupCase",
    "StartupCheckpoint",
    "StartupIntroduction",
    "StartupMentor",
    "StartupOutcome",
    "StartupProvision",
    "StartupRound",
    "Topic",
    "TopicAdoption",
    "TopicFollower",
    "TopicMessage",
    "Vote",
    "VoteElector",
    "VoteItem",
]
