import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.minutes.actions import minutes
from assemblies.papers.models import Document
from assemblies.registrations.models import ExitAnswer
from tests import factories
from tests.assemblies.minutes.held import Held, ended
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
AGREED = {"recommendation": 0, "outcome": "agreed", "text": "", "votes": {}, "mover": None, "seconder": None}


@pytest.fixture
def as_staff(client):
    client.force_login(factories.StaffFactory())
    return client


def text_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_micro_site_shows_every_part_at_one_address(client):
    meeting = factories.MeetingFactory(
        letter="Dear partners", letter_from="Alan Yates", discussion_question="What has to happen now?",
        format="hybrid", venue_name="Town Hall", venue_address="1 High Street", venue_access="Lift at the back",
    )  # fmt: skip
    session = factories.SessionFactory(version__meeting=meeting, speakers="Dr Sam Oak")
    item = factories.AgendaItemFactory(version__meeting=meeting, presenter="Jo Ash")
    factories.DocumentFactory(meeting=meeting, kind="background", title="New here?")
    factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton", introduction="Two towns and a river")
    factories.MeetingPlaceFactory(meeting=meeting, place__name="Wirral")
    page = text_of(client, meeting.get_absolute_url())
    for words in (
        "Dear partners", "Alan Yates", "What has to happen now?", session.title, "Dr Sam Oak", item.title, "Jo Ash",
        "New here?", "Background for newcomers", "Two towns and a river", "Also taking part", "Wirral", "Town Hall",
        "1 High Street", "Lift at the back", "Registration is open until the meeting starts.", meeting.board.name,
        'href="#programme"', 'href="#agenda"', 'href="#places"', "calendar.ics", "follow/",
    ):  # fmt: skip
        assert words in page, words


def test_page_of_a_held_meeting_lists_what_was_decided(client):
    held = ended()
    minutes.draft(meeting=held.meeting, board=held.board, by=held.chair)
    page = sign_in(client, held.chair).get(held.meeting.get_absolute_url()).text
    listed = page.partition("On this page")[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([a-z-]+)"', listed)
    assert anchors == re.findall(
        r'<h2 class="[^"]*" id="([a-z-]+)"', page.partition("</nav>")[2].partition("On this page")[2]
    )
    assert '<a class="govuk-link" href="#decisions">What was decided</a>' in listed


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ([("session", {"private": True}), ("outcome", AGREED)], "Taken in private: the meeting resolved"),
        ([("session", {"private": False}), ("outcome", AGREED)], "Taken in public: the meeting did not resolve"),
        ([("done", {"how": "put_off", "because": "No time was left."})], "Put off: the meeting did not take it."),
    ],
)
def test_closed_item_says_how_the_meeting_took_it(client, entered, words):
    held = Held(ends_at=timezone.now() + timedelta(hours=1))
    held.close()
    held.start()
    held.here(held.chair, *held.members)
    held.agree(1)
    held.take(2)
    for kind, facts in entered:
        held.enter(kind, 3, **facts)
    address = held.meeting.get_absolute_url()
    assert "Proposed to be taken in private." in client.get(address).text
    held.end()
    page = client.get(address).text
    assert words in page
    assert "Proposed to be taken" not in page


def test_meeting_with_nothing_yet_says_what_to_do_next(client):
    page = text_of(client, factories.MeetingFactory().get_absolute_url())
    assert "There is no programme and there are no papers yet." in page
    assert "Letter from the chair" not in page


def test_joining_link_is_on_no_public_page(client):
    link = "https://video.example.org/secret-room"
    meeting = factories.MeetingFactory(format="hybrid", joining_link=link, joining_instructions="Passcode 4711")
    factories.AgendaItemFactory(version__meeting=meeting, version__number=1)
    for path in ("", "agenda/1/", "follow/", "calendar.ics"):
        page = text_of(client, meeting.get_absolute_url() + path)
        assert "secret-room" not in page.replace("\r\n ", "")
        assert "4711" not in page


def test_draft_is_absent_for_everyone_but_those_who_prepare_it(client):
    meeting = factories.MeetingFactory(state="draft")
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    lead = factories.PlaceLeadFactory(place=factories.MeetingPlaceFactory(meeting=meeting).place).user
    assert client.get(meeting.get_absolute_url()).status_code == 404
    for stranger in (factories.UserFactory(), factories.ChairFactory().holder, factories.PlaceLeadFactory().user):
        client.force_login(stranger)
        assert client.get(meeting.get_absolute_url()).status_code == 404
    for editor in (factories.StaffFactory(), chair, lead):
        client.force_login(editor)
        page = text_of(client, meeting.get_absolute_url())
        assert "Not published yet." in page
        assert "Manage this meeting" in page
        assert "calendar.ics" not in page.split("</main>")[0]


def test_meeting_by_invitation_is_there_only_for_those_invited(client):
    meeting = factories.MeetingFactory(by_invitation=True)
    invited = factories.UserFactory()
    factories.InvitationFactory(meeting=meeting, email=invited.email)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert meeting.title not in text_of(client, "/meetings/")
    assert meeting.title not in text_of(client, "/calendar.ics")
    client.force_login(factories.UserFactory())
    assert client.get(meeting.get_absolute_url()).status_code == 404
    client.force_login(invited)
    page = text_of(client, meeting.get_absolute_url())
    assert "Answer your invitation" in page
    assert meeting.title in text_of(client, "/meetings/")


def test_personal_link_opens_the_page_of_its_own_meeting_alone(client):
    meeting, other = factories.MeetingFactory(by_invitation=True), factories.MeetingFactory(by_invitation=True)
    draft = factories.MeetingFactory(by_invitation=True, state="draft")
    session = client.session
    session["invited_to"] = [meeting.pk, draft.pk]
    session.save()
    assert client.get(meeting.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("factory", [factories.InvitationFactory, factories.RegistrationFactory])
def test_personal_link_opens_the_page_of_a_meeting_by_invitation(client, factory):
    held = factory(meeting__by_invitation=True)
    letter = "i" if factory is factories.InvitationFactory else "r"
    assert client.get(held.meeting.get_absolute_url()).status_code == 404
    assert client.get(f"/{letter}/{held.key}/").status_code == 200
    assert client.get(held.meeting.get_absolute_url()).status_code == 200
    assert Client().get(held.meeting.get_absolute_url()).status_code == 404


def test_opening_a_personal_link_to_an_open_meeting_sets_no_cookie(client):
    invitation = factories.InvitationFactory()
    assert client.get(f"/i/{invitation.key}/").status_code == 200
    assert "sessionid" not in client.cookies


def days(count: float):
    return timezone.now() + timedelta(days=count)


@pytest.mark.parametrize(
    ("facts", "words", "button"),
    [
        ({"registration_closes_at": days(3)}, "Registration is open until", "Register"),
        ({"registration_opens_at": days(3)}, "Registration opens on", ""),
        ({"registration_closes_at": days(-1)}, "Registration closed on", ""),
        ({"full": True}, "Every place is taken. You can join the waiting list", "Join the waiting list"),
        ({"full": True, "registration_closes_at": days(-1)}, "Registration closed on", ""),
        ({"state": "cancelled"}, "This meeting is cancelled.", ""),
        ({"state": "held"}, "This meeting has taken place.", ""),
        ({"starts_at": days(-0.02), "ends_at": days(0.1)}, "The meeting has started.", ""),
        ({"starts_at": days(-2), "ends_at": days(-1.9)}, "This meeting has taken place.", ""),
    ],
)
def test_registration_is_said_in_words(client, facts, words, button):
    meeting = factories.MeetingFactory(**facts)
    page = text_of(client, meeting.get_absolute_url())
    assert words in page
    assert ("/register/" in page) == bool(button)
    assert not button or f">{button}</a>" in page


def test_moved_meeting_says_the_old_time_and_the_new(client):
    move = factories.MeetingMoveFactory(reason="The hall was flooded")
    page = text_of(client, move.meeting.get_absolute_url())
    assert "The time has changed." in page
    assert f"{move.old_starts_at.day} {move.old_starts_at:%B %Y}" in page
    assert f"{move.meeting.starts_at.day} {move.meeting.starts_at:%B %Y}" in page
    assert "The hall was flooded" in page


def test_cancelled_meeting_says_so_and_why(client):
    meeting = factories.MeetingFactory(state="cancelled", cancelled_reason="The chair is ill")
    page = text_of(client, meeting.get_absolute_url())
    assert "This meeting is cancelled." in page
    assert "The chair is ill" in page
    assert "Follow this meeting" not in page
    assert "Cancelled" in text_of(client, "/meetings/")


def test_programme_shown_is_the_newest_released_and_says_what_changed(client):
    meeting = factories.MeetingFactory()
    for number, state in ((1, "released"), (2, "released"), (3, "draft")):
        version = factories.ProgrammeVersionFactory(
            meeting=meeting, number=number, state=state, change_note=f"Note {number}"
        )
        factories.SessionFactory(version=version, title=f"Talk {number}")
    page = text_of(client, meeting.get_absolute_url())
    assert "Talk 2" in page
    assert "Note 2" in page
    for hidden in ("Talk 1", "Talk 3", "Note 1", "Note 3"):
        assert hidden not in page


def test_agenda_published_late_says_why_and_links_to_earlier_versions(client):
    meeting = factories.MeetingFactory()
    for number, reason in ((1, ""), (2, "The report came on Monday")):
        version = factories.AgendaVersionFactory(meeting=meeting, number=number, urgent_reason=reason)
        factories.AgendaItemFactory(version=version, title=f"Item of version {number}")
    factories.AgendaItemFactory(
        version=meeting.agenda_versions.create(number=3, state="draft"), title="Item of version 3"
    )
    page = text_of(client, meeting.get_absolute_url())
    assert "Published late, because:</strong> The report came on Monday" in page
    assert "Item of version 2" in page
    assert "Item of version 1" not in page
    assert "Item of version 3" not in page
    assert "agenda/1/" in page
    older = text_of(client, f"{meeting.get_absolute_url()}agenda/1/")
    assert "Item of version 1" in older
    assert "This is an older version." in older
    assert client.get(f"{meeting.get_absolute_url()}agenda/3/").status_code == 404
    assert client.get(f"{meeting.get_absolute_url()}agenda/9/").status_code == 404


def test_board_in_public_says_until_when_its_agenda_is_published(client):
    board = factories.BoardFactory(clear_days=5, day_kind="working")
    meeting = factories.MeetingFactory(board=board, kind="board", starts_at=factories.in_days(40))
    due = board.latest_day_to_publish(factories.in_days(40).date())
    assert f"has to publish it by 5pm on {due:%A} {due.day} {due:%B %Y}" in text_of(client, meeting.get_absolute_url())
    factories.AgendaItemFactory(version__meeting=meeting)
    assert "The agenda is not published yet" not in text_of(client, meeting.get_absolute_url())


def test_page_says_that_the_time_to_publish_the_agenda_is_over(client):
    board = factories.BoardFactory(clear_days=5, day_kind="working")
    meeting = factories.MeetingFactory(board=board, kind="board", starts_at=factories.in_days(2))
    page = text_of(client, meeting.get_absolute_url())
    assert "had to publish it by 5pm" in page
    assert "has to publish it" not in page


def test_agenda_draft_is_absent_even_for_staff(as_staff):
    version = factories.AgendaVersionFactory(state="draft", published_at=None, published_by=None)
    assert as_staff.get(f"{version.meeting.get_absolute_url()}agenda/{version.number}/").status_code == 404


def test_paper_that_is_withdrawn_or_not_released_is_on_no_page(client):
    meeting = factories.MeetingFactory()
    item = factories.AgendaItemFactory(version__meeting=meeting)
    for facts in ({"released_at": None}, {"withdrawn_at": timezone.now()}):
        paper = factories.DocumentFactory(meeting=meeting, kind="paper", title="Not for the public", **facts)
        item.documents.add(paper)
    assert "Not for the public" not in text_of(client, meeting.get_absolute_url())


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def store(**facts) -> Document:
        return factories.DocumentFactory(file=ContentFile(b"%PDF-1.7 words", name="evil\r\nname.pdf"), **facts)

    return store


def address(document: Document) -> str:
    return f"{document.meeting.get_absolute_url()}documents/{document.pk}/"


def test_document_is_sent_with_a_safe_name_and_its_stored_type(client, stored):
    document = stored(title='Slides: "one" & <two>/../')
    response = client.get(address(document))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 words"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="slides-one-two.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/vnd.ms-powerpoint"])
def test_document_that_a_browser_might_run_is_only_saved(client, stored, content_type):
    response = client.get(address(stored(content_type=content_type, extension="x")))
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("facts", [{"released_at": None}, {"withdrawn_at": timezone.now()}])
def test_document_not_released_is_there_only_for_editors(client, stored, facts):
    document = stored(**facts)
    assert client.get(address(document)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(address(document)).status_code == 404
    client.force_login(factories.StaffFactory())
    assert client.get(address(document)).status_code == 200


@pytest.mark.parametrize("facts", [{"state": "draft"}, {"by_invitation": True}])
def test_document_of_a_meeting_that_is_not_public_is_absent(client, stored, facts):
    assert client.get(address(stored(meeting=factories.MeetingFactory(**facts)))).status_code == 404


def test_document_is_found_only_under_its_own_meeting(client, stored):
    document, other = stored(), factories.MeetingFactory()
    assert client.get(f"{other.get_absolute_url()}documents/{document.pk}/").status_code == 404


def test_document_whose_file_is_gone_is_absent(client, stored):
    document = stored()
    document.file.storage.delete(document.file.name)
    assert client.get(address(document)).status_code == 404


def test_answers_show_by_place_without_names(client):
    meeting = factories.MeetingFactory(state="held", answers_open_at=timezone.now())
    question = factories.ExitQuestionFactory(meeting=meeting, text="What I will do for my place is…")
    place = factories.PlaceFactory(name="Halton")
    for text, at in (("Open our doors", place), ("Share <our> van", place), ("Listen", None)):
        registration = factories.RegistrationFactory(meeting=meeting, name="Sam Oak")
        ExitAnswer.objects.create(question=question, registration=registration, place=at, text=text)
    page = text_of(client, f"{meeting.get_absolute_url()}answers/")
    for words in (
        "Halton",
        "No place given",
        "What I will do for my place is…",
        "Open our doors",
        "Share &lt;our&gt; van",
    ):
        assert words in page
    assert "Sam Oak" not in page
    assert "example.org" not in page
    assert "What people answered" in text_of(client, meeting.get_absolute_url())


@pytest.mark.parametrize("opens", [None, timezone.now() + timedelta(days=1)])
def test_answers_are_absent_until_the_questions_open(client, opens):
    meeting = factories.MeetingFactory(answers_open_at=opens)
    assert client.get(f"{meeting.get_absolute_url()}answers/").status_code == 404
    assert "answers/" not in text_of(client, meeting.get_absolute_url())


def test_answers_cost_the_same_for_one_and_for_fifty(client, django_assert_num_queries):
    meeting = factories.MeetingFactory(state="held", answers_open_at=timezone.now())
    question = factories.ExitQuestionFactory(meeting=meeting)
    for rows in (1, 50):
        for number in range(rows):
            place = factories.PlaceFactory()
            ExitAnswer.objects.create(question=question, place=place, text=f"Answer {number}")
        with django_assert_num_queries(3):
            text_of(client, f"{meeting.get_absolute_url()}answers/")


def test_list_shows_what_is_coming_soonest_first_and_the_past_apart(client):
    late = factories.MeetingFactory(starts_at=factories.in_days(40), title="Later one")
    soon = factories.MeetingFactory(starts_at=factories.in_days(4), title="Sooner one")
    past = factories.MeetingFactory(starts_at=factories.in_days(-4), title="Past one", state="held")
    page = text_of(client, "/meetings/")
    assert page.index(soon.title) < page.index(late.title)
    assert past.title not in page
    page = text_of(client, "/meetings/?when=past")
    assert past.title in page
    assert soon.title not in page


@pytest.mark.parametrize("name", ["place", "board", "kind"])
def test_list_is_narrowed_down(client, name):
    inside = factories.MeetingFactory(title="Inside", kind="board")
    place = factories.MeetingPlaceFactory(meeting=inside).place
    factories.MeetingFactory(title="Outside")
    chosen = {"place": place.slug, "board": inside.board.slug, "kind": "board"}[name]
    page = text_of(client, f"/meetings/?{name}={chosen}")
    assert "Inside" in page
    assert "Outside" not in page


def test_list_shows_meetings_of_boards_that_serve_the_place(client):
    meeting = factories.MeetingFactory(title="Of its board")
    place = factories.PlaceFactory()
    place.boards.add(meeting.board)
    assert "Of its board" in text_of(client, f"/meetings/?place={place.slug}")


@pytest.mark.parametrize("query", ["?place=nowhere", "?kind=nonsense", "?page=-1", "?page=x&when=x"])
def test_list_answers_a_question_that_makes_no_sense(client, query):
    factories.MeetingFactory()
    assert client.get(f"/meetings/{query}").status_code == 200


def test_empty_list_says_what_to_do_next(client):
    assert "No meetings are planned." in text_of(client, "/meetings/")
    assert "No meetings have taken place yet." in text_of(client, "/meetings/?when=past")
    assert "No meetings match what you chose." in text_of(client, "/meetings/?kind=workshop")


def test_long_list_has_pages(client):
    for number in range(51):
        factories.MeetingFactory(title=f"Meeting number {number}", starts_at=factories.in_days(number + 1))
    first, second = text_of(client, "/meetings/"), text_of(client, "/meetings/?page=2")
    assert "Meeting number 49" in first
    assert "Meeting number 50" not in first
    assert "Meeting number 50" in second


def test_person_with_a_place_sees_it_on_the_page(client):
    registration = factories.RegistrationFactory()
    user = factories.UserFactory(email=registration.email)
    client.force_login(user)
    page = text_of(client, registration.meeting.get_absolute_url())
    assert f"/r/{registration.key}/" in page
    assert f"/r/{registration.key}/" not in text_of(Client(), registration.meeting.get_absolute_url())


def test_words_of_people_cannot_become_markup(client):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    meeting = factories.MeetingFactory(
        title=bad, summary=bad, letter=bad, discussion_question=bad, venue_name=bad, venue_access=bad, format="hybrid"
    )
    factories.MeetingPlaceFactory(meeting=meeting, introduction=bad, place__name=bad)
    factories.SessionFactory(version__meeting=meeting, title=bad, speakers=bad, description=bad)
    page = text_of(client, meeting.get_absolute_url())
    assert "<script>alert" not in page
    assert "<img" not in page


def test_states_of_a_meeting_all_have_a_page(client):
    for state in Meeting.State:
        meeting = factories.MeetingFactory(state=state)
        expected = 404 if state == "draft" else 200
        assert client.get(meeting.get_absolute_url()).status_code == expected


def test_list_offers_what_ended_only_for_past_meetings(client):
    long_ago = timezone.localdate() - timedelta(days=900)
    board = factories.BoardFactory(name="Ended board", slug="ended-board", ends_on=long_ago)
    place = factories.PlaceFactory(name="Ended place", slug="ended-place", ends_on=long_ago)
    for query, offered in [("", False), ("?when=past", True), ("?board=ended-board&place=ended-place", True)]:
        page = client.get(f"/meetings/{query}").content.decode()
        for thing in (board, place):
            assert (f">{thing.name}</option>" in page) is offered, query
