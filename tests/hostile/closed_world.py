"""Closed matter with a marker in all that the public must not read of it, in the world of `tests.world`.

What is added later and shows matters of boards (packs, withdrawals, decisions, minutes) adds its rows in `build`, its addresses
in `in_its_place`, and what everybody finds once it is released in `found_after_release`.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assemblies.closures.models import Closure
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.actions import document as documents
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem, Document, MeetingPack, Report
from assemblies.papers.report_text import FIELDS, ReportText, Section
from assemblies.past_papers.models import PastPaper
from partnership.files import kinds
from tests import factories as make
from tests import world as worlds
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.signing import sign_off

MARKER = "zyzzyva"
TITLE = f"Buying the {MARKER} site"
SAFE = "A purchase of land"
# Nobody in particular; somebody registered for the meeting, who follows it; and who leads a place that takes part
OUTSIDERS = ("anonymous", "other_member", "place_lead")
SEARCH = f"/search/?words={MARKER}"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@dataclass
class ClosedWorld:
    """The world, with an item of its meeting that is closed, and an open report of which one appendix is."""

    world: worlds.World
    meeting: Meeting
    item: PlannedItem
    report: Report
    part_exempt: Report
    paper: Document
    past: PastPaper
    closures: list[Closure] = field(default_factory=list)

    @property
    def files(self) -> list[Document]:
        """The closed files, published with the agenda."""
        return list(Document.objects.closed().order_by("pk"))

    def in_its_place(self) -> dict[str, list[dict[str, object]]]:
        """What to fill the addresses of each first part with, so that they are about what is closed."""
        appendix = self.report.appendices.get().pk
        about_report = {"pk": self.report.pk, "appendix": appendix, "item": self.item.pk}
        about_part = {"pk": self.part_exempt.pk, "appendix": self.part_exempt.appendices.get().pk}
        rows = AgendaItem.objects.filter(planned=self.item).order_by("version__number")
        return {
            "reports": [about_report | {"number": number} for number in (1, 2)] + [about_part | {"number": 1}],
            "topics": [{"pk": self.item.topic_id}],
            "boards": [
                {"slug": self.meeting.board.slug, "pk": self.item.pk},
                {
                    "slug": self.meeting.board.slug,
                    "pk": self.past.pk,
                    "held_on": self.past.meeting.held_on,
                    "year": 2016,
                },
            ],
            "closures": [{"pk": closure.pk} for closure in self.closures],
            "meetings": [{"pk": file.pk, "number": number} for number, file in enumerate(self.files, start=1)]
            + [{"pk": row.pk, "number": row.version.number} for row in rows]
            + [{"pack": pack.file_name} for pack in self.packs],
        }

    def direct(self) -> list[str]:
        """Addresses of what is closed: for outsiders there is nothing there."""
        slug, report = self.meeting.slug, self.report.pk
        return [
            *(reverse("document", args=[slug, file.pk]) for file in self.files),
            reverse("report", args=[report]),
            reverse("report_version", args=[report, 1]),
            reverse("report_version", args=[report, 2]),
            reverse("report_compare", args=[report, 2]),
            reverse("topic", args=[self.item.topic_id]),
            self.past.get_absolute_url(),
            self.past.meeting.get_absolute_url(),
        ]

    @property
    def packs(self) -> list[MeetingPack]:
        """The packs of what was published here: the world has one of its own."""
        return list(self.meeting.packs.filter(parts__is_closed=True, agenda__number__gt=1).distinct())

    def found_after_release(self) -> list[str]:
        """Pages on which everybody reads of it from then on."""
        return [
            self.meeting.get_absolute_url(),
            reverse("agenda", args=[self.meeting.slug, 2]),
            reverse("forward_plan", args=[self.meeting.board.slug]),
            reverse("report", args=[self.part_exempt.pk]),
            *self.direct(),
        ]


def build() -> ClosedWorld:
    world = worlds.build()
    meeting = Meeting.objects.select_related("board").get(slug="published")
    chair, staff = world.people["chair"], world.people["staff"]
    make.RegistrationFactory(meeting=meeting, email="other_member@example.org", user=world.people["other_member"])
    meeting.followers.create(email="follower@example.org", key="f" * 43, confirmed_at=make.in_days(-1))
    meeting.board.report_chain.all().delete()
    item = _planned(meeting, title=TITLE, about=f"What {MARKER} costs.")
    first = close(item, by=staff, title=SAFE)
    report = _report(item)
    part = _report(_planned(meeting, title="Savings plan"), marked=False)
    second = close(part.appendices.get(), by=staff, title="Prices")
    for each in (report, part):
        _sign(each)
    agenda.fill_from_plan(meeting=meeting, by=staff)
    paper = documents.add(
        meeting=meeting, by=staff, kind="paper", title=f"Prices of {MARKER}", file=_upload(f"{MARKER}-prices.csv")
    )
    row = AgendaItem.objects.get(planned=item)
    _write(row, meeting, staff, papers=[paper], summary=f"Only {MARKER} bids.")
    publish(meeting, chair)
    agenda.revise(meeting=meeting, by=staff)  # and again with other words, so that there is a list of changes
    newer = AgendaItem.objects.get(planned=item, version__state="draft")
    other = documents.add(meeting=meeting, by=staff, kind="paper", title=f"Map of {MARKER}", file=_upload("map.csv"))
    _write(newer, meeting, staff, papers=[paper, other], summary=f"Two {MARKER} bids.")
    reports.revise(report=report, by=item.lead)
    _write_report(report, item.lead, more="Now agreed.")
    reports.submit(report=report, by=item.lead, what_changed=f"The {MARKER} price.")
    publish(meeting, chair)
    planned_item.change(item=item, by=staff, needs_report=True)
    past = make.PastPaperFactory(
        meeting__board=meeting.board, meeting__held_on=date(2016, 3, 14), title=f"Minutes about {MARKER}", members_only=True,
        file=ContentFile(MARKER.encode(), name=f"{MARKER}-minutes.pdf"),
    )  # fmt: skip
    return ClosedWorld(world, meeting, item, report, part, paper, past, [first, second])


def publish(meeting: Meeting, chair):
    draft = agenda.draft_of(meeting)
    seen = agenda_publication.fingerprint(draft)
    return agenda_publication.publish(meeting=meeting, by=chair, seen=seen, urgent_reason="It came in today.")


def _planned(meeting: Meeting, *, title: str, about: str = "") -> PlannedItem:
    topic = make.TopicFactory(board=meeting.board, title=title, about=about)
    lead = make.UserFactory()
    return make.PlannedItemFactory(
        topic=topic, meeting=meeting, lead=lead, needs_report=True, role="advisory", purpose="discussion"
    )


def _report(item: PlannedItem, *, marked: bool = True) -> Report:
    report = make.ReportFactory(item=item)
    if marked:
        _write_report(report, item.lead)
    make.ReportAppendixFactory(
        report=report, title=f"Valuation of {MARKER}", file=ContentFile(PDF, name=f"{MARKER}-value.pdf")
    )
    report.refresh_from_db()
    return report


def _sign(report: Report) -> None:
    reports.submit(report=report, by=report.item.lead)
    sign_off(report)


def _write_report(report: Report, by, more: str = "Then.") -> None:
    words = f"Of the {MARKER}."
    text = ReportText(
        title=TITLE,
        fields=dict.fromkeys(FIELDS, words),
        recommendations=(f"Buy {MARKER}. {more}",),
        sections=(Section(f"About {MARKER}", words),),
    )
    reports.write(report=report, by=by, text=text)


def _write(row: AgendaItem, meeting: Meeting, by, *, papers: list[Document], summary: str) -> None:
    agenda.write_item(
        meeting=meeting, by=by, item=row, documents=papers, title=row.title, purpose=row.purpose, starts_at=None,
        presenter=f"Dr {MARKER}", summary=summary,
    )  # fmt: skip


def _upload(name: str) -> SimpleUploadedFile:
    """A file that does not wait to be checked, as a PDF would."""
    file = SimpleUploadedFile(name, f"what,cost\n{name},1\n".encode())
    file.kind = kinds.CSV
    return file
