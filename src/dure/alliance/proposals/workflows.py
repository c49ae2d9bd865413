"""The transition table of proposals. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.proposals import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

OPEN = ("draft", "submitted", "under_review", "revision_requested", "discussion")

PROPOSAL = register(
    Workflow(
        entity="proposal",
        label=_("Proposal"),
        states=(
            State("draft", _("Draft"), tags("open", "waiting_on:lead")),
            State(
                "submitted", pgettext_lazy("proposal", "Submitted"), tags("open", "waiting_on:secretariat")
            ),
            State("under_review", _("In review"), tags("running")),
            State("revision_requested", _("A question is open"), tags("running", "waiting_on:lead")),
            State("discussion", _("Being discussed"), tags("running", "waiting_on:secretariat")),
            State("waitlisted", _("On the waiting list"), tags("running")),
            State(
                "accepted", pgettext_lazy("proposal", "Accepted"), tags("running", "waiting_on:secretariat")
            ),
            State("awarded", _("Has become a project"), tags("done")),
            State("declined", pgettext_lazy("proposal", "Declined"), tags("done", "bad")),
            State("withdrawn", _("Withdrawn"), tags("done")),
        ),
        transitions=(
            Transition(
                "submit",
                ("draft",),
                "submitted",
                rules.is_lead,
                _("Submit"),
                guard=rules.can_submit,
                effect=effects.submit,
            ),
            Transition(
                "revert",
                ("submitted",),
                "draft",
                rules.is_lead,
                _("Take back and write on"),
                guard=rules.is_open,
                effect=effects.revert,
            ),
            Transition(
                "screen_pass",
                ("submitted",),
                "under_review",
                rules.handles,
                _("It is eligible"),
                guard=rules.is_eligible,
                effect=effects.screened,
            ),
            Transition(
                "screen_fail",
                ("submitted",),
                "declined",
                rules.handles,
                _("It is not eligible"),
                guard=has_reason,
                effect=effects.screened,
                hurts=True,
            ),
            Transition(
                "ask",
                ("under_review",),
                "revision_requested",
                rules.handles,
                _("Ask its lead"),
                guard=rules.asks,
                effect=effects.ask,
            ),
            Transition(
                "resubmit",
                ("revision_requested",),
                "under_review",
                rules.is_lead,
                _("Submit the answer"),
                guard=rules.can_resubmit,
                effect=effects.resubmit,
            ),
            Transition(
                "lapse",
                ("draft",),
                "withdrawn",
                by_clock,
                _("Lapse"),
                guard=rules.has_lapsed,
                effect=effects.lapse,
            ),
            Transition(
                "lapse",
                ("revision_requested",),
                "declined",
                by_clock,
                _("Lapse"),
                guard=rules.has_lapsed,
                effect=effects.lapse,
            ),
            Transition(
                "discuss",
                ("under_review",),
                "discussion",
                by_clock,
                _("Discuss"),
                effect=effects.discuss,
            ),
            Transition(
                "accept",
                ("discussion", "waitlisted"),
                "accepted",
                by_clock,
                pgettext_lazy("proposal", "Accept"),
                effect=effects.accept,
            ),
            Transition(
                "move_up",
                ("waitlisted",),
                "accepted",
                rules.handles,
                _("Accept from the waiting list"),
                guard=rules.has_money,
                effect=effects.accept,
            ),
            Transition(
                "reserve",
                ("discussion",),
                "waitlisted",
                by_clock,
                _("Put on the waiting list"),
                effect=effects.told,
            ),
            Transition(
                "decline",
                ("discussion",),
                "declined",
                by_clock,
                pgettext_lazy("proposal", "Decline"),
                effect=effects.told,
            ),
            Transition(
                "decline",
                ("waitlisted",),
                "declined",
                by_clock,
                pgettext_lazy("proposal", "Decline"),
                guard=rules.may_end,
                effect=effects.told,
            ),
            Transition(
                "award",
                ("accepted",),
                "awarded",
                rules.handles,
                _("Make a project of it"),
                guard=rules.can_award,
                effect=effects.award,
            ),
            Transition(
                "withdraw",
                ("draft",),
                "withdrawn",
                rules.is_lead,
                _("Withdraw"),
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "withdraw",
                (*OPEN[1:], "waitlisted", "accepted"),
                "withdrawn",
                rules.is_lead,
                _("Withdraw"),
                guard=has_reason,
                effect=effects.withdraw,
                hurts=True,
            ),
            Transition(
                "call_cancelled",
                OPEN,
                "declined",
                by_clock,
                _("End with the call"),
                effect=effects.call_cancelled,
            ),
        ),
    )
)
