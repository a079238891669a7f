"""A published paper goes out of view at once: by the chair, by who acts for them, or by two of the staff. The fact stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.papers.actions import agenda, agenda_publication, report_publication, withdrawal
from assemblies.papers.actions import report as reports
from assemblies.papers.models import Document, PaperOpening, ReportVersion, Withdrawal, WithdrawnFile
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.assemblies.papers.signing import chain
from tests.assemblies.papers.withdrawing import corrected, publish_papers, withdraw
from tests.factories import (
    AppointmentFactory,
    ClosureGroundFactory,
    DocumentFactory,
    LedItemFactory,
    MessageFactory,
    RegistrationFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def papers(meeting, chair):
    return publish_papers(meeting, chair)


@pytest.fixture
def report(papers):
    return papers[0]


@pytest.fixture
def letter(papers):
    return papers[1]


def in_view(*papers) -> list[bool]:
    return [bool(Document.objects.get(pk=paper.pk).withdrawn_at is None) for paper in papers]


# --- who ------------------------------------------------------------------------------------------------------------


def test_chair_withdraws_at_once(letter, chair):
    made = withdraw(letter, chair)
    assert (made.state, made.by_chair, made.acted_for_chair, made.decided_by) == ("withdrawn", True, False, chair)
    letter.refresh_from_db()
    assert (letter.withdrawn_at, letter.withdrawn_because) == (made.asked_at, "It names a patient.")


def test_who_acts_for_the_chair_withdraws_at_once_and_it_is_recorded(letter, meeting, chair):
    today = timezone.localdate()
    person = UserFactory()
    meeting.board.acting_chairs.create(person=person, starts_on=today, ends_on=today)
    made = withdraw(letter, person)
    assert (made.state, made.acted_for_chair) == ("withdrawn", True)


def test_one_of_the_staff_takes_it_out_of_view_and_a_second_confirms(letter):
    first, second = StaffFactory(), StaffFactory()
    held = withdraw(letter, first)
    assert (held.state, in_view(letter)) == ("held", [False])
    with pytest.raises(Refusal, match="took this paper out of view yourself"):
        withdrawal.confirm(withdrawal=held, by=first)
    final = withdrawal.confirm(withdrawal=held, by=second)
    assert (final.state, final.decided_by) == ("withdrawn", second)
    assert withdrawal.confirm(withdrawal=held, by=second).decided_at == final.decided_at


def test_somebody_else_confirms_nothing(letter):
    held = withdraw(letter, StaffFactory())
    with pytest.raises(Refusal):
        withdrawal.confirm(withdrawal=held, by=UserFactory())


def test_chair_confirms_by_withdrawing_it_too(letter, chair):
    held = withdraw(letter, StaffFactory())
    final = withdraw(letter, chair, "Another reason.")
    assert (final.pk, final.state, final.because, final.decided_by) == (
        held.pk, "withdrawn", "It names a patient.", chair
    )  # fmt: skip


def test_second_of_the_staff_who_withdraws_it_too_is_led_to_the_first(letter):
    held = withdraw(letter, StaffFactory())
    again = withdraw(letter, StaffFactory())
    assert (again.pk, again.state) == (held.pk, "held")


def test_second_person_puts_it_back_with_a_reason(letter):
    first = StaffFactory()
    held = withdraw(letter, first)
    with pytest.raises(Refusal, match="Say why the paper can be read again"):
        withdrawal.bring_back(withdrawal=held, by=StaffFactory())
    withdrawal.bring_back(withdrawal=held, by=StaffFactory(), because="It is the right file.")
    letter.refresh_from_db()
    assert (letter.withdrawn_at, letter.withdrawn_because) == (None, "")
    mail = Message.objects.get(to_email=first.email)
    assert "It is the right file." in mail.text


def test_who_asked_takes_it_back_without_a_word(letter):
    first = StaffFactory()
    withdrawal.bring_back(withdrawal=withdraw(letter, first), by=first)
    assert in_view(letter) == [True]


def test_same_person_does_not_hide_a_paper_twice(letter, chair):
    first = StaffFactory()
    withdrawal.bring_back(withdrawal=withdraw(letter, first), by=chair, because="It is right.")
    with pytest.raises(Refusal, match="You took this paper out of view before"):
        withdraw(letter, first)
    assert withdraw(letter, StaffFactory()).state == "held"


def test_what_is_withdrawn_for_good_does_not_come_back(letter, chair):
    made = withdraw(letter, chair)
    with pytest.raises(Refusal, match="withdrawn for good"):
        withdrawal.bring_back(withdrawal=made, by=chair)
    with pytest.raises(Refusal):
        withdrawal.bring_back(withdrawal=made, by=StaffFactory(), because="Why")


@pytest.mark.parametrize("because", ["", "  "])
def test_withdrawal_says_why(letter, chair, because):
    with pytest.raises(Refusal, match="Say why it is withdrawn"):
        withdraw(letter, chair, because)


def test_paper_that_is_not_out_is_not_withdrawn_so(meeting, chair):
    waiting = a_document(meeting, "Waiting")
    with pytest.raises(Refusal, match="Nobody can read this paper"):
        withdraw(waiting, chair)
    with pytest.raises(Refusal, match="not published"):
        withdraw(signed_report(meeting, "Signed"), chair)


# --- what goes ------------------------------------------------------------------------------------------------------


def test_report_goes_with_all_versions_and_appendices(report, letter, meeting, chair):
    made = withdraw(report, chair)
    assert (made.report, made.document, made.up_to) == (report, None, 2)
    assert [file.document.title for file in made.files.all()] == ["Slides"]
    assert ReportVersion.objects.withdrawn().count() == 2
    assert not ReportVersion.objects.public().exists()
    assert in_view(letter) == [True]


def test_appendix_alone_goes_alone(report, meeting, chair):
    slides = meeting.documents.get(title="Slides")
    withdraw(slides, chair)
    assert ReportVersion.objects.public().count() == 1
    assert withdraw(report, chair).files.count() == 0


def test_report_that_is_back_has_its_appendix_again(report, meeting):
    held = withdraw(report, StaffFactory())
    slides = meeting.documents.get(title="Slides")
    assert in_view(slides) == [False]
    withdrawal.bring_back(withdrawal=held, by=StaffFactory(), because="It is right.")
    assert in_view(slides) == [True]
    assert ReportVersion.objects.public().count() == 1


def test_withdrawn_text_is_not_offered_to_the_next_report(report, chair):
    other = reports.start(item=_same_title(report), by=chair)
    assert reports.last_texts(item=other.item, reader=StaffFactory())
    withdraw(report, chair)
    assert not reports.last_texts(item=other.item, reader=StaffFactory())


def _same_title(report):

    return LedItemFactory(board=report.board, topic__title=report.title)


# --- corrected ------------------------------------------------------------------------------------------------------


def test_corrected_version_comes_out_and_withdrawn_ones_stay_so(report, meeting, chair):
    withdraw(report, chair)
    revised = corrected(report)
    new = report_publication.publish(report=revised, meeting=meeting, by=chair)
    assert list(ReportVersion.objects.public()) == [new]
    slides = meeting.documents.filter(title="Slides").order_by("pk")
    assert [bool(each.withdrawn_at) for each in slides] == [True, False]


def test_appendix_withdrawn_alone_stays_so_with_the_next_version(report, meeting, chair):
    withdraw(meeting.documents.get(title="Slides"), chair)
    revised = corrected(report)
    report_publication.publish(report=revised, meeting=meeting, by=chair)
    assert meeting.documents.get(title="Slides").withdrawn_at


def test_version_that_was_signed_before_does_not_come_out(report, meeting, chair):
    revised = corrected(report)
    assert revised.state == "signed"
    held = withdraw(revised, StaffFactory())
    assert held.up_to == 3
    add_item(meeting, "Another")
    publish(meeting, chair)
    assert ReportVersion.objects.published().count() == 1
    withdrawal.confirm(withdrawal=held, by=chair)
    revised.refresh_from_db()
    assert revised.state == "draft"


def test_signed_version_comes_out_where_the_report_is_back(report, meeting, chair):
    revised = corrected(report)
    held = withdraw(revised, StaffFactory())
    withdrawal.bring_back(withdrawal=held, by=chair, because="It is right.")
    add_item(meeting, "Another")
    publish(meeting, chair)
    assert ReportVersion.objects.public().count() == 2


def test_chain_of_a_withdrawn_report_stops(report, chair):
    chain(report.board, "Finance")
    revised = corrected(report)
    assert revised.state == "submitted"
    withdraw(revised, chair)
    revised.refresh_from_db()
    assert (revised.state, [step.state for step in revised.steps.all()]) == ("draft", ["stopped"])


def test_paper_leaves_the_draft_and_comes_back_to_it(letter, meeting, chair):
    draft = agenda.revise(meeting=meeting, by=chair)
    item = draft.items.get(title="The plan")
    held = withdraw(letter, StaffFactory())
    assert letter not in item.documents.all()
    withdrawal.bring_back(withdrawal=held, by=chair, because="It is right.")
    assert letter in item.documents.all()


# --- who is told ----------------------------------------------------------------------------------------------------


def test_chair_and_acting_chair_are_told_at_once(letter, meeting, chair):
    today = timezone.localdate()
    acting = UserFactory()
    meeting.board.acting_chairs.create(person=acting, starts_on=today, ends_on=today)
    Message.objects.all().delete()
    first = StaffFactory()
    withdraw(letter, first)
    assert {mail.to_email for mail in Message.objects.all()} == {chair.email, acting.email}
    for mail in Message.objects.all():
        assert f"{first} has taken “Letter”" in mail.text
        assert "It names a patient." in mail.text
        assert mail.subject.startswith("Please decide: “Letter”")


def test_those_who_were_told_are_asked_to_delete_copies_once(letter, meeting, chair):
    member = AppointmentFactory(seat__board=meeting.board).holder
    follower = meeting.followers.create(email="fay@example.org", key="k", confirmed_at=timezone.now())
    key = f"agenda:{agenda.published_of(meeting).pk}:published:old"
    gone = MessageFactory(key=key, to_email="old@example.org", state="sent")
    first = StaffFactory()
    held = withdraw(letter, first)
    told = Message.objects.filter(key__startswith=f"withdrawal:{held.pk}:told")
    assert not told.exists()
    for _ in range(2):
        withdrawal.confirm(withdrawal=held, by=chair)
    assert {mail.to_email for mail in told} == {member.email, follower.email, gone.to_email}
    for mail in told:
        assert mail.subject.startswith("Withdrawn: “Letter”")
        for text in (mail.text, mail.html):
            assert "It names a patient." in text
            assert "please delete your copies" in text


def test_those_who_registered_are_asked_to_delete_copies_once(letter, meeting, chair):
    member = AppointmentFactory(seat__board=meeting.board).holder
    coming, follows = RegistrationFactory(meeting=meeting), RegistrationFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting, email=member.email)
    RegistrationFactory(meeting=meeting, state="cancelled", place_number=None, cancelled_at=timezone.now())
    meeting.followers.create(email=follows.email, key="k", confirmed_at=timezone.now())
    made = withdraw(letter, chair)
    told = Message.objects.filter(key__startswith=f"withdrawal:{made.pk}:told")
    assert sorted(mail.to_email for mail in told) == sorted({member.email, coming.email, follows.email})
    assert "because you registered for this meeting." in told.get(to_email=coming.email).text
    assert "because we told you of the papers" in told.get(to_email=member.email).text


def test_closed_paper_is_told_of_to_its_readers_by_a_safe_title(meeting, chair):
    closure = ClosureGroundFactory(board=meeting.board, closure__public_title="A contract").closure
    paper = DocumentFactory(meeting=meeting, title="Acme’s secret offer", closure=closure)
    meeting.followers.create(email="fay@example.org", key="k", confirmed_at=timezone.now())
    member, left = AppointmentFactory(seat__board=meeting.board).holder, UserFactory()
    RegistrationFactory(meeting=meeting)
    PaperOpening.objects.create(person=left, opened_at=timezone.now(), document=paper, closure=closure)
    made = withdraw(paper, chair)
    told = Message.objects.filter(key__startswith=f"withdrawal:{made.pk}:told")
    assert {mail.to_email for mail in told} == {member.email, left.email}
    for mail in told:
        assert mail.subject.startswith("Withdrawn: “A contract”")
        assert "Acme" not in mail.text + mail.html


def test_title_of_what_was_closed_since_is_the_safe_one(report, meeting, chair):
    made = withdraw(report, chair)
    closure = ClosureGroundFactory(board=meeting.board, closure__public_title="A contract").closure
    report.versions.update(closure=closure)
    assert report.item.closure is None
    assert made.public_title == "A contract"


def test_audit_log_says_who_did_what(letter, chair):
    first = StaffFactory()
    held = withdraw(letter, first)
    withdrawal.bring_back(withdrawal=held, by=chair, because="It is right.")
    withdraw(letter, chair)
    entries = Entry.objects.about(Withdrawal(pk=held.pk)).values_list("verb", "actor")
    assert list(entries) == [("paper.back_in_view", chair.pk), ("paper.held", first.pk)]
    assert Entry.objects.filter(verb="paper.withdrawn", actor=chair).count() == 1


# --- what the database holds ----------------------------------------------------------------------------------------


def refused(change) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_database_lets_nobody_change_a_withdrawal_quietly(letter, chair):
    held = withdraw(letter, StaffFactory())
    rows = Withdrawal.objects.filter(pk=held.pk)
    assert refused(lambda: rows.update(because="Nothing."))
    assert refused(lambda: rows.update(title="Other"))
    assert refused(lambda: rows.update(asked_at=timezone.now() - timedelta(days=1)))
    assert refused(lambda: rows.update(state="withdrawn", decided_by=held.asked_by, decided_at=timezone.now()))
    assert refused(lambda: rows.update(state="withdrawn"))
    assert refused(lambda: WithdrawnFile.objects.update(document=letter))
    assert refused(lambda: WithdrawnFile.objects.all().delete())
    withdrawal.confirm(withdrawal=held, by=chair)
    assert refused(lambda: rows.update(state="back"))
    assert refused(rows.delete)


def test_database_keeps_what_people_read_of_a_withdrawn_file(letter, chair):
    withdraw(letter, chair)
    row = Document.objects.filter(pk=letter.pk)
    for change in (
        {"withdrawn_at": None, "withdrawn_because": ""},
        {"withdrawn_because": "Something else."},
        {"title": "Other"},
        {"sha256": "1" * 64},
        {"file": ""},
        {"file": "documents/other.pdf"},
    ):
        assert refused(lambda change=change: row.update(**change)), change


def test_withdrawal_by_staff_alone_is_never_final_in_the_database(letter, meeting):
    staff = StaffFactory()
    facts = {
        "meeting": meeting, "document": letter, "title": "Letter", "because": "Why", "asked_by": staff,
        "asked_at": timezone.now(),
    }  # fmt: skip
    assert refused(
        lambda: Withdrawal.objects.create(**facts, state="withdrawn", decided_by=staff, decided_at=timezone.now())
    )
    assert refused(lambda: Withdrawal.objects.create(**facts, by_chair=True))
    assert refused(lambda: Withdrawal.objects.create(**facts | {"because": ""}))
    assert refused(lambda: Withdrawal.objects.create(**facts | {"document": None}))
    Withdrawal.objects.create(**facts)
    assert refused(lambda: Withdrawal.objects.create(**facts))


def test_chair_publishes_no_draft_with_a_paper_withdrawn_meanwhile(letter, meeting, chair):
    add_item(meeting, "Another")
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    withdraw(letter, StaffFactory())
    with pytest.raises(Refusal, match="Someone changed the draft"):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)
