"""Who is served, and where it is kept."""

from pathlib import Path

import environ

from partnership import hosts
from partnership.secret_key import KNOWN_TO_ALL

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Who is served
SECRET_KEY = env("SECRET_KEY", default=KNOWN_TO_ALL)
DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
BIND = env("BIND", default="127.0.0.1")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PORTAL_URL = env("PORTAL_URL", default="http://127.0.0.1:8000").rstrip("/")
PORTAL_NAME = env("PORTAL_NAME", default="Partnership portal")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
# Why others than this machine may reach it, a sentence for each setting: then some things are refused.
REACHED_BY_OTHERS = hosts.reached_by_others(bind=BIND, portal_url=PORTAL_URL, allowed_hosts=ALLOWED_HOSTS)

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
# For libraries that count in a cache: one table for all web processes, and no other store to fall back to.
CACHES = {"default": {"BACKEND": "partnership.limits.cache.BucketCache"}}
# Keys of ballot boxes, a file for each election: outside the database and its back-ups. See docs/decisions.
BALLOT_KEYS_DIR = Path(env("BALLOT_KEYS_DIR", default=str(VAR_DIR / "ballot-keys"))).resolve()
# With less than this left for files, `/healthz` says so: ten of the largest uploads.
LEAST_FREE_MEGABYTES = env.int("LEAST_FREE_MEGABYTES", default=200)
