"""The transition table of topics. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.topics import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

TOPIC = register(
    Workflow(
        entity="topic",
        label=_("Topic"),
        states=(
            State("proposed", _("Proposed"), tags("open", "waiting_on:secretariat")),
            State("scheduled", pgettext_lazy("a topic", "On an agenda"), tags("open")),
            State("discussing", pgettext_lazy("a topic", "Under discussion"), tags("running")),
            State("voting", pgettext_lazy("a topic", "Being voted on"), tags("running")),
            State("decided", pgettext_lazy("a topic", "Voted on"), tags("running", "waiting_on:secretariat")),
            State("adopted", pgettext_lazy("a topic", "Adopted"), tags("done")),
            State("merged", _("Merged"), tags("done")),
            State("parked", _("Parked"), tags("open")),
            State("rejected", _("Rejected"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "schedule",
                ("proposed",),
                "scheduled",
                rules.leads,
                _("Put on an agenda"),
                guard=rules.can_schedule,
                effect=effects.schedule,
            ),
            Transition(
                "merge",
                ("proposed", "parked"),
                "merged",
                rules.leads,
                pgettext_lazy("a topic", "Merge into another"),
                guard=rules.can_merge,
                effect=effects.merge,
                hurts=True,
            ),
            Transition(
                "unschedule",
                ("scheduled",),
                "proposed",
                rules.leads,
                _("Take off the agenda"),
                effect=effects.unschedule,
            ),
            Transition(
                "open",
                ("scheduled",),
                "discussing",
                rules.leads,
                _("Open for discussion"),
                guard=rules.can_open,
                effect=effects.tell,
            ),
            Transition(
                "call_vote",
                ("discussing",),
                "voting",
                by_clock,
                _("Vote on it"),
                effect=effects.tell,
            ),
            Transition(
                "tally",
                ("voting",),
                "decided",
                by_clock,
                _("Note the result"),
                effect=effects.tell,
            ),
            Transition(
                "resume",
                ("voting",),
                "discussing",
                by_clock,
                _("Discuss it further"),
                effect=effects.tell,
            ),
            Transition(
                "return",
                ("decided",),
                "discussing",
                rules.leads,
                _("Return to the discussion"),
                guard=has_reason,
                effect=effects.tell,
            ),
            Transition(
                "adopt",
                ("decided",),
                "adopted",
                rules.leads,
                _("Adopt"),
                guard=rules.can_adopt,
                effect=effects.adopt,
            ),
            Transition(
                "park",
                ("proposed", "scheduled", "discussing", "decided"),
                "parked",
                rules.leads,
                _("Park"),
                guard=has_reason,
                effect=effects.park,
            ),
            Transition(
                "reopen",
                ("parked",),
                "proposed",
                rules.leads,
                _("Take up again"),
                effect=effects.tell,
            ),
            Transition(
                "reject",
                ("proposed", "parked", "discussing", "decided"),
                "rejected",
                rules.leads,
                _("Reject"),
                guard=has_reason,
                effect=effects.tell,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("proposed",),
                "rejected",
                rules.is_proposer,
                _("Withdraw"),
                guard=has_reason,
                effect=effects.tell,
                hurts=True,
            ),
        ),
    )
)
