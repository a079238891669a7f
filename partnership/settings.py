"""Every setting, read from the environment. `.env.example` lists each with its meaning."""

from email.utils import parseaddr
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Who is served
KNOWN_TO_ALL = "only-for-demonstration-and-tests-set-a-real-one-in-production"
SECRET_KEY = env("SECRET_KEY", default=KNOWN_TO_ALL)
# Seals ballot boxes: not in the database, so that those who keep the database cannot look. See docs/decisions.
BALLOT_KEY = env("BALLOT_KEY", default="") or SECRET_KEY
DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
BIND = env("BIND", default="127.0.0.1")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
PORTAL_URL = env("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
PORTAL_NAME = env("PORTAL_NAME", default="Partnership portal")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_forms_gds",
    "django_filters",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "partnership.ui",
    "partnership.page_cache",
    "partnership.files",
    "partnership.audit",
    "partnership.outbox",
    "partnership.accounts",
    "places.footprint",
    "partnership.partners",
    "partnership.boards",
    "partnership.posts",
    "places.representation",
    "partnership.elections",
    "assemblies.meetings",
    "assemblies.lists",
    "assemblies.invitations",
    "assemblies.registrations",
    "assemblies.papers",
    "assemblies.voice",
    "assemblies.microsite",
    "assemblies.organising",
    "partnership.home",
]
if DEMONSTRATION:
    INSTALLED_APPS += ["partnership.demonstration", "partnership.local"]

MIDDLEWARE = [
    "partnership.request_id.RequestIdMiddleware",
    "partnership.healthz.HealthMiddleware",
    "partnership.page_cache.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.accounts.second_factor.SecondFactorMiddleware",
]
ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partnership.ui.context.portal",
                "partnership.accounts.context.roles",
            ],
        },
    }
]

# Where it is kept
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///partnership")}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
MEDIA_ROOT = VAR_DIR / "media"

# Who you are
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Single sign-on of NHS bodies and councils: neither installed nor imported where none is configured.
OIDC_PROVIDERS: list[dict] = []
if oidc_providers := env("OIDC_PROVIDERS", default=""):
    from partnership.accounts import single_sign_on  # a web process without it does not need it

    try:
        OIDC_PROVIDERS = single_sign_on.read(oidc_providers)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS = single_sign_on.settings_for(OIDC_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "partnership.accounts.single_sign_on_adapter.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere would need the content security policy opened
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_home"
ACCOUNT_ADAPTER = "partnership.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_REDIRECT_URL = "organisation_join"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "partnership.accounts.forms.LoginForm",
    "signup": "partnership.accounts.forms.SignupForm",
    "add_email": "partnership.accounts.forms.AddEmailForm",
    "change_email": "partnership.accounts.forms.ChangeEmailForm",
    "change_password": "partnership.accounts.forms.ChangePasswordForm",
    "set_password": "partnership.accounts.forms.SetPasswordForm",
    "reset_password": "partnership.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "partnership.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateForm",
    "request_login_code": "partnership.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "partnership.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "partnership.accounts.forms.ConfirmEmailVerificationCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PORTAL_NAME
# A code that changes while it is typed still counts, and so does a phone half a minute fast or slow (RFC 6238 §5.2).
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PORTAL_URL.startswith(("http://127.0.0.1", "http://localhost"))
MFA_FORMS = {
    "authenticate": "partnership.accounts.forms.AuthenticateForm",
    "reauthenticate": "partnership.accounts.forms.ReauthenticateMfaForm",
    "activate_totp": "partnership.accounts.forms.ActivateTOTPForm",
    "deactivate_totp": "partnership.accounts.forms.DeactivateTOTPForm",
    "generate_recovery_codes": "partnership.accounts.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "partnership.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "partnership.accounts.forms.EditWebAuthnForm",
}
# Seats live above accounts in the house, so what asks for a second factor is named here.
SECOND_FACTOR_REQUIRED_FOR = ["partnership.accounts.rules.is_partnership_staff", "partnership.boards.rules.is_chair"]
# Who may object when two organisations are made one: each is asked with both rows, and says why not, or nothing.
PARTNER_MERGE_OBJECTIONS = ["partnership.elections.merging.both_vote"]
# What fills a vacant seat: modules with `under_way` and `fillings`, asked by the list of vacancies.
SEAT_FILLED_BY = ["partnership.posts.filling", "partnership.elections.filling"]
# Whose invitation or registration lets them see a meeting by invitation: given an address, the ids of its meetings.
MEETING_GUESTS = ["assemblies.invitations.standing.meetings_of", "assemblies.registrations.guests.meetings_of"]
MEETING_REGISTRATIONS = "assemblies.registrations.guests.who_registered"
MEETING_INVITATION_STATUS = "assemblies.invitations.standing.status_of"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# How often a public form may be posted: for one email address, and by everybody behind one address of the network
PUBLIC_FORM_RATE = env("PUBLIC_FORM_RATE", default="20/10m")
PUBLIC_FORM_RATE_FROM_HERE = env("PUBLIC_FORM_RATE_FROM_HERE", default="3000/m")

# What it says
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "partnership.ui.staticfiles.GovukFrontendFinder",
]
# Hashed names need `manage.py collectstatic` first; without them WhiteNoise serves the files as they lie.
HASHED_STATIC = env.bool("HASHED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not HASHED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "partnership.ui.staticfiles.HashedStaticFiles"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_CLASS_CONVERTERS = {
    "numberinput": "govuk-input",
    "urlinput": "govuk-input",
    "telinput": "govuk-input",
    "fileinput": "govuk-file-upload",
    "dateinput": "govuk-input",
}

# What a browser may do with it: nothing inline, nothing from elsewhere
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Over plain HTTP only where somebody tries it out on their own machine.
SECURE = not (DEBUG or DEMONSTRATION) and PORTAL_URL.startswith("https://")
if SECRET_KEY == KNOWN_TO_ALL and (SECURE or (BIND != "127.0.0.1" and not DEMONSTRATION)):
    raise ImproperlyConfigured("Set SECRET_KEY: without it anyone could sign in as anyone.")
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Whether the proxy in front sets X-Request-ID itself, so that its log and ours speak of one request by one name.
PROXY_SETS_REQUEST_ID = env.bool("PROXY_SETS_REQUEST_ID", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE

# What it sends
EMAIL_URL = env("EMAIL_URL", default="smtp://127.0.0.1:1025")
vars().update(env.email_url("EMAIL_URL", default=EMAIL_URL))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Partnership portal <portal@example.org>")
EMAIL_TIMEOUT = 20
# Who reads reports of weaknesses: an e-mail address or an https:// page, shown at /.well-known/security.txt.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="") or parseaddr(DEFAULT_FROM_EMAIL)[1]
# Where servers report that they could not deliver what they had taken, and the mailbox those reports are read from.
BOUNCE_EMAIL = env("BOUNCE_EMAIL", default="")
MAILBOX_URL = env("MAILBOX_URL", default="")
if MAILBOX_URL:
    from partnership.outbox import imap  # a portal without a mailbox does not need to read one

    try:
        imap.Mailbox.at(MAILBOX_URL)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None
# Part of every calendar entry's identity: never change it once invitations have been sent.
CALENDAR_DOMAIN = env("CALENDAR_DOMAIN", default="meetings.partnership.example.org")
# A message is tried by one worker at a time, under a lease; a dead worker's messages wait for the end of the lease and
# the next sweep: together at most a minute.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", default=45)
OUTBOX_SWEEP_SECONDS = env.int("OUTBOX_SWEEP_SECONDS", default=15)
OUTBOX_BATCH = env.int("OUTBOX_BATCH", default=100)
INVITATIONS_AT_ONCE = env.int("INVITATIONS_AT_ONCE", default=200)  # queued in one transaction
REMINDER_SWEEP_SECONDS = env.int("REMINDER_SWEEP_SECONDS", default=60)
OUTBOX_KEEP_WORDS_DAYS = env.int("OUTBOX_KEEP_WORDS_DAYS", default=90)
OUTBOX_KEEP_DAYS = env.int("OUTBOX_KEEP_DAYS", default=365)

# What works in the background: a nudge only, so a broker that is away costs a request next to nothing
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 0.1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "retry_on_timeout": False,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_WORKER_POOL = "threads"  # tasks wait for the mail server and the database; a process each would be 40 MiB each
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "update places at meetings": {"task": "assemblies.registrations.tasks.tick", "schedule": 60},
    "send waiting emails": {
        "task": "partnership.outbox.tasks.sweep",
        "schedule": OUTBOX_SWEEP_SECONDS,
        "options": {"expires": 60},  # sweeps nobody ran while the workers were away are not worth running twice
    },
    "delete personal data that is due": {"task": "assemblies.organising.tasks.delete_personal_data", "schedule": 3600},
    "continue sending invitations": {
        "task": "assemblies.invitations.tasks.resume_runs",
        "schedule": OUTBOX_SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "continue emailing members": {
        "task": "assemblies.voice.tasks.tell_members",
        "schedule": OUTBOX_SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "send reminders": {
        "task": "assemblies.organising.tasks.run_reminders",
        "schedule": REMINDER_SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "send reminders of calls for views": {
        "task": "assemblies.voice.tasks.remind_of_calls",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "ask new members for their views": {"task": "assemblies.voice.tasks.ask_newcomers", "schedule": 3600},
    "tell nominating bodies": {"task": "partnership.boards.tasks.tell_nominators", "schedule": 3600},
    "run elections": {
        "task": "partnership.elections.tasks.hold_elections",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "ask whether organisations' pages are right": {
        "task": "partnership.partners.tasks.ask_whether_pages_are_right",
        "schedule": 3600,
        "options": {"expires": 3000},
    },
}
if MAILBOX_URL:
    CELERY_BEAT_SCHEDULE["read returned emails"] = {
        "task": "partnership.outbox.tasks.read_returns",
        "schedule": 120,
        "options": {"expires": 120},
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

# What it writes down: to standard error, for whoever keeps the processes
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "partnership.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # a wrong address or host name is the caller's trouble and no news
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# How long personal data is kept, in days after the meeting (DOMAIN §3)
NEEDS_KEPT_DAYS = env.int("NEEDS_KEPT_DAYS", default=30)
ATTENDEES_KEPT_DAYS = env.int("ATTENDEES_KEPT_DAYS", default=365)
# Days after a post is decided on which the applications for it are deleted: six months
APPLICATIONS_KEPT_DAYS = env.int("APPLICATIONS_KEPT_DAYS", default=183)

# How long a representative has after a meeting to report back to those they represent
REPORT_BACK_DAYS = env.int("REPORT_BACK_DAYS", default=14)
