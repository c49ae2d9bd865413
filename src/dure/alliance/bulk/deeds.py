"""What can be done to several things at once: a move of their workflow, or a reminder to whom they wait for.

Things are those of the desk: `kind` names one of `desk.table`, whose rows, titles and addresses serve here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dure.alliance.bulk import reminding
from dure.alliance.desk import table
from dure.foundation import gates, workflow
from dure.foundation.access import Refused

Words = str | Promise
MOST: Final = 50
"""So many things at once at most: an officer looks at each of them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """`needs` names what it asks for besides the things: `reason`, or `agenda` (a roundtable and minutes).

    Without `action` it is a reminder.
    """

    code: str
    kind: str
    label: Words
    action: str = ""
    needs: str = ""
    hurts: bool = False

    @property
    def watched(self) -> table.Watched:
        return table.watched()[self.kind]

    @property
    def kind_words(self) -> str:
        return str(self.watched.label)

    @property
    def states(self) -> list[str]:
        """In which a thing can be chosen."""
        if not self.action:
            return [state for state, whom in self.watched.whom.items() if whom != "secretariat"]
        moves = self.watched.workflow.transitions
        return [state for one in moves if one.action == self.action for state in one.sources]

    def known(self, person: Any) -> "QuerySet[Any, Any]":
        """Things of its kind of which this person may know, in whatever state, each with its words and its reference."""
        one = self.watched
        words = {"b_ko": one.title_ko, "b_en": one.title_en, "b_ref": one.ref}
        rows = one.rows(person)
        pks = rows.order_by().values("pk")
        shaped = {name: Cast(expression, TextField()) for name, expression in words.items()}
        found: QuerySet[Any, Any] = rows.model._default_manager.filter(pk__in=pks).annotate(**shaped)  # noqa: SLF001 - Django's documented name
        return found

    def candidates(self, person: Any) -> "QuerySet[Any, Any]":
        """Those that wait, the longest first."""
        return self.known(person).filter(state__in=self.states).order_by("state_since", "pk")

    def url_of(self, thing: Any) -> str:
        return self.watched.url % str(thing.b_ref)

    def refusals(self, thing: Any, *, by: Any, data: Mapping[str, Any]) -> list[Refused]:
        """All that keeps this person from doing it now; empty for nothing."""
        if thing.state not in self.states:
            return [workflow.WRONG_STATE]
        if not self.action:
            return list(reminding.refusals(self.kind, thing))
        move = thing.workflow.find(thing.state, self.action)
        asked = [move.actor(by, thing)]
        asked += [move.guard(thing, data)] if move.guard else []
        asked += [gates.check(move.gate, thing, by)] if move.gate else []
        return [one for one in asked if isinstance(one, Refused)]

    def do(self, thing: Any, *, by: Any, data: Mapping[str, Any]) -> None:
        """Do it to one thing, as anybody does it on its page. Raises Denied, Hidden."""
        if self.action:
            workflow.perform(thing, self.action, by=by, data=data)
        else:
            reminding.remind(self.kind, thing, by=by, url=self.url_of(thing))


def _moves() -> Iterator[Deed]:
    yield Deed("topic_schedule", "topic", _("Put topics on an agenda"), "schedule", "agenda")
    yield Deed("topic_park", "topic", _("Park topics"), "park", "reason")
    yield Deed("topic_reject", "topic", _("Reject topics"), "reject", "reason", hurts=True)
    yield Deed("topic_reopen", "topic", _("Take parked topics up again"), "reopen")
    yield Deed("commitment_confirm", "commitment", _("Confirm pledged commitments"), "confirm")
    yield Deed(
        "commitment_settle",
        "commitment",
        _("Settle commitments that fell short"),
        "settle",
        "reason",
        hurts=True,
    )


def _reminders() -> Iterator[Deed]:
    for kind in reminding.WHOM:
        label = format_lazy("{}: {}", _("Remind"), table.watched()[kind].label)
        yield Deed(f"remind_{kind}", kind, label)


def deeds() -> dict[str, Deed]:
    """By their code, in the order in which the page has them."""
    return {one.code: one for one in (*_moves(), *_reminders())}
