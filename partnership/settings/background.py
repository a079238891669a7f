"""What works in the background: a nudge only, so a broker that is away costs a request next to nothing."""

from partnership.settings.base import REDIS_URL, VAR_DIR
from partnership.settings.mail import MAILBOX_URL, OUTBOX_SWEEP_SECONDS, REMINDER_SWEEP_SECONDS
from partnership.settings.pages import TIME_ZONE

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
    "delete limits that are over": {
        "task": "partnership.limits.tasks.sweep",
        "schedule": 300,
        "options": {"expires": 300},
    },
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
    "read past papers": {
        "task": "assemblies.past_papers.tasks.read_imports",
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
    "make packs": {
        "task": "assemblies.papers.tasks.make_packs",
        "schedule": OUTBOX_SWEEP_SECONDS,
        "options": {"expires": 60},
    },
    "remind who writes reports": {"task": "assemblies.papers.tasks.remind_of_reports", "schedule": 3600},
    "remind who signs reports off": {"task": "assemblies.papers.tasks.remind_of_steps", "schedule": 3600},
    "check uploaded PDFs": {
        "task": "assemblies.papers.tasks.check_pdfs",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "tell nominating bodies": {"task": "partnership.boards.tasks.tell_nominators", "schedule": 3600},
    "remind of interests": {"task": "partnership.interests.tasks.remind_of_interests", "schedule": 3600},
    "remind of minutes": {"task": "assemblies.minutes.tasks.remind_of_minutes", "schedule": 3600},
    "close rounds on purposes": {
        "task": "assemblies.purpose.tasks.close_rounds",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "ask about pledges": {"task": "assemblies.pledges.tasks.ask_about_pledges", "schedule": 3600},
    "tell partners what they are asked": {
        "task": "assemblies.pledges.tasks.tell_partners",
        "schedule": 900,
        "options": {"expires": 900},
    },
    "remind of actions": {"task": "assemblies.follow_up.tasks.remind_of_actions", "schedule": 3600},
    "remind of blockers": {"task": "assemblies.blockers.tasks.remind_of_blockers", "schedule": 3600},
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
