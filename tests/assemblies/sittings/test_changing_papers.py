"""The agenda and the reports change while a meeting runs: nothing of its record is lost, nothing closed is shown."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.decisions.models import Decision
from assemblies.follow_up.models import FollowUp
from assemblies.papers.models import AgendaItem, Report, ReportVersion
from assemblies.papers.report_text import ReportText
from assemblies.sittings.actions import sitting as sittings
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.sittings.book import Book
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
MARKER = "zyzzyva"


@pytest.fixture
def book():
    """Of a board of three at its meeting: an item with a report that recommends two things, and one for information."""
    meeting = make.MeetingUnderWayFactory(board__quorum_number=2)
    chair = make.ChairFactory(seat__board=meeting.board).holder
    for _ in range(2):
        make.AppointmentFactory(seat__board=meeting.board)
    version = make.AgendaVersionFactory(meeting=meeting)
    item = reported(version, 1)
    published(Report.objects.get(item=item.planned), f"Buy {MARKER}.", "Note the risks.")
    make.AgendaItemFactory(version=version, position=2, title="News", purpose="information")
    book = Book(sittings.start(meeting=meeting, by=chair), chair)
    book.all_here()
    return book


def reported(version, position: int) -> AgendaItem:
    """An item for decision with a report that is not published yet."""
    planned = make.PlannedItemFactory(topic__board=version.meeting.board, meeting=version.meeting)
    make.ReportFactory(item=planned, author=make.UserFactory())
    return make.AgendaItemFactory(
        version=version, position=position, title=planned.topic.title, purpose="decision", planned=planned
    )


def published(report: Report, *recommendations: str) -> ReportVersion:
    number = report.versions.count() + 1
    content = {"text": asdict(ReportText(title=report.title)), "appendices": [], "parts": []}
    made = report.versions.create(
        number=number, content=content, sha256="0" * 64, made_by=report.author, made_at=timezone.now(),
        meeting=report.item.meeting, published_at=timezone.now(), published_by=report.author,
        what_changed="More." if number > 1 else "",
    )  # fmt: skip
    for place, text in enumerate(recommendations, start=1):
        made.recommendations.create(number=place, text=text)
    return made


def newer_agenda(book, *kept: AgendaItem):
    """Published while the meeting runs, with these items alone."""
    version = make.AgendaVersionFactory(meeting=book.sitting.meeting, number=book.items[0].version.number + 1)
    for position, item in enumerate(kept, start=1):
        make.AgendaItemFactory(
            version=version,
            position=position,
            title=item.title,
            purpose=item.purpose,
            planned=item.planned,
            carried_from=item,
        )
    return version


def end(book) -> None:
    sittings.end(sitting=book.sitting, by=book.by)


def shown(client, book, name="record") -> str:
    return client.get(reverse(name, args=[book.sitting.meeting.slug])).text


def test_item_with_an_outcome_stays_when_it_goes_off_the_agenda(book, client):
    book.agree(recommendation=1)
    book.enter("note", 1, text="It was long.")
    newer_agenda(book, book.items[1])
    page = shown(sign_in(client, book.by), book)
    assert "Off the agenda" in page
    assert "It was long." in page
    book.enter("done", 2, how="taken", because="")
    end(book)
    assert Decision.objects.get().item == book.items[0]
    assert MARKER in Decision.objects.get().recommendation


def test_outcome_stands_on_the_version_of_the_report_that_was_put(book, client):
    """The newer one has no second recommendation, and another first."""
    for number in (1, 2):
        book.agree(recommendation=number)
    published(Report.objects.get(), "Rent it.")
    page = shown(sign_in(client, book.by), book)
    assert "Rent it." not in page
    assert page.count("As an earlier version of the report put it.") == 2
    book.enter("done", 2, how="taken", because="")
    end(book)
    assert list(Decision.objects.order_by("pk").values_list("recommendation", "report_version__number")) == [
        (f"Buy {MARKER}.", 1),
        ("Note the risks.", 1),
    ]


def test_item_that_moved_to_another_meeting_stays_there(book):
    book.enter("done", 1, how="put_off", because="There was no time for it today")
    planned = book.items[0].planned
    planned.meeting = make.MeetingFactory(board=book.sitting.meeting.board)
    planned.save(update_fields=["meeting"])
    book.enter("done", 2, how="taken", because="")
    end(book)
    planned.refresh_from_db()
    assert planned.meeting is not None


@pytest.mark.parametrize("what", ["seat", "board"])
def test_votes_stand_when_their_seat_or_board_ends(book, what):
    for number in (1, 2):
        book.agree(recommendation=number, votes={str(seat.pk): "for" for seat in book.seats})
    yesterday = timezone.localdate() - timedelta(days=1)
    type(book.seats[0]).objects.filter(pk=book.seats[2].pk).update(ends_on=yesterday)
    if what == "board":
        type(book.sitting.meeting.board).objects.update(ends_on=yesterday)
    book.by = make.StaffFactory()  # the chair's term may have ended with the board
    book.enter("done", 2, how="taken", because="")
    end(book)
    assert [each.votes.count() for each in Decision.objects.all()] == [3, 3]


def test_board_that_leaves_the_meeting_does_not_hold_it_up(book):
    """What it decided is refused by its name, and taken back; what waits for it waits no more."""
    other, meeting = make.BoardFactory(name="Other Board"), book.sitting.meeting
    joined = make.MeetingBoardFactory(meeting=meeting, board=other)
    for board in (meeting.board, other):
        make.AgendaItemBoardFactory(item=book.items[0], board=board)
    for number in (1, 2):
        book.agree(recommendation=number)
    noted = {"recommendation": 0, "outcome": "noted", "text": "", "votes": {}, "mover": None, "seconder": None}
    entry = book.enter("outcome", 1, board=other, **noted)
    book.enter("done", 2, how="taken", because="")
    joined.delete()
    with pytest.raises(Refusal, match="The Other Board does not meet there"):
        end(book)
    book.enter("undo", entry=entry.number)
    end(book)
    assert Decision.objects.count() == 2


def test_withdrawn_report_leaves_no_words_on_the_screen(book, client):
    report = Report.objects.get()
    make.WithdrawalFactory(document=None, report=report, up_to=1, meeting=report.item.meeting, title=report.title)
    sign_in(client, book.by)
    book.enter("item", 1)
    for name in ("record", "record_screen"):
        assert MARKER not in shown(client, book, name)
        assert "The report was withdrawn from view." in shown(client, book, name)


def close_report() -> Closure:
    closure = make.ClosureGroundFactory(board=Report.objects.get().item.board).closure
    ReportVersion.objects.update(closure=closure)
    return closure


def test_closed_report_is_not_read_out_in_the_room(book, client):
    book.agree(recommendation=1, outcome="amended", text=f"{MARKER}, for a year")
    close_report()
    sign_in(client, book.by)
    book.enter("item", 1)
    assert MARKER not in shown(client, book, "record_screen")
    assert MARKER in shown(client, book)


def test_closed_report_is_kept_from_who_it_is_withheld_from(book, client):
    member = book.seats[1].appointments.get().holder
    make.WithheldPapersFactory(
        meeting=book.sitting.meeting, item=book.items[0], planned=book.items[0].planned, person=member
    )
    close_report()
    for number in (1, 2):
        book.agree(recommendation=number, outcome="amended", text=f"{MARKER}, for a year")
    page = shown(sign_in(client, member), book)
    assert "are withheld from you" in page
    assert MARKER not in page
    assert "Agreed with amendments" not in page  # nor in a tag beside the item


@pytest.mark.parametrize("when", ["before", "after"])
def test_action_on_a_closed_report_is_closed_with_it(book, when):
    due = timezone.localdate().isoformat()
    if when == "before":
        close_report()
    book.enter("action", 1, text=f"Pay for {MARKER}", owner=book.by.pk, name=str(book.by), due_on=due)
    assert FollowUp.objects.public().exists() == (when == "after")
    if when == "after":
        close_report()
    assert not FollowUp.objects.public().exists()
    assert bool(FollowUp.objects.with_facts().get().closed_by) == (when == "before")
    for number in (1, 2):
        book.agree(recommendation=number)
    book.enter("done", 2, how="taken", because="")
    end(book)
    assert not FollowUp.objects.public().exists()
    assert FollowUp.objects.with_facts().get().closed_by


def test_screen_asks_the_same_of_the_database_for_many_reports(book, client):
    sign_in(client, book.by)
    address = reverse("record", args=[book.sitting.meeting.slug])
    few = queries(client, address)
    for position in range(3, 9):
        item = reported(book.items[0].version, position)
        published(item.planned.report, "Agree it.", "Note it.")
    assert queries(client, address) == few
