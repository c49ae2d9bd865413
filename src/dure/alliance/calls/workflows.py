"""The transition table of calls. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.calls import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, register, tags

CALL = register(
    Workflow(
        entity="research_call",
        label=_("Call for joint research"),
        states=(
            State("draft", _("Being written"), tags("open", "waiting_on:secretariat")),
            State("open", _("Open for proposals"), tags("running")),
            State("reviewing", _("In review"), tags("running")),
            State("deciding", _("Being decided"), tags("running", "waiting_on:secretariat")),
            State("announced", _("Announced"), tags("running")),
            State("archived", _("Archived"), tags("done")),
            State("cancelled", _("Cancelled"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "publish",
                ("draft",),
                "open",
                rules.leads,
                _("Publish"),
                guard=rules.is_whole,
                effect=effects.publish,
            ),
            Transition(
                "extend",
                ("open",),
                "open",
                rules.leads,
                _("Move the deadline"),
                guard=rules.is_later,
                effect=effects.extend,
            ),
            Transition(
                "close",
                ("open",),
                "reviewing",
                by_clock,
                _("Close"),
                guard=rules.is_past,
                effect=effects.close,
            ),
            Transition(
                "cancel",
                ("draft", "open", "reviewing", "deciding"),
                "cancelled",
                rules.leads,
                _("Cancel"),
                guard=rules.can_cancel,
                effect=effects.cancel,
                hurts=True,
            ),
            Transition(
                "start_decision",
                ("reviewing",),
                "deciding",
                rules.decides,
                _("Begin to decide"),
                guard=rules.is_reviewed,
                effect=effects.start_decision,
            ),
            Transition(
                "announce",
                ("deciding",),
                "announced",
                rules.decides,
                _("Announce all decisions"),
                guard=rules.is_decided,
                effect=effects.announce,
                hurts=True,
            ),
            Transition(
                "archive",
                ("announced",),
                "archived",
                rules.leads,
                _("Archive"),
                guard=rules.is_through,
                effect=effects.archive,
            ),
        ),
    )
)
