"""Reviewers of a call with their ties, conflicts of interest, and reviews with their marks."""

from typing import Any

from django.db import models

from dure.alliance.models.call import CallCriterion, ResearchCall
from dure.alliance.models.proposal import Proposal
from dure.alliance.projects import tracks
from dure.alliance.reviews import visibility, workflows
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.people import api as people


class CallReviewer(models.Model):
    """Somebody of a call's pool: which tracks they know, and how many proposals they take at least and at most."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    call = models.ForeignKey(ResearchCall, on_delete=models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(people.Person, on_delete=models.CASCADE, related_name="+")
    tracks = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=6)
    added_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="reviewer_of_call_once")]

    def __str__(self) -> str:
        return f"{self.person_id}"

    @property
    def track_labels(self) -> list[str]:
        """Their tracks in the reader's language."""
        return [str(tracks.Track(one).label) for one in self.tracks if one in tracks.Track.values]


class ReviewerTie(models.Model):
    """A tie that a reviewer has declared: to an organisation, to a person by their address, or to one proposal."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    reviewer = models.ForeignKey(CallReviewer, on_delete=models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(
        people.Organisation, null=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.EmailField(blank=True)
    is_advisor = models.BooleanField(default=False)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.reviewer_id}"


class ReviewConflict(models.Model):
    """Why a reviewer of the pool should not judge a proposal, as the engine has found it last.

    `person` and `over` are what its sentence names. The rows are made anew whenever something changes that they rest on.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="conflicts")
    reviewer = models.ForeignKey(CallReviewer, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=40)
    person = models.CharField(max_length=200, blank=True)
    over = models.CharField(max_length=200, blank=True)
    is_waivable = models.BooleanField(default=False)
    is_waived = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["proposal", "reviewer"], name="conflict_by_pair")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.reviewer_id}"


class ReviewWaiver(models.Model):
    """The conflicts of one kind of one pair, waived by the secretariat with a reason."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="waivers")
    reviewer = models.ForeignKey(CallReviewer, on_delete=models.CASCADE, related_name="waivers")
    kind = models.CharField(max_length=24)
    reason = models.TextField(max_length=2000)
    waived_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    waived_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "reviewer", "kind"], name="waived_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.reviewer_id}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, person: Any) -> "ReviewQuerySet":
        return self.filter(visibility.review_q(person))

    def reviewed_by(self, person: Any) -> "ReviewQuerySet":
        """This person's own, as far as no conflict of interest stands against them: the one filter of all their screens."""
        return self.filter(visibility.reviewer_q(person))


class Review(Stateful):
    """One reviewer's judgement of one proposal. States: `workflows.REVIEW`."""

    workflow = workflows.REVIEW

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.REVIEW.choices, default="invited")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(CallReviewer, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField()
    reminded_days = models.PositiveSmallIntegerField(null=True)
    declared_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    comment = models.TextField(max_length=8000, blank=True)
    to_applicants = models.TextField(max_length=8000, blank=True)
    submitted_at = models.DateTimeField(null=True)
    invited_at = models.DateTimeField(default=clock.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="review_by_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "reviewer"],
                condition=models.Q(state__in=visibility.STANDING),
                name="review_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.reviewer_id}"


class ReviewMark(models.Model):
    """A mark of a review for one item of the rubric, with a word on it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(CallCriterion, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["criterion__position", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.mark}"
