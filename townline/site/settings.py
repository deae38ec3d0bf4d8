"""All settings, typed, in one place.

`DATABASE_URL` and `EMAIL_URL` are read as they are elsewhere; every other
setting is `TOWNLINE_*`. A setting that is missing where it is needed stops the
start with a sentence.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _l

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("TOWNLINE_VAR", "var")).resolve()
DEMO: bool = env.bool("TOWNLINE_DEMO", False)
DEMO_TOWN: str = env.str("TOWNLINE_DEMO_TOWN", "clarington")
DEBUG: bool = env.bool("TOWNLINE_DEBUG", False)


def _secret_key() -> str:
    """The installation's secret: from the environment, or from a file made at set-up."""
    given: str = env.str("TOWNLINE_SECRET_KEY", "")
    if given:
        return given
    kept = VAR / "secret-key"
    if kept.exists():
        return kept.read_text().strip()
    raise ImproperlyConfigured(
        f"There is no secret key. Set TOWNLINE_SECRET_KEY, or run “townline setup”, which writes {kept}."
    )


SECRET_KEY = _secret_key()
VAULT_KEY: str = env.str("TOWNLINE_VAULT_KEY", "")
VAULT_KEY_FILE = Path(env.str("TOWNLINE_VAULT_KEY_FILE", str(VAR / "vault-key")))
VAULT_SHARES = Path(env.str("TOWNLINE_VAULT_SHARES", str(VAR / "vault-shares")))
AUDIT_KEY_FILE = Path(env.str("TOWNLINE_AUDIT_KEY_FILE", str(VAR / "audit-key")))
WITNESS_FOLDER: str = env.str("TOWNLINE_WITNESS_FOLDER", "")
WITNESS_EMAIL: str = env.str("TOWNLINE_WITNESS_EMAIL", "")
BASE_URL: str = env.str("TOWNLINE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = [
    *env.list("TOWNLINE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]),
    urlsplit(BASE_URL).hostname or "localhost",
]
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "townline.core",
    "townline.ui",
    "townline.timeline",
    "townline.jobs",
    "townline.audit",
    "townline.accounts",
    "townline.vault",
    "townline.documents",
    "townline.letters",
    "townline.questions",
    "townline.catalogue",
    "townline.wording",
    "townline.routing",
    "townline.customers",
    "townline.channels",
    "townline.cases",
    "townline.records",
    "townline.complaints",
    "townline.callbacks",
    "townline.conduct",
    "townline.council",
    "townline.afterhours",
    "townline.colleagues",
    "townline.macros",
    "townline.surveys",
    "townline.doorstep",
    "townline.notices",
    "townline.packs",
    "townline.setup",
    "townline.api",
    "townline.portal",
    "townline.desk",
    "townline.site",
    "django_tasks",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "townline.core.entrance.EntranceMiddleware",
    # Safe beside secrets in a page: the form token is masked anew in each answer, and its length is padded at random.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "townline.core.own_pages.CsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "townline.accounts.gates.LanguageMiddleware",
    "townline.accounts.gates.GateMiddleware",
    "townline.core.middleware.RefusalMiddleware",
]

FORM_RENDERER = "townline.ui.forms.Renderer"

ROOT_URLCONF = "townline.site.urls"
WSGI_APPLICATION = "townline.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "townline.portal.context.house",
                "townline.desk.context.frame",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """SQLite in `var/` unless `DATABASE_URL` names a PostgreSQL.

    How SQLite is kept durable and fair stands in `townline.core.sqlite`; opening
    it costs a quarter of a request, so a connection is kept for a minute. The
    PostgreSQL pool checks a connection before lending it and gives up a failed
    reconnection soon, so that the next request tries anew when the server is back.
    """
    found: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR}/townline.sqlite3")
    if found["ENGINE"].endswith("sqlite3"):
        ours = {"ENGINE": "townline.core.sqlite", "CONN_MAX_AGE": 60}
        return found | ours | {"OPTIONS": {"timeout": 10, **found.get("OPTIONS", {})}}
    pool = {
        "min_size": 1,
        "max_size": env.int("TOWNLINE_DATABASE_POOL", 8),
        "timeout": 3,
        "reconnect_timeout": 2,
    }
    return found | {
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": pool,
            "connect_timeout": 3,
            "options": "-c statement_timeout=10000 -c lock_timeout=3000",
            **found.get("OPTIONS", {}),
        },
    }


DATABASES = {"default": _database()}

TASKS = {
    "default": {
        "BACKEND": "townline.jobs.backend.LeasedBackend",
        "QUEUES": [],
        "OPTIONS": {"lease_seconds": env.int("TOWNLINE_JOB_LEASE", 30)},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _l("English")), ("fr", _l("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE: str = env.str("TOWNLINE_ZONE", "America/Toronto")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("TOWNLINE_STATIC", str(VAR / "static")))
STATICFILES_DIRS: list[Path] = []

FILES = Path(env.str("TOWNLINE_FILES", str(VAR / "files")))
LARGEST_FILE: int = env.int("TOWNLINE_LARGEST_FILE", 20) * 1_000_000
CLAMD: str = env.str("TOWNLINE_CLAMD", "")
FILE_UPLOAD_HANDLERS = [
    "townline.documents.uploading.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "townline.documents.uploading.SpooledUploads",
]

EMAIL_OUTBOX = VAR / "outbox"
MAIL_FROM: str = env.str("TOWNLINE_MAIL_FROM", "")
EMAIL_BACKEND = "townline.channels.outbox.OutboxBackend"
EMAIL_TIMEOUT = 20
if env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
OIDC_ISSUER: str = env.str("TOWNLINE_OIDC_ISSUER", "")
OIDC_CLIENT_ID: str = env.str("TOWNLINE_OIDC_CLIENT_ID", "")
OIDC_SECRET: str = env.str("TOWNLINE_OIDC_SECRET", "")
OIDC_SCOPE: str = env.str("TOWNLINE_OIDC_SCOPE", "openid email profile")
OIDC_NAME: str = env.str("TOWNLINE_OIDC_NAME", "")
OIDC_NAME_FR: str = env.str("TOWNLINE_OIDC_NAME_FR", "")
OIDC_CLAIM: str = env.str("TOWNLINE_OIDC_CLAIM", "")
OIDC_SECOND_FACTOR: list[str] = env.list("TOWNLINE_OIDC_SECOND_FACTOR", default=[])
OIDC_ONLY: bool = env.bool("TOWNLINE_OIDC_ONLY", False)
OIDC_EXCEPT: list[str] = env.list("TOWNLINE_OIDC_EXCEPT", default=[])
HOLD_AFTER: int = env.int("TOWNLINE_HOLD_AFTER", 5)
SMS_URL: str = env.str("TOWNLINE_SMS_URL", "")
SMS_TOKEN: str = env.str("TOWNLINE_SMS_TOKEN", "")
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TOWNLINE_TRUSTED_PROXIES", 0)
ACCOUNT_ADAPTER = "townline.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"} if SMS_URL else {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"] if SMS_URL else ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "townline.accounts.sign_in_forms.SignIn",
    "signup": "townline.accounts.sign_in_forms.SignUp",
    "request_login_code": "townline.accounts.sign_in_forms.RequestCode",
    "confirm_login_code": "townline.accounts.sign_in_forms.SignInCode",
    "confirm_email_verification_code": "townline.accounts.sign_in_forms.AddressCode",
    "verify_phone": "townline.accounts.sign_in_forms.PhoneCode",
    "confirm_password_reset_code": "townline.accounts.sign_in_forms.ResetCode",
    "reset_password": "townline.accounts.sign_in_forms.ForgottenPassword",
    "reset_password_from_key": "townline.accounts.sign_in_forms.ResetPassword",
    "change_password": "townline.accounts.sign_in_forms.ChangePassword",
    "set_password": "townline.accounts.sign_in_forms.SetPassword",
    "reauthenticate": "townline.accounts.sign_in_forms.Reauthenticate",
    "add_email": "townline.accounts.sign_in_forms.NewAddress",
    "change_phone": "townline.accounts.sign_in_forms.NewPhone",
}
MFA_ADAPTER = "townline.accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A passkey cannot be guessed; a whole town hall signs in from one address at half past eight.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "townline.accounts.sign_in_forms.SecondFactor",
    "reauthenticate": "townline.accounts.sign_in_forms.SecondFactorAgain",
    "activate_totp": "townline.accounts.sign_in_forms.FirstCode",
    "authenticate_webauthn": "townline.accounts.passkeys.SecondStepWith",
}


def _cache() -> dict[str, Any]:
    """Where attempts to sign in are counted (`townline.accounts.limits`): in this process, or for all of them."""
    shared = DATABASES["default"]["ENGINE"] != "townline.core.sqlite"
    if env.str("TOWNLINE_CACHE", "database" if shared else "memory") == "memory":
        found = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    else:
        found = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_count"}
    return found | {"OPTIONS": {"MAX_ENTRIES": 20_000}}


CACHES = {"default": _cache()}

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "townline.core.flash.Storage"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "townline.core.faults.again"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_keys": {"()": "townline.core.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
