"""What of a request reaches a cached page: every key of its environ that is read while it is made is accounted for here."""

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import RequestFactory

from partnership.page_cache import middleware
from partnership.wsgi import application
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

IN_THE_KEY = {"wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME",
              "PATH_INFO", "QUERY_STRING"}  # fmt: skip
NOT_CACHED_WITH = {"REQUEST_METHOD": "POST", "HTTP_AUTHORIZATION": "Basic eDp5", "HTTP_COOKIE": "sessionid=x"}
# Read, and the bytes of the page are the same.
CHANGES_NOTHING = {
    "wsgi.input": "the body; a GET has none that is looked at",
    "CONTENT_LENGTH": "of the body",
    "CONTENT_TYPE": "of the body",
    "HTTP_IF_NONE_MATCH": "answered with 304 by the same page",
    "HTTP_IF_MODIFIED_SINCE": "pages have no date",
    "HTTP_IF_UNMODIFIED_SINCE": "the same",
    "HTTP_IF_MATCH": "answered with 412, which is not cached",
    "HTTP_X_REQUEST_ID": "the answer's X-Request-ID is set after the page is cached",
    "wsgi.errors": "where logs go",
    "wsgi.file_wrapper": "how a file is sent",
    "HTTP_USER_AGENT": "Django can refuse some; no setting names one",
    "CSRF_COOKIE": "Django's own mark: each visitor's token is put in when the page is answered",
    "CSRF_COOKIE_NEEDS_UPDATE": "the same",
}


# What a header of a request never sets: the server does, or nobody.
SERVERS_OWN = {"SCRIPT_URL", "REDIRECT_URL"}


class Watched(dict):
    """An environ that remembers which keys were asked for."""

    def __init__(self, *args) -> None:
        super().__init__(*args)
        self.read: set[str] = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def __contains__(self, key) -> bool:
        self.read.add(key)
        return super().__contains__(key)


def answer(path: str, environ_class=dict, **environ: str):
    """The environ as it was used, the status and the bytes of the answer, as a WSGI server gets it."""
    given = environ_class(RequestFactory().get(path, SERVER_NAME="localhost").environ | environ)
    status = []
    body = application(given, lambda line, headers: status.append(line))
    text = b"".join(body)
    signals.request_finished.disconnect(close_old_connections)  # as Django's own test client does
    body.close()
    signals.request_finished.connect(close_old_connections)
    return given, int(status[0].split()[0]), text


@pytest.fixture(autouse=True)
def empty_cache():
    middleware.cache.clear()
    yield
    middleware.cache.clear()


@pytest.fixture
def paths():
    meeting = factories.MeetingFactory(slug="september")
    place = factories.PlaceFactory()
    pages = ["/", "/meetings/", "/meetings/september/", "/meetings/september/register/", "/meetings/september/follow/"]
    pages += [
        "/calendar.ics",
        "/places/",
        f"/places/{place.slug}/",
        "/boards/",
        "/partners/",
        "/representation/",
        "/elections/",
    ]
    return [*pages, f"/boards/{meeting.board.slug}/", "/search/?words=September", "/meetings/september/calendar.ics"]


def test_everything_a_cached_page_reads_of_a_request_is_known(paths, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    known = IN_THE_KEY | NOT_CACHED_WITH.keys() | CHANGES_NOTHING.keys()
    for path in paths:
        middleware.cache.clear()
        given, status, _ = answer(path, Watched)
        assert status == 200, path
        assert len(middleware.cache) == 1, path
        assert given.read - known - SERVERS_OWN == set(), path


# One of each kind that a request can name; each makes another page, or none that is kept, for nobody but its sender.
CLAIMS = {
    "SCRIPT_NAME": "/evil",
    "HTTP_HOST": "localhost:666",
    "SERVER_PORT": "666",
    "HTTP_X_FORWARDED_HOST": "evil.example.org",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PREFIX": "/evil",
    "HTTP_X_SCRIPT_NAME": "/evil",
    "HTTP_X_ORIGINAL_URL": "/evil/",
    "HTTP_REFERER": "https://evil.example.org/",
    "HTTP_ACCEPT_LANGUAGE": "cy",
    "HTTP_ACCEPT": "application/json",
    "HTTP_X_REQUESTED_WITH": "XMLHttpRequest",
    "HTTP_USER_AGENT": "evil",
    "HTTP_ORIGIN": "https://evil.example.org",
    "HTTP_COOKIE": "csrftoken=evil",
    "REMOTE_ADDR": "192.0.2.7",
    "QUERY_STRING": "utm_source=evil",
    "wsgi.url_scheme": "https",
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_one_request_claims_changes_no_other_page(paths, claim):
    for path in [path for path in paths if "?" not in path and "register" not in path and "follow" not in path]:
        middleware.cache.clear()
        _, _, meant = answer(path)
        middleware.cache.clear()
        answer(path, **{claim: CLAIMS[claim]})  # first: what is cached is made for it
        assert answer(path)[2] == meant, path


@pytest.mark.parametrize("name", NOT_CACHED_WITH)
def test_what_makes_a_page_somebodys_own_caches_nothing(paths, name):
    answer("/meetings/", **{name: NOT_CACHED_WITH[name]})
    assert len(middleware.cache) == 0
