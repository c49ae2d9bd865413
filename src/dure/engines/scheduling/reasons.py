"""Why a job starts, waits or is preempted: codes, each with its sentence for the apps above to translate."""

from collections.abc import Mapping
from enum import StrEnum

from dure.engines.faults import gettext_noop


class Starts(StrEnum):
    """Why a job starts now."""

    IN_TURN = "in_turn"
    ENDS_IN_TIME = "ends_in_time"
    BESIDE = "beside"
    SPARE = "spare"
    FILLS = "fills"


class Waits(StrEnum):
    """Why a job waits."""

    NEXT = "next"
    NO_ROOM = "no_room"
    PROMISED = "promised"
    WOULD_DELAY = "would_delay"
    NOT_ITS_TURN = "not_its_turn"
    EXCEEDS_FARM = "exceeds_farm"
    EXCEEDS_GUARANTEE = "exceeds_guarantee"


class Preempts(StrEnum):
    """Why a scavenger has to go."""

    FOR_CLASS = "for_class"
    FOR_GUARANTEE = "for_guarantee"


SENTENCES: Mapping[Starts | Waits | Preempts, str] = {
    Starts.IN_TURN: gettext_noop("It is this job's turn, and what it needs is free."),
    Starts.ENDS_IN_TIME: gettext_noop("It ends before the next in line can start."),
    Starts.BESIDE: gettext_noop("It leaves free what the next in line needs."),
    Starts.SPARE: gettext_noop("It runs on what nobody needs now, and gives way when somebody does."),
    Starts.FILLS: gettext_noop("It fits into what is free."),
    Waits.NEXT: gettext_noop("It is the next in line."),
    Waits.NO_ROOM: gettext_noop("What it needs is not free: %(kind)s."),
    Waits.PROMISED: gettext_noop("What is free is guaranteed to other members: %(kind)s."),
    Waits.WOULD_DELAY: gettext_noop("It would delay the next in line."),
    Waits.NOT_ITS_TURN: gettext_noop("Others come first, and nobody overtakes."),
    Waits.EXCEEDS_FARM: gettext_noop("It needs more than the farm has: %(kind)s. Ask for less."),
    Waits.EXCEEDS_GUARANTEE: gettext_noop(
        "It needs more than is not guaranteed to other members: %(kind)s. Ask for less, or hand it in as a scavenger."
    ),
    Preempts.FOR_CLASS: gettext_noop("A job that is no scavenger needs the place."),
    Preempts.FOR_GUARANTEE: gettext_noop("The place is guaranteed to a member that needs it now."),
}
