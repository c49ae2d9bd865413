"""The transition table of credentials. Data only."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags
from dure.learn.credentials import effects, rules

CREDENTIAL = register(
    Workflow(
        entity="credential",
        label=_("Credential"),
        states=(
            State("standing", _("Valid"), tags("open")),
            State("revoked", _("Revoked"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "revoke",
                ("standing",),
                "revoked",
                rules.may_revoke,
                _("Revoke"),
                guard=has_reason,
                effect=effects.revoke,
                hurts=True,
            ),
            Transition(
                "reinstate",
                ("revoked",),
                "standing",
                rules.may_revoke,
                _("Reinstate"),
                guard=has_reason,
                effect=effects.reinstate,
            ),
        ),
    )
)
