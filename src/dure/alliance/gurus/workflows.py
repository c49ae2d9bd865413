"""The transition table of gurus' terms. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.rules import only_secretariat
from dure.alliance.gurus import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

GURU_TERM = register(
    Workflow(
        entity="guru_term",
        label=_("Guru"),
        states=(
            State("invited", _("Invited"), tags("open", "waiting_on:person")),
            State("serving", _("Accepted"), tags("running")),
            State("ended", _("Term over"), tags("done")),
            State("declined", _("Declined"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "accept",
                ("invited",),
                "serving",
                rules.is_self,
                _("Accept"),
                effect=effects.answer,
            ),
            Transition(
                "decline",
                ("invited",),
                "declined",
                rules.is_self,
                _("Decline"),
                effect=effects.answer,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("invited",),
                "declined",
                only_secretariat,
                _("Withdraw the invitation"),
                guard=has_reason,
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "step_down",
                ("serving",),
                "ended",
                rules.is_self,
                _("Step down"),
                guard=has_reason,
                effect=effects.end_early,
                hurts=True,
            ),
            Transition(
                "dismiss",
                ("serving",),
                "ended",
                only_secretariat,
                _("End the term early"),
                guard=has_reason,
                effect=effects.end_early,
                hurts=True,
            ),
            Transition(
                "end",
                ("invited", "serving"),
                "ended",
                by_clock,
                _("The term is over"),
                guard=rules.is_over,
            ),
        ),
    )
)
