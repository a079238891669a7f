"""Staff and chairs sign in with a second factor, and are led to set one up before anything else."""

from functools import cache

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What a person may open before they have one: setting it up, confirming who they are, leaving.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "healthz",
    "livez",
    "sign_in_as",
    "inbox",
}


@cache
def _predicates():
    return [import_string(path) for path in settings.SECOND_FACTOR_REQUIRED_FOR]


def is_required(user) -> bool:
    """Whether what the person holds asks for a second factor. Settings name the predicates: seats live above here."""
    return any(predicate(user) for predicate in _predicates())


def with_second_step(people: QuerySet) -> QuerySet:
    """With `has_second_step`: whether each has an app or a passkey."""
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return people.annotate(has_second_step=Exists(theirs))


def steps_of(person) -> list[Authenticator]:
    """The person's apps and passkeys, each with its `title`; recovery codes do not count."""
    steps = list(Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).order_by("created_at", "pk"))
    for step in steps:
        step.title = title_of(step)
    return steps


def title_of(step: Authenticator) -> str:
    """Returns "Authenticator app", or "Passkey" with the name its owner gave it."""
    if step.type == Authenticator.Type.TOTP:
        return "Authenticator app"
    name = step.data.get("name", "")
    return f"Passkey “{name}”" if name else "Passkey"


def is_missing(request: HttpRequest) -> bool:
    """Whether this person must set one up now. allauth asks for it at sign-in wherever there is one."""
    user = request.user
    if not user.is_authenticated or not is_required(user):
        return False
    if settings.DEMONSTRATION and request.session.get("demonstration_sign_in"):
        return False
    if Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists():
        return False
    return not is_vouched_for(request, user)


def is_vouched_for(request: HttpRequest, user) -> bool:
    """Whether this person came by a single sign-on that asks everybody for a second step, with an account of theirs."""
    trusted = {provider["id"] for provider in settings.OIDC_PROVIDERS if provider["second_factor"]}
    ways = request.session.get("account_authentication_methods", []) if trusted else []
    if not ways or ways[-1].get("method") != "socialaccount" or ways[-1].get("provider") not in trusted:
        return False
    from allauth.socialaccount.models import SocialAccount  # there only where single sign-on is configured

    return SocialAccount.objects.filter(user=user, provider=ways[-1]["provider"], uid=ways[-1]["uid"]).exists()


class SecondFactorMiddleware:
    """Redirects staff and chairs without a second factor to the page where they set one up."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        assert request.resolver_match is not None, "a view was found"
        name = request.resolver_match.url_name or ""
        if not request.user.is_authenticated or name in OPEN:
            return None
        if not is_missing(request):
            return None
        if name.startswith("mfa_"):
            request.second_factor_missing = True  # type: ignore[attr-defined]  # a mark of ours, for the page
            return None
        return redirect("mfa_index")
