"""Public pages that are cached: never stale, never private, never another visitor's token."""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from threading import Event, Thread

import pytest
from django.core import signals
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import close_old_connections, connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.page_cache import middleware
from partnership.wsgi import application
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')


@pytest.fixture(autouse=True)
def empty_cache():
    middleware.cache.clear()
    yield
    middleware.cache.clear()


@pytest.fixture
def full():
    """A meeting with one of everything its page shows."""
    board = factories.BoardFactory(name="Partnership Board")
    meeting = factories.MeetingFactory(board=board, title="September assembly", slug="september", letter="Dear all")
    factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton", introduction="We are Halton")
    factories.MeetingMoveFactory(meeting=meeting, reason="Room flooded")
    factories.SessionFactory(version__meeting=meeting, version__number=1, title="Welcome")
    item = factories.AgendaItemFactory(version__meeting=meeting, version__number=1, title="Priorities")
    item.documents.add(factories.DocumentFactory(meeting=meeting, kind="paper", title="Priorities paper"))
    factories.DocumentFactory(meeting=meeting, title="Slides")
    factories.ExitQuestionFactory(meeting=meeting)
    return meeting


def text_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def is_cached(path: str) -> bool:
    return any(key[3] == path.partition("?")[0] for key in middleware.cache._pages)


def sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CHANGES = {
    "title": ("UPDATE meetings_meeting SET title = 'Seen at once'", "Seen at once"),
    "letter": ("UPDATE meetings_meeting SET letter = 'Seen at once'", "Seen at once"),
    "full": ('UPDATE meetings_meeting SET "full" = true', "Join the waiting list"),
    "cancelled": ("UPDATE meetings_meeting SET state = 'cancelled'", "This meeting is cancelled"),
    "introduction": ("UPDATE meetings_meetingplace SET introduction = 'Seen at once'", "Seen at once"),
    "move": ("UPDATE meetings_meetingmove SET reason = 'Seen at once'", "Seen at once"),
    "session": ("UPDATE papers_session SET title = 'Seen at once'", "Seen at once"),
    "programme": (
        "UPDATE papers_programmeversion SET number = 2, change_note = 'Seen at once'",
        "Seen at once",
    ),
    "agenda": ("UPDATE papers_agendaversion SET urgent_reason = 'Seen at once'", "Seen at once"),
    "item": ("UPDATE papers_agendaitem SET title = 'Seen at once'", "Seen at once"),
    "document": ("UPDATE papers_document SET title = 'Seen at once' WHERE kind = 'slides'", "Seen at once"),
    "place": ("UPDATE places_place SET name = 'Seen at once'", "Seen at once"),
    "board": ("UPDATE boards_board SET name = 'Seen at once'", "Seen at once"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_to_any_table_shows_on_the_next_request(full, change):
    statement, words = CHANGES[change]
    assert words not in text_of("/meetings/september/")
    assert is_cached("/meetings/september/")
    sql(statement)  # by hand, past every action
    assert words in text_of("/meetings/september/")


REMOVALS = {
    "session": ("DELETE FROM papers_session", "Welcome"),
    "papers of an item": ("DELETE FROM papers_agendaitem_documents", None),
    "document": ("UPDATE papers_document SET withdrawn_at = now()", "Slides"),
    "introduction": ("DELETE FROM meetings_meetingplace", "We are Halton"),
    "move": ("DELETE FROM meetings_meetingmove", "Room flooded"),
}


@pytest.mark.parametrize("removal", REMOVALS)
def test_removal_shows_on_the_next_request(full, removal):
    statement, words = REMOVALS[removal]
    before = text_of("/meetings/september/")
    assert words is None or words in before
    sql(statement)
    after = text_of("/meetings/september/")
    assert after != before
    assert words is None or words not in after


def test_meeting_taken_back_is_not_served(full):
    assert Client().get("/meetings/september/").status_code == 200
    Meeting.objects.filter(pk=full.pk).update(state="draft")
    assert Client().get("/meetings/september/").status_code == 404
    assert "September assembly" not in text_of("/meetings/")
    assert "September assembly" not in text_of("/calendar.ics")


def test_meeting_made_private_is_not_served(full):
    text_of("/meetings/september/")
    Meeting.objects.filter(pk=full.pk).update(by_invitation=True)
    assert Client().get("/meetings/september/").status_code == 404


def test_every_table_a_cached_page_reads_renews_the_stamp(full, django_assert_max_num_queries):
    """A page that starts to read from another table fails here until that table has the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE '%%page_stamp_%%'"
            " GROUP BY relname HAVING count(*) = 3"
        )
        watched = {name for (name,) in cursor.fetchall()} | {"page_cache_pagestamp"}
    partner = factories.PartnerFactory()
    paths = ["/", "/meetings/september/", "/meetings/", "/meetings/september/follow/", "/calendar.ics"]
    paths += ["/places/", "/boards/", "/partners/", full.board.get_absolute_url(), partner.get_absolute_url()]
    paths += [full.meeting_places.get().place.get_absolute_url(), "/search/?words=September"]
    paths += ["/meetings/september/register/", "/meetings/september/register/check-your-email/"]
    paths += ["/meetings/september/agenda/1/", "/meetings/september/calendar.ics"]
    paths += [f"/boards/{full.board.slug}/calendar.ics", f"/places/{full.meeting_places.get().place.slug}/calendar.ics"]
    planned = factories.PlannedItemFactory(topic__board=full.board, meeting=full)
    paths += [f"/boards/{full.board.slug}/plan/", planned.topic.get_absolute_url()]
    place = full.meeting_places.get().place
    pledge = factories.NamedPledgeFactory(answer__question__meeting=full, answer__place=place, of_partner=partner)
    ask = factories.AskFactory(answer__question__meeting=full, answer__place=place, partner=partner)
    paths += [
        "/pledges/",
        "/asks/",
        pledge.get_absolute_url(),
        ask.get_absolute_url(),
        f"{partner.get_absolute_url()}pledges/",
    ]
    with django_assert_max_num_queries(176) as captured:
        for path in paths:
            text_of(path)
            assert is_cached(path), path
    read = set(re.findall(r'(?:FROM|JOIN) "?(\w+)\b(?!\()', " ".join(query["sql"] for query in captured)))
    assert "papers_session" in read
    assert read <= watched


def test_registrations_and_invitations_leave_pages_cached(full, django_assert_num_queries):
    text_of("/meetings/september/")
    registration = factories.RegistrationFactory(meeting=full)
    factories.InvitationFactory(meeting=full)
    type(registration).objects.filter(pk=registration.pk).update(name="Sam")
    with django_assert_num_queries(1):
        assert "September assembly" in text_of("/meetings/september/")


def test_signing_in_leaves_pages_cached(full, django_assert_num_queries):
    user = factories.UserFactory()
    text_of("/meetings/september/")
    type(user).objects.filter(pk=user.pk).update(last_login=timezone.now())
    with django_assert_num_queries(1):
        assert "September assembly" in text_of("/meetings/september/")


def test_cached_page_costs_one_statement_and_a_new_one_twelve(full, django_assert_num_queries):
    with django_assert_num_queries(12):
        first = text_of("/meetings/september/")
    with django_assert_num_queries(1):
        assert text_of("/meetings/september/") == first


def test_cost_of_a_page_does_not_grow_with_what_it_holds(full, django_assert_num_queries):
    version = full.programme_versions.get()
    for _ in range(50):
        factories.SessionFactory(version=version)
        factories.AgendaItemFactory(version=full.agenda_versions.get())
        factories.DocumentFactory(meeting=full)
        factories.MeetingPlaceFactory(meeting=full)
    with django_assert_num_queries(12):
        assert text_of("/meetings/september/").count('class="meeting-files"') > 1


@pytest.mark.parametrize("rows", [1, 50])
def test_list_of_meetings_costs_the_same_for_one_and_for_fifty(rows, django_assert_num_queries):
    for _ in range(rows):
        factories.MeetingFactory()
    with django_assert_num_queries(6):  # stamp, places, boards, count, meetings with their boards, boards in common
        assert text_of("/meetings/").count("portal-rows__title") == rows


def test_commit_between_reading_the_stamp_and_rendering_is_shown_next(full):
    """The change lands after the stamp and the page's rows were read: what is cached is old, and known to be."""

    class ChangeBeneath:
        done = False

        def __call__(self, execute, query, params, many, context):
            result = execute(query, params, many, context)
            if not self.done and "meetings_meeting" in query:
                self.done = True

                def change() -> None:
                    Meeting.objects.filter(pk=full.pk).update(title="Changed meanwhile")
                    connection.close()

                other = Thread(target=change)
                other.start()
                other.join()
            return result

    with connection.execute_wrapper(ChangeBeneath()):
        assert "September assembly" in text_of("/meetings/september/")
    assert "Changed meanwhile" in text_of("/meetings/september/")


def test_change_that_is_rolled_back_leaves_the_page_cached(full, django_assert_num_queries):
    text_of("/meetings/september/")
    with transaction.atomic():
        Meeting.objects.filter(pk=full.pk).update(title="Never happened")
        transaction.set_rollback(True)
    with django_assert_num_queries(1):
        assert "September assembly" in text_of("/meetings/september/")


def test_stamp_is_locked_only_at_commit(full):
    """Two people edit at once: neither waits for the other to finish."""
    other = factories.MeetingFactory()
    sql("SET lock_timeout = '2s'")
    started, finish = Event(), Event()

    def slow_edit() -> None:
        with transaction.atomic():
            Meeting.objects.filter(pk=other.pk).update(title="Slow")
            started.set()
            finish.wait(5)
        connection.close()

    thread = Thread(target=slow_edit)
    thread.start()
    started.wait(5)
    try:
        with transaction.atomic():
            Meeting.objects.filter(pk=full.pk).update(title="Quick")
    finally:
        finish.set()
        thread.join()
        sql("RESET lock_timeout")
    assert "Quick" in text_of("/meetings/september/")


def test_page_for_someone_signed_in_is_made_for_them_and_never_cached(full):
    staff = factories.StaffFactory()
    client = Client()
    client.force_login(staff)
    for _ in range(2):
        page = client.get("/meetings/september/").content.decode()
        assert "Manage this meeting" in page
    assert len(middleware.cache) == 0
    assert "Manage this meeting" not in text_of("/meetings/september/")
    assert "Manage this meeting" in client.get("/meetings/september/").content.decode()


def test_draft_seen_by_staff_is_not_served_to_others():
    factories.MeetingFactory(slug="draft", state="draft")
    client = Client()
    client.force_login(factories.StaffFactory())
    assert "Not published yet" in client.get("/meetings/draft/").content.decode()
    assert Client().get("/meetings/draft/").status_code == 404
    assert len(middleware.cache) == 0


def test_meeting_by_invitation_is_not_cached_for_invited_browsers():
    meeting = factories.MeetingFactory(slug="private", by_invitation=True)
    client = Client()
    session = client.session
    session["invited_to"] = [meeting.pk]
    session.save()
    assert client.get("/meetings/private/").status_code == 200
    assert len(middleware.cache) == 0
    assert Client().get("/meetings/private/").status_code == 404


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "anything"])
def test_visitor_with_another_cookie_gets_a_page_of_their_own(full, cookie):
    client = Client()
    client.cookies[cookie] = "x"
    assert client.get("/meetings/september/").status_code == 200
    assert len(middleware.cache) == 0


def test_each_visitor_gets_a_form_token_of_their_own_that_works(full):
    tokens, secrets = set(), set()
    for number in range(3):
        client = Client(enforce_csrf_checks=True)
        page = client.get("/meetings/september/follow/").content.decode()
        assert is_cached("/meetings/september/follow/")
        (token,) = TOKEN.findall(page)
        tokens.add(token)
        secrets.add(client.cookies["csrftoken"].value)
        sent = {"email": f"sam{number}@example.org", "csrfmiddlewaretoken": token}
        assert "Check your email" in client.post("/meetings/september/follow/", sent, follow=True).content.decode()
    assert len(tokens) == len(secrets) == 3


def test_token_of_another_visitor_is_refused(full):
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    (theirs,) = TOKEN.findall(first.get("/meetings/september/follow/").content.decode())
    second.get("/meetings/september/follow/")
    sent = {"email": "sam@example.org", "csrfmiddlewaretoken": theirs}
    assert second.post("/meetings/september/follow/", sent).status_code == 403


def test_form_to_register_is_cached_and_each_visitor_can_send_it(full):
    for number in range(2):
        client = Client(enforce_csrf_checks=True)
        page = client.get("/meetings/september/register/").content.decode()
        assert is_cached("/meetings/september/register/")
        (token,) = set(TOKEN.findall(page))
        sent = {"name": f"Sam {number}", "csrfmiddlewaretoken": token}
        response = client.post("/meetings/september/register/", sent)
        assert response.status_code == 200  # questions left unanswered, not a token refused
        assert f"Sam {number}" in response.content.decode()
    assert "Sam" not in text_of("/meetings/september/register/")


def test_visitor_who_comes_back_keeps_their_cookie(full):
    client = Client(enforce_csrf_checks=True)
    client.get("/meetings/september/follow/")
    secret = client.cookies["csrftoken"].value
    response = client.get("/meetings/september/follow/")
    (token,) = TOKEN.findall(response.content.decode())
    assert client.cookies["csrftoken"].value == secret
    sent = {"email": "sam@example.org", "csrfmiddlewaretoken": token}
    assert client.post("/meetings/september/follow/", sent).status_code == 302


def test_nothing_of_a_visitor_stays_in_a_cached_page(full):
    client = Client()
    token = TOKEN.findall(client.get("/meetings/september/follow/").content.decode())[0]
    (page,) = middleware.cache._pages.values()
    kept = b"".join(page.parts).decode() + repr(page.headers)
    assert token not in kept
    assert client.cookies["csrftoken"].value not in kept
    assert "Set-Cookie" not in kept


def test_cached_page_has_the_headers_of_a_new_one(full):
    first, second = Client().get("/meetings/september/"), Client().get("/meetings/september/")
    for response in (first, second):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-cache"
        assert "Cookie" in response["Vary"]
        assert "Set-Cookie" not in response
    first.headers.pop("X-Request-ID")
    second.headers.pop("X-Request-ID")
    assert first.headers == second.headers
    again = Client().get("/meetings/september/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "Content-Length" not in again


def test_page_turns_over_when_registration_opens_by_itself(full, django_assert_num_queries):
    now = timezone.now()
    Meeting.objects.filter(pk=full.pk).update(registration_opens_at=now + timedelta(seconds=0.6))
    assert "Registration opens on" in text_of("/meetings/september/")
    while timezone.now() < now + timedelta(seconds=0.65):
        pass
    assert "Registration is open until" in text_of("/meetings/september/")


def test_cache_stays_small():
    cache = middleware.PageCache()
    page = middleware.CachedPage("r", 0, (b"x" * 100_000,), (), "")
    for number in range(1000):
        cache.put(("http", "h", "", f"/{number}/", ""), page)
    assert len(cache) <= middleware.MOST_PAGES
    assert len(cache) * page.size <= middleware.MOST_BYTES
    assert cache.get(("http", "h", "", "/999/", "")) is page
    assert cache.get(("http", "h", "", "/0/", "")) is None


def test_database_that_was_restarted_is_asked_again(full, django_assert_num_queries):
    text_of("/meetings/september/")
    connection.connection.close()  # what a restart leaves behind: a line nobody answers
    assert "September assembly" in text_of("/meetings/september/")


@pytest.mark.parametrize("query", ["?page=2", "?when=past", "?kind=assembly"])
def test_each_filter_is_a_page_of_its_own(full, query):
    assert text_of("/meetings/").count("September assembly")
    Client().get(f"/meetings/{query}")
    assert {key[-1] for key in middleware.cache._pages} == {"", query[1:]}


@pytest.mark.parametrize("query", ["?utm_source=mail", "?page=1&x=2", "?" + "page=1&" * 100, "?%70age=1&&"])
def test_question_nobody_knows_is_answered_and_not_cached(full, query):
    assert "September assembly" in text_of(f"/meetings/{query}")
    assert len(middleware.cache) == 0


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    text: str


def ask(path: str, **environ: str) -> Answer:
    """What the WSGI server gets from the portal as it is served."""
    got = []
    request = RequestFactory().get(path, **environ).environ
    body = application(request, lambda status, headers: got.extend([status, dict(headers)]))
    text = b"".join(body).decode()
    if hasattr(body, "close"):
        signals.request_finished.disconnect(close_old_connections)  # as Django's own test client does
        body.close()
        signals.request_finished.connect(close_old_connections)
    return Answer(got[0], got[1], text)


def test_server_gets_a_cached_page_for_one_statement(full, django_assert_num_queries):
    first = ask("/meetings/september/")
    with django_assert_num_queries(1):
        again = ask("/meetings/september/")
    first.headers.pop("X-Request-ID")
    again.headers.pop("X-Request-ID")
    assert again == first
    assert again.status == "200 OK"
    assert "default-src 'none'" in again.headers["Content-Security-Policy"]
    unchanged = ask("/meetings/september/", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (unchanged.status, unchanged.text) == ("304 Not Modified", "")
    assert "Content-Length" not in unchanged.headers


def test_server_gets_a_changed_page_at_once(full, django_assert_max_num_queries):
    assert "September assembly" in ask("/meetings/september/").text
    Meeting.objects.filter(pk=full.pk).update(title="Seen at once")
    with django_assert_max_num_queries(14):
        assert "Seen at once" in ask("/meetings/september/").text
    Meeting.objects.filter(pk=full.pk).update(state="draft")
    assert ask("/meetings/september/").status == "404 Not Found"


def test_server_gets_a_page_of_their_own_for_whoever_has_a_session(full):
    client = Client()
    client.force_login(factories.StaffFactory())
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert "Manage this meeting" not in ask("/meetings/september/").text
    assert "Manage this meeting" in ask("/meetings/september/", HTTP_COOKIE=cookie).text
    assert "Manage this meeting" not in ask("/meetings/september/").text


def test_server_gets_a_form_with_a_token_for_each_visitor(full):
    tokens = {TOKEN.findall(ask("/meetings/september/follow/").text)[0] for _ in range(3)}
    assert len(tokens) == 3
    assert "csrftoken" in ask("/meetings/september/follow/").headers["Set-Cookie"]


def test_server_gets_no_cached_page_for_a_host_that_is_not_ours(full):
    ask("/meetings/september/")
    assert ask("/meetings/september/", HTTP_HOST="evil.example").status == "400 Bad Request"


@pytest.fixture
def served():
    """The portal as gunicorn serves it, a thread for each connection; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_nobody_sees_an_older_page_than_was_committed_when_they_asked(full, served):
    """Four readers ask without pause while a title is changed again and again."""
    committed, stop, seen, wrong = [0], Event(), [], []

    def read() -> None:
        line = HTTPConnection(served, timeout=10)
        while not stop.is_set():
            known = committed[0]
            line.request("GET", "/meetings/september/")
            page = line.getresponse().read().decode()
            shown = int(re.search(r"<h1[^>]*>Edition (\d+)</h1>", page)[1])
            seen.append(shown)
            if shown < known:
                wrong.append((known, shown))
        line.close()

    Meeting.objects.filter(pk=full.pk).update(title="Edition 0")
    text_of("/meetings/september/")
    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    until = time.monotonic() + 30
    while len(set(seen)) < 20 and time.monotonic() < until:
        edition = committed[0] + 1
        Meeting.objects.filter(pk=full.pk).update(title=f"Edition {edition}")
        committed[0] = edition
        time.sleep(0.03)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(set(seen)) >= 20
