"""The transition tables of joining and of membership. Data only; the rules are beside them."""

from django.utils.translation import gettext_lazy as _

from dure.alliance.members import effects, rules
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

JOINING = register(
    Workflow(
        entity="joining",
        label=_("Application for membership"),
        states=(
            State("submitted", _("With the secretariat"), tags("open", "waiting_on:secretariat")),
            State("asked", _("Asked back"), tags("open", "waiting_on:organisation")),
            State("accepted", _("Accepted as a member"), tags("done")),
            State("refused", _("Refused"), tags("done", "bad")),
            State("withdrawn", _("Application withdrawn"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "accept",
                ("submitted",),
                "accepted",
                rules.only_secretariat,
                _("Accept as a member"),
                guard=rules.can_accept,
                effect=effects.accept,
            ),
            Transition(
                "ask",
                ("submitted",),
                "asked",
                rules.only_secretariat,
                _("Ask back"),
                guard=has_reason,
                effect=effects.ask,
            ),
            Transition(
                "answer",
                ("asked",),
                "submitted",
                rules.speaks,
                _("Answer"),
                guard=has_reason,
                effect=effects.answer,
            ),
            Transition(
                "refuse",
                ("submitted", "asked"),
                "refused",
                rules.only_secretariat,
                _("Refuse"),
                guard=has_reason,
                effect=effects.refuse,
                hurts=True,
            ),
            Transition(
                "withdraw",
                ("submitted", "asked"),
                "withdrawn",
                rules.speaks,
                _("Withdraw the application"),
                effect=effects.withdraw,
                hurts=True,
            ),
        ),
    )
)

MEMBER = register(
    Workflow(
        entity="alliance_member",
        label=_("Membership in the alliance"),
        states=(
            State("active", _("Is a member"), tags("running")),
            State("suspended", _("Membership rests"), tags("running", "waiting_on:secretariat", "bad")),
            State("left", _("Has left"), tags("done")),
            State("ended", _("Membership ended"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "change_level",
                ("active",),
                "active",
                rules.only_secretariat,
                _("Change the level"),
                guard=rules.can_change_level,
                effect=effects.change_level,
            ),
            Transition(
                "suspend",
                ("active",),
                "suspended",
                rules.only_secretariat,
                _("Let the membership rest"),
                guard=has_reason,
                effect=effects.suspend,
                hurts=True,
            ),
            Transition(
                "resume",
                ("suspended",),
                "active",
                rules.only_secretariat,
                _("Let the membership go on"),
                effect=effects.resume,
            ),
            Transition(
                "leave",
                ("active", "suspended"),
                "left",
                rules.speaks,
                _("Leave the alliance"),
                guard=has_reason,
                effect=effects.leave,
                hurts=True,
            ),
            Transition(
                "end",
                ("active", "suspended"),
                "ended",
                rules.only_secretariat,
                _("End the membership"),
                guard=has_reason,
                effect=effects.end,
                hurts=True,
            ),
        ),
    )
)
