"""Transition tables of courses, their versions and enrolments. Data only; the rules are beside it."""

from django.utils.translation import gettext_lazy as _

from dure.foundation.access import by_clock
from dure.foundation.workflow import State, Transition, Workflow, register, tags
from dure.learn import effects, rules

COURSE = register(
    Workflow(
        entity="course",
        label=_("Course"),
        states=(
            State("draft", _("In preparation"), tags("waiting_on:author")),
            State("open", _("Open"), tags("open", "running")),
            State("closed", _("Closed"), tags("done")),
        ),
        transitions=(
            Transition(
                "open",
                ("draft", "closed"),
                "open",
                rules.may_author,
                _("Open the course"),
                guard=rules.has_version,
            ),
            Transition(
                "close",
                ("open",),
                "closed",
                rules.may_author,
                _("Close to new learners"),
                hurts=True,
            ),
        ),
    )
)

COURSE_VERSION = register(
    Workflow(
        entity="course_version",
        label=_("Course version"),
        states=(
            State("checking", _("Labs are being checked"), tags("running")),
            State("ready", _("Ready to publish"), tags("waiting_on:author")),
            State("failed", _("A check failed"), tags("done")),
            State("published", _("Published"), tags("done")),
        ),
        transitions=(
            Transition("pass", ("checking",), "ready", by_clock, _("The checks passed")),
            Transition("fail", ("checking",), "failed", by_clock, _("A check failed")),
            Transition(
                "publish",
                ("ready",),
                "published",
                rules.may_author_version,
                _("Publish this version"),
                effect=effects.publish,
            ),
        ),
    )
)

ENROLMENT = register(
    Workflow(
        entity="enrolment",
        label=_("Enrolment"),
        states=(
            State("active", _("Learning"), tags("open", "running", "waiting_on:learner")),
            State("completed", _("Completed"), tags("done")),
            State("left", _("Left"), tags("done")),
        ),
        transitions=(
            Transition(
                "complete",
                ("active",),
                "completed",
                by_clock,
                _("Everything asked for is done"),
                effect=effects.complete,
            ),
            Transition("leave", ("active",), "left", rules.is_learner, _("Leave the course"), hurts=True),
            Transition("return", ("left",), "active", rules.is_learner, _("Take it up again")),
        ),
    )
)
