"""The transition table of reviews. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.reviews import effects, rules
from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, has_reason, register, tags

OPEN = ("invited", "accepted")

REVIEW = register(
    Workflow(
        entity="review",
        label=_("Review"),
        states=(
            State("invited", pgettext_lazy("review", "Asked"), tags("open", "waiting_on:reviewer")),
            State(
                "accepted", pgettext_lazy("review", "Being written"), tags("running", "waiting_on:reviewer")
            ),
            State("submitted", pgettext_lazy("review", "Submitted"), tags("done")),
            State("declined", pgettext_lazy("review", "Declined"), tags("done", "bad")),
            State("recused", pgettext_lazy("review", "Recused"), tags("done", "bad")),
            State("lapsed", pgettext_lazy("review", "Lapsed"), tags("done", "bad")),
        ),
        transitions=(
            Transition(
                "accept",
                ("invited",),
                "accepted",
                rules.is_reviewer,
                _("Review it"),
                guard=rules.declares,
                effect=effects.accept,
            ),
            Transition(
                "submit",
                ("accepted",),
                "submitted",
                rules.is_reviewer,
                _("Submit the review"),
                guard=rules.is_scored,
                effect=effects.submit,
            ),
            Transition(
                "decline",
                OPEN,
                "declined",
                rules.is_reviewer,
                _("Decline to review"),
                guard=has_reason,
                effect=effects.decline,
            ),
            Transition(
                "recuse",
                OPEN,
                "recused",
                rules.is_reviewer,
                _("Declare a conflict of interest"),
                guard=has_reason,
                effect=effects.recuse,
                hurts=True,
            ),
            Transition(
                "remind",
                ("invited",),
                "invited",
                by_clock,
                _("Remind"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "remind",
                ("accepted",),
                "accepted",
                by_clock,
                _("Remind"),
                guard=rules.is_reminded,
                effect=effects.remind,
            ),
            Transition(
                "lapse",
                OPEN,
                "lapsed",
                by_clock,
                _("Lapse"),
                guard=rules.has_lapsed,
                effect=effects.lapse,
            ),
            Transition(
                "cancel",
                OPEN,
                "lapsed",
                rules.handles,
                _("Take back"),
                effect=effects.cancel,
                hurts=True,
            ),
        ),
    )
)
