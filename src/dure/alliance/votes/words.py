"""A vote in words: where it stands, the printed rule, the result, and what a published ballot says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dure.engines import voting

NEXT: Final[Mapping[str, str | Promise]] = {
    "draft": gettext_lazy(
        "The secretariat opens it. From then on neither the rule nor who may vote changes."
    ),
    "open": gettext_lazy(
        "Ballots are taken and can be changed until the close. Then all are counted at once."
    ),
    "decided": gettext_lazy("It is counted. The secretariat adopts, returns or rejects its topics."),
    "failed": gettext_lazy("The quorum was missed. Nothing was counted; its topics are discussed further."),
    "void": gettext_lazy(
        "Its key is gone, so nobody can count it. Its topics are discussed further, and the vote is held again."
    ),
    "cancelled": gettext_lazy("It was called off. Nothing was counted."),
}


def said(sentences: Iterable[voting.Said], names: Mapping[str, str]) -> list[str]:
    """Sentences of the engine in the reader's language; options by their names."""
    return [_(voting.SENTENCES[one.code]) % _named(dict(one.params), names) for one in sentences]


def _named(params: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    if "options" not in params:
        return params
    keys = str(params["options"]).split(", ")
    return params | {"options": ", ".join(f"“{names.get(key, key)}”" for key in keys)}


def names_of(vote: Any, items: Sequence[Any]) -> dict[str, str]:
    """What each option is called, in the reader's language."""
    if vote.printed.method == "motion":
        return {voting.YES: pgettext("a ballot", "Yes"), voting.NO: pgettext("a ballot", "No")}
    return {item.key: item.topic.title for item in items}


def rule_said(vote: Any) -> list[str]:
    """The whole rule as it is printed: the engine's sentences, who may vote, and what happens without a quorum."""
    rule = vote.printed
    return [_electorate_said(rule), *said(voting.rule_said(rule), {}), _extension_said(vote)]


def _electorate_said(rule: voting.Rule) -> str:
    if rule.unit == "organisation":
        return _("Representatives of member organisations vote who are so when it opens.")
    if rule.method == "motion":
        return _(
            "Gurus vote who serve when it opens, without who proposed the topic and people of the organisation that did."
        )
    return _("Gurus vote who serve when it opens; who proposed one of the topics votes as well.")


def _extension_said(vote: Any) -> str:
    if not vote.printed.quorum.of and not vote.printed.quorum.more:
        return _("It closes on time, and once everybody has voted the secretariat may close it.")
    if not vote.extension_days:
        return _(
            "If the quorum is missed at the close, nothing is counted and its topics are discussed further."
        )
    return _("If the quorum is missed at the close, it stays open once for %(days)s more days.") % {
        "days": vote.extension_days
    }


def result_said(vote: Any, names: Mapping[str, str], counted: Any) -> list[str]:
    """The result in sentences."""
    tally, standing = counted
    return said(voting.result_said(vote.printed, tally, standing), names)


def ballot_said(vote: Any, choice: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
    """What a ballot says: options, or ranks in their order."""
    tiers = [" = ".join(names.get(one, one) for one in tier) for tier in choice]
    if not tiers:
        return pgettext("a ballot", "Abstains")
    if vote.printed.method == "ranking":
        return " > ".join(tiers)
    return ", ".join(names.get(one, one) for one in choice[0])


def who_sees(vote: Any) -> str:
    """Who reads it; nobody reads what a ballot says while it is open."""
    if vote.opened_at is None:
        return str(_("Only the secretariat and auditors, until it opens."))
    if vote.reach == "members":
        return str(
            _(
                "All people of member organisations, gurus, the secretariat and auditors. Ballots are sealed until the tally; "
                "then all are published without names."
            )
        )
    return str(
        _(
            "Gurus, who may vote, the secretariat and auditors. Ballots are sealed until the tally; then all are published without "
            "names."
        )
    )
