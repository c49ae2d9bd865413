"""Settings that only tests need."""

from django.conf import settings
from hypothesis import settings as hypothesis_settings

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
