"""Reports of audits, which nobody can change: PostgreSQL itself refuses."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.ids import uuid7
from dure.people import api as people
from dure.talent.audits import visibility


class AuditReportQuerySet(models.QuerySet["AuditReport"]):
    def visible_to(self, person: Any) -> "AuditReportQuerySet":
        return self.filter(visibility.report_q(person))


class AuditReport(models.Model):
    """What an audit of an opening or a placement round found, append-only in the database.

    `record` is the file of `audits.record`, `sha256` its hash; the other columns repeat what lists need of it. `about` is the uid
    of what was audited, whose titles are as they were. Nobody stands in it: the trail knows who asked for it.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        ROUND = "placement_round", _("Placement round")

    class Verdict(models.TextChoices):
        EVIDENCE = "evidence", _("Evidence of disparity")
        NONE_FOUND = "none_found", _("None found")
        TOO_FEW = "too_few", _("Too few to tell")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    about = models.UUIDField()
    title_ko = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    organisation = models.ForeignKey(
        people.Organisation, on_delete=models.PROTECT, related_name="audit_reports"
    )
    made_at = models.DateTimeField(default=clock.now)
    is_automatic = models.BooleanField()
    people = models.PositiveIntegerField()
    selected = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    sha256 = models.CharField(max_length=64)
    record = models.BinaryField()

    objects = AuditReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["about", "-id"], name="report_by_about")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What was audited, in the reader's language."""
        return i18n.localized(self, "title")
