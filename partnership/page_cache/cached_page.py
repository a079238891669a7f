"""A public page as it is cached: its bytes, cut where each visitor's own form token goes."""

import re
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import CsrfViewMiddleware, get_token

TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")')
LOOKS_LIKE_A_TOKEN = re.compile(rb"(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])")
_csrf = CsrfViewMiddleware(lambda _request: HttpResponse())


@dataclass(frozen=True, slots=True)
class CachedPage:
    """What is cached of a page that was made for somebody without a session."""

    revision: str
    fresh_until: float
    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]
    etag: str

    @property
    def size(self) -> int:
        return sum(map(len, self.parts))

    @property
    def has_forms(self) -> bool:
        """Whether each visitor needs a form token of their own."""
        return len(self.parts) > 1

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Returns the page for this visitor; with a form, their own token and its cookie; unchanged, just that."""
        if self.has_forms:
            return self._answer_with_token(request)
        if self.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            return _with_headers(HttpResponseNotModified(), self.headers)
        return _with_headers(HttpResponse(self.parts[0]), self.headers)

    def _answer_with_token(self, request: HttpRequest) -> HttpResponse:
        _csrf.process_request(request)
        body = self.parts[0]
        for part in self.parts[1:]:
            body += get_token(request).encode() + part
        answer = _with_headers(HttpResponse(body), self.headers)
        _csrf.process_response(request, answer)
        return answer


def _with_headers(response: HttpResponse, headers: tuple[tuple[str, str], ...]) -> HttpResponse:
    for name, value in headers:
        if response.status_code == 200 or not name.startswith("Content-"):
            response.headers[name] = value
    return response


def cached_page(response: HttpResponse, revision: str, fresh_until: float) -> CachedPage | None:
    """Returns the page to cache, and sets on `response` the headers that let a browser cache it too.

    None for what must not be cached: another cookie than the form token's, or a token outside a form's hidden input.
    """
    if response.status_code != 200 or response.streaming or set(response.cookies) - {settings.CSRF_COOKIE_NAME}:
        return None
    parts = tuple(TOKEN.split(response.content))
    if any(LOOKS_LIKE_A_TOKEN.search(part) for part in parts) or (response.cookies and len(parts) == 1):
        return None
    etag = ""
    if len(parts) == 1:
        etag = response.headers["ETag"] = f'"{blake2b(parts[0], digest_size=16).hexdigest()}"'
    response.headers["Cache-Control"] = "no-cache" if etag else "private, no-cache"
    headers = tuple(response.items())  # cookies are not among them; every token is as long as the other
    return CachedPage(revision, fresh_until, parts, headers, etag)
