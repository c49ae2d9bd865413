"""The transition table of awards: a prospective winner hands in code and report, the host accepts or passes on."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.workflow import State, Transition, Workflow, has_reason, register
from dure.problems import effects_hosting, rules_hosting

AWARD = register(
    Workflow(
        entity="award",
        label=_("Award"),
        states=(
            State("asked", _("Asked for code and report"), frozenset({"waiting_on:team"})),
            State("handed", _("Handed in, being checked"), frozenset({"running", "waiting_on:host"})),
            State("accepted", _("Winner"), frozenset({"done"})),
            State("declined", _("Passed over"), frozenset({"done"})),
        ),
        transitions=(
            Transition(
                "hand_in",
                ("asked",),
                "handed",
                rules_hosting.wins,
                _("Hand in code and report"),
                guard=rules_hosting.has_code,
                effect=effects_hosting.tell_hosts_handed,
            ),
            Transition(
                "accept",
                ("handed",),
                "accepted",
                rules_hosting.hosts_award,
                _("Accept as winner"),
                effect=effects_hosting.accept_award,
            ),
            Transition(
                "return",
                ("handed",),
                "asked",
                rules_hosting.hosts_award,
                _("Ask for more"),
                guard=has_reason,
                effect=effects_hosting.ask_for_more,
            ),
            Transition(
                "decline",
                ("asked", "handed"),
                "declined",
                rules_hosting.hosts_award,
                _("Pass over"),
                guard=has_reason,
                effect=effects_hosting.decline_award,
                hurts=True,
            ),
        ),
    )
)
