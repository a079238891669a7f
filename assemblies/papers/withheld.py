"""Papers withheld from a member with an interest: who may not read them, of which items, and what is withheld at a meeting."""

from django.db.models import Q
from django.utils import timezone

from assemblies.closures.models import is_closed
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, Document, Report, ReportStep, WithheldPapers
from assemblies.papers.models.agenda import Withheld, matter_of
from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board


def members_of(meeting: Meeting):
    """The people who read the closed papers of the meeting because of their seat, today or soon: holders of seats on its boards
    and their deputies, by name. Not staff, nor who chairs one of the boards: they prepare the papers."""
    boards, today = [board.pk for board in boards_of(meeting)], timezone.localdate()
    terms = Appointment.objects.not_ended(today).filter(seat__board__in=boards)
    sits = Q(pk__in=terms.exclude(holder=None).values("holder")) | Q(pk__in=terms.exclude(deputy=None).values("deputy"))
    people = User.objects.filter(sits, is_active=True).exclude(pk__in=User.objects.staff()).order_by("name", "pk")
    chairs = terms.filter(seat__is_chair=True).exclude(holder=None).values("holder")
    return people.exclude(pk__in=chairs)


def items_of(meeting: Meeting, user) -> list[AgendaItem]:
    """The items that something closed belongs to, each once, as it stands on the newest version of the agenda, a draft too; those
    that the person may read."""
    closed = Document.objects.closed().values("pk")
    rows = AgendaItem.objects.readable_by(user).filter(version__meeting=meeting)
    rows = rows.filter(is_closed() | Q(documents__in=closed) | _with_closed_appendix()).distinct()
    found: list[AgendaItem] = []
    covered: set[int] = set()
    for row in rows.select_related("version__meeting", "planned").order_by("-version__number", "position"):
        if row.pk not in covered:
            found.append(row)
            covered |= matter_of(row).items
    return found


def _with_closed_appendix() -> Q:
    path = "planned__report__appendices__"
    return is_closed(f"{path}closure") & Q(**{f"{path}removed_at__isnull": True})


def works_on(person, matter: Withheld) -> bool:
    """Whether the person leads the item, writes its report, or holds a step of it that is not over."""
    if Report.objects.filter(Q(author=person) | Q(item__lead=person), item__in=matter.plans).exists():
        return True
    steps = ReportStep.objects.filter(version__report__item__in=matter.plans, holder=person)
    return steps.filter(state__in=[ReportStep.State.OPEN, ReportStep.State.WAITING]).exists()


def chairs_a_board_of(person, meeting: Meeting) -> bool:
    """Whether they chair one of the boards that meet today, or act for who does."""
    boards = [board.pk for board in boards_of(meeting)]
    return Board.objects.chaired_by(person).filter(pk__in=boards).exists()


def of_meeting(meeting: Meeting) -> list[WithheldPapers]:
    """All that is or was withheld at the meeting, what is in force first."""
    return list(meeting.withheld_papers.listed())


def named(rows: list[WithheldPapers], user) -> list[tuple[WithheldPapers, str]]:
    """Each with the title of its item that the person may read: one of them may be withheld from themselves."""
    items = {row.item_id for row in rows if row.item_id}
    read = set(AgendaItem.objects.readable_by(user).filter(pk__in=items).values_list("pk", flat=True))
    return [(row, row.item.public_title if row.item and row.item_id not in read else row.title) for row in rows]


def from_item(item: AgendaItem) -> list[WithheldPapers]:
    """What is withheld of the item today, whichever of its rows it was withheld at."""
    same = matter_of(item)
    rows = WithheldPapers.objects.in_force().filter(Q(item__in=same.items) | Q(planned__in=same.plans))
    return list(rows.select_related("person"))


def in_words_for(user, meeting: Meeting) -> dict[int, str]:
    """Why items of the meeting are withheld from the person, by the numbers of their rows on every version: for them alone."""
    said: dict[int, str] = {}
    if user.is_authenticated:
        for row in (
            WithheldPapers.objects.in_force().visible_to(user).filter(meeting=meeting).select_related("item__version")
        ):
            if row.item:
                said |= dict.fromkeys(matter_of(row.item).items, row.because)
    return said
