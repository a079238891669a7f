"""What a browser may do with it: nothing inline, nothing from elsewhere."""

from django.core.exceptions import ImproperlyConfigured

from partnership import secret_key
from partnership.settings.base import DEBUG, DEMONSTRATION, PORTAL_URL, REACHED_BY_OTHERS, SECRET_KEY, env

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
CSRF_FAILURE_VIEW = "partnership.drafts.views.csrf_failure.csrf_failure"  # nothing is done, and nothing typed is lost
# Over plain HTTP only where somebody tries it out on their own machine.
SECURE = not (DEBUG or DEMONSTRATION) and PORTAL_URL.startswith("https://")
if REACHED_BY_OTHERS and not DEMONSTRATION and (weakness := secret_key.weakness_of(SECRET_KEY)):  # that is refused too
    raise ImproperlyConfigured(f"Set SECRET_KEY to 50 random letters or more: {weakness}. {REACHED_BY_OTHERS[0]}.")
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez)$"]
# How many proxies of ours a request passes: each adds its caller to X-Forwarded-For. gunicorn speaks no TLS, so with https://
# there is one at least. Nothing else that a request says of proxies is believed, see `partnership.gunicorn`.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if SECURE else 0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured("TRUSTED_PROXIES is a number of proxies, 0 or more.")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Whether the proxy in front sets X-Request-ID itself, so that its log and ours speak of one request by one name.
PROXY_SETS_REQUEST_ID = env.bool("PROXY_SETS_REQUEST_ID", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE

# How often a public form may be posted: for one email address, and by everybody behind one network address (of IPv6
# its first 64 bits). The second is wide: whole NHS trusts come from one address.
PUBLIC_FORM_RATE = env("PUBLIC_FORM_RATE", default="20/10m")
PUBLIC_FORM_RATE_FROM_HERE = env("PUBLIC_FORM_RATE_FROM_HERE", default="3000/m")
# Places that people behind one network address may hold at one meeting before they confirm theirs; never more than a fifth
HELD_FROM_ONE_NETWORK = env.int("HELD_FROM_ONE_NETWORK", default=10)
