"""Settings that only tests need."""

from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests import resetting

# A busy machine is no fault of the code: tests assert what comes out, benchmarks how fast.
hypothesis_settings.register_profile("dure", deadline=None)
hypothesis_settings.load_profile("dure")

settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
settings.WHITENOISE_USE_FINDERS = True
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

TransactionTestCase._fixture_teardown = resetting.put_back  # type: ignore[attr-defined]  # no public hook


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        resetting.remember()
