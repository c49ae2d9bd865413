"""The transition table of startups that are looked at. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.scouting import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

SCOUTED_STARTUP = register(
    Workflow(
        entity="scouted_startup",
        label=_("Startup that is looked at"),
        states=(
            State("watching", _("Looked at"), tags("open")),
            State("talking", _("In talks"), tags("running")),
            State("invited", _("Invited to the incubation"), tags("running")),
            State("dropped", _("Not pursued"), tags("done")),
        ),
        transitions=(
            Transition("talk", ("watching",), "talking", rules.keeps, _("Talks have begun")),
            Transition(
                "invite", ("watching", "talking"), "invited", rules.keeps, _("Invite to the incubation")
            ),
            Transition(
                "drop",
                ("watching", "talking", "invited"),
                "dropped",
                rules.keeps,
                _("Pursue it no more"),
                guard=has_reason,
                effect=effects.drop,
            ),
            Transition(
                "reopen", ("dropped",), "watching", rules.keeps, _("Look again"), effect=effects.reopen
            ),
        ),
    )
)
