"""What `check --deploy` says of settings by which others could sign in as anyone, or nobody could."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 - Django's own name

from partnership.limits.counting import Limit
from partnership.secret_key import weakness_of


@register(Tags.security, deploy=True)
def secret_key_is_secret(**kwargs) -> list[Error]:
    """accounts.E001, also where the portal still starts because only this machine reaches it."""
    weakness = weakness_of(settings.SECRET_KEY)
    hint = "Set SECRET_KEY to 50 random letters or more."
    return [Error(f"SECRET_KEY is not secret: {weakness}.", hint=hint, id="accounts.E001")] if weakness else []


@register(Tags.security, deploy=True)
def proxies_are_counted(**kwargs) -> list[Warning]:
    """accounts.W001 where everybody would seem to come from the proxy in front, and share its limits."""
    if not settings.SECURE or settings.TRUSTED_PROXIES:
        return []
    return [
        Warning(
            "PORTAL_URL is https://, so a proxy is in front, but TRUSTED_PROXIES is 0: all visitors share one limit.",
            hint="Set TRUSTED_PROXIES to the number of proxies a request passes.",
            id="accounts.W001",
        )
    ]


@register
def rates_can_be_read(**kwargs) -> list[Error]:
    """accounts.E002 for a rate that would fail only when the first person posts a form."""
    found = []
    for name in ("PUBLIC_FORM_RATE", "PUBLIC_FORM_RATE_FROM_HERE"):
        try:
            _ = Limit(name, getattr(settings, name)).most
        except ValueError as error:
            found.append(Error(f"{name} cannot be read. {error}.", id="accounts.E002"))
    return found
