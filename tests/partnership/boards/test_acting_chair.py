"""Who acts for a chair who is away: named by the chair or by staff, never by themselves, for days that are said in public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.actions import agenda, agenda_publication
from partnership.audit.models import Entry
from partnership.boards.actions import acting_chair
from partnership.boards.models import ActingChair
from partnership.dates import day as in_words
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def chair():
    return make.ChairFactory()


@pytest.fixture
def board(chair):
    return chair.seat.board


@pytest.fixture
def vice(board):
    return make.AppointmentFactory(seat__board=board, holder__name="Vera Vice").holder


def name(board, person, by, first, last) -> ActingChair:
    return acting_chair.name(board=board, person=person, by=by, starts_on=first, ends_on=last)


def draft_an_agenda(meeting) -> None:
    draft = make.AgendaVersionFactory(meeting=meeting, state="draft", number=1, published_at=None, published_by=None)
    make.AgendaItemFactory(version=draft)


def test_who_acts_publishes_from_the_first_day_to_the_last(client, board, chair, vice, today):
    meeting = make.MeetingFactory(board=board, starts_at=make.in_days(40))
    draft_an_agenda(meeting)
    address = reverse("manage_agenda_publish", args=[meeting.slug])
    sign_in(client, vice)
    acting = name(board, vice, chair.holder, today + DAY, today + 3 * DAY)
    assert client.get(address).status_code == 403
    ActingChair.objects.update(starts_on=today)
    assert client.get(address).status_code == 200
    draft = agenda.draft_of(meeting)
    client.post(address, {"seen": agenda_publication.fingerprint(draft)})
    draft.refresh_from_db()
    assert (draft.published_by, draft.by_acting_chair) == (vice, True)
    assert "by Vera Vice, who acted for the chair" in client.get(meeting.get_absolute_url()).text
    acting_chair.end(acting=acting, by=chair.holder)
    assert client.get(address).status_code == 403
    assert not ActingChair.objects.exists()  # it began today


def test_what_the_chair_publishes_is_the_chairs(board, chair, vice, today):
    name(board, vice, chair.holder, today, today)
    meeting = make.MeetingFactory(board=board, starts_at=make.in_days(40))
    draft_an_agenda(meeting)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    assert not agenda_publication.publish(meeting=meeting, by=chair.holder, seen=seen).by_acting_chair


def test_board_says_who_acts_and_both_are_told(client, board, chair, vice, today):
    staff = make.StaffFactory()
    name(board, vice, staff, today, today + DAY)
    page = client.get(board.get_absolute_url()).text
    assert f"Vera Vice acts for the chair from {in_words(today)} to {in_words(today + DAY)}" in page
    told = {message.to_email: message.subject for message in Message.objects.all()}
    assert told == {
        vice.email: f"You act for the chair of {board}",
        chair.holder.email: f"Vera Vice acts for the chair of {board}",
    }
    assert Entry.objects.get(verb="acting_chair.named").actor == staff


def test_chair_is_not_told_of_what_they_did_themselves(board, chair, vice, today):
    acting = name(board, vice, chair.holder, today - DAY, today + DAY)
    acting_chair.end(acting=acting, by=chair.holder)
    acting_chair.end(acting=acting, by=chair.holder)
    assert list(Message.objects.order_by("pk").values_list("to_email", flat=True)) == [vice.email] * 2
    acting.refresh_from_db()
    assert acting.ends_on == today - DAY  # that they acted until yesterday stays


@pytest.mark.parametrize(
    ("person", "first", "last", "message"),
    [
        ("staff", 0, 5, "You cannot name yourself"),
        ("vice", 0, -1, "The last day is before the first"),
        ("vice", -2, -1, "These days are over"),
        ("stranger", 0, 5, "does not hold a voting seat"),
        ("without a vote", 0, 5, "does not hold a voting seat"),
        ("leaving", 0, 5, "does not hold a voting seat"),
        ("chair", 0, 5, "does not hold a voting seat"),
        ("elsewhere", 0, 5, "does not hold a voting seat"),
        ("vice", 11, 12, "Vera Vice acts for the chair from"),
    ],
)
def test_who_or_when_that_cannot_be_is_refused(board, today, *, person, first, last, message):
    people = {
        "staff": make.StaffFactory(),
        "vice": make.AppointmentFactory(seat__board=board, holder__name="Vera Vice").holder,
        "stranger": make.UserFactory(),
        "without a vote": make.AppointmentFactory(seat__board=board, seat__voting=False).holder,
        "leaving": make.AppointmentFactory(seat__board=board, ends_on=today + DAY).holder,
        "chair": board.chair_on(today),
        "elsewhere": make.AppointmentFactory().holder,
    }
    make.AppointmentFactory(seat__board=board, holder=people["staff"])
    name(board, people["vice"], people["staff"], today + 10 * DAY, today + 11 * DAY)
    with pytest.raises(Refusal, match=message):
        name(board, people[person], people["staff"], today + first * DAY, today + last * DAY)


def test_who_may_name_somebody(client, board, chair, vice, today):
    address = reverse("acting_chair", args=[board.slug])
    for person, status in (
        (chair.holder, 200),
        (make.StaffFactory(), 200),
        (vice, 403),
        (make.ChairFactory().holder, 403),
    ):
        assert sign_in(client, person).get(address).status_code == status
    name(board, vice, chair.holder, today, today)
    assert sign_in(client, vice).get(address).status_code == 403  # who acts names nobody further


def test_page_names_ends_and_says_what_is_wrong(client, board, chair, vice, today):
    address = reverse("acting_chair", args=[board.slug])
    sign_in(client, chair.holder)
    wrong = client.post(address, {"person": "", "starts_on": "31 February", "ends_on": "1 May 2030"})
    assert "Choose who acts for the chair" in wrong.text
    assert 'value="31 February"' in wrong.text
    days = {"starts_on": f"{today:%d %m %Y}", "ends_on": f"{today + DAY:%d %m %Y}"}
    made = client.post(address, {"person": vice.pk, **days}, follow=True)
    assert "Vera Vice acts for the chair from" in made.text
    end = reverse("acting_chair_end", args=[board.slug, ActingChair.objects.get().pk])
    assert "End the days on which Vera Vice acts" in client.get(end).text
    client.post(end)
    assert not board.acting_chairs.current(today).exists()
