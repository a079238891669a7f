"""A past paper goes out of view at once: by the chair, by who acts for them, or by two of the staff. The rule of papers of
meetings holds for them."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.past_papers.actions import paper_import, past_paper, withdrawal
from assemblies.past_papers.models import PastPaper, PastPaperWithdrawal
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.past_papers.archives import AGENDA
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WHY = "It names a child."


@pytest.fixture
def paper():
    return make.PastPaperFactory(
        title="Minutes of zebras",
        meeting__board__name="Health Board",
        meeting__held_on=date(2016, 3, 14),
        file=ContentFile(AGENDA, name="x.pdf"),
    )


@pytest.fixture
def board(paper):
    return paper.meeting.board


@pytest.fixture
def chair(board):
    return make.ChairFactory(seat__board=board).holder


def address(name: str, paper: PastPaper) -> str:
    return reverse(name, args=[paper.meeting.board.slug, paper.pk])


def withdraw(paper, by, because=WHY) -> PastPaperWithdrawal:
    return withdrawal.withdraw(paper=paper, by=by, because=because)


def is_in_view(paper) -> bool:
    return PastPaper.objects.in_view().filter(pk=paper.pk).exists()


# --- who ------------------------------------------------------------------------------------------------------------


def test_chair_withdraws_at_once(paper, chair):
    made = withdraw(paper, chair)
    assert (made.state, made.by_chair, made.acted_for_chair, made.decided_by) == ("withdrawn", True, False, chair)
    paper.refresh_from_db()
    assert (paper.withdrawn_at, paper.withdrawn_because, paper.withdrawn_by) == (made.asked_at, WHY, chair)
    assert not Message.objects.exists()


def test_who_acts_for_the_chair_withdraws_at_once_and_it_is_recorded(paper, board, chair):
    today, person = timezone.localdate(), make.UserFactory()
    board.acting_chairs.create(person=person, starts_on=today, ends_on=today)
    made = withdraw(paper, person)
    assert (made.state, made.acted_for_chair) == ("withdrawn", True)


def test_one_of_the_staff_hides_it_at_once_and_a_second_confirms(paper):
    first, second = make.StaffFactory(), make.StaffFactory()
    held = withdraw(paper, first)
    assert (held.state, is_in_view(paper)) == ("held", False)
    with pytest.raises(Refusal, match="took this paper out of view yourself"):
        withdrawal.confirm(withdrawal=held, by=first)
    with pytest.raises(Refusal):
        withdrawal.confirm(withdrawal=held, by=make.UserFactory())
    final = withdrawal.confirm(withdrawal=held, by=second)
    assert (final.state, final.decided_by) == ("withdrawn", second)
    assert withdrawal.confirm(withdrawal=held, by=second).decided_at == final.decided_at


def test_chair_confirms_by_withdrawing_it_too_and_staff_do_not(paper, chair):
    held = withdraw(paper, make.StaffFactory())
    again = withdraw(paper, make.StaffFactory(), "Another reason.")
    assert (again.pk, again.state) == (held.pk, "held")
    final = withdraw(paper, chair, "Another reason.")
    assert (final.pk, final.state, final.because, final.decided_by) == (held.pk, "withdrawn", WHY, chair)


def test_second_person_puts_it_back_with_a_reason(paper):
    first = make.StaffFactory()
    held = withdraw(paper, first)
    with pytest.raises(Refusal, match="Say why the paper can be read again"):
        withdrawal.bring_back(withdrawal=held, by=make.StaffFactory())
    withdrawal.bring_back(withdrawal=held, by=make.StaffFactory(), because="It is the right file.")
    paper.refresh_from_db()
    assert (paper.withdrawn_at, paper.withdrawn_because, paper.withdrawn_by) == (None, "", None)
    mail = Message.objects.get(to_email=first.email)
    assert mail.subject == "Back in view: “Minutes of zebras”, Health Board, Monday 14 March 2016"
    assert "It is the right file." in mail.text


def test_who_asked_takes_it_back_and_does_not_hide_it_again(paper):
    first = make.StaffFactory()
    withdrawal.bring_back(withdrawal=withdraw(paper, first), by=first)
    assert is_in_view(paper)
    with pytest.raises(Refusal, match="You took this paper out of view before"):
        withdraw(paper, first)
    assert withdraw(paper, make.StaffFactory()).state == "held"


def test_what_is_withdrawn_for_good_does_not_come_back(paper, chair):
    made = withdraw(paper, chair)
    with pytest.raises(Refusal, match="withdrawn for good"):
        withdrawal.bring_back(withdrawal=made, by=chair)
    with pytest.raises(Refusal):
        withdrawal.bring_back(withdrawal=made, by=make.StaffFactory(), because="Why")


def test_chairs_are_told_at_once_that_one_of_the_staff_hid_it(paper, board, chair):
    today, acting, first = timezone.localdate(), make.UserFactory(), make.StaffFactory()
    board.acting_chairs.create(person=acting, starts_on=today, ends_on=today)
    Message.objects.all().delete()
    held = withdraw(paper, first)
    assert {mail.to_email for mail in Message.objects.all()} == {chair.email, acting.email}
    for mail in Message.objects.all():
        assert mail.subject == "Please decide: “Minutes of zebras”, Health Board, Monday 14 March 2016"
        for text in (mail.text, mail.html):
            assert WHY in text
            assert held.get_absolute_url() in text


def test_audit_log_says_who_did_what(paper, chair):
    first = make.StaffFactory()
    held = withdraw(paper, first)
    withdrawal.bring_back(withdrawal=held, by=chair, because="It is right.")
    withdraw(paper, chair)
    entries = Entry.objects.about(paper).values_list("verb", "actor")
    assert list(entries) == [
        ("past_paper.withdrawn", chair.pk),
        ("past_paper.back_in_view", chair.pk),
        ("past_paper.held", first.pk),
    ]


# --- put back beside what came meanwhile ----------------------------------------------------------------------------


def test_paper_does_not_come_back_beside_the_same_file(paper):
    held = withdraw(paper, make.StaffFactory())
    make.PastPaperFactory(meeting=paper.meeting, sha256=paper.sha256)
    with pytest.raises(Refusal, match="The same file is a paper of this day again"):
        withdrawal.bring_back(withdrawal=held, by=make.StaffFactory(), because="It is right.")


def test_paper_does_not_come_back_once_its_import_is_taken_back(paper):
    batch = make.PaperImportFactory(board=paper.meeting.board, state="confirmed", confirmed_at=timezone.now())
    PastPaper.objects.filter(pk=paper.pk).update(batch=batch)
    first = make.StaffFactory()
    held = withdraw(paper, first)
    paper_import.undo(batch=batch, by=first)
    with pytest.raises(Refusal, match="Its import was taken back"):
        withdrawal.bring_back(withdrawal=held, by=first)
    assert withdrawal.confirm(withdrawal=held, by=make.StaffFactory()).state == "withdrawn"


def test_paper_whose_import_was_taken_back_is_not_withdrawn_again(paper, chair):
    PastPaper.objects.filter(pk=paper.pk).update(withdrawn_at=timezone.now())
    with pytest.raises(Refusal, match="withdrawn already"):
        withdraw(paper, chair)


# --- in its place ---------------------------------------------------------------------------------------------------


def test_before_it_is_confirmed_nobody_reads_or_finds_it(client, paper, board):
    member = make.AppointmentFactory(seat__board=board).holder
    open_before = client.get(paper.get_absolute_url())
    assert open_before.status_code == 200
    withdraw(paper, make.StaffFactory())
    for person in (None, member, make.UserFactory()):
        client.logout()
        if person:
            sign_in(client, person)
        gone = client.get(paper.get_absolute_url())
        assert gone.status_code == 410
        page = words(gone)
        assert "This paper is out of view" in page
        assert WHY in page
        assert "The chair, or a second member of staff, decides" in page
        assert 'name="robots" content="noindex"' in page
        assert "Nothing found" in client.get("/search/", {"words": "zebras"}).text
        assert paper.get_absolute_url() not in client.get(paper.meeting.get_absolute_url()).text


def test_put_back_it_is_read_and_found_again(client, paper):
    first = make.StaffFactory()
    withdrawal.bring_back(withdrawal=withdraw(paper, first), by=first)
    assert client.get(paper.get_absolute_url()).status_code == 200
    assert paper.get_absolute_url() in client.get("/search/", {"words": "zebras"}).text
    assert paper.get_absolute_url() in client.get(paper.meeting.get_absolute_url()).text


def test_kept_page_of_the_day_says_it_at_once_and_shows_it_again(client, paper):
    first = make.StaffFactory()
    for _ in range(2):
        client.get(paper.meeting.get_absolute_url())
    held = withdraw(paper, first)
    assert WHY in client.get(paper.meeting.get_absolute_url()).text
    withdrawal.bring_back(withdrawal=held, by=first)
    assert WHY not in client.get(paper.meeting.get_absolute_url()).text


def test_those_who_decide_can_open_it(client, paper, chair):
    withdraw(paper, make.StaffFactory())
    for person in (chair, make.StaffFactory()):
        assert sign_in(client, person).get(paper.get_absolute_url()).status_code == 200


# --- the pages of the chair and staff -------------------------------------------------------------------------------


def test_nobody_says_that_the_chair_was_emailed_where_there_is_none(client, paper):
    sign_in(client, make.StaffFactory())
    asked = words(client.get(address("past_paper_withdraw", paper)))
    held = words(client.post(address("past_paper_withdraw", paper), {"because": WHY}, follow=True))
    assert ("email the chair" in asked, "emailed the chair" in held) == (False, False)
    make.ChairFactory(seat__board=paper.meeting.board)
    assert "emailed the chair" in words(client.get(address("past_paper_withdrawal", paper)))


def test_second_of_the_staff_confirms_on_the_page(client, paper):
    first, second = make.StaffFactory(), make.StaffFactory()
    sign_in(client, first)
    page = words(client.post(address("past_paper_withdraw", paper), {"because": WHY}, follow=True))
    assert "The chair, or another member of staff, decides." in page
    assert client.get(address("past_paper_withdrawal_confirm", paper)).status_code == 403
    sign_in(client, second)
    own = address("past_paper_withdrawal", paper)
    assert own in client.get(paper.meeting.get_absolute_url()).text
    assert f"{first} cannot decide this alone." in words(client.get(own))
    confirm = address("past_paper_withdrawal_confirm", paper)
    assert "You cannot undo this" in words(client.get(confirm))
    assert "“Minutes of zebras” is withdrawn for good." in words(client.post(confirm, follow=True))
    assert client.get(confirm).status_code == 403


def test_second_person_says_on_the_page_why_it_is_back(client, paper, chair):
    withdraw(paper, make.StaffFactory())
    sign_in(client, chair)
    back = address("past_paper_withdrawal_back", paper)
    assert "Say why it can be read again" in words(client.post(back, {"because": ""}))
    page = words(client.post(back, {"because": "It is the right file."}, follow=True))
    assert "“Minutes of zebras” is back in view." in page
    assert "It is the right file." in page


def test_who_hid_it_puts_it_back_on_the_page(client, paper):
    first = make.StaffFactory()
    withdraw(paper, first)
    page = words(sign_in(client, first).post(address("past_paper_withdrawal_back", paper), follow=True))
    assert "“Minutes of zebras” is back in view." in page
    assert is_in_view(paper)


@pytest.mark.parametrize(
    "name", ["past_paper_withdrawal", "past_paper_withdrawal_confirm", "past_paper_withdrawal_back"]
)
def test_members_and_other_chairs_decide_nothing(client, paper, board, name):
    withdraw(paper, make.StaffFactory())
    for person in (make.AppointmentFactory(seat__board=board).holder, make.ChairFactory().holder):
        sign_in(client, person)
        assert client.get(address(name, paper)).status_code == 403
        assert client.post(address(name, paper), {"because": "Why"}).status_code in (403, 405)
    assert not is_in_view(paper)


def test_paper_that_was_never_withdrawn_has_no_such_page(client, paper):
    sign_in(client, make.StaffFactory())
    for name in ("past_paper_withdrawal", "past_paper_withdrawal_confirm", "past_paper_withdrawal_back"):
        assert client.get(address(name, paper)).status_code == 404


def test_chair_and_other_staff_find_what_waits_for_them_at_home(client, paper, chair):
    first = make.StaffFactory()
    held = withdraw(paper, first)
    other_chair = make.ChairFactory().holder
    for person, there in ((chair, True), (make.StaffFactory(), True), (first, False), (other_chair, False)):
        page = words(sign_in(client, person).get("/home/"))
        assert (f'href="{held.get_absolute_url()}"' in page) is there
        assert ("Decide whether “Minutes of zebras” is withdrawn" in page) is there
    withdrawal.confirm(withdrawal=held, by=chair)
    assert held.get_absolute_url() not in words(sign_in(client, chair).get("/home/"))


def test_paper_that_waits_is_not_erased(client, paper):
    withdraw(paper, make.StaffFactory())
    with pytest.raises(Refusal, match="withdrawn for good"):
        past_paper.erase(paper=paper, by=make.StaffFactory())


def test_paper_withdrawn_before_it_took_two_is_erased_by_another(client, paper):
    first = make.StaffFactory()
    PastPaper.objects.filter(pk=paper.pk).update(withdrawn_at=timezone.now(), withdrawn_because=WHY, withdrawn_by=first)
    assert "This paper was withdrawn" in words(client.get(paper.get_absolute_url()))
    page = words(sign_in(client, make.StaffFactory()).get(address("past_paper_withdrawal", paper)))
    assert f"{first}" in page
    assert address("past_paper_erase", paper) in page
    assert client.get(address("past_paper_withdrawal_back", paper)).status_code == 404
    assert past_paper.erase(paper=paper, by=make.StaffFactory()).file == ""
    assert "The portal has erased it" in words(client.get(paper.get_absolute_url()))


def test_paper_that_is_out_of_view_is_decided_on_and_not_withdrawn_again(client, paper, chair):
    held = withdraw(paper, make.StaffFactory())
    answer = sign_in(client, chair).get(address("past_paper_withdraw", paper))
    assert answer.url == held.get_absolute_url()


# --- what the database holds ----------------------------------------------------------------------------------------


def refused(change) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_database_lets_nobody_change_a_withdrawal_quietly(paper, chair):
    held = withdraw(paper, make.StaffFactory())
    rows = PastPaperWithdrawal.objects.filter(pk=held.pk)
    assert refused(lambda: rows.update(because="Nothing."))
    assert refused(lambda: rows.update(asked_at=timezone.now() - timedelta(days=1)))
    assert refused(lambda: rows.update(state="withdrawn", decided_by=held.asked_by, decided_at=timezone.now()))
    assert refused(lambda: rows.update(state="withdrawn"))
    withdrawal.confirm(withdrawal=held, by=chair)
    assert refused(lambda: rows.update(state="back"))
    assert refused(rows.delete)


def test_withdrawal_by_staff_alone_is_never_final_in_the_database(paper):
    staff = make.StaffFactory()
    facts = {"paper": paper, "because": "Why", "asked_by": staff, "asked_at": timezone.now()}
    final = {"state": "withdrawn", "decided_by": staff, "decided_at": timezone.now()}
    assert refused(lambda: PastPaperWithdrawal.objects.create(**facts, **final))


def test_database_keeps_what_people_read_of_a_withdrawn_paper(paper):
    withdraw(paper, make.StaffFactory())
    row = PastPaper.objects.filter(pk=paper.pk)
    for change in (
        {"withdrawn_at": None, "withdrawn_because": ""},
        {"withdrawn_because": "Something else."},
        {"title": "Other"},
        {"members_only": True},
        {"sha256": "1" * 64},
        {"file": ""},
        {"file": "past-papers/other.pdf"},
    ):
        assert refused(lambda change=change: row.update(**change)), change
