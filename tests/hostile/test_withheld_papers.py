"""What is withheld from a member with an interest is nowhere for them, at every address; others on the board read it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from assemblies.papers.actions import withholding
from assemblies.papers.models import AgendaItem
from partnership.accounts.models import User
from partnership.outbox.models import Message
from tests import factories as make
from tests.assemblies.papers.packed import made
from tests.hostile.closed_world import MARKER, SAFE, ClosedWorld, build
from tests.hostile.test_closed_matters import addresses, kinds_found, said
from tests.signed_in import sign_in
from tests.world import MINUTES, RECORD

pytestmark = pytest.mark.django_db
WHY = "They own land beside it."


@pytest.fixture
def closed(settings, tmp_path) -> ClosedWorld:
    settings.MEDIA_ROOT = tmp_path
    return build()


@pytest.fixture
def member(closed) -> User:
    """Sits on the board, deputises there for somebody else too, and reads nothing of the two closed matters of its meeting,
    nor of what was recorded of one."""
    board = closed.meeting.board
    holder = make.AppointmentFactory(seat__board=board).holder
    make.AppointmentFactory(seat__board=board, deputy=holder)
    _recorded(closed)
    for report in (closed.report, closed.part_exempt):
        row = AgendaItem.objects.filter(planned=report.item).order_by("version__number").last()
        withholding.withhold(
            meeting=closed.meeting, item=row, person=holder, by=closed.world.people["chair"], because=WHY
        )
    return fresh(holder)


def _recorded(closed) -> None:
    """What the board decided on the item, who does what, the minutes and the record of it."""
    row = AgendaItem.objects.filter(planned=closed.item, version__number=2).get()
    about = {"board": closed.meeting.board, "meeting": closed.meeting, "item": row}
    decided = make.DecisionFactory(**about, title=f"To buy {MARKER}", text=f"{MARKER} is bought.")
    make.FollowUpFactory(**about, text=f"Pay for {MARKER}", due_on=make.in_days(90).date())
    minutes = make.MinutesFactory(meeting=closed.meeting, state="circulated", version__circulated=True)
    make.MinutesItemFactory(version=minutes.versions.get(), item=row, title=f"Of {MARKER}", text=MARKER)
    make.EntryFactory(
        sitting=make.SittingFactory(meeting=closed.meeting),
        kind="note",
        item=row,
        facts={"text": f"{MARKER} was said."},
    )
    words = closed.world.words
    for name in (*MINUTES, *RECORD):
        words[name] = words[name] | {"slug": closed.meeting.slug, "number": 1}
    words["decisions"] = words["decisions"] | {"pk": decided.pk}


def fresh(person) -> User:
    """As the next request finds them."""
    return User.objects.get(pk=person.pk)


def of_the_items(closed) -> list[str]:
    """Without the papers of the board's past, which belong to no item."""
    past = {closed.past.get_absolute_url(), closed.past.meeting.get_absolute_url()}
    return [address for address in closed.direct() if address not in past]


def _without_past_papers(closed):
    """Those of the board's past belong to no item, and stay with the board."""
    past = closed.past
    past.title, past.file = "Old", ContentFile(b"old", name="old.pdf")
    past.save(update_fields=["title", "file"])


def test_marker_is_nowhere_for_who_it_is_withheld_from(closed, member, client):
    browser = sign_in(client, member)
    made(closed.meeting)
    _without_past_papers(closed)
    assert [address for address in addresses(closed) if MARKER in said(browser.get(address))] == []


def test_others_on_the_board_read_all_of_it(closed, member, client):
    made(closed.meeting)
    other = make.AppointmentFactory(seat__board=closed.meeting.board).holder
    browser = sign_in(client, other)
    for address in [*closed.found_after_release(), *(pack.members_url for pack in closed.packs)]:
        assert browser.get(address).status_code == 200, address
    assert kinds_found(browser) == {
        "Topics",
        "Agenda items",
        "Documents",
        "Reports",
        "Past papers",
        "Decisions",
        "Actions",
    }
    slug, decided = closed.meeting.slug, closed.world.words["decisions"]["pk"]
    recorded = [reverse("record", args=[slug]), reverse("minutes", args=[slug]), reverse("decision", args=[decided])]
    for address in [*recorded, reverse("board_closed", args=[closed.meeting.board.slug])]:
        assert MARKER in said(browser.get(address)), address


def test_direct_addresses_are_absent_and_so_is_the_search(closed, member, client):
    browser = sign_in(client, member)
    for address in of_the_items(closed):
        assert browser.get(address).status_code == 404, address
    assert kinds_found(browser) <= {"Past papers"}


def test_members_pack_is_not_for_them_and_the_page_says_so(closed, member, client):
    made(closed.meeting)
    browser = sign_in(client, member)
    for pack in closed.packs:
        assert browser.get(pack.members_url).status_code == 302
        assert browser.get(pack.get_absolute_url()).status_code == 200  # as everybody
    assert "is not for you" in browser.get(reverse("packs", args=[closed.meeting.slug])).text


def test_reason_is_read_by_them_and_not_by_others_on_the_board(closed, member, client):
    page = closed.meeting.get_absolute_url()
    answer = sign_in(client, member).get(page).text
    assert WHY in answer
    assert SAFE in answer
    other = make.AppointmentFactory(seat__board=closed.meeting.board).holder
    assert WHY not in sign_in(client, other).get(page).text


def test_no_email_to_them_names_it(closed, member):
    for message in Message.objects.filter(to_email=member.email):
        assert MARKER not in f"{message.subject} {message.text} {message.html} {message.attachments}".lower()


def test_lifted_they_read_it_again(closed, member, client):
    for row in closed.meeting.withheld_papers.in_force():
        withholding.lift(withheld=row, by=closed.world.people["staff"])
    browser = sign_in(client, fresh(member))
    for address in of_the_items(closed):
        assert browser.get(address).status_code == 200, address
