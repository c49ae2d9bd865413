"""The transition tables of ethics. Data only; the rules are beside them."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.ethics import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

ASSESSMENT = register(
    Workflow(
        entity="ethics_assessment",
        label=_("Ethics assessment"),
        states=(
            State("draft", _("Being written"), tags("open", "waiting_on:author")),
            State("submitted", _("With the board"), tags("running", "waiting_on:reviewer")),
            State("approved", _("Approved"), tags("done", "good")),
            State("revisit", _("To be looked at again"), tags("open", "waiting_on:author")),
            State("refused", _("Refused"), tags("done", "bad", "waiting_on:author")),
            State("withdrawn", _("Withdrawn"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "submit",
                ("draft", "revisit"),
                "submitted",
                rules.answers,
                _("Hand it to the board"),
                guard=rules.is_complete,
                effect=effects.submit,
            ),
            Transition(
                "return",
                ("submitted",),
                "draft",
                rules.sits_on_board,
                _("Ask for more"),
                guard=has_reason,
                effect=effects.give_back,
            ),
            Transition(
                "approve",
                ("submitted",),
                "approved",
                rules.chairs,
                _("Approve"),
                guard=rules.may_be_approved,
                effect=effects.approve,
            ),
            Transition(
                "refuse",
                ("submitted",),
                "refused",
                rules.chairs,
                _("Refuse"),
                guard=rules.may_be_refused,
                effect=effects.refuse,
                hurts=True,
            ),
            Transition(
                "revisit",
                ("approved",),
                "revisit",
                rules.sits_on_board,
                _("Look at it again"),
                guard=has_reason,
                effect=effects.revisit,
                hurts=True,
            ),
            Transition("revise", ("refused",), "draft", rules.answers, _("Write it anew")),
            Transition(
                "withdraw",
                ("draft", "submitted", "revisit", "refused"),
                "withdrawn",
                rules.answers,
                _("Withdraw"),
                guard=rules.is_not_needed,
                hurts=True,
            ),
        ),
    )
)

INCIDENT = register(
    Workflow(
        entity="ethics_incident",
        label=_("Incident"),
        states=(
            State("reported", _("Reported"), tags("open", "waiting_on:reviewer")),
            State("examining", _("Being examined"), tags("running", "waiting_on:reviewer")),
            State("closed", _("Closed"), tags("done")),
        ),
        transitions=(
            Transition(
                "examine",
                ("reported",),
                "examining",
                rules.follows_up,
                _("Examine it"),
                effect=effects.examine,
            ),
            Transition(
                "close",
                ("examining",),
                "closed",
                rules.follows_up,
                _("Close it"),
                guard=rules.has_outcome,
                effect=effects.close,
            ),
            Transition(
                "reopen",
                ("closed",),
                "examining",
                rules.follows_up,
                _("Examine it again"),
                guard=has_reason,
                effect=effects.reopen,
            ),
        ),
    )
)
