"""An old paper is called something else, closed, opened or withdrawn; its file and its day stay."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from assemblies.past_papers.actions import opening, withdrawal
from assemblies.past_papers.models import PastPaper, PastPaperOpening
from partnership.audit.models import Entry
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return make.PastPaperFactory(title="Minutes", file=ContentFile(b"%PDF-1.7\n", name="x.pdf"))


def address(name: str, paper: PastPaper) -> str:
    return reverse(name, args=[paper.meeting.board.slug, paper.pk])


def test_staff_change_title_kind_and_readers(client, paper):
    sign_in(client, make.StaffFactory())
    before = paper.get_absolute_url()
    answer = client.post(
        address("past_paper_edit", paper), {"title": "Draft minutes", "kind": "other", "readers": "members"}
    )
    assert answer.url == paper.meeting.get_absolute_url()
    paper.refresh_from_db()
    assert (paper.title, paper.kind, paper.members_only) == ("Draft minutes", "other", True)
    assert paper.get_absolute_url() == before
    assert Entry.objects.get(verb="past_paper.changed").details == {"before": "Minutes", "readers": "members"}


def test_nothing_changed_is_not_in_the_audit_log(client, paper):
    sign_in(client, make.StaffFactory())
    client.post(address("past_paper_edit", paper), {"title": "Minutes", "kind": "minutes", "readers": "everybody"})
    assert not Entry.objects.filter(verb="past_paper.changed").exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"title": "", "kind": "other", "readers": "members"}, "Enter the title"),
        ({"title": "x" * 201, "kind": "other", "readers": "members"}, "at most 200 characters"),
        ({"title": "Kept", "kind": "pack of lies", "readers": "members"}, "Choose the kind from the list"),
        ({"title": "Kept", "kind": "other"}, "Say who may read it"),
        ({"title": "Kept", "kind": "other", "readers": "nobody"}, "Choose who may read it from the list"),
    ],
)
def test_bad_answers_are_said_and_kept(client, paper, answers, said):
    page = sign_in(client, make.StaffFactory()).post(address("past_paper_edit", paper), answers).text
    assert said in page
    assert f'value="{answers["title"]}"' in page or not answers["title"]
    paper.refresh_from_db()
    assert paper.title == "Minutes"


@pytest.mark.parametrize("who", ["staff", "chair", "acting"])
def test_staff_and_the_chair_withdraw_at_once(client, paper, who):
    board = paper.meeting.board
    person = make.StaffFactory() if who == "staff" else make.UserFactory()
    if who == "chair":
        make.ChairFactory(seat__board=board, holder=person)
    if who == "acting":
        board.acting_chairs.create(person=person, starts_on=make.in_days(-1).date(), ends_on=make.in_days(1).date())
    sign_in(client, person)
    assert address("past_paper_withdraw", paper) in client.get(paper.meeting.get_absolute_url()).text
    client.post(address("past_paper_withdraw", paper), {"because": "It names a child."})
    paper.refresh_from_db()
    assert (paper.withdrawn_because, paper.withdrawn_by) == ("It names a child.", person)
    assert paper.file
    said = "past_paper.held" if who == "staff" else "past_paper.withdrawn"
    assert Entry.objects.get(verb=said, subject_id=paper.pk).actor == person


def test_paper_is_not_withdrawn_without_a_reason(client, paper):
    page = sign_in(client, make.StaffFactory()).post(address("past_paper_withdraw", paper), {"because": "  "}).text
    assert "Say why it is withdrawn" in page
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


def test_withdrawn_paper_is_not_changed_or_withdrawn_again(client, paper):
    sign_in(client, make.StaffFactory())
    client.post(address("past_paper_withdraw", paper), {"because": "First."})
    client.post(address("past_paper_withdraw", paper), {"because": "Second."})
    page = client.post(
        address("past_paper_edit", paper), {"title": "New", "kind": "other", "readers": "everybody"}
    ).text
    assert "This paper was withdrawn" in page
    paper.refresh_from_db()
    assert (paper.title, paper.withdrawn_because) == ("Minutes", "First.")


def test_others_are_offered_neither(client, paper):
    page = client.get(paper.meeting.get_absolute_url()).text
    assert "Withdraw" not in page
    assert "Change" not in page


def test_who_opens_a_paper_for_members_is_recorded_for_staff(client, paper):
    PastPaper.objects.update(members_only=True)
    member = make.AppointmentFactory(seat__board=paper.meeting.board, holder__name="Ann Hill").holder
    sign_in(client, member).get(paper.get_absolute_url())
    opened = PastPaperOpening.objects.get()
    assert (opened.person, opened.paper) == (member, paper)
    page = sign_in(client, make.StaffFactory()).get(address("past_paper_edit", paper)).text
    assert "Who opened it while it was for members alone" in page
    assert "Ann Hill" in page


def test_who_opens_an_open_paper_is_not_written_down(client, paper):
    client.get(paper.get_absolute_url())
    sign_in(client, make.UserFactory()).get(paper.get_absolute_url())
    assert not PastPaperOpening.objects.exists()


def test_openings_go_a_year_after_the_paper_is_open_or_withdrawn(settings, paper):
    now, other = timezone.now(), make.PastPaperFactory(members_only=True)
    year = timedelta(days=settings.OPENINGS_KEPT_DAYS)
    for each in (paper, other):
        opening.record(paper=each, by=make.UserFactory(), now=now - year - timedelta(hours=1))
    assert opening.delete_old(now) == 1, "the one of the paper that is open to all"
    withdrawal.withdraw(paper=other, by=make.StaffFactory(), because="It names a child.")
    assert opening.delete_old(now + timedelta(minutes=1)) == 0
    assert opening.delete_old(now + year + timedelta(hours=1)) == 1


def test_file_of_a_withdrawn_paper_is_deleted_in_a_second_step(
    client, paper, media, django_capture_on_commit_callbacks
):
    sign_in(client, make.StaffFactory())
    erase = address("past_paper_erase", paper)
    assert client.get(erase).url == paper.meeting.get_absolute_url()
    client.post(erase)
    assert [path for path in media.rglob("*") if path.is_file()], "it is still in view"
    client.post(address("past_paper_withdraw", paper), {"because": "It names a child."})
    assert client.get(erase).url == paper.meeting.get_absolute_url()
    assert "withdrawn for good" in client.post(erase, follow=True).text, "it waits for a second person"
    second = make.StaffFactory()
    withdrawal.confirm(withdrawal=paper.withdrawals.get(), by=second)
    page = address("past_paper_withdrawal", paper)
    assert erase not in client.get(page).text
    assert "another member of staff, deletes its file" in client.post(erase, follow=True).text
    assert [path for path in media.rglob("*") if path.is_file()], "it takes two people"
    sign_in(client, second)
    assert erase in client.get(page).text
    assert "for good?" in client.get(erase).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(erase)
        client.post(erase)
    assert not [path for path in media.rglob("*") if path.is_file()]
    gone = client.get(paper.get_absolute_url())
    assert gone.status_code == 410
    assert "It names a child." in gone.text
    assert Entry.objects.filter(verb="past_paper.erased").count() == 1
