"""One way to take an action of a workflow from a page: the action's name, its small form, and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from dure.foundation import workflow
from dure.foundation.access import by_clock
from dure.foundation.pages import person_of

FormTable = Mapping[str, type[forms.Form]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a post: `form` is the filled form that needs attention, or None when the action was taken on `obj`."""

    obj: Any
    action: str
    form: forms.Form | None


def take(
    request: HttpRequest,
    obj: Any,
    table: FormTable,
    *,
    extra: Mapping[str, Any] | None = None,
    perform: Callable[..., Any] = workflow.perform,
) -> Taken:
    """Perform `action` of the post on `obj` with its form's data. Raises Denied with the reason.

    `perform` is the app's own action where more belongs to a move than the workflow knows; it takes the same arguments.
    """
    action = request.POST.get("action", "")
    form = table[action](request.POST, auto_id=_ids(obj, action)) if action in table else None
    if form is not None and not form.is_valid():
        return Taken(obj, action, form)
    data = dict(form.cleaned_data) if form is not None else {}
    moved = perform(obj, action, by=person_of(request), data=data | dict(extra or {}))
    return Taken(moved, action, None)


def forms_for(
    obj: Any, offers: Sequence[workflow.Offer], table: FormTable, bound: Taken | None = None
) -> dict[str, forms.Form]:
    """An empty form for each action that may be taken now and needs one; the one that needs attention as it was filled."""
    names = [
        offer.transition.action for offer in offers if offer.decision and offer.transition.action in table
    ]
    made = {name: table[name](auto_id=_ids(obj, name)) for name in names}
    if (
        bound is not None
        and bound.form is not None
        and bound.obj.pk == obj.pk
        and type(bound.obj) is type(obj)
    ):
        made[bound.action] = bound.form
    return made


def _ids(obj: Any, action: str) -> str:
    """Several forms stand on one page; each needs its own ids."""
    return f"{action}-{obj.pk}-%s"


def offers_of(request: HttpRequest, obj: Any, table: FormTable) -> list[workflow.Offer]:
    """What this person may do with it, and why not the rest; what nobody does by hand is left out.

    An action without a form is asked about its guard too, so that a button stands there only when it would work.
    """
    person = person_of(request)
    found = [offer for offer in workflow.offers(obj, by=person) if offer.transition.actor is not by_clock]
    return [
        offer if offer.transition.action in table or not offer.decision else _asked(obj, offer)
        for offer in found
    ]


def _asked(obj: Any, offer: workflow.Offer) -> workflow.Offer:
    """Who and gate have said yes already; what is left to ask is the guard."""
    guard = offer.transition.guard
    return workflow.Offer(offer.transition, guard(obj, {})) if guard else offer
