"""Whoever speaks for a body that nominates sees at home which seats wait for it, until somebody follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership import todo
from partnership.audit.models import Entry
from partnership.boards.actions import seat_nomination
from partnership.boards.models import NoticePeriod, SeatNotice
from partnership.outbox.models import Message
from partnership.posts.models import Post
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    for days in (90, 30):
        NoticePeriod.objects.get_or_create(days_before=days)
    return timezone.localdate()


@pytest.fixture
def officer():
    return make.MembershipFactory(part="officer", partner__name="Carers Link", partner__slug="carers-link")


@pytest.fixture
def seat(officer):
    return make.SeatFactory(board__name="The Forum", title="Carers", nominating_partner=officer.partner)


def asked(user) -> list[str]:
    return [each.title for each in todo.now_for(user)]


NOMINATE = "Nominate someone for the seat Carers, The Forum"
NEXT = "Say who comes next in the seat Carers, The Forum"


def test_officer_sees_a_vacant_seat_and_its_page_says_what_to_do(client, officer, seat, today):
    make.AppointmentFactory(seat=seat, starts_on=today - 40 * DAY, ends_on=today - 10 * DAY)
    sign_in(client, officer.user)
    page = client.get("/home/").text
    assert NOMINATE in page
    assert "Carers Link nominates the holder. Nobody has held it since" in page
    assert f'href="{seat.get_absolute_url()}nominate/"' in page
    assert "You speak for Carers Link, which nominates who holds this seat" in client.get(seat.get_absolute_url()).text


def test_officer_sees_a_term_that_ends_soon_with_its_last_day(client, officer, seat, today):
    term = make.AppointmentFactory(seat=seat, holder__name="Ruth Adeyemi", ends_on=today + 90 * DAY)
    [found] = todo.now_for(officer.user)
    assert (found.title, found.due) == (NEXT, term.ends_on)
    assert "The term of Ruth Adeyemi ends." in sign_in(client, officer.user).get("/home/").text
    assert "You can nominate the same person again" in client.get(seat.get_absolute_url()).text


def test_term_that_ends_later_than_the_longest_notice_asks_nobody(officer, seat, today):
    make.AppointmentFactory(seat=seat, ends_on=today + 91 * DAY)
    assert asked(officer.user) == []


def test_nobody_is_asked_once_someone_follows(client, officer, seat, today):
    term = make.AppointmentFactory(seat=seat, ends_on=today + 20 * DAY)
    assert asked(officer.user) == [NEXT]
    make.AppointmentFactory(seat=seat, starts_on=term.ends_on + DAY)
    assert asked(officer.user) == []
    assert "You speak for" not in sign_in(client, officer.user).get(seat.get_absolute_url()).text


def test_nobody_is_asked_where_the_seat_is_filled_from_a_day_to_come(officer, seat, today):
    make.AppointmentFactory(seat=seat, starts_on=today + 3 * DAY)
    assert asked(officer.user) == []


@pytest.mark.parametrize("ends_in", [None, 20])
def test_nobody_is_asked_while_an_election_fills_the_seat(officer, seat, today, ends_in):
    if ends_in:
        make.AppointmentFactory(seat=seat, ends_on=today + ends_in * DAY)
    assert asked(officer.user) == [NEXT if ends_in else NOMINATE]
    election_of(board=seat.board).election.seats.add(seat)
    assert asked(officer.user) == []


@pytest.mark.parametrize(("state", "is_asked"), [("advertised", False), ("interviews", False), ("draft", True)])
def test_nobody_is_asked_while_a_post_is_advertised_for_the_seat(officer, seat, state, is_asked):
    make.PostFactory(seat=seat, state=state)
    assert Post.objects.get().state == state
    assert (NOMINATE in asked(officer.user)) == is_asked


def test_chair_of_the_board_that_nominates_is_asked():
    chair = make.ChairFactory()
    make.SeatFactory(board__name="The Forum", title="Carers", nominating_board=chair.seat.board)
    assert NOMINATE in asked(chair.holder)


def test_chair_of_the_past_and_of_another_board_is_not_asked(today):
    past = make.ChairFactory(ends_on=today - DAY)
    make.SeatFactory(nominating_board=past.seat.board)
    assert not [title for title in asked(past.holder) if title.startswith("Nominate")]
    assert not [title for title in asked(make.ChairFactory().holder) if title.startswith("Nominate")]


@pytest.mark.parametrize("facts", [{"part": "member"}, {"part": "officer", "state": "ended"}])
def test_member_without_the_right_to_speak_for_it_is_not_asked(client, officer, seat, facts):
    other = make.MembershipFactory(partner=officer.partner, **facts).user
    make.MembershipFactory(user=other, part="officer")  # of another organisation
    assert asked(other) == []
    assert "You speak for" not in sign_in(client, other).get(seat.get_absolute_url()).text
    client.logout()
    assert "You speak for" not in client.get(seat.get_absolute_url()).text


def test_home_query_count_is_constant(client, officer, seat, today, django_assert_num_queries):
    def add(number):
        for _ in range(number):
            make.SeatFactory(nominating_partner=officer.partner)
            taken = make.SeatFactory(nominating_partner=officer.partner)
            make.AppointmentFactory(seat=taken, ends_on=today + 20 * DAY)

    sign_in(client, officer.user)
    add(1)
    count = queries(client, "/home/")
    add(30)
    with django_assert_num_queries(count):
        page = client.get("/home/").text
    assert page.count("Nominate someone for") == 32
    assert page.count("Say who comes next in") == 31


ANN = {"name": "Ann  Lee", "email": "Ann@Example.org", "words": "From May on.\nOur trustees decided."}


@pytest.fixture
def staff():
    return make.StaffFactory(email="staff@example.org")


def nominate(client, seat, **answers):
    return client.post(f"{seat.get_absolute_url()}nominate/", ANN | answers, follow=True)


def test_officer_nominates_and_staff_get_the_name_only_by_email(client, officer, seat, staff):
    sign_in(client, officer.user)
    page = nominate(client, seat).text
    assert "Staff have your nomination for the seat Carers" in page
    assert "Somebody was nominated on" in page
    message = Message.objects.get()
    assert (message.to_email, message.reply_to) == ("staff@example.org", officer.user.email)
    for words in (
        "Carers Link has nominated Ann Lee (ann@example.org)",
        "Our trustees decided.",
        f"/seats/{seat.pk}/appoint/",
    ):
        assert words in message.text
    assert "Ann Lee" not in message.subject
    entry = Entry.objects.get(verb="seat.nominated")
    assert (entry.actor, entry.details) == (officer.user, {"people": 1})
    assert asked(officer.user) == []
    client.logout()
    assert "nominated on" not in client.get(seat.get_absolute_url()).text
    sign_in(client, staff)
    page = client.get("/boards/vacancies/").text
    assert "Somebody was nominated on" in page
    assert "Ann Lee" not in page


def test_same_person_sent_twice_is_emailed_once_and_another_again(client, officer, seat, staff):
    sign_in(client, officer.user)
    for _ in range(2):
        nominate(client, seat)
    assert Message.objects.count() == 1
    assert "You or a colleague nominated somebody on" in client.get(f"{seat.get_absolute_url()}nominate/").text
    nominate(client, seat, name="Bob Ray", email="bob@example.org")
    assert Message.objects.count() == 2
    assert SeatNotice.objects.filter(about="nominated").count() == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": " "}, "Enter their full name"),
        ({"email": ""}, "Enter their email address"),
        ({"email": "ann"}, "Enter an email address in the right form"),
        ({"words": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_bad_answers_are_explained_kept_and_sent_to_nobody(client, officer, seat, staff, answers, message):  # noqa: PLR0917 - each names a fact
    sign_in(client, officer.user)
    page = nominate(client, seat, **answers).text
    assert message in page
    assert "Our trustees decided." in page or "words" in answers
    assert not Message.objects.exists()
    assert not SeatNotice.objects.exists()


def test_nomination_for_the_next_term_stands_when_the_term_has_ended(officer, seat, staff, today):
    term = make.AppointmentFactory(seat=seat, starts_on=today - 90 * DAY, ends_on=today + 5 * DAY)
    note = seat_nomination.send(seat=seat, by=officer.user, name="Ann Lee", email="ann@example.org")
    assert (note.day, asked(officer.user)) == (term.ends_on, [])
    type(term).objects.update(ends_on=today - DAY)
    SeatNotice.objects.update(day=today - DAY)
    assert asked(officer.user) == []


def test_next_vacancy_waits_for_a_nomination_again(officer, seat, staff, today):
    seat_nomination.send(seat=seat, by=officer.user, name="Ann Lee", email="ann@example.org")
    assert asked(officer.user) == []
    make.AppointmentFactory(seat=seat, starts_on=today - 90 * DAY, ends_on=today - DAY)
    assert asked(officer.user) == [NOMINATE]


def test_nobody_nominates_for_a_seat_that_waits_for_nobody(client, officer, seat, staff, today):
    make.AppointmentFactory(seat=seat)
    sign_in(client, officer.user)
    assert (
        "This seat does not need a nomination now."
        in client.get(f"{seat.get_absolute_url()}nominate/", follow=True).text
    )
    assert "This seat does not need a nomination now: someone holds it" in nominate(client, seat).text
    with pytest.raises(Refusal, match="This seat does not need a nomination"):
        seat_nomination.send(seat=seat, by=officer.user, name="Ann Lee", email="ann@example.org")
    assert not Message.objects.exists()


def test_only_those_who_speak_for_the_body_nominate(client, officer, seat, staff):
    member = make.MembershipFactory(partner=officer.partner).user
    for person in (member, make.MembershipFactory(part="officer").user, staff):
        assert sign_in(client, person).post(f"{seat.get_absolute_url()}nominate/", ANN).status_code == 403
    assert not Message.objects.exists()
