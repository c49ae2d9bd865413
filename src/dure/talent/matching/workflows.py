"""Transition table of invitations to apply. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, register, tags
from dure.talent.matching import rules

APPLY_INVITATION = register(
    Workflow(
        entity="apply_invitation",
        label=_("Invitation to apply"),
        states=(
            State("sent", _("Waits for an answer"), tags("waiting_on:person")),
            State("accepted", _("Accepted"), tags("done")),
            State("declined", _("Declined"), tags("done")),
            State("lapsed", _("Ran out"), tags("done")),
        ),
        transitions=(
            Transition(
                "accept",
                ("sent",),
                "accepted",
                rules.is_invited,
                _("Go on to apply"),
                guard=rules.takes_applications,
            ),
            Transition("decline", ("sent",), "declined", rules.is_invited, _("No, thank you")),
            Transition("lapse", ("sent",), "lapsed", by_clock, _("Ran out")),
        ),
    )
)
