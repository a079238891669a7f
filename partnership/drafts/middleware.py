"""What was typed in a marked form is never lost: the innermost middleware, so that it sees what the others refused."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from partnership.drafts.actions import draft
from partnership.drafts.pages import FIELD, Page, marked
from partnership.refusals import Refusal

ABSENT = (403, 404)


class DraftMiddleware:
    """Keeps the answers of a form that was sent too late, and deletes the draft of one that was taken.

    Too late: the session has ended, or somebody signed in again in another window. The person is led to sign in where they
    have to, and back to the form, which offers what they wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and FIELD in request.POST:
            page = marked(request)
            if page and _name(request) not in ("draft_keep", "draft_discard"):
                return _settled(request, response, page)
        if response.status_code == 302 and request.method == "POST" and _name(request) == "account_logout":
            # What this browser kept of forms, pages and drafts that could not be sent is gone with the session.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """Asked last of all middleware: whatever could have refused the request has let it pass."""
        request.reached_its_view = True  # type: ignore[attr-defined]  # a mark of ours


def _name(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _settled(request: HttpRequest, response: HttpResponse, page: Page) -> HttpResponse:
    is_signed_in = request.user.is_authenticated
    leads_to_sign_in = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    is_late = not hasattr(request, "reached_its_view") or leads_to_sign_in
    if is_late or (not is_signed_in and response.status_code in ABSENT):
        return _kept(request, response, page)
    if response.status_code == 302:
        draft.discard(page=page)
    return response


def _kept(request: HttpRequest, response: HttpResponse, page: Page) -> HttpResponse:
    try:
        draft.keep(page=page, typed=request.POST)
    except Refusal:
        return response
    if not request.user.is_authenticated:
        return redirect(f"{redirect_to_login(page.with_draft).url}&{urlencode({'kept': 'yes'})}")
    if request.user.pk == page.person:
        return redirect(page.with_draft)
    return render(request, "drafts/of_somebody_else.html", status=403)
