"""What people earned, as signed credentials; the keys that sign them, and the lists in which their revocation stands."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.engines import credentials as ob
from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.foundation.workflow import Stateful
from dure.learn.credentials import access, addresses, workflows
from dure.learn.models.course import Course
from dure.people import api as people


class BadgeKey(models.Model):
    """The public half of a key that signs credentials under one address; the private half is a file (`learn.credentials.keyring`).

    A key is in force; retired (signs no new credentials, and its old ones verify); or withdrawn (nothing it signed verifies).
    """

    thumbprint = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=200)
    jwk = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.thumbprint

    @property
    def kid(self) -> str:
        return addresses.key(self.address, self.thumbprint)

    @property
    def public(self) -> ob.PublicKey:
        return ob.PublicKey(self.kid, self.jwk, addresses.issuer(self.address))


class StatusList(models.Model):
    """A published list of bits, signed by the key whose credentials have their places in it. Its number is its id."""

    key = models.ForeignKey(BadgeKey, on_delete=models.PROTECT, related_name="lists")
    used = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.url

    @property
    def url(self) -> str:
        return addresses.status(self.key.address, self.pk)


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, person: Any) -> "CredentialQuerySet":
        return self.filter(access.visible_q(person))


class Credential(Stateful):
    """One badge of one person. States: `credentials.workflows`; there is one row for a person and a badge, also after a revocation.

    `badge` names what was achieved, for ever; `content` is what was said of it, as `learn.credentials.earned` wrote it. `token` is
    the signed text in force, signed by `key`; its bit is at `place`. A deleted account leaves both texts empty.
    """

    workflow = workflows.CREDENTIAL

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=32, choices=workflows.CREDENTIAL.choices, default="standing")
    person = models.ForeignKey(people.Person, on_delete=models.PROTECT, related_name="credentials")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="credentials")
    badge = models.CharField(max_length=120)
    content = models.JSONField()
    token = models.TextField(blank=True)
    key = models.ForeignKey(BadgeKey, null=True, on_delete=models.PROTECT, related_name="credentials")
    place = models.OneToOneField("StatusPlace", null=True, on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(_("whoever has the link may see it"), default=False)
    awarded_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(people.Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True, max_length=2000)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "badge"], name="one_credential_per_person_and_badge")
        ]

    def __str__(self) -> str:
        return self.badge

    @property
    def name_ko(self) -> str:
        return str(self.content["name"][0])

    @property
    def name_en(self) -> str:
        return str(self.content["name"][1])

    @property
    def url(self) -> str:
        """The address by which the signed text calls it."""
        return addresses.credential(self.key.address if self.key else addresses.home(), self.uid)


class StatusPlace(models.Model):
    """A token's bit. It is set with `revoked_at` and never taken back: a credential that returns gets a new token and place."""

    listed = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="places")
    index = models.PositiveIntegerField()
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="places")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listed", "index"], name="one_credential_per_status_place")
        ]
        indexes = [
            models.Index(
                fields=["listed"], condition=models.Q(revoked_at__isnull=False), name="revoked_status_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listed_id}#{self.index}"
