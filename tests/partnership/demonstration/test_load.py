"""The demonstration, loaded: it comes once, writes to nobody about the past, and its stories hold together."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from assemblies.executive_notices.asked import of_board
from assemblies.executive_notices.notice_kinds import Kind
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.lists.models import ListEntry
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers.models import MeetingPack, Report
from assemblies.papers.seen_items import seen_items
from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board, Seat
from partnership.dates import moment
from partnership.demonstration import executive, in_common, sat, who
from partnership.demonstration.days import people_meet
from partnership.elections.models import Election, Nomination
from partnership.outbox.models import Message
from places.footprint.models import PlaceLead

TIME = re.compile(r"\d+ \w+ \d{4} at [\d.]+[ap]m")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def _counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def test_loaded_twice_nothing_doubles(capsys):
    before = _counts()
    call_command("demo_load")
    assert _counts() == before
    assert "already holds people" in capsys.readouterr().out


def test_only_mails_about_the_assembly_ahead_leave():
    of_the_world = Q(key__startswith="world") | Q(to_email="other_member@example.org")  # beside the demonstration
    keys = Message.objects.open().exclude(of_the_world).values_list("key", flat=True)
    assert {key.partition(":")[0] for key in keys} == {"invitation", "registration"}
    withdrawn = Message.objects.filter(state=Message.State.WITHDRAWN).values_list("key", flat=True)
    assert {"election", "membership", "seat-notice"} <= {key.partition(":")[0] for key in withdrawn}


def test_meetings_are_held_on_days_on_which_people_meet():
    board = Board.objects.get(name="Cheshire and Merseyside Partnership Board")
    days = [timezone.localdate(meeting.starts_at) for meeting in Meeting.objects.filter(board=board)]
    assert len(days) >= 6
    assert all(people_meet(day) for day in days)


def test_directors_lead_their_places_and_chair_their_boards():
    for place, name in who.DIRECTORS.items():
        holder = Appointment.objects.get(
            seat__board__name=f"{place} place partnership", seat__title__startswith="Director"
        ).holder
        assert holder == PlaceLead.objects.get(place__name=place).user
        assert holder.name == name


def test_joe_hannett_led_central_lancashire_in_july_2020():
    on = Appointment.objects.current(date(2020, 7, 1)).filter(holder__name="Joe Hannett")
    assert {str(term.seat.board) for term in on.select_related("seat__board")} == {
        "Central Lancashire voluntary sector group",
        "Lancashire and South Cumbria VCFSE Alliance",
    }


def test_alliance_says_what_the_article_says_of_cumbria_and_its_chair():
    purpose = Board.objects.get(name="Lancashire and South Cumbria VCFSE Alliance").purpose
    for fact in (
        "the rest of Cumbria",
        "helps to pay for its chair",
        "primary care networks",
        "integrated care partnerships",
    ):
        assert fact in purpose


@pytest.mark.parametrize(
    ("day", "vacant"),
    [
        (date(2020, 7, 1), set()),
        (
            timezone.localdate(),
            {
                ("Voluntary sector representative", "Blackpool Health and Wellbeing Board"),
                ("Representative on the Blackpool board", "Lancashire and South Cumbria VCFSE Alliance"),
                ("Second voluntary sector representative", "Cheshire and Merseyside Partnership Board"),
            },
        ),
    ],
    ids=["2020", "today"],
)
def test_no_seat_is_vacant_but_those_meant(day, vacant):
    """Boards that the tests add beside the demonstration are called "Board 7"."""
    found = Seat.objects.vacant(day).exclude(board__name__regex=r"^Board \d+$")
    assert set(found.values_list("title", "board__name")) == vacant


def test_an_ex_officio_seat_is_left_with_the_post_it_goes_with():
    post = Appointment.objects.get(
        seat__board__name="Blackpool Health and Wellbeing Board", seat__title="Voluntary sector representative"
    )
    beside = Appointment.objects.get(seat__title="Representative on the Blackpool board")
    assert (post.holder, post.ends_on) == (beside.holder, beside.ends_on)


def test_nobody_seconds_themselves_or_their_own_organisation():
    nominations = list(Nomination.objects.select_related("candidate", "seconder"))
    assert len(nominations) >= 7
    for made in nominations:
        assert made.candidate.name != made.seconder.name
        assert made.partner_id != made.seconder_partner_id


def test_elections_went_by_their_timetables():
    for election in Election.objects.filter(illustrative=True):
        assert election.announced_at < election.roll_freezes_at
        for made in election.nominations.all():
            assert election.nominations_open_at < made.accepted_at < election.nominations_close_at
        for extension in election.extensions.all():
            assert election.voting_opens_at < extension.made_at < extension.was_to_close_at


def test_mails_of_elections_name_the_times_of_the_page():
    """Also of voting that was extended: the page says when it was to close first."""
    for election in Election.objects.filter(illustrative=True):
        shown = {moment(when) for _, when in election.timetable}
        shown |= {moment(extension.was_to_close_at) for extension in election.extensions.all()}
        mails = Message.objects.filter(key__startswith=f"election:{election.pk}:")
        named = {time for mail in mails for time in TIME.findall(mail.text)}
        assert named
        assert named <= shown


def test_no_one_on_a_list_has_the_name_of_someone_else():
    entries = ListEntry.objects.filter(email__endswith="@example.org").values_list("name", "email")
    people = dict(User.objects.values_list("name", "email"))
    assert [name for name, email in entries if people.get(name, email) != email] == []


def test_recovery_plan_went_through_two_boards_in_september_2020():
    topic = Topic.objects.get(title="Partnership Southwark recovery plan")
    steps = [(item.board.name, item.role) for item in topic.items.route().select_related("board")]
    assert steps == [
        ("Southwark Borough Based Board", "advisory"),
        ("Southwark Health and Wellbeing Board", "decisive"),
    ]
    endorsed, agreed = topic.items.route().values_list("result", flat=True)
    assert endorsed == "Endorsed on 3 September 2020."
    assert "Illustrative: no public paper says what was decided" in agreed
    agenda = [item.agenda_items.get().version for item in topic.items.route()]
    assert [timezone.localdate(each.meeting.starts_at) for each in agenda] == [date(2020, 9, 3), date(2020, 9, 14)]
    decided = topic.items.route().last()
    assert decided.agenda_items.get().position == decided.report.versions.get().item_number == 9


def test_seven_topics_of_the_letter_are_parked_with_the_host():
    parked = Topic.objects.parked().filter(board__name="Cheshire and Merseyside Partnership Board")
    assert parked.filter(illustrative=False).count() == 7
    assert {topic.source for topic in parked} == {"The chair’s letter to the assembly of 17 September 2020"}


def test_next_months_of_the_host_are_illustrative():
    ahead = PlannedItem.objects.filter(topic__illustrative=True).select_related("meeting")
    assert len(ahead) == 22
    assert all(item.meeting is None or item.meeting.illustrative for item in ahead)
    assert PlannedItem.objects.public().filter(topic__illustrative=True).exists()


def test_published_agendas_have_their_packs():
    published = Meeting.objects.filter(agenda_versions__state="published", slug__contains="-board-")
    packs = MeetingPack.objects.filter(meeting__in=published)
    assert packs.count() == published.distinct().count() >= 4
    assert not packs.exclude(state=MeetingPack.State.READY).exists()
    of_2020 = packs.get(meeting__slug="southwark-health-and-wellbeing-board-september-2020")
    assert of_2020.parts.filter(report__isnull=False, page__gt="").count() == 1
    assert of_2020.parts.filter(appendix__gt=0).count() == 2


def test_papers_of_the_next_board_in_public_are_in_every_state():
    meeting = Meeting.objects.get(title="Partnership Board in public", venue_name__contains="committee room")
    draft = meeting.agenda_versions.get()
    reports = Report.objects.filter(item__agenda_items__version=draft)
    assert set(reports.values_list("state", flat=True)) == {"draft", "submitted", "returned", "signed"}


def test_two_boards_meet_in_common_on_one_agenda():
    meeting = Meeting.objects.get(slug=in_common.IN_COMMON["slug"])
    assert [str(board) for board in boards_of(meeting)] == [in_common.HOST, in_common.OTHER]
    out = meeting.agenda_versions.published().get()
    shown = {item.title: item for item in seen_items(out, AnonymousUser())}
    assert [str(report.board) for report in shown[in_common.HOME].reports] == [in_common.HOST, in_common.OTHER]
    closed = shown[in_common.CONTRACT_IN_PUBLIC]
    assert {str(ground.board) for ground in closed.closure.grounds.all()} == {in_common.HOST, in_common.OTHER}
    assert in_common.CONTRACT not in shown
    assert shown[in_common.VISITS].taken_by == f"For the {in_common.OTHER}."
    assert meeting.agenda_versions.filter(state="draft").exists(), "its draft waits for the other chair to read it"


def test_cabinet_has_given_notice_and_still_has_to():
    board = Board.objects.get(name=executive.CABINET)
    assert [each.standing.next for each in of_board(board)] == [None, Kind.PRIVATE_SECOND, Kind.KEY]


def test_member_with_an_interest_reads_what_the_public_reads():
    version = Meeting.objects.get(slug="neighbourhood-board-under-way").agenda_versions.published().get()
    member = User.objects.get(email=who.address(who.MEMBER))
    other = User.objects.get(email=who.address("Nasreen Malik"))
    room = next(each for each in seen_items(version, member) if each.withheld)
    assert room.title == sat.ROOM_IN_PUBLIC
    assert "same landlord" in room.withheld
    assert sat.ROOM in [each.title for each in seen_items(version, other)]
