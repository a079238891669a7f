"""What a visitor has just typed, said once more by the page they are sent on to: "We have sent name@example.org a link".

Only their own browser says it, and only to that page: a signed cookie with the path of the page. So a reload sends no form again,
and the page of everybody else says nothing of anybody.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

NAME, SECONDS = "just_sent", 600


def send_on(said: list[str], to: str, *args) -> HttpResponse:
    """Redirects to the page of that name, which reads there what is `said`."""
    response = redirect(to, *args)
    response.set_cookie(
        NAME,
        signing.dumps(said, salt=NAME),
        max_age=SECONDS,
        path=response.url,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def said_to(request: HttpRequest) -> list[str]:
    """What this browser was sent on with; empty where there is nothing, or where it is older than ten minutes."""
    try:
        return signing.loads(request.COOKIES[NAME], salt=NAME, max_age=SECONDS)
    except (KeyError, signing.BadSignature):
        return []


def check_email(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """The page that asks to look for an email: `email` is where it went, or "" where this browser sent no form just now."""
    email = next(iter(said_to(request)), "")
    response = render(request, template, context | {"email": email})
    if email:
        response.headers["Cache-Control"] = "no-store"
    return response
