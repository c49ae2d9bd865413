"""The transition table of topics. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.topics import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

TOPIC = register(
    Workflow(
        entity="topic",
        label=_("Topic"),
        states=(
            State("proposed", _("Proposed"), tags("open", "waiting_on:secretariat")),
            State("merged", _("Merged"), tags("done")),
            State("parked", _("Parked"), tags("open")),
            State("rejected", _("Rejected"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "merge",
                ("proposed", "parked"),
                "merged",
                rules.leads,
                _("Merge into another"),
                guard=rules.can_merge,
                effect=effects.merge,
                hurts=True,
            ),
            Transition(
                "park",
                ("proposed",),
                "parked",
                rules.leads,
                _("Park"),
                guard=has_reason,
                effect=effects.tell,
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
                ("proposed", "parked"),
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
