"""The policy header is the same words on every answer, and a page's own where it has one."""

from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

HEADER = "Content-Security-Policy"


def hello(request) -> HttpResponse:
    return HttpResponse("hello")


def answers(view) -> list[str | None]:
    """What three answers in a row say."""
    middleware = CSPMiddleware(view)
    return [middleware(RequestFactory().get("/")).headers.get(HEADER) for _ in range(3)]


def test_every_answer_carries_the_same_policy():
    first, *others = answers(hello)
    assert "default-src 'none'" in first
    assert others == [first, first]


def test_view_with_its_own_policy_keeps_it_and_others_keep_theirs():
    middleware = CSPMiddleware(lambda request: (own if request.path == "/own/" else hello)(request))
    own = csp_update({"img-src": ["https://pictures.example.org"]})(hello)
    said = [middleware(RequestFactory().get(path)).headers[HEADER] for path in ("/own/", "/", "/own/", "/")]
    assert ["pictures.example.org" in words for words in said] == [True, False, True, False]


def test_an_exempt_answer_has_none():
    assert answers(csp_exempt()(hello)) == [None, None, None]
