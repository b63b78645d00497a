"""Settings, from the environment only. Every variable is described in docs/settings.md."""

from importlib.util import find_spec
from pathlib import Path

from opora.config import environment
from opora.foundation.core import logs

env = environment.read()

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.mode
DEMONSTRATION = MODE == "demo"
SECURE = MODE == "production"
DEBUG = False

DATA_DIR = env.data_dir
KEY_DIR = env.key_dir
HEADS_DIR = env.heads_dir
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = env.hosts
CSRF_TRUSTED_ORIGINS = env.origins
INSTITUTION_NAME = env.institution

INSTALLED_APPS = [
    "opora.config",
    "opora.desk.home",
    "opora.desk.search",
    "opora.desk.reports",
    "opora.desk.directory",
    "opora.planning.needs",
    "opora.improvement.practice",
    "opora.care.protection",
    "opora.care.casework",
    "opora.evidence.monitoring",
    "opora.evidence.survey",
    "opora.register",
    "opora.foundation.jobs",
    "opora.foundation.documents",
    "opora.foundation.rules",
    "opora.foundation.drafts",
    "opora.foundation.messages",
    "opora.foundation.accounts",
    "opora.foundation.territory",
    "opora.foundation.audit",
    "opora.foundation.ui",
    "opora.foundation.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_linear_migrations",
]
if MODE == "production" or find_spec("django_linear_migrations") is None:  # a tool of those who develop
    INSTALLED_APPS.remove("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "opora.foundation.accounts.middleware.ArrivalMiddleware",
    "opora.foundation.core.logs.RequestLogMiddleware",
    "opora.foundation.audit.middleware.RequestFactsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "opora.foundation.accounts.middleware.SessionEndMiddleware",
    "opora.foundation.accounts.middleware.ActorMiddleware",
    "opora.care.casework.middleware.WallMiddleware",
    "opora.foundation.drafts.middleware.UnsentMiddleware",
]

ROOT_URLCONF = "opora.config.urls"
WSGI_APPLICATION = "opora.config.wsgi.application"
FORM_RENDERER = (
    "django.forms.renderers.Jinja2"  # fields are drawn by the compiled templates pages are made of
)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "opora.foundation.ui.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": env.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["opora.foundation.accounts.passwords.Argon2id"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "opora.foundation.accounts.passwords.PasswordRules"}]
ACCOUNT_ADAPTER = "opora.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "reset_password": "20/10m/ip,3/1h/key",
    "reset_password_from_key": "20/10m/ip",
    "change_password": "10/10m/user",
    "reauthenticate": "10/10m/user",
}
ACCOUNT_FORMS = {
    "login": "opora.foundation.accounts.forms.LoginForm",
    "change_password": "opora.foundation.accounts.forms.ChangePasswordForm",
    "reset_password": "opora.foundation.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "opora.foundation.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "opora.foundation.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.behind_proxy else 0
MFA_ADAPTER = "opora.foundation.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "opora.foundation.accounts.forms.AuthenticateForm",
    "reauthenticate": "opora.foundation.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "opora.foundation.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "opora.foundation.accounts.forms.AddPasskeyForm",
}
SECOND_FACTOR_ASKED = not DEMONSTRATION

SESSION_ENGINE = "opora.foundation.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
IDLE_MINUTES = 30
IDLE_WARNING_MINUTES = 25
ABSOLUTE_HOURS = 10
SESSION_COOKIE_AGE = ABSOLUTE_HOURS * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "opora.config.views.csrf_failure"
if SECURE:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "opora.foundation.core.uploads.NamelessFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "bg"
LANGUAGES = [("bg", "Български"), ("en", "English")]
TIME_ZONE = "Europe/Sofia"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = MODE != "production"
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if MODE == "production"
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

EMAIL_BACKEND = env.email["EMAIL_BACKEND"]
EMAIL_HOST = env.email.get("EMAIL_HOST", "")
EMAIL_PORT = env.email.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = env.email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.sender

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "opora_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
if MODE == "test":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = logs.configuration(as_json=SECURE)
SILENCED_SYSTEM_CHECKS: list[str] = []
