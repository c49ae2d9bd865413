"""The transition table of agreements. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

AGREEMENT = register(
    Workflow(
        entity="agreement",
        label=_("Agreement"),
        states=(
            State("draft", _("Draft"), tags("open", "waiting_on:secretariat")),
            State("in_review", _("With the parties"), tags("open", "waiting_on:organisation")),
            State("signing", _("Being signed"), tags("open", "waiting_on:organisation")),
            State("active", _("In force"), tags("running")),
            State("expiring", _("Ends soon"), tags("running", "waiting_on:secretariat")),
            State("superseded", _("Renewed by another"), tags("done")),
            State("expired", _("Run out"), tags("done")),
            State("terminated", _("Ended early"), tags("done", "bad")),
            State("abandoned", _("Given up"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "circulate",
                ("draft",),
                "in_review",
                rules.only_secretariat,
                _("Send it to the parties"),
                guard=rules.is_ready,
                effect=effects.circulate,
            ),
            Transition(
                "approve",
                ("in_review",),
                "in_review",
                rules.speaks,
                _("Approve this revision"),
                guard=rules.is_this_revision,
                effect=effects.approve,
            ),
            Transition(
                "request_changes",
                ("in_review",),
                "draft",
                rules.speaks,
                _("Ask for changes"),
                guard=has_reason,
                effect=effects.request_changes,
            ),
            Transition(
                "open_signing",
                ("in_review",),
                "signing",
                rules.only_secretariat,
                _("Open it for signing"),
                guard=rules.all_approved,
                effect=effects.open_signing,
            ),
            Transition(
                "sign",
                ("signing",),
                "signing",
                rules.speaks,
                _("Sign"),
                guard=rules.can_be_signed,
                effect=effects.sign,
            ),
            Transition(
                "reopen",
                ("signing",),
                "draft",
                rules.is_side,
                _("Refuse to sign: back to drafting"),
                guard=has_reason,
                effect=effects.reopen,
                hurts=True,
            ),
            Transition(
                "activate",
                ("signing",),
                "active",
                by_clock,
                _("It comes into force"),
                guard=rules.can_begin,
                effect=effects.activate,
            ),
            Transition(
                "abandon",
                ("draft", "in_review", "signing"),
                "abandoned",
                rules.only_secretariat,
                _("Give it up"),
                guard=has_reason,
                effect=effects.abandon,
                hurts=True,
            ),
            *(
                Transition(
                    "amend",
                    (state,),
                    state,
                    by_clock,
                    _("An amendment takes effect"),
                    guard=rules.is_amended,
                    effect=effects.amend,
                )
                for state in ("active", "expiring")
            ),
            Transition(
                "extend",
                ("expiring",),
                "active",
                by_clock,
                _("An amendment moves the last day"),
                guard=rules.is_extended,
                effect=effects.amend,
            ),
            *(
                Transition(
                    "leave",
                    (state,),
                    state,
                    rules.speaks,
                    _("Leave the agreement"),
                    guard=rules.can_leave,
                    effect=effects.leave,
                    hurts=True,
                )
                for state in ("active", "expiring")
            ),
            Transition(
                "notice",
                ("active",),
                "expiring",
                by_clock,
                _("Its end comes near"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "remind",
                ("expiring",),
                "expiring",
                by_clock,
                _("Remind its parties"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "renew",
                ("active", "expiring"),
                "superseded",
                by_clock,
                _("Its successor is in force"),
                guard=rules.is_renewed,
                effect=effects.supersede,
            ),
            Transition(
                "expire",
                ("active", "expiring"),
                "expired",
                by_clock,
                _("Its last day has passed"),
                guard=rules.is_past,
                effect=effects.end,
            ),
            Transition(
                "terminate",
                ("active", "expiring"),
                "terminated",
                rules.may_end,
                _("End it early"),
                guard=has_reason,
                effect=effects.end,
                hurts=True,
            ),
        ),
    )
)
