"""All settings, in one file. What differs between machines comes from the environment (see .env.example).

Nothing set: SQLite, files under var/, one web process, one worker. DATABASE_URL and REDIS_URL move it
to PostgreSQL and Redis. A BASE_URL that begins with https makes cookies secure and asks for the keys that need care.
"""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import backends
from config.env import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env.from_machine(BASE_DIR)

# --- This installation ----------------------------------------------------------------------------------------------
DATA_DIR = backends.data_folder(BASE_DIR / env.text("DATA_DIR", "var"))
DEBUG = env.flag("DEBUG", default=False)
PORT = env.number("PORT", 8000, at_least=1, at_most=65535)
base_url = backends.base_url(env, default=f"http://127.0.0.1:{PORT}")
BASE_URL = base_url.geturl()
SECURE = base_url.scheme == "https"
SECRET_KEY = backends.secret_key(env, DATA_DIR, required=SECURE)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [base_url.hostname or "", "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"{base_url.scheme}://{base_url.netloc}"]
DEMO = env.flag("DEMO", default=not SECURE)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, at_least=0, at_most=9)
FEED_LIMIT = env.number("FEED_LIMIT", 60, at_least=0, at_most=100_000)
PUBLIC_FEED_LIMIT = env.number("PUBLIC_FEED_LIMIT", 600, at_least=0, at_most=1_000_000)
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

# --- Parts ----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "reports",
    "annual_wheel",
    "planning",
    "strategy",
    "organisation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "simple_history",
    "template_partials",
    "tree_queries",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.lib.language.norwegian_middleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.first_run.first_run_middleware",
    "config.lib.htmx.LoginMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.lib.pressed.pressed_middleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.acting.shell",
            ],
            "builtins": ["config.lib.ui", "config.lib.moulds"],
        },
    },
]

# --- Data, cache and background work --------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {"default": backends.database(env, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = backends.redis_url(env)
CACHES = backends.caches(REDIS_URL)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db" if REDIS_URL else "config.lib.sessions"

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = backends.broker_options(REDIS_URL, DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a queue that is away for a night is waited for
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"  # a timetable by a clock that is put back misses the hour that comes twice
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "send lost renderings again": {"task": "reports.sweep", "schedule": 60.0, "options": {"expires": 50}},
    # The task knows what is unsent and that it shall be morning. One that waits too long gives way to the next.
    "reminders": {
        "task": "annual_wheel.send_reminders",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 14 * 60},
    },
    "calendars": {"task": "annual_wheel.catch_up_calendars", "schedule": 60.0, "options": {"expires": 50}},
    "give tasks again": {
        "task": "annual_wheel.give_again",
        "schedule": crontab(minute=20),
        "options": {"expires": 50 * 60},
    },
}

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["organisation.login.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "config.lib.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIMPLE_HISTORY_REVERT_DISABLED = True  # the log is read in Django's administration, not gone back to
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "config.lib.stale.csrf_failure"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "organisation.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "organisation.login_forms.LoginForm",
    "change_password": "organisation.login_forms.ChangePasswordForm",
    "reset_password": "organisation.login_forms.ResetPasswordForm",
    "reset_password_from_key": "organisation.login_forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # whoever is invited chooses a password and is in
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses without an account; the page says the same either way
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator writes the address; nobody signs up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Rød tråd: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = base_url.scheme
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Mail -----------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"Rød tråd <rodtraad@{base_url.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
mail = backends.mail(env, DATA_DIR, required=SECURE)
EMAIL_BACKEND = mail.backend
EMAIL_FILE_PATH = mail.folder
EMAIL_HOST = mail.host
EMAIL_PORT = mail.port
EMAIL_HOST_USER = mail.user
EMAIL_HOST_PASSWORD = mail.password
EMAIL_USE_TLS = mail.use_tls
EMAIL_USE_SSL = mail.use_ssl
EMAIL_TIMEOUT = 20

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("en", _("Engelsk"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# --- Static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = backends.data_folder(DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": backends.static_storage(debug=DEBUG, secure=SECURE)},
}
MEDIA_ROOT = DATA_DIR / "files"

# --- Safety ---------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Designsystemet draws its small pictures as data in the style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.lib.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        name: {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False} for name in ("django", "django.server")
    },
}
