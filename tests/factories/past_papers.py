from datetime import date, timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from assemblies.past_papers.models import ImportedFile, PaperImport, PastMeeting, PastPaper, PastPaperWithdrawal
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory

FIRST = date(1995, 1, 1)


class PastMeetingFactory(CountingFactory):
    """A day before the portal; no two alike."""

    class Meta:
        model = PastMeeting

    board = factory.SubFactory(BoardFactory)
    held_on = factory.Sequence(lambda n: FIRST + timedelta(days=n % 9_000))


class PastPaperFactory(CountingFactory):
    """A paper that everybody may read: give it `file=ContentFile(b"…", name="a.pdf")` where its bytes matter."""

    class Meta:
        model = PastPaper

    meeting = factory.SubFactory(PastMeetingFactory)
    kind = PastPaper.Kind.MINUTES
    title = factory.Sequence(lambda n: f"Minutes {n}")
    members_only = False
    file = "past-papers/none.pdf"
    size = 4096
    pages = 3
    sha256 = factory.Sequence(lambda n: f"{n:064}")


class HeldPastPaperFactory(CountingFactory):
    """That one of the staff took a past paper out of view, and that it waits for a second person."""

    class Meta:
        model = PastPaperWithdrawal

    paper = factory.SubFactory(PastPaperFactory)
    because = "It names a child."
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The paper itself goes with it."""
        made = super()._create(model_class, *args, **kwargs)
        gone = {"withdrawn_at": made.asked_at, "withdrawn_because": made.because, "withdrawn_by": made.asked_by}
        PastPaper.objects.filter(pk=made.paper_id).update(**gone)
        made.paper.refresh_from_db()
        return made


class PaperImportFactory(CountingFactory):
    """An import that is read and waits to be confirmed."""

    class Meta:
        model = PaperImport

    board = factory.SubFactory(BoardFactory)
    key = factory.LazyFunction(uuid4)
    filename = factory.Sequence(lambda n: f"Papers {n}.zip")
    members_only = False
    read_at = factory.LazyFunction(timezone.now)


class ImportedFileFactory(CountingFactory):
    """A file of an import, understood: give it `outcome="ask", held_on=None` for one that is not."""

    class Meta:
        model = ImportedFile

    batch = factory.SubFactory(PaperImportFactory)
    path = factory.Sequence(lambda n: f"2016/Minutes {n}.pdf")
    outcome = ImportedFile.Outcome.READY
    held_on = date(2016, 3, 14)
    kind = ImportedFile.Kind.MINUTES
    title = factory.Sequence(lambda n: f"Minutes {n}")
    file = "past-papers/none.pdf"
    size = 4096
    pages = 3
    sha256 = factory.Sequence(lambda n: f"{n:064}")
