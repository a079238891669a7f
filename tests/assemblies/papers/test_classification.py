"""Closing an item, a report or a file to the public, and opening it again: what goes together, and what is refused."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.closures.models import Closure
from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda, agenda_publication, classification, report_publication
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem, Document, PaperOpening, ReportVersion
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.closures.closing import SAFE, close, said
from tests.assemblies.papers.signing import submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item():
    """An item of a meeting to come, with somebody who leads it."""
    return make.LedItemFactory(role="advisory", purpose="discussion")


@pytest.fixture
def chair(item):
    return make.ChairFactory(seat__board=item.board).holder


def publish(meeting, by):
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    return agenda_publication.publish(meeting=meeting, by=by, seen=seen)


def fresh(row):
    row.refresh_from_db()
    return row


def test_agenda_takes_the_class_of_what_is_planned(item, chair):
    closure = close(item)
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    assert AgendaItem.objects.get(planned=item).closure == closure


def test_item_closed_on_the_plan_is_closed_on_the_draft_too(item, chair):
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    closure = close(item)
    assert AgendaItem.objects.get(planned=item).closure == closure


def test_item_closed_on_the_agenda_is_closed_on_the_plan_too(item, chair):
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    closure = close(AgendaItem.objects.get(planned=item))
    assert fresh(item).closure == closure


def test_closing_takes_effect_in_the_versions_that_are_published(item, chair):
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    publish(item.meeting, chair)
    agenda.revise(meeting=item.meeting, by=chair)
    closure = close(AgendaItem.objects.get(planned=item, version__number=2))
    assert {row.closure for row in AgendaItem.objects.filter(planned=item)} == {closure}
    assert fresh(closure).recorded_at


def test_row_written_by_hand_is_closed_in_every_version(chair, item):
    meeting = item.meeting
    agenda.write_item(meeting=meeting, by=chair, item=None, title="Staffing", purpose="decision", documents=[])
    publish(meeting, chair)
    agenda.revise(meeting=meeting, by=chair)
    close(AgendaItem.objects.get(version__number=2))
    assert not AgendaItem.objects.open().exists()


def test_closed_item_without_a_ground_cannot_be_published(item, chair):
    item.closure = closures.begin(by=chair)
    item.save()
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    with pytest.raises(Refusal, match="without a ground"):
        publish(item.meeting, chair)
    close(item)
    assert publish(item.meeting, chair)


def test_paper_and_appendix_without_a_ground_hold_the_agenda_up(item, chair):
    report = make.ReportFactory(item=item)
    submit(report)
    paper = make.DocumentFactory(meeting=item.meeting, released_at=None)
    classification.begin(thing=paper, by=chair)
    agenda.write_item(meeting=item.meeting, by=chair, item=None, title="Plan", purpose="decision", documents=[paper])
    with pytest.raises(Refusal, match="Paper “"):
        publish(item.meeting, chair)
    close(paper)
    classification.begin(thing=make.ReportAppendixFactory(report=report), by=chair)
    with pytest.raises(Refusal, match="The appendix “"):
        publish(item.meeting, chair)


@pytest.fixture
def other(item):
    """A council body that meets in common with the host, and has planned the same topic there."""
    board = make.MeetingBoardFactory(meeting=item.meeting, board__name="Other", board__regime="council").board
    make.PlannedItemFactory(topic=item.topic, board=board, meeting=item.meeting)
    return board


def test_meeting_in_common_needs_a_ground_of_each_board(item, other):
    with pytest.raises(Refusal, match="Select one of the board’s grounds") as refused:
        close(item, item.board)
    assert refused.value.field == f"ground_{other.pk}"
    closure = close(item, item.board, other)
    assert {ground.board for ground in closure.grounds.all()} == {item.board, other}


def test_what_several_boards_planned_is_closed_and_opened_for_all(item, other, chair):
    closure = close(item, item.board, other)
    theirs = item.topic.items.get(board=other)
    assert theirs.closure == closure
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    row = AgendaItem.objects.get(planned__topic=item.topic)
    assert row.closure == closure
    classification.classify(thing=row, by=chair, said=None)
    assert [fresh(each).closure for each in (item, theirs, row)] == [None, None, None]


def test_board_that_does_not_take_the_item_needs_no_ground(item):
    make.MeetingBoardFactory(meeting=item.meeting, board__regime="council")
    closure = close(item, item.board)
    assert [ground.board for ground in closure.grounds.all()] == [item.board]
    assert publish_filled(item).state == "published"


def test_item_is_not_closed_before_each_board_has_a_ground(item):
    """DOMAIN §2: the item is taken by both, and one of them has given no ground, so its agenda does not come out."""
    other = make.MeetingBoardFactory(meeting=item.meeting, board__name="Other", board__regime="council").board
    close(item, item.board)
    agenda.fill_from_plan(meeting=item.meeting, by=None)
    row = AgendaItem.objects.get(planned=item)
    make.AgendaItemBoardFactory(item=row, board=other)
    with pytest.raises(Refusal, match="is closed without a ground of the Other"):
        publish_filled(item)
    close(row, item.board, other)
    assert publish_filled(item).state == "published"


def test_paragraph_3_is_refused_for_an_icb_and_not_for_a_council(item, other):
    icb = make.MeetingBoardFactory(meeting=item.meeting, board__name="ICB", board__regime="nhs").board
    make.PlannedItemFactory(topic=item.topic, board=icb, meeting=item.meeting)
    given = {
        other: {
            "ground": "exempt_3",
            "interest_for": "A price.",
            "interest_against": "Money.",
            "must_be_registered": False,
        },
        item.board: {"ground": "own", "reason": "A price."},
    }
    for ground, why in (
        ("exempt_3", "Paragraphs of Schedule 12A are for councils"),
        ("own", "not one of the board’s own"),
    ):
        wrong = given | {icb: {"ground": ground, "reason": "A price."}}
        with pytest.raises(Refusal, match=why) as refused:
            classification.classify(thing=fresh(item), by=None, said=said_of(wrong))
        assert refused.value.field == f"ground_{icb.pk}"
    right = given | {icb: {"ground": "business", "reason": "A price."}}
    closure = classification.classify(thing=fresh(item), by=None, said=said_of(right))
    assert {ground.board.name: ground.classification for ground in closure.grounds.all()} == {
        item.board.name: "private", "Other": "exempt", "ICB": "private",
    }  # fmt: skip


def said_of(given: dict) -> Said:
    """A ground of each board as it is given, looked at again in a year."""
    grounds = tuple(SaidOfBoard(board, **facts) for board, facts in given.items())
    return Said(grounds, review_on=timezone.localdate() + timedelta(days=365))


def publish_filled(item):
    """What the chair does: fills the agenda, where that is still to be done, and publishes it."""
    agenda.fill_from_plan(meeting=item.meeting, by=None)
    return publish(item.meeting, make.UserFactory())


def test_grounds_of_another_regime_are_refused(item):
    with pytest.raises(Refusal, match="for councils") as refused:
        close(item, item.board, ground="exempt_3", must_be_registered=False)
    assert refused.value.field == f"ground_{item.board.pk}"


def test_same_words_again_change_nothing(item):
    closure = close(item)
    assert close(fresh(item)) == closure


def test_draft_is_changed_in_place_and_what_is_on_record_is_replaced(item, chair):
    closure = close(item)
    assert close(fresh(item), title="Another") == closure
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    publish(item.meeting, chair)
    agenda.revise(meeting=item.meeting, by=chair)
    newer = close(fresh(item), title="A third")
    assert (newer.replaces, fresh(closure).public_title) == (closure, "Another")
    assert {row.version.number: row.closure for row in AgendaItem.objects.filter(planned=item)} == {
        1: closure,
        2: newer,
    }


def test_two_at_once_are_told(item):
    seen = closures.fingerprint(None)
    close(item)
    with pytest.raises(Refusal, match="Someone changed this"):
        classification.classify(thing=item, by=None, said=None, seen=seen)


def test_item_is_opened_again_before_it_is_published(item, chair):
    close(item)
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    classification.classify(thing=fresh(item), by=chair, said=None)
    assert fresh(item).closure is None
    assert AgendaItem.objects.open().filter(planned=item).exists()
    assert not Closure.objects.exists()


def test_file_that_replaced_one_closed_with_it_is_opened(item):
    old = make.DocumentFactory(meeting=item.meeting, released_at=None)
    closure = close(old)
    new = make.DocumentFactory(meeting=item.meeting, replaces=old, released_at=None, closure=closure)
    classification.classify(thing=new, by=make.StaffFactory(), said=None)
    assert (fresh(old).closure, fresh(new).closure) == (None, None)


def test_older_files_are_closed_with_the_newer_one_that_is_out(item):
    oldest = make.DocumentFactory(meeting=item.meeting, sha256="0" * 64)
    old = make.DocumentFactory(meeting=item.meeting, replaces=oldest, sha256="1" * 64)
    new = make.DocumentFactory(meeting=item.meeting, replaces=old, sha256="2" * 64)
    waiting = make.DocumentFactory(meeting=item.meeting, replaces=new, released_at=None, sha256="3" * 64)
    closure = close(waiting)
    assert [fresh(each).closure for each in (oldest, old, new, waiting)] == [None, None, None, closure]
    closure = close(new)
    assert [fresh(each).closure for each in (oldest, old, new)] == [closure] * 3
    assert fresh(closure).recorded_at


def test_published_item_is_opened_by_a_release_alone(item, chair):
    closure = close(item)
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    publish(item.meeting, chair)
    with pytest.raises(Refusal, match="make it public"):
        classification.classify(thing=fresh(item), by=chair, said=None)
    closures.release(closure=closure, by=chair, note="Signed.")
    assert not AgendaItem.objects.closed().exists()


def test_report_on_its_way_is_not_opened_under_its_signatures(item):
    report = make.ReportFactory(item=item)
    make.BoardStepFactory(board=item.board)
    close(item)
    submit(report)
    with pytest.raises(Refusal, match="being signed off as closed"):
        classification.classify(thing=fresh(item), by=item.lead, said=None)


def test_class_is_part_of_what_is_signed(item):
    report = make.ReportFactory(item=item)
    close(item)
    version = submit(report)
    assert version.content["closed"]["public_title"] == SAFE
    assert (version.closure, bool(fresh(version.closure).recorded_at)) == (fresh(item).closure, True)


def test_class_that_changes_makes_the_author_read_again(item):
    report = make.ReportFactory(item=item)
    revision = report.revision
    close(item)
    with pytest.raises(Refusal, match="Somebody changed"):
        submit(fresh(report), revision=revision)


def test_agenda_read_before_its_class_changed_is_not_published(item, chair):
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    seen = agenda_publication.fingerprint(agenda.draft_of(item.meeting))
    close(item)
    with pytest.raises(Refusal, match="changed the draft"):
        agenda_publication.publish(meeting=item.meeting, by=chair, seen=seen)


def test_appendices_of_a_closed_report_come_out_closed(item, chair):
    report = make.ReportFactory(item=item)
    make.ReportAppendixFactory(report=report, file=ContentFile(b"%PDF-1.7\n", name="a.pdf"))
    closure = close(item)
    submit(report)
    report_publication.publish(report=report, meeting=item.meeting, by=chair)
    assert Document.objects.get().closure == closure


def test_exempt_appendix_of_an_open_report_comes_out_closed(item, chair):
    report = make.ReportFactory(item=item)
    file = ContentFile(b"%PDF-1.7\n", name="a.pdf")
    closed, opened = (make.ReportAppendixFactory(report=report, file=file, title=title) for title in ("Prices", "Map"))
    closure = close(closed)
    submit(report)
    report_publication.publish(report=report, meeting=item.meeting, by=chair)
    assert {row.title: row.closure for row in Document.objects.all()} == {"Prices": closure, "Map": None}
    assert ReportVersion.objects.public().filter(report=report).exists()
    assert opened.closed_by is None


def test_released_report_opens_with_what_its_class_was_before(item, chair):
    """A newer ground for the draft, and the one on record: one release opens both."""
    closure = close(item)
    agenda.fill_from_plan(meeting=item.meeting, by=chair)
    publish(item.meeting, chair)
    agenda.revise(meeting=item.meeting, by=chair)
    newer = close(fresh(item), title="Another")
    released = closures.release(closure=newer, by=chair, note="Signed.")
    assert released == [closure, newer]
    assert closures.release(closure=closure, by=chair, note="Again.") == []


def test_release_needs_a_note(item, chair):
    with pytest.raises(Refusal, match="Say why"):
        closures.release(closure=close(item), by=chair, note=" ")


def test_title_that_is_public_elsewhere_is_not_kept_back(item):
    make.PlannedItemFactory(topic=item.topic, board=make.BoardFactory())
    with pytest.raises(Refusal, match="in public") as refused:
        close(item)
    assert refused.value.field == "public_title"
    assert close(item, title="")


def test_topic_whose_title_is_not_public_is_planned_closed(item):
    close(item)
    elsewhere = make.BoardFactory()
    planned = planned_item.plan(
        topic=item.topic, board=elsewhere, by=None, meeting=None, role="advisory", purpose="discussion"
    )
    assert planned.closed_by.public_title == SAFE
    assert planned.closed_by.lacks_ground_of([elsewhere]) == [elsewhere]
    with pytest.raises(Refusal, match="title is not public"):
        classification.classify(thing=planned, by=None, said=None)


def test_copy_of_a_closed_item_is_closed_on_the_same_ground(item):
    closure = close(item)
    copy = planned_item.copy(item=fresh(item), by=None, meeting=make.MeetingFactory(board=item.board))
    assert copy.closure != closure
    assert copy.closure.facts() == closure.facts()


def test_paper_closed_with_its_item_is_not_closed_by_itself(item, chair):
    make.ReportAppendixFactory(report=make.ReportFactory(item=item), file=ContentFile(b"%PDF-1.7\n", name="a.pdf"))
    close(item)
    submit(item.report)
    report_publication.publish(report=item.report, meeting=item.meeting, by=chair)
    with pytest.raises(Refusal, match="together with its item"):
        classification.classify(thing=Document.objects.get(), by=chair, said=said(item.board))


def test_it_is_kept_closed_until_another_day_with_a_reason(item, chair):
    closure, today = close(item), timezone.localdate()
    closures.record([closure.pk])
    until = make.in_days(200).date()
    for day, why in ((today, "Not signed."), (until, "")):
        with pytest.raises(Refusal):
            closures.keep_closed(closure=closure, by=chair, until=day, why=why)
    assert closures.keep_closed(closure=closure, by=chair, until=until, why="Not signed.").review_on == until


def test_sections_of_a_closed_report_are_offered_to_closed_ones(item):
    closed = make.LedItemFactory(board=item.board, topic__title=item.topic.title, lead=item.lead)
    report = make.ReportFactory(item=closed)
    close(closed, title="")
    submit(report)
    assert reports.last_texts(item=item, reader=item.lead) == {}
    close(item, title="")
    assert reports.last_texts(item=fresh(item), reader=item.lead)


def test_openings_go_a_year_after_the_release(item, chair):
    from assemblies.papers.actions import opening  # the name of a module here is that of a fixture elsewhere

    paper = make.DocumentFactory(meeting=item.meeting)
    closure = close(paper)
    now = timezone.now()
    opening.record(paper=fresh(paper), by=chair, now=now)
    assert opening.delete_old(now + timezone.timedelta(days=9999)) == 0
    closures.release(closure=closure, by=chair, note="Signed.", now=now)
    assert opening.delete_old(now + timezone.timedelta(days=364)) == 0
    assert opening.delete_old(now + timezone.timedelta(days=366)) == 1
    assert not PaperOpening.objects.exists()
