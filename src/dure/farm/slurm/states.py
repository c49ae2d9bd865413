"""Slurm's states and reasons in our words. What is not in the tables is in doubt, and never a success."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Standing(Enum):
    """Where a job stands in Slurm."""

    WAITS = auto()
    RUNS = auto()
    OVER = auto()
    DOUBT = auto()


class End(StrEnum):
    """How Slurm says that a job ended. What its program did stands in the outcome that the node wrote."""

    COMPLETED = "completed"
    FAILED = "failed"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CANCELLED = "cancelled"
    PREEMPTED = "preempted"
    NODE_LOST = "node_lost"


STANDINGS: Final[Mapping[str, tuple[Standing, End | None]]] = {
    "PENDING": (Standing.WAITS, None),
    "REQUEUED": (Standing.WAITS, None),
    "REQUEUE_HOLD": (Standing.WAITS, None),
    "SPECIAL_EXIT": (Standing.WAITS, None),
    "CONFIGURING": (Standing.RUNS, None),
    "RUNNING": (Standing.RUNS, None),
    "COMPLETING": (Standing.RUNS, None),
    "STAGE_OUT": (Standing.RUNS, None),
    "SIGNALING": (Standing.RUNS, None),
    "RESIZING": (Standing.RUNS, None),
    "STOPPED": (Standing.RUNS, None),
    "SUSPENDED": (Standing.RUNS, None),
    "COMPLETED": (Standing.OVER, End.COMPLETED),
    "FAILED": (Standing.OVER, End.FAILED),
    "DEADLINE": (Standing.OVER, End.FAILED),
    "TIMEOUT": (Standing.OVER, End.TIMEOUT),
    "OUT_OF_MEMORY": (Standing.OVER, End.MEMORY),
    "CANCELLED": (Standing.OVER, End.CANCELLED),
    "PREEMPTED": (Standing.OVER, End.PREEMPTED),
    "NODE_FAIL": (Standing.OVER, End.NODE_LOST),
    "BOOT_FAIL": (Standing.OVER, End.NODE_LOST),
}


@dataclass(frozen=True, slots=True)
class State:
    """A state of Slurm's, read."""

    standing: Standing
    end: End | None = None


def state_of(text: str) -> State:
    """`CANCELLED by 1000` is read by its first word."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    return State(*STANDINGS.get(word, (Standing.DOUBT, None)))


class Waits(StrEnum):
    """Why a job waits on a cluster."""

    SOON = "soon"
    NEXT = "next"
    OTHERS_FIRST = "others_first"
    LATER = "later"
    MEMBER_LIMIT = "member_limit"
    MEMBER_SPENT = "member_spent"
    CLASS_LIMIT = "class_limit"
    NODES_AWAY = "nodes_away"
    HELD = "held"
    TOO_LONG = "too_long"
    NOWHERE = "nowhere"
    NO_ACCOUNT = "no_account"
    UNREACHABLE = "unreachable"
    OTHER = "other"


SENTENCES: Final[Mapping[Waits, str | Promise]] = {
    Waits.SOON: _("The cluster has it and will look at it in a moment."),
    Waits.NEXT: _("It is the next in line, and what it needs is not free yet."),
    Waits.OTHERS_FIRST: _("Others come first."),
    Waits.LATER: _(
        "It may start in about two minutes; the cluster waits so long before it starts a job again."
    ),
    Waits.MEMBER_LIMIT: _("Its member, project or person already uses as much as is allowed at once."),
    Waits.MEMBER_SPENT: _("Its member, project or person has used up its hours for now."),
    Waits.CLASS_LIMIT: _(
        "It is more than its class allows at once. It starts when others end; or ask for less."
    ),
    Waits.NODES_AWAY: _("The machines that it needs are switched off or being serviced."),
    Waits.HELD: _("An operator holds it back."),
    Waits.TOO_LONG: _("Its time limit is longer than the cluster allows. Ask for less."),
    Waits.NOWHERE: _("No machine of the cluster has what it asks for. Ask for less."),
    Waits.NO_ACCOUNT: _("The cluster does not know its account yet. An operator adds it; nothing is lost."),
    Waits.UNREACHABLE: _("The cluster does not answer. It is handed over as soon as it does."),
    Waits.OTHER: _("The cluster keeps it waiting."),
}

_BEGINNINGS: Final[tuple[tuple[str, Waits], ...]] = (
    ("None", Waits.SOON),
    ("Unreachable", Waits.UNREACHABLE),
    ("Resources", Waits.NEXT),
    ("Priority", Waits.OTHERS_FIRST),
    ("BeginTime", Waits.LATER),
    ("QOSMaxWall", Waits.TOO_LONG),
    ("MaxWall", Waits.TOO_LONG),
    ("QOS", Waits.CLASS_LIMIT),
    ("Max", Waits.CLASS_LIMIT),
    ("Job violates accounting/QOS policy", Waits.CLASS_LIMIT),
    ("AssocMaxWall", Waits.TOO_LONG),
    ("Assoc", Waits.MEMBER_LIMIT),
    ("PartitionTimeLimit", Waits.TOO_LONG),
    ("Requested time limit is invalid", Waits.TOO_LONG),
    ("PartitionConfig", Waits.NOWHERE),
    ("PartitionNodeLimit", Waits.NOWHERE),
    ("BadConstraints", Waits.NOWHERE),
    ("Requested node configuration", Waits.NOWHERE),
    ("Invalid generic resource", Waits.NOWHERE),
    ("Memory specification", Waits.NOWHERE),
    ("ReqNodeNotAvail", Waits.NODES_AWAY),
    ("Nodes required for job are", Waits.NODES_AWAY),
    ("Partition", Waits.NODES_AWAY),
    ("Reservation", Waits.NODES_AWAY),
    ("JobHeld", Waits.HELD),
    ("launch failed", Waits.HELD),
    ("InvalidAccount", Waits.NO_ACCOUNT),
    ("InvalidQOS", Waits.NO_ACCOUNT),
    ("Invalid account", Waits.NO_ACCOUNT),
    ("Invalid qos", Waits.NO_ACCOUNT),
    ("User's group not permitted", Waits.NO_ACCOUNT),
)
"""What a reason of squeue or a refusal of sbatch begins with, the first that fits."""


def waits_of(reason: str) -> Waits:
    """Why a job waits, from squeue's reason or sbatch's refusal."""
    reason = reason.strip(" ()") or "None"
    if reason.startswith("Assoc") and "Minutes" in reason:
        return Waits.MEMBER_SPENT
    return next((code for beginning, code in _BEGINNINGS if reason.startswith(beginning)), Waits.OTHER)
