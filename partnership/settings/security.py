"""What a browser may do with it: nothing inline, nothing from elsewhere."""

from django.core.exceptions import ImproperlyConfigured

from partnership.settings.base import BIND, DEBUG, DEMONSTRATION, KNOWN_TO_ALL, PORTAL_URL, SECRET_KEY, env

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

# How often a public form may be posted: for one email address, and by everybody behind one address of the network
PUBLIC_FORM_RATE = env("PUBLIC_FORM_RATE", default="20/10m")
PUBLIC_FORM_RATE_FROM_HERE = env("PUBLIC_FORM_RATE_FROM_HERE", default="3000/m")
