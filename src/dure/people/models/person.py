"""A person with an account."""

from typing import ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dure.foundation import clock, i18n
from dure.foundation.access import Audience, Role
from dure.foundation.ids import uuid7

NAMED: Final = ("name_ko", "name_en", "email", "deleted_at")
"""The fields that `Person.name` reads."""


class PersonManager(BaseUserManager["Person"]):
    """Makes people; sign-up goes through allauth, everything else through the actions."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person with an account.

    A row is in one of these states: active; `is_active` false (closed by an operator); deleted (`deleted_at` set: every field
    that names the person is emptied, the row stays so that the audit trail and results stay whole).
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    headline_ko = models.CharField(_("what you do, in Korean"), max_length=160, blank=True)
    headline_en = models.CharField(_("what you do, in English"), max_length=160, blank=True)
    about_ko = models.TextField(_("about you, in Korean"), blank=True, max_length=4000)
    about_en = models.TextField(_("about you, in English"), blank=True, max_length=4000)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ko", "한국어"), ("en", "English")], default="ko"
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Seoul")
    audience = models.CharField(
        _("who sees your profile"), max_length=10, choices=Audience.choices, default=Audience.MEMBERS
    )
    roles = ArrayField(models.CharField(max_length=16, choices=Role.choices), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    demo_role = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; a deleted account has none."""
        if self.deleted_at:
            return str(_("Deleted account"))
        return i18n.localized(self, "name") or (self.email or "").split("@")[0]
