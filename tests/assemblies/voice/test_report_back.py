"""Summaries that become papers, reports back, and marks beside agenda items."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history
from assemblies.papers.actions import agenda, agenda_publication, document
from assemblies.papers.models import AgendaItem, Document
from assemblies.voice.actions import input_mark, report_back, topic_summary
from assemblies.voice.actions.report_back import Outcome
from assemblies.voice.models import InputMark, ReportBack
from assemblies.voice.models.report_back import report_due_on
from partnership import todo
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests import pdfs
from tests.assemblies.voice.voice import over, sector

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# --- summary ------------------------------------------------------------------------------------------------------


def test_summary_is_a_draft_paper_that_only_the_chair_publishes(client):
    here = sector("Aid")
    topic = here.ask().topics.first()
    made = topic_summary.attach(topic=topic, by=here.holder, text="1 supports it.\n- “Yes.”")
    assert made.paper.title == "What members said: Community transport"
    assert (made.paper.kind, made.paper.released_at, made.paper.content_type) == ("paper", None, "application/pdf")
    draft = agenda.draft_of(here.meeting)
    assert [item.title for item in AgendaItem.objects.filter(documents=made.paper)] == ["Community transport"]
    assert "What members said" not in client.get(here.meeting.get_absolute_url()).text
    chair = make.ChairFactory(seat__board=here.seat.board).holder
    agenda_publication.publish(
        meeting=here.meeting, by=chair, seen=agenda_publication.fingerprint(draft), comment="What members said."
    )
    assert "What members said: Community transport" in client.get(here.meeting.get_absolute_url()).text


def test_summary_sent_twice_is_one_paper_and_a_change_replaces_it():
    here = sector("Aid")
    topic = here.ask().topics.first()
    first = topic_summary.attach(topic=topic, by=here.holder, text="One view.")
    assert topic_summary.attach(topic=topic, by=here.holder, text="One view. ").paper == first.paper
    second = topic_summary.attach(topic=topic, by=here.holder, text="Two views.")
    assert second.paper.replaces == first.paper
    assert list(AgendaItem.objects.get(documents=second.paper).documents.all()) == [second.paper]
    assert Document.objects.filter(withdrawn_at=None).count() == 1


def test_summary_prints_what_members_wrote_in_their_own_script():
    words = "- “আমাদের বাস দরকার”\n- “我们需要公交车” 😀\n- “نحتاج إلى حافلة”"
    made = topic_summary.attach(topic=sector("Aid").ask().topics.first(), by=make.UserFactory(), text=words)
    content = made.paper.file.read()
    assert {"NotoSansBengali", "NotoSansSC", "NotoEmoji", "NotoSansArabic"} <= pdfs.fonts_of(content)
    assert pdfs.letters(words) <= pdfs.letters(pdfs.text_of(content))
    assert not pdfs.empty_boxes(content)


def test_published_summary_does_not_change():
    here = sector("Aid")
    topic = here.ask().topics.first()
    topic_summary.attach(topic=topic, by=here.holder, text="One view.")
    seen = agenda_publication.fingerprint(agenda.draft_of(here.meeting))
    agenda_publication.publish(meeting=here.meeting, by=make.UserFactory(), seen=seen, comment="A paper.")
    with pytest.raises(Refusal, match="Ask staff"):
        topic_summary.attach(topic=topic, by=here.holder, text="Two views.")


def test_staff_do_not_release_a_summary_around_the_chair():
    here = sector("Aid")
    made = topic_summary.attach(topic=here.ask().topics.first(), by=here.holder, text="One view.")
    with pytest.raises(Refusal, match="when the chair publishes"):
        document.release(document=made.paper, by=make.StaffFactory())
    made.paper.refresh_from_db()
    assert made.paper.released_at is None


def test_summary_that_staff_released_is_not_replaced_in_public():
    here = sector("Aid")
    topic = here.ask(question="What matters most?").topics.get()
    loose = topic_summary.attach(topic=topic, by=here.holder, text="Buses.").paper
    document.release(document=loose, by=make.StaffFactory())
    with pytest.raises(Refusal, match="Staff have released the paper"):
        topic_summary.attach(topic=topic, by=here.holder, text="Trains.")
    assert Document.objects.get() == loose


def test_chair_is_told_that_a_summary_waits_and_of_its_newest_words():
    here = sector("Aid")
    chair = make.ChairFactory(seat__board=here.seat.board).holder
    topic = here.ask().topics.first()
    waits = Message.objects.filter(to_email=chair.email, key__endswith="new_paper_waits")
    topic_summary.attach(topic=topic, by=here.holder, text="One view.")
    topic_summary.attach(topic=topic, by=here.holder, text="One view.")
    assert "What members said: Community transport" in waits.get().text
    topic_summary.attach(topic=topic, by=here.holder, text="Two views.")
    assert sorted(waits.values_list("state", flat=True)) == ["queued", "withdrawn"]


def test_staff_are_asked_to_place_a_summary_that_is_on_no_item():
    here, staff = sector("Aid"), make.StaffFactory()
    topic = here.ask(question="What matters most?").topics.get()
    topic_summary.attach(topic=topic, by=here.holder, text="Buses.")
    asked = "Add “What members said: What matters most?” to the agenda"
    assert [each.title for each in todo.now_for(staff) if each.title.startswith(asked)] != []
    placed = agenda.revise(meeting=here.meeting, by=staff).items.first()
    placed.documents.add(Document.objects.get())
    assert [each.title for each in todo.now_for(staff) if each.title.startswith(asked)] == []


def test_answer_to_an_own_question_goes_where_the_representative_says():
    here = sector("Aid")
    topic = here.ask(question="What matters most?").topics.get()
    loose = topic_summary.attach(topic=topic, by=here.holder, text="Buses.")
    assert not loose.paper.agenda_items.exists()
    here.ask(question="And then?")
    other = here.meeting.calls.first().topics.get()
    placed = topic_summary.attach(topic=other, by=here.holder, text="Trains.", item=here.items[1])
    assert placed.paper.agenda_items.get().title == "Winter plan"


def test_summary_of_an_item_that_was_taken_off_is_refused():
    here = sector("Aid")
    topic = here.ask().topics.first()
    draft = agenda.revise(meeting=here.meeting, by=None)
    agenda.remove_item(item=agenda_history.heir(here.items[0], draft), by=None)
    with pytest.raises(Refusal, match="no longer on the draft"):
        topic_summary.attach(topic=topic, by=here.holder, text="One view.")
    assert not Document.objects.exists()


@pytest.mark.parametrize("facts", [{"starts_at": timezone.now() - timedelta(minutes=1)}, {"state": "cancelled"}])
def test_summary_comes_before_the_meeting(facts):
    here = sector("Aid")
    topic = here.ask().topics.first()
    Meeting.objects.filter(pk=here.meeting.pk).update(**facts)
    topic.refresh_from_db()
    with pytest.raises(Refusal, match="until the meeting starts"):
        topic_summary.attach(topic=topic, by=here.holder, text="One view.")


# --- report -------------------------------------------------------------------------------------------------------


def test_report_reaches_everyone_the_seat_speaks_for_once():
    here = sector("Aid", "Bees")
    call = here.ask()
    over(here.meeting)
    here.join("Cats")  # listed since, and spoken for all the same
    make.MembershipFactory(user=here.members[0], partner=here.partners[1])
    said = [Outcome("Community transport", "Agreed, with your change.", here.items[0]), Outcome("Winter plan", " ")]
    first = here.report("It went well.", outcomes=said)
    again = here.report("It went well, twice.", outcomes=said)
    assert first == again
    assert [line.title for line in first.lines.all()] == ["Community transport"]
    assert set(first.told.all()) == set(here.partners)
    mails = Message.objects.filter(key__startswith="report-back:")
    assert sorted(mails.values_list("to_email", flat=True)) == [
        "aid@example.org",
        "bees@example.org",
        "cats@example.org",
    ]
    text = mails.get(to_email="aid@example.org").text
    for words in ("Aid and Bees", "It went well.", "Agreed, with your change.", f"/reports-back/{first.pk}/"):
        assert words in text
    assert call.asked.count() == 2


def test_report_tells_who_was_asked_after_the_seat_changes():
    here = sector("Aid")
    here.ask()
    here.seat.sector = "nhs"
    here.seat.save()
    over(here.meeting)
    assert list(report_back.to_tell(here.meeting, here.seat)) == here.partners


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "cancelled"}, "did not take place"),
        ({"state": "draft", "published_at": None}, "did not take place"),
        ({"ends_at": timezone.now() + timedelta(hours=5)}, "not over"),
    ],
)
def test_report_follows_a_meeting_that_took_place(facts, words):
    here = sector("Aid")
    Meeting.objects.filter(pk=over(here.meeting).pk).update(**facts)
    with pytest.raises(Refusal, match=words):
        report_back.report(meeting=here.meeting, seat=here.seat, by=here.holder, text="Well.")


def test_report_of_a_meeting_by_invitation_is_never_public():
    here = sector("Aid")
    Meeting.objects.filter(pk=over(here.meeting).pk).update(by_invitation=True)
    given = {"meeting": here.meeting, "seat": here.seat, "by": here.holder, "text": "Well."}
    with pytest.raises(Refusal) as refused:
        report_back.report(**given, public=True)
    assert refused.value.field == "public"
    report_back.report(**given)
    assert not ReportBack.objects.public().exists()


def test_report_is_read_by_its_members_and_by_all_where_public(client):
    here = sector("Aid")
    over(here.meeting)
    report = report_back.report(meeting=here.meeting, seat=here.seat, by=here.holder, text="Well.")
    stranger = make.UserFactory()
    readers = [here.members[0], here.holder, make.StaffFactory()]
    assert all(ReportBack.objects.visible_to(reader).exists() for reader in readers)
    assert not ReportBack.objects.visible_to(stranger).exists()
    ReportBack.objects.update(public=True)
    assert ReportBack.objects.visible_to(stranger).get() == report
    Meeting.objects.update(by_invitation=True)
    assert not ReportBack.objects.visible_to(stranger).exists()


def test_days_to_report_back_are_a_setting(settings):
    meeting = over(make.MeetingFactory())
    ended = timezone.localdate(meeting.ends_at)
    assert report_due_on(meeting.ends_at) == ended + timedelta(days=14)
    settings.REPORT_BACK_DAYS = 3
    assert report_due_on(meeting.ends_at) == ended + timedelta(days=3)


# --- marks --------------------------------------------------------------------------------------------------------


def test_mark_stands_beside_the_item_in_every_later_version(client):
    here = sector("Aid")
    how = "The evening bus is in, because drivers said so."
    first = input_mark.mark(item=here.items[0], by=here.holder, how=how, seat=here.seat)
    assert input_mark.mark(item=here.items[0], by=here.holder, how=how) == first
    page = client.get(here.meeting.get_absolute_url()).text
    assert page.count(how) == 1
    draft = agenda.revise(meeting=here.meeting, by=None)
    draft.items.filter(position=2).update(title="Winter plan, revised")
    seen = agenda_publication.fingerprint(draft)
    agenda_publication.publish(meeting=here.meeting, by=make.UserFactory(), seen=seen, comment="A new title.")
    page = client.get(here.meeting.get_absolute_url()).text
    assert "Winter plan, revised" in page
    assert page.count(how) == 1
    assert "Changed by members’ input" in client.get(f"{here.meeting.get_absolute_url()}agenda/1/").text


def test_mark_taken_back_stays_to_be_read_with_the_reason(client):
    here = sector("Aid")
    mark = input_mark.mark(item=here.items[0], by=here.holder, how="The evening bus is in.")
    input_mark.take_back(mark=mark, by=here.holder, because="It was in already.")
    input_mark.take_back(mark=mark, by=here.holder, because="Another reason.")
    page = client.get(here.meeting.get_absolute_url()).text
    assert "The evening bus is in." in page
    assert "It was in already." in page
    assert "Another reason." not in page
    assert list(Entry.objects.filter(verb__startswith="item.").order_by("pk").values_list("verb", flat=True)) == [
        "item.marked", "item.mark_taken_back",
    ]  # fmt: skip


def test_item_of_a_draft_is_not_marked():
    item = make.AgendaItemFactory(version__state="draft")
    with pytest.raises(Refusal, match="not published"):
        input_mark.mark(item=item, by=None, how="It changed.")


def test_mark_taken_back_without_a_reason_cannot_be_stored():
    here = sector("Aid")
    mark = input_mark.mark(item=here.items[0], by=here.holder, how="The evening bus is in.")
    with pytest.raises(IntegrityError), transaction.atomic():
        InputMark.objects.filter(pk=mark.pk).update(withdrawn_at=timezone.now())
