"""Preparing a vote: its words, its topics and the rule that is printed before it opens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from django.db import transaction

from dure.alliance.models import Vote, VoteItem
from dure.alliance.votes import rules
from dure.engines import voting
from dure.engines.faults import Fault, Faulty
from dure.foundation import audit, clock
from dure.foundation.access import demand
from dure.people import api as people

WORDS: Final = ("title_ko", "title_en", "about_ko", "about_en", "roundtable", "closes_at", "extension_days")
SHARES: Final[Mapping[str, voting.Share]] = {
    "none": voting.Share(Fraction(0)),
    "third": voting.Share(Fraction(1, 3)),
    "half": voting.HALF,
    "two_thirds": voting.Share(Fraction(2, 3)),
}
LONGEST_EXTENSION: Final = 60


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was filled in, as a rule and as words."""

    rule: voting.Rule
    words: dict[str, Any]
    topics: list[Any]


def share_name(share: voting.Share) -> str:
    """The name of a share in a form."""
    return next((name for name, one in SHARES.items() if one == share), "half")


@transaction.atomic
def prepare(*, by: people.Person, given: Mapping[str, Any]) -> Vote:
    """A vote that nobody but the secretariat knows of. Raises Denied, Faulty with all that is wrong."""
    demand(rules.leads(by, None))
    drafted = checked(given)
    made = Vote.objects.create(made_by=by, rule=voting.rule_data(drafted.rule), **drafted.words)
    _put_items(made, drafted)
    audit.write(by=by, action="vote.prepare", obj=made)
    return made


@transaction.atomic
def edit(vote: Vote, *, by: people.Person, given: Mapping[str, Any]) -> Vote:
    """Anew, before it opens. Raises Denied, Faulty."""
    locked = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    demand(rules.may_edit(by, locked))
    drafted = checked(given)
    for name, value in drafted.words.items():
        setattr(locked, name, value)
    locked.rule = voting.rule_data(drafted.rule)
    locked.save()
    locked.items.all().delete()
    _put_items(locked, drafted)
    audit.write(by=by, action="vote.edit", obj=locked)
    return Vote.objects.get(pk=locked.pk)


def _put_items(vote: Vote, drafted: Drafted) -> None:
    VoteItem.objects.bulk_create(
        VoteItem(vote=vote, topic=topic, key=str(number)) for number, topic in enumerate(drafted.topics, 1)
    )


def checked(given: Mapping[str, Any]) -> Drafted:
    """What is said as a rule. Raises Faulty with all that is wrong, each at its field."""
    topics = list(given["topics"])
    rule = rule_from(given, len(topics))
    faults = [_placed(fault) for fault in voting.rule_faults(rule)] if topics else []
    if not (given["title_ko"].strip() or given["title_en"].strip()):
        faults.append(Fault("vote_no_title", place="title_ko"))
    if rule.method == "motion" and len(topics) != 1:
        faults.append(Fault("vote_motion_topic", place="topics"))
    if not topics and rule.method != "motion":
        faults.append(Fault("vote_no_topic", place="topics"))
    if any(topic.state != "discussing" for topic in topics):
        faults.append(Fault("vote_topic_state", place="topics"))
    if given["closes_at"] <= clock.now():
        faults.append(Fault("vote_closes_past", place="closes_at"))
    if not 0 <= given["extension_days"] <= LONGEST_EXTENSION:
        faults.append(Fault("vote_extension", {"most": LONGEST_EXTENSION}, place="extension_days"))
    if faults:
        raise Faulty(faults)
    return Drafted(rule, {name: given[name] for name in WORDS}, topics)


def rule_from(given: Mapping[str, Any], options: int) -> voting.Rule:
    """The rule as a value; options are numbered, so that they are one thing in both languages."""
    rule = voting.Rule(
        method=given["method"],
        unit=given["unit"],
        within="equal_fractions",
        quorum=SHARES[given["quorum"]],
        majority=SHARES[given["majority"]],
        ties=given["ties"],
        most_approvals=given["most_approvals"],
    )
    if rule.method == "motion":
        return rule
    numbers = tuple(str(number) for number in range(1, options + 1))
    return replace(rule, options=numbers, winners=given["winners"])


def _placed(fault: Fault) -> Fault:
    return replace(fault, place="topics") if fault.place == "options" else fault
