"""Rows of the alliance."""

from dure.alliance.models.agreement import (
    Agreement,
    AgreementApproval,
    AgreementComment,
    AgreementParty,
    AgreementRevision,
    AgreementSignature,
)
from dure.alliance.models.commitment import Commitment, Delivery
from dure.alliance.models.ethics import EthicsAssessment, EthicsIncident, EthicsMember, EthicsOpinion
from dure.alliance.models.ledger import (
    LedgerEntry,
    LedgerImport,
    LedgerPeriod,
    LedgerTransaction,
    LedgerValue,
)
from dure.alliance.models.ledger_receipt import LedgerReceipt
from dure.alliance.models.member import Joining, JoiningNote, Member, MemberLevel

__all__ = [
    "Agreement",
    "AgreementApproval",
    "AgreementComment",
    "AgreementParty",
    "AgreementRevision",
    "AgreementSignature",
    "Commitment",
    "Delivery",
    "EthicsAssessment",
    "EthicsIncident",
    "EthicsMember",
    "EthicsOpinion",
    "Joining",
    "JoiningNote",
    "LedgerEntry",
    "LedgerImport",
    "LedgerPeriod",
    "LedgerReceipt",
    "LedgerTransaction",
    "LedgerValue",
    "Member",
    "MemberLevel",
]
