"""Django settings, all derived from the environment (see env.py)."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from dure.settings import env, faults

faults.stop_if_wrong()

BASE = Path(__file__).resolve().parent.parent
DATA = env.data_folder()
DEBUG = env.flag("DURE_DEBUG")
SECRET_KEY = env.read("DURE_SECRET_KEY")
PUBLIC_URL = env.read("DURE_PUBLIC_URL").rstrip("/")
ALLIANCE_NAME = env.read("DURE_ALLIANCE_NAME").strip() or "Dure"

ALLOWED_HOSTS = (
    [urlsplit(PUBLIC_URL).hostname or ""] if PUBLIC_URL else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "dure.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
X_FRAME_OPTIONS = "DENY"
TRUST_PROXY = env.flag("DURE_TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUST_PROXY else 0
CSRF_FAILURE_VIEW = "dure.foundation.pages.forgery"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # for the templates of its widgets, which our renderer asks for
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "django_cotton.apps.SimpleAppConfig",  # the other one would put Django's loader in the place of ours
    "django_htmx",
    "procrastinate.contrib.django",
    "dure.foundation",
    "dure.people",
    "dure.farm",
    "dure.problems",
    "dure.learn",
    "dure.talent",
    "dure.alliance",
    "dure.web",
    "dure.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dure.foundation.policy.PolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dure.foundation.middleware.RequestMiddleware",
    "dure.foundation.plain_text.PlainTextMiddleware",
    "dure.people.middleware.ConsentMiddleware",
    "dure.people.middleware.SignInPolicyMiddleware",
]

ROOT_URLCONF = "dure.web.urls"
WSGI_APPLICATION = "dure.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "dure.foundation.folding.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dure.foundation.pages.shell_context",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "dure.foundation.templatetags.dure",
                "dure.foundation.templatetags.parts",
            ],
        },
        # first, so that our templates win over those of allauth, which stands earlier among the apps
        "DIRS": [BASE / "foundation" / "templates"],
    }
]
COTTON_DIR = "parts"
FORM_RENDERER = "dure.foundation.renderer.DureRenderer"

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "dure_cache"}}
STORAGES = {
    "default": env.blob_storage(),
    "blobs": env.blob_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
FARM = env.read("DURE_FARM")
SLURM_FOLDER = env.read("DURE_SLURM_FOLDER") or str(DATA / "farm" / "slurm")
LABS_URL = env.read("DURE_LABS_URL").rstrip("/")
LAB_MEMORY_MB = int(env.read("DURE_LAB_MEMORY_MB"))
LAB_HOME_BYTES = int(env.read("DURE_LAB_HOME_MB")) * 1024 * 1024
LAB_IDLE_MINUTES = int(env.read("DURE_LAB_IDLE_MINUTES"))
UPLOAD_LIMIT = int(env.read("DURE_UPLOAD_LIMIT_MB")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "dure.foundation.files.receiving.ReceivingHandler",
]
globals().update(env.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read("DURE_MAIL_FROM")
WEBHOOK_HOSTS = env.names(env.read("DURE_WEBHOOK_HOSTS"))

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "dure_language"
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["dure.people.sessions.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dure.people.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "dure.people.accounts.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[두레 Dure] "
ACCOUNT_SIGNUP_FORM_CLASS = "dure.people.forms.SignupFields"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "10/h/ip,5/h/key",
}
ACCOUNT_SESSION_REMEMBER = True
INVITATION_ONLY = env.flag("DURE_INVITATION_ONLY")
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "dure.people.accounts.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "dure.people.forms_passkey.PasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": item["id"],
                "name": item["name"],
                "client_id": item["client_id"],
                "secret": item["secret"],
                "settings": {"server_url": item["server_url"]},
            }
            for item in env.json_list("DURE_OIDC")
        ],
    }
}
SOCIALACCOUNT_ONLY = False
IDP_OIDC_ADAPTER = "dure.farm.labs.claims.Claims"
IDP_OIDC_PRIVATE_KEY = env.kept("labs/sign_in.pem")
if saml_apps := env.saml():
    INSTALLED_APPS.insert(
        INSTALLED_APPS.index("django_cotton.apps.SimpleAppConfig"), "allauth.socialaccount.providers.saml"
    )
    SOCIALACCOUNT_PROVIDERS["saml"] = {"APPS": saml_apps}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"hushed": {"()": "dure.foundation.hushed.Hushed"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hushed"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dure": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
