"""Ways in other than a password: one-time links, invitations, personal access tokens. Only hashes are kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock
from dure.foundation.ids import uuid7
from dure.people.models.organisation import Membership, Organisation
from dure.people.models.person import Person


class LoginLink(models.Model):
    """A link that signs one person in, once, until `expires_at`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.expires_at:%H:%M}"


class Invitation(models.Model):
    """An invitation by mail into the platform, and into an organisation when one is named.

    Open until accepted, revoked or expired.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(max_length=16, choices=Membership.Role.choices, default=Membership.Role.MEMBER)
    sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > clock.now()


class PersonalAccessToken(models.Model):
    """A key for programs, acting as its person within `scopes`. Shown once; revoked or expired ones stay as history."""

    class Scope(models.TextChoices):
        READ = "read", _("Read what you can see")
        SUBMIT = "submit", _("Submit and manage submissions")
        HOST = "host", _("Manage problems and challenges you host")
        ADMIN = "admin", _("Everything else you may do")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(max_length=12)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """Whether the token works now."""
        return self.revoked_at is None and self.expires_at > clock.now()

    @property
    def scope_labels(self) -> list[str]:
        return [str(self.Scope(scope).label) for scope in self.scopes]
