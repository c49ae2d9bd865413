"""The transition tables of events and of who comes. Data only; the rules are beside it."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.meetings import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

SEATED: Final = ("registered", "attended")
"""States of a registration that take a seat."""

MEETING = register(
    Workflow(
        entity="meeting",
        label=_("Event"),
        states=(
            State("draft", _("Draft"), tags("open", "waiting_on:organisers")),
            State("announced", _("Announced"), tags("open")),
            State("open", _("Registration is open"), tags("running")),
            State("held", pgettext_lazy("an event", "Held"), tags("running", "waiting_on:organisers")),
            State("closed", _("List is closed"), tags("done")),
            State("cancelled", _("Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "announce",
                ("draft",),
                "announced",
                rules.runs,
                _("Announce"),
                guard=rules.is_ahead,
                effect=effects.tell_host,
            ),
            Transition(
                "open",
                ("announced",),
                "open",
                rules.runs,
                _("Open registration"),
                guard=rules.is_ahead,
                effect=effects.begin_window,
            ),
            Transition(
                "hold",
                ("announced", "open"),
                "held",
                rules.runs,
                _("It was held"),
                guard=rules.has_begun,
            ),
            Transition(
                "close",
                ("held",),
                "closed",
                rules.runs,
                _("Close the list"),
                guard=rules.has_ended,
                effect=effects.tell_attended,
                hurts=True,
            ),
            Transition(
                "cancel",
                ("draft", "announced", "open"),
                "cancelled",
                rules.runs,
                _("Call it off"),
                guard=has_reason,
                effect=effects.call_off,
                hurts=True,
            ),
        ),
    )
)

REGISTRATION = register(
    Workflow(
        entity="meeting_registration",
        label=_("Registration for an event"),
        states=(
            State("waiting", _("On the waiting list"), tags("open")),
            State("registered", _("Has a seat"), tags("running")),
            State("attended", _("Was there"), tags("done")),
            State("cancelled", _("Does not come"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "seat", ("waiting",), "registered", by_clock, _("Move up"), effect=effects.tell_seated
            ),
            Transition(
                "cancel",
                ("waiting", "registered"),
                "cancelled",
                rules.is_mine,
                _("I do not come"),
                guard=rules.can_leave,
                effect=effects.give_back,
                hurts=True,
            ),
            Transition(
                "remove",
                ("waiting", "registered"),
                "cancelled",
                rules.runs_it,
                _("Take off the list"),
                guard=has_reason,
                effect=effects.take_off,
                hurts=True,
            ),
            Transition(
                "check_in",
                ("waiting", "registered"),
                "attended",
                rules.runs_it,
                _("Check in"),
                guard=rules.can_check_in,
                effect=effects.arrive,
            ),
            Transition(
                "undo",
                ("attended",),
                "registered",
                rules.runs_it,
                _("Undo the check-in"),
                guard=rules.can_check_in,
                effect=effects.unarrive,
            ),
        ),
    )
)
