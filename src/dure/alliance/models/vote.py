"""Votes: the printed rule, what is voted on, who may vote, the sealed box while it is open, and the published list afterwards."""

from fractions import Fraction
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import cached_property

from dure.alliance.models.roundtable import Roundtable
from dure.alliance.models.topic import Topic
from dure.alliance.votes import visibility, workflows
from dure.engines import voting
from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, person: Any) -> "VoteQuerySet":
        return self.filter(visibility.vote_q(person))


class Vote(Stateful):
    """A vote on one topic or a choice among several. States: `workflows.VOTE`.

    While it is open `box` holds a sealed entry for each elector; the key lies outside the database (`votes/keys.py`). The tally
    empties the box and puts the list without names into `listed`. `conflicts` says whether who proposed the topic stays out.
    """

    workflow = workflows.VOTE

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.VOTE.choices, default="draft")
    title_ko = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    about_ko = models.TextField(max_length=4000, blank=True)
    about_en = models.TextField(max_length=4000, blank=True)
    roundtable = models.ForeignKey(Roundtable, null=True, on_delete=models.PROTECT, related_name="votes")
    rule = models.JSONField()
    closes_at = models.DateTimeField()
    extension_days = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(60)])
    reach = models.CharField(max_length=12, choices=Topic.Reach.choices, default=Topic.Reach.CONFIDENTIAL)
    opened_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    box = models.JSONField(default=dict)
    whole = models.PositiveIntegerField(default=0)
    listed = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    chosen_order = models.JSONField(default=list)
    is_tied = models.BooleanField(default=False)
    reason = models.TextField(max_length=2000, blank=True)
    made_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "closes_at"], name="vote_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return i18n.localized(self, "title")

    @cached_property
    def printed(self) -> voting.Rule:
        """The rule as a value."""
        return voting.rule_of(self.rule)

    @property
    def published(self) -> voting.Published:
        """The list that anybody counts again."""
        rows = tuple(
            voting.Row(code=code, choice=tuple(tuple(tier) for tier in choice), weight=Fraction(weight))
            for code, choice, weight in self.listed
        )
        return voting.Published(vote=str(self.uid), rule=self.printed, whole=self.whole, rows=rows)


class VoteItem(models.Model):
    """A topic on the ballot: of a motion the one that it is about; else an option, which `key` names in the rule."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="items")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="vote_items")
    key = models.CharField(max_length=4)
    won = models.BooleanField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["vote", "topic"], name="topic_in_vote_once")]

    def __str__(self) -> str:
        return f"{self.key}. {self.topic}"


class VoteElector(models.Model):
    """Who may vote, frozen when it opens. `has_cast` says that, never when or what; no row leads from here to a ballot."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="electors")
    person = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    has_cast = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="elector_once")]

    def __str__(self) -> str:
        return f"{self.person}"
