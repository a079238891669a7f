from dataclasses import asdict
from datetime import timedelta

import factory
from django.utils import timezone

from assemblies.papers import choosing
from assemblies.papers.models import (
    AgendaItem,
    AgendaItemBoard,
    AgendaReading,
    AgendaVersion,
    BoardStep,
    Document,
    Erasure,
    MeetingPack,
    PackFile,
    PackPart,
    PdfCheck,
    ProgrammeVersion,
    Report,
    ReportAppendix,
    Session,
    Withdrawal,
    WithheldPapers,
    WordFile,
)
from assemblies.papers.report_text import FIELDS, ReportText
from assemblies.papers.word.layout import LABELS, SECTIONS_FOUND
from assemblies.papers.word.receiving import Read
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.forward_plan import LedItemFactory
from tests.factories.meetings import MeetingFactory


class ProgrammeVersionFactory(CountingFactory):
    """A released programme."""

    class Meta:
        model = ProgrammeVersion

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    state = ProgrammeVersion.State.RELEASED
    released_at = factory.LazyFunction(timezone.now)


class SessionFactory(CountingFactory):
    class Meta:
        model = Session

    version = factory.SubFactory(ProgrammeVersionFactory)
    starts_at = factory.SelfAttribute("version.meeting.starts_at")
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(minutes=20))
    title = factory.Sequence(lambda n: f"Session {n}")


class AgendaVersionFactory(CountingFactory):
    """A published agenda."""

    class Meta:
        model = AgendaVersion

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    state = AgendaVersion.State.PUBLISHED
    change_note = "A new item."
    due_on = factory.LazyAttribute(lambda version: version.meeting.starts_at.date() - timedelta(days=8))
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)


class AgendaItemFactory(CountingFactory):
    class Meta:
        model = AgendaItem

    version = factory.SubFactory(AgendaVersionFactory)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    title = factory.Sequence(lambda n: f"Item {n}")
    purpose = AgendaItem.Purpose.DISCUSSION


class AgendaItemBoardFactory(CountingFactory):
    """A board that takes an item of an agenda in common, and decides."""

    class Meta:
        model = AgendaItemBoard

    item = factory.SubFactory(AgendaItemFactory)
    board = factory.SubFactory(BoardFactory)
    role = AgendaItemBoard.Role.DECISIVE


class AgendaReadingFactory(CountingFactory):
    """That a chair has read the draft of an agenda in common."""

    class Meta:
        model = AgendaReading

    version = factory.SubFactory(AgendaVersionFactory, state=AgendaVersion.State.DRAFT)
    board = factory.SubFactory(BoardFactory)
    read_by = factory.SubFactory(UserFactory)
    read_at = factory.LazyFunction(timezone.now)
    seen = "0" * 16


class DocumentFactory(CountingFactory):
    """A released document: give it `file=ContentFile(b"…", name="a.pdf")` where its bytes matter."""

    class Meta:
        model = Document

    meeting = factory.SubFactory(MeetingFactory)
    kind = Document.Kind.SLIDES
    title = factory.Sequence(lambda n: f"Document {n}")
    file = "documents/none.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = 4096
    sha256 = "0" * 64
    released_at = factory.LazyFunction(timezone.now)


class ReportFactory(CountingFactory):
    """A report that is being written, and of which nothing is missing."""

    class Meta:
        model = Report

    item = factory.SubFactory(LedItemFactory)
    author = factory.SelfAttribute("item.lead")
    title = factory.SelfAttribute("item.topic.title")
    text = factory.LazyFunction(
        lambda: {
            "fields": {name: f"What we say of {label.lower()}." for name, label in FIELDS.items()},
            "recommendations": ["Agree the plan.", "Note the risks."],
            "sections": [{"title": "Background", "text": "It began in spring.\n\nIt went on."}],
        }
    )


class ReportAppendixFactory(CountingFactory):
    class Meta:
        model = ReportAppendix

    report = factory.SubFactory(ReportFactory)
    title = factory.Sequence(lambda n: f"Appendix {n}")
    file = "appendices/none.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = 4096
    sha256 = "0" * 64


class BoardStepFactory(CountingFactory):
    """A step of a board's chain that somebody takes."""

    class Meta:
        model = BoardStep

    board = factory.SubFactory(BoardFactory)
    name = factory.Sequence(lambda n: f"Step {n}")
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    holder = factory.SubFactory(UserFactory)


class MeetingPackFactory(CountingFactory):
    """The pack of a published agenda, which waits for a worker."""

    class Meta:
        model = MeetingPack

    agenda = factory.SubFactory(AgendaVersionFactory)
    meeting = factory.SelfAttribute("agenda.meeting")
    number = 0
    cover = factory.LazyAttribute(lambda pack: choosing.cover_of(pack.meeting, []))
    published_at = factory.LazyFunction(timezone.now)
    started_at = factory.SelfAttribute("published_at")


class ReadyPackFactory(MeetingPackFactory):
    """A pack that is made: give it its files and parts."""

    state = MeetingPack.State.READY
    ready_at = factory.LazyFunction(timezone.now)
    first_page, last_page, first_closed_page, last_closed_page = 1, 12, 1, 0


class WithdrawalFactory(CountingFactory):
    """A file that the chair withdrew."""

    class Meta:
        model = Withdrawal

    document = factory.SubFactory(DocumentFactory)
    meeting = factory.SelfAttribute("document.meeting")
    title = factory.SelfAttribute("document.title")
    because = "It names a patient."
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)
    by_chair = True
    state = Withdrawal.State.WITHDRAWN
    decided_by = factory.SelfAttribute("asked_by")
    decided_at = factory.SelfAttribute("asked_at")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The file itself goes with it."""
        made = super()._create(model_class, *args, **kwargs)
        if made.document_id:
            made.files.create(document=made.document)
            rows = Document.objects.filter(pk=made.document_id, withdrawn_at=None)
            rows.update(withdrawn_at=made.asked_at, withdrawn_because=made.because)
        return made


class HeldWithdrawalFactory(WithdrawalFactory):
    """A file that one of the staff took out of view, and that waits for a second person."""

    by_chair, state, decided_by, decided_at = False, Withdrawal.State.HELD, None, None


class ErasureFactory(CountingFactory):
    """Somebody asked for a withdrawn file to be erased."""

    class Meta:
        model = Erasure

    withdrawal = factory.SubFactory(WithdrawalFactory)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)


class PackPartFactory(CountingFactory):
    """An item of a pack: with `report` or `document` it is one of its papers."""

    class Meta:
        model = PackPart

    pack = factory.SubFactory(MeetingPackFactory)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    item = factory.SubFactory(AgendaItemFactory, version=factory.SelfAttribute("..pack.agenda"))
    title = factory.SelfAttribute("item.title")


class PackFileFactory(CountingFactory):
    """The public's file of a pack: give it `file=ContentFile(b"…", name="a.pdf")` where its bytes matter."""

    class Meta:
        model = PackFile

    pack = factory.SubFactory(ReadyPackFactory)
    key = factory.Sequence(lambda n: f"{n:064x}")
    file = "packs/none.pdf"
    sha256 = "0" * 64
    size = 4096
    pages = 12
    strict = False
    made_at = factory.LazyFunction(timezone.now)


class PdfCheckFactory(CountingFactory):
    """A PDF of a meeting that is being checked; give it `document=None, appendix=…` for one of a report."""

    class Meta:
        model = PdfCheck

    document = factory.SubFactory(DocumentFactory, released_at=None)
    sent_sha256 = "0" * 64


class WithheldPapersFactory(CountingFactory):
    """Papers of an item that are withheld from somebody: `WithheldPapersFactory(item=item, person=user)`."""

    class Meta:
        model = WithheldPapers

    item = factory.SubFactory(AgendaItemFactory)
    meeting = factory.SelfAttribute("item.version.meeting")
    planned = factory.SelfAttribute("item.planned")
    person = factory.SubFactory(UserFactory)
    because = "They own a share in it."
    withheld_by = factory.SubFactory(UserFactory)
    withheld_at = factory.LazyFunction(timezone.now)


class WordFileFactory(CountingFactory):
    """A report that came back from Word as it stands."""

    class Meta:
        model = WordFile

    report = factory.SubFactory(ReportFactory)
    filename = "report.docx"
    uploaded_by = factory.SelfAttribute("report.author")
    found = factory.LazyAttribute(lambda file: asdict(as_it_stands(file.report.working_text)))


def as_it_stands(text: ReportText) -> Read:
    """What is read in a document that says this."""
    return Read(text, text, (*LABELS, SECTIONS_FOUND), {}, (), ())
