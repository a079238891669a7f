"""A marker in the words and files of papers that were published in error: after the withdrawal it is at no address, in no
search, pack or email; after the erasure for nobody at all, and nowhere on the disk."""

import io
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import erasure, pack_making, withdrawal
from assemblies.papers.models import Document, Report
from assemblies.past_papers.actions import withdrawal as past_withdrawal
from assemblies.past_papers.models import PastMeeting
from partnership.accounts.models import User
from partnership.outbox.models import Message
from tests import factories as make
from tests import made_pdfs
from tests import world as worlds
from tests.assemblies.papers.withdrawing import MARKER, publish_papers, withdraw
from tests.signed_in import sign_in
from tests.world import World, every_address

pytestmark = pytest.mark.django_db

NOT_WALKED = ("account_logout",)  # the session is used again
SEARCH = f"/search/?words={MARKER}"


@dataclass
class Papers:
    """Papers of a meeting that are out, with their pack; and a member of its board."""

    world: World
    meeting: Meeting
    report: Report
    letter: Document
    member: User

    @property
    def chair(self) -> User:
        return self.world.people["chair"]

    def addresses(self) -> list[str]:
        """Every address under a meeting or a report, about these papers."""
        appendix = self.report.appendices.get().pk
        files = [{"slug": self.meeting.slug, "pk": pk} for pk in self.meeting.documents.values_list("pk", flat=True)]
        about = {
            "meetings": [*files, {"slug": self.meeting.slug, "number": 1, "pack": "pack"}],
            "reports": [{"pk": self.report.pk, "number": number, "appendix": appendix} for number in (1, 2)],
        }
        found = {}
        for name, route, named in _walked():
            for instead in about.get(route.split("/", 1)[0].lstrip("^"), []):
                words = {word: value for word, value in instead.items() if word in named}
                if words:
                    found[self.world.address(name, route, named, **{"pack": "pack"} | words)] = None
        return list(found)

    def everything(self) -> list[str]:
        """Every address of the portal, as the table of roles fills it in, too."""
        return [*self.addresses(), *(self.world.address(*each, pack="pack") for each in _walked())]

    def shown_to(self, browser: Client, addresses: list[str] | None = None) -> list[str]:
        found = [address for address in addresses or self.addresses() if MARKER in said(browser.get(address))]
        return found + ([SEARCH] if browser.get(SEARCH).context["groups"] else [])


def _walked():
    return [each for each in every_address() if each[0] and each[0] not in NOT_WALKED]


def said(answer) -> str:
    """All that an answer says: its words, its headers, and the text of a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF") and len(body) > 500:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return (body + str(answer.headers).encode()).decode(errors="replace")


def on_the_disk() -> list[str]:
    files = (path for path in Path(configured.MEDIA_ROOT).rglob("*") if path.is_file())
    held = []
    for path in files:
        content = path.read_bytes()
        if content.startswith(b"%PDF") and len(content) > 500:
            words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
            held += [path.name] if MARKER in words else []
    return held


@pytest.fixture
def papers(settings, tmp_path) -> Papers:
    settings.MEDIA_ROOT = tmp_path
    world = worlds.build()
    board = Meeting.objects.select_related("board").get(slug="published").board
    board.report_chain.all().delete()
    member = make.AppointmentFactory(seat__board=board).holder
    meeting = make.MeetingFactory(board=board, slug="erroneous")
    meeting.followers.create(email="follower@example.org", key="f" * 43, confirmed_at=make.in_days(-1))
    report, letter = publish_papers(meeting, world.people["chair"])
    pack_making.make_waiting()
    return Papers(world, meeting, report, letter, member)


def as_signed_in(person: User | None) -> Client:
    browser = Client(raise_request_exception=False)
    return sign_in(browser, person) if person else browser


def test_withdrawn_papers_are_nowhere_for_other_people(papers):
    out = papers.shown_to(as_signed_in(None))
    report, slug = papers.report, papers.meeting.slug
    for address in (
        report.get_absolute_url(), f"/meetings/{slug}/papers/pack.pdf", SEARCH,
        reverse("document", args=[slug, papers.letter.pk]),
        reverse("document", args=[slug, report.appendices.get().document_id]),
    ):  # fmt: skip
        assert address in out, "or the walk below finds nothing"
    withdraw(papers.letter, papers.chair)
    withdraw(report, papers.chair)
    for person in (None, papers.member):
        assert papers.shown_to(as_signed_in(person), papers.everything()) == [], person
    pack_making.make_waiting()
    for role in (None, "member", "place_lead", "other_chair", "board"):
        person = papers.member if role == "board" else papers.world.people.get(role or "")
        assert papers.shown_to(as_signed_in(person)) == [], role
    pack = f"/meetings/{slug}/papers/pack.pdf"
    assert as_signed_in(None).get(pack).status_code == 200
    answers = {as_signed_in(None).get(address).status_code for address in out if address not in (SEARCH, pack)}
    assert answers == {410}


def test_papers_are_nowhere_while_a_second_person_is_waited_for(papers):
    staff = make.StaffFactory()
    withdraw(papers.letter, staff)
    held = withdraw(papers.report, staff)
    assert papers.shown_to(as_signed_in(None)) == []
    assert papers.shown_to(as_signed_in(papers.member)) == []
    withdrawal.bring_back(withdrawal=held, by=papers.chair, because="It is right.")
    assert papers.report.get_absolute_url() in papers.shown_to(as_signed_in(None))


def test_no_email_holds_the_marker(papers):
    withdraw(papers.letter, make.StaffFactory())
    withdraw(papers.report, papers.chair)
    assert Message.objects.filter(to_email="follower@example.org", key__startswith="withdrawal").exists()
    for message in Message.objects.all():
        assert MARKER not in f"{message.subject} {message.text} {message.html} {message.attachments}"


def test_erased_papers_are_nowhere_for_anybody_and_off_the_disk(papers, django_capture_on_commit_callbacks):
    assert len(on_the_disk()) == 3  # letter, slides, pack
    made = [withdraw(paper, papers.chair) for paper in (papers.letter, papers.report)]
    pack_making.make_waiting()
    staff = make.StaffFactory()
    assert papers.shown_to(as_signed_in(staff)) != []
    for each in made:
        asked = erasure.ask(withdrawal=each, by=staff)
        with django_capture_on_commit_callbacks(execute=True):
            erasure.confirm(erasure=asked, by=papers.chair)
    assert papers.shown_to(as_signed_in(staff), papers.everything()) == []
    for person in (papers.chair, papers.report.author):
        assert papers.shown_to(as_signed_in(person)) == [], person
    assert on_the_disk() == []


def test_past_paper_is_nowhere_while_a_second_person_is_waited_for(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = worlds.build()
    day = PastMeeting.objects.get()
    paper = make.PastPaperFactory(meeting=day, title="Zebras", file=ContentFile(made_pdfs.words(MARKER), name="a.pdf"))
    member = make.AppointmentFactory(seat__board=day.board).holder
    walked = [each for each in _walked() if each[0].startswith("past_")]
    addresses = [world.address(*each, **({"pk": paper.pk} if "pk" in each[2] else {})) for each in walked]
    search = "/search/?words=zebras"

    def shown_to(person) -> list[str]:
        browser = as_signed_in(person)
        found = [address for address in addresses if MARKER in said(browser.get(address))]
        return found + ([search] if browser.get(search).context["groups"] else [])

    readers = [None, member, *(world.people[role] for role in ("member", "place_lead", "other_chair"))]
    for person in readers:
        assert shown_to(person) == [paper.get_absolute_url(), search], "or the walk below finds nothing"
    held = past_withdrawal.withdraw(paper=paper, by=make.StaffFactory(), because="It names a patient.")
    for person in readers:
        assert shown_to(person) == [], person
        assert as_signed_in(person).get(paper.get_absolute_url()).status_code == 410
    past_withdrawal.bring_back(withdrawal=held, by=world.people["chair"], because="It is right.")
    assert shown_to(None) == [paper.get_absolute_url(), search]
