"""When the token of a form is not the browser's: somebody signed in again in another window, or cookies are blocked."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from partnership.drafts.pages import marked


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, and nothing is done. A visitor's public form comes again with the answers in it; the form of somebody with an
    account is a draft by now (see the middleware). Anything else is explained, with a way back to its page."""
    page = _form_again(request) if _is_public_form(request) and marked(request) is None else None
    return page or render(request, "403_csrf.html", status=403)


def _is_public_form(request: HttpRequest) -> bool:
    found = request.resolver_match
    if found is None or request.user.is_authenticated:
        return False
    return not getattr(found.func, "login_required", True)


def _form_again(request: HttpRequest) -> HttpResponse | None:
    """The page with the form, opened as by a link, with what was typed; None for a page that does not show it so."""
    assert request.resolver_match is not None, "the address was found"
    view, args, kwargs = request.resolver_match
    request.refused_answers = request.POST  # type: ignore[attr-defined]  # a mark of ours, for the template tag
    request.POST = QueryDict()  # type: ignore[assignment]  # Django's own may be set as well
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # noqa: SLF001 - as `request.upload_handlers` does
    request.method = "GET"  # nothing that a view would act on is left: neither the method, nor answers, nor files
    page = view(request, *args, **kwargs)
    if hasattr(page, "render") and not page.is_rendered:
        page.render()
    if page.status_code != 200 or not getattr(request, "answers_are_shown", False):
        return None
    page.status_code = 403
    return page
