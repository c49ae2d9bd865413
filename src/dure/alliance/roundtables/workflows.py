"""The transition table of roundtables. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.roundtables import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

ROUNDTABLE = register(
    Workflow(
        entity="roundtable",
        label=_("Roundtable"),
        states=(
            State(
                "planned", pgettext_lazy("a roundtable", "Planned"), tags("open", "waiting_on:secretariat")
            ),
            State("announced", pgettext_lazy("a roundtable", "Announced"), tags("running")),
            State("held", pgettext_lazy("a roundtable", "Held"), tags("running", "waiting_on:secretariat")),
            State("minuted", _("Minutes published"), tags("done")),
            State("cancelled", pgettext_lazy("a roundtable", "Called off"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "announce",
                ("planned",),
                "announced",
                rules.leads,
                _("Announce and invite the gurus"),
                guard=rules.can_announce,
                effect=effects.announce,
            ),
            Transition(
                "hold",
                ("announced",),
                "held",
                rules.leads,
                _("Say that it was held"),
                guard=rules.has_begun,
            ),
            Transition(
                "publish",
                ("held",),
                "minuted",
                rules.leads,
                _("Publish the minutes"),
                guard=rules.has_minutes,
                effect=effects.publish,
                hurts=True,
            ),
            Transition(
                "cancel",
                ("planned", "announced"),
                "cancelled",
                rules.leads,
                pgettext_lazy("a roundtable", "Call off"),
                guard=has_reason,
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)
