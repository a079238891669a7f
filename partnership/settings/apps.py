"""What the portal is made of, in the order of the apps, and what an earlier app asks of a later one."""

from partnership.settings.base import BASE_DIR, DEMONSTRATION

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
    "partnership.limits",
    "partnership.files",
    "partnership.audit",
    "partnership.outbox",
    "partnership.accounts",
    "partnership.about",
    "partnership.drafts",
    "places.footprint",
    "partnership.partners",
    "partnership.boards",
    "partnership.interests",
    "partnership.posts",
    "places.representation",
    "partnership.elections",
    "assemblies.meetings",
    "assemblies.lists",
    "assemblies.invitations",
    "assemblies.registrations",
    "assemblies.closures",
    "assemblies.forward_plan",
    "assemblies.executive_notices",
    "assemblies.papers",
    "assemblies.decisions",
    "assemblies.follow_up",
    "assemblies.questions",
    "assemblies.sittings",
    "assemblies.minutes",
    "assemblies.voice",
    "assemblies.purpose",
    "assemblies.blockers",
    "assemblies.pledges",
    "assemblies.microsite",
    "assemblies.past_papers",
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
    "partnership.nul.RefuseNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.cache_control.CacheControlMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partnership.accounts.second_factor.SecondFactorMiddleware",
    "partnership.drafts.middleware.DraftMiddleware",  # last: it sees what all others refused
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

# Who may object when two organisations are made one: each is asked with both rows, and says why not, or nothing.
PARTNER_MERGE_OBJECTIONS = ["partnership.elections.merging.both_vote", "partnership.elections.merging.one_votes"]
# Why a merge must not be undone just now: asked with it, says so in a sentence, or nothing.
PARTNER_MERGE_UNDO_OBJECTIONS = ["partnership.elections.merging.vote_moved"]
# Who has an interest in who belongs to an organisation: each is asked with it and the person who decides, and says so in a
# sentence, or nothing.
PARTNER_INTERESTS = ["partnership.elections.rules.stands_where_it_votes"]
# What fills a vacant seat: modules with `under_way` and `fillings`, asked by the list of vacancies.
SEAT_FILLED_BY = ["partnership.posts.filling", "partnership.elections.filling"]
# Whose invitation or registration lets them see a meeting by invitation: given an address, the ids of its meetings.
MEETING_GUESTS = ["assemblies.invitations.standing.meetings_of", "assemblies.registrations.guests.meetings_of"]
MEETING_REGISTRATIONS = "assemblies.registrations.guests.who_registered"
MEETING_INVITATION_STATUS = "assemblies.invitations.standing.status_of"
