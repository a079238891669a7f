"""Everything the page of one meeting shows, read in a fixed number of queries. Drafts are never among it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from assemblies.executive_notices import asked
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.meetings.in_common import (
    Recording,
    binding_day,
    boards_of,
    days_to_publish,
    publish_until,
    recording_of,
)
from assemblies.meetings.models import Meeting, MeetingMove, MeetingPlace
from assemblies.meetings.models.meeting import MeetingQuerySet
from assemblies.meetings.registration_window import RegistrationWords, registration_words
from assemblies.microsite import private_sessions
from assemblies.papers import agenda_history, changes, deadline
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, MeetingPack, ProgrammeVersion, Session
from assemblies.papers.pack_pages import pages_of
from assemblies.papers.seen_items import SeenItem, readable_papers, seen_items
from assemblies.purpose.models import Round
from assemblies.purpose.results import rounds_at
from assemblies.registrations.answers import answers_are_open
from assemblies.registrations.models import ExitQuestion
from assemblies.voice.models import InputMark
from partnership import panels
from partnership.boards import quorum
from partnership.boards.models import Board
from partnership.dates import span
from partnership.panels import Panel

DOCUMENT_ORDER = [Document.Kind.BACKGROUND, Document.Kind.SLIDES, Document.Kind.PAPER, Document.Kind.OTHER]


@dataclass(frozen=True)
class DocumentGroup:
    """Documents of one kind, under one heading."""

    heading: str
    documents: list[Document]


class MovedLate(NamedTuple):
    """Why an agenda that was out too late for the day its meeting was moved to could not wait, and until when it had to be."""

    reason: str
    due: datetime


class BoardInCommon(NamedTuple):
    """A board of a meeting in common: its quorum in words ("" where it has no rule), and its own last day to publish."""

    board: Board
    quorum: str
    until: datetime


@dataclass(frozen=True)
class Microsite:
    """The page of a meeting: one address for all that belongs to it."""

    meeting: Meeting
    move: MeetingMove | None
    programme: ProgrammeVersion | None
    sessions: list[Session]
    agendas: list[AgendaVersion]
    documents: list[DocumentGroup]
    places: list[MeetingPlace]
    registration: RegistrationWords
    notices: list[ExecutiveNotice]

    @property
    def agenda(self) -> AgendaVersion | None:
        """The newest published agenda."""
        return self.agendas[0] if self.agendas else None

    @property
    def is_preview(self) -> bool:
        return self.meeting.state == Meeting.State.DRAFT

    @property
    def is_over(self) -> bool:
        return self.meeting.is_over

    @property
    def is_to_come(self) -> bool:
        """Whether there is still something to register for, follow or prepare."""
        return not self.is_over and self.meeting.state in (Meeting.State.DRAFT, Meeting.State.PUBLISHED)

    @property
    def agenda_due(self) -> datetime | None:
        """Until when the agenda of a board in public may be published, while it is not."""
        if self.agendas or self.meeting.kind != Meeting.Kind.BOARD or not self.is_to_come:
            return None
        return publish_until(self.meeting)

    @property
    def agenda_due_by(self) -> Board:
        """The board whose rule that is: of several in common, the one whose day comes first."""
        return binding_day(self.boards, timezone.localdate(self.meeting.starts_at)).board

    @property
    def boards(self) -> list[Board]:
        """The boards that meet, the host first."""
        return boards_of(self.meeting)

    @property
    def recording(self) -> list[Recording]:
        """Who may film and record, where the public may come."""
        return [] if self.meeting.by_invitation else recording_of(self.boards)

    @property
    def in_common(self) -> list[BoardInCommon]:
        """What holds for each board of a meeting in common; nothing where one board meets."""
        boards = self.boards
        if len(boards) == 1:
            return []
        day = timezone.localdate(self.meeting.starts_at)
        return [
            BoardInCommon(each.board, quorum.in_words(each.board), each.until) for each in days_to_publish(boards, day)
        ]

    @property
    def agenda_is_late(self) -> bool:
        return self.agenda_due is not None and self.agenda_due < timezone.now()

    @property
    def answers_are_open(self) -> bool:
        if not answers_are_open(self.meeting):
            return False
        known = getattr(self.meeting, "has_exit_questions", None)  # where it was read `with_facts`
        return self.meeting.exit_questions.exists() if known is None else known

    @property
    def introductions(self) -> list[MeetingPlace]:
        """Places that have introduced themselves."""
        return [place for place in self.places if place.introduction.strip()]

    @property
    def not_introduced(self) -> list[MeetingPlace]:
        return [place for place in self.places if not place.introduction.strip()]

    @property
    def moved_from(self) -> str:
        """When the meeting would have been before it was last moved, in words."""
        return span(self.move.old_starts_at, self.move.old_ends_at) if self.move else ""

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchors and words of the parts there are, for the navigation within the page."""
        parts = [
            ("letter", "Letter from the chair", self.meeting.letter.strip()),
            ("question", "The question", self.meeting.discussion_question),
            ("programme", "Programme", self.sessions),
            ("agenda", "Agenda", self.agenda or self.agenda_due),
            ("boards", "The boards that meet", self.in_common),
            ("documents", "Documents", self.documents),
            ("places", "Places taking part", self.places),
            ("venue", "Getting there and taking part", self.has_practical_words),
        ]
        return [(anchor, words) for anchor, words, there in parts if there]

    def contents_with(self, papers: Iterable[Panel]) -> list[tuple[str, str]]:
        """The same with the parts of later apps, which stand after the documents."""
        after = ("places", "venue")
        found = self.contents
        return [
            *(each for each in found if each[0] not in after),
            *(each.part for each in papers if each.part),
            *(each for each in found if each[0] in after),
        ]

    @property
    def has_practical_words(self) -> bool:
        return bool(self.meeting.has_room and (self.meeting.venue_address or self.meeting.venue_access))


def with_facts(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each with its boards, whether it has exit questions, and what panels have to ask for."""
    asked_on_the_way_out = Exists(ExitQuestion.objects.filter(meeting=OuterRef("pk")))
    facts = panels.asked_first("meeting")
    return meetings.with_boards().annotate(has_exit_questions=asked_on_the_way_out, **facts)


def microsite(meeting: Meeting, user) -> Microsite:
    """Returns the page of the meeting as the person sees it. `meeting` comes with its board."""
    programme = meeting.programme_versions.filter(state=ProgrammeVersion.State.RELEASED).first()
    documents = readable_papers(meeting.documents.shown().with_closures().order_by("position", "title"), user)
    moves = list(meeting.moves.all())
    return Microsite(
        meeting=meeting,
        move=moves[-1] if moves else None,
        programme=programme,
        sessions=list(programme.sessions.all()) if programme else [],
        agendas=agendas_of(meeting, moves, user),
        documents=[
            DocumentGroup(kind.label, found)
            for kind in DOCUMENT_ORDER
            if (found := [document for document in documents if document.kind == kind])
        ],
        places=list(meeting.meeting_places.select_related("place")),
        registration=registration_words(meeting),
        notices=_notices(meeting),
    )


def _notices(meeting: Meeting) -> list[ExecutiveNotice]:
    """The notices that part of it is held in private; no query where no council's executive meets."""
    if not any(each.is_executive for each in boards_of(meeting)):
        return []
    return list(meeting.executive_notices.in_force().select_related("board").order_by("published_at"))


def agendas_of(meeting: Meeting, moves: Iterable[MeetingMove], user, number: int | None = None) -> list[AgendaVersion]:
    """Returns the published agendas, newest first. `number`, or else the newest, has its items and their papers, as far as
    the person may read them."""
    packs = MeetingPack.objects.filter(meeting=OuterRef("meeting"))
    marked = InputMark.objects.filter(item__version__meeting=OuterRef("meeting"))
    asked_of = Round.objects.filter(planned__meeting=OuterRef("meeting"))
    closed = Exists(AgendaItem.objects.closed().filter(version__meeting=OuterRef("meeting"))) | Exists(
        Document.objects.closed().filter(meeting=OuterRef("meeting"))
    )
    agendas = list(
        meeting.agenda_versions.published().annotate(
            has_packs=Exists(packs), has_marks=Exists(marked), has_closed=closed, has_round=Exists(asked_of)
        )
    )
    changes.say_in_public(agendas, anything_closed=any(each.has_closed for each in agendas))
    shown = next((agenda for agenda in agendas if number in (None, agenda.number)), None)
    if shown:
        shown.moved_late = _moved_late(meeting, moves, shown)
        newer = [agenda for agenda in agendas if agenda.number > shown.number]
        shown.shown_items = seen_items(shown, user, until=newer[-1].published_at if newer else None)
        shown.shown_packs = _packs(meeting, shown.shown_items) if shown.has_packs else []
        marks, boards = marks_of(meeting) if shown.has_marks else {}, boards_of(meeting)
        key = {each.item.topic_id: each for each in asked.of_meeting(meeting, boards, timezone.now()) if each.item}
        rounds = rounds_at(meeting) if shown.has_round else {}
        for item in shown.shown_items:
            item.purpose_round = rounds.get(item.topic) if item.topic and item.may_read else None
            item.key_decision = key.get(item.topic) if item.topic else None
            item.marks = marks.get(item.pk, []) if item.may_read else []
        took = private_sessions.in_words(meeting, shown.shown_items)
        for item in shown.shown_items:
            item.session = took.get(item.pk, "")
    return agendas


def _packs(meeting: Meeting, items: Iterable[SeenItem]) -> list[MeetingPack]:
    """The packs of the meeting; says of each paper on which of their pages it stands. Two queries."""
    pages = pages_of(meeting)
    for item in items:
        files = list(item.papers)
        for report in item.reports:
            report.page = pages.get(("report", report.pk), "")
            files += report.appendices
        for file in files:
            file.page = pages.get(("document", file.pk), "")
    return list(meeting.packs.with_withheld().with_size())


def _moved_late(meeting: Meeting, moves: Iterable[MeetingMove], version: AgendaVersion) -> MovedLate | None:
    """None where the meeting was not moved so, or has moved again to a day for which its agenda was in time.

    The business that was out by then stays late in every later version.
    """
    late = [move for move in moves if move.urgent_reason]
    if not late:
        return None
    move = late[-1]
    out_by_then = meeting.agenda_versions.published().filter(
        number__lte=version.number, published_at__lte=move.moved_at
    )
    due = deadline.too_late_for(meeting.starts_at, meeting, out_by_then)
    return MovedLate(move.urgent_reason, due) if due else None


def marks_of(meeting: Meeting) -> dict[int, list[InputMark]]:
    """What members' input changed, by item: a mark goes with the item through every version. One query while none is."""
    marks = list(InputMark.objects.filter(item__version__meeting=meeting).select_related("seat"))
    if not marks:
        return {}
    root_of = agenda_history.roots(meeting)
    return {pk: [mark for mark in marks if root_of[mark.item_id] == root] for pk, root in root_of.items()}
