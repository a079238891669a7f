"""Pages of notices: everybody reads them, the chair and staff publish them, and home asks in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.executive_notices.actions import notice as actions
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import Kind
from partnership import todo
from partnership.dates import day, short_day
from tests.factories import (
    BoardFactory,
    ChairFactory,
    ClosureFactory,
    ExecutiveFactory,
    ExecutiveNoticeFactory,
    KeyDecisionFactory,
    MeetingFactory,
    PlannedItemFactory,
    StaffFactory,
    in_days,
)
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cabinet():
    return ExecutiveFactory(name="Cabinet", slug="cabinet")


@pytest.fixture
def chair(cabinet):
    return ChairFactory(seat__board=cabinet).holder


def decision(cabinet, days=56, **facts):
    return KeyDecisionFactory(board=cabinet, topic__title="A new depot", meeting__starts_at=in_days(days), **facts)


def new(item, kind=Kind.KEY) -> str:
    return f"/boards/cabinet/notices/decisions/{item.pk}/{kind}/"


def test_notice_of_what_is_closed_begins_with_its_safe_title(client, cabinet, chair):
    item = decision(cabinet, closure=ClosureFactory(public_title="A building"))
    sign_in(client, chair)
    assert client.get(new(item)).context["form"].initial["matter"] == "A building"


def test_chair_publishes_a_notice_that_everybody_reads(client, cabinet, chair):
    item = decision(cabinet)
    sign_in(client, chair)
    assert "28 clear days before" in words(client.get("/boards/cabinet/notices/to-publish/"))
    page = client.get(new(item))
    assert page.context["form"].initial["matter"] == "A new depot"
    last = in_days(90).date()
    answers = {"matter": "Buying land", "first_on": short_day(item.meeting.starts_at), "last_on": short_day(last)}
    answers["documents"] = "Report of the director"
    assert "The notice is published." in words(client.post(new(item), answers, follow=True))
    client.logout()
    notice = ExecutiveNotice.objects.get()
    assert "Buying land" in words(client.get("/boards/cabinet/notices/"))
    read = words(client.get(notice.get_absolute_url()))
    for said in (
        "A key decision is to be made on behalf of the council.",
        f"Between {day(item.meeting.starts_at)} and {day(last)}",
        "Report of the director",
        str(chair),
        "Other documents may be submitted to the board.",
        "regulation 9",
    ):
        assert said in read
    assert "Withdraw this notice" not in read
    assert 'href="/boards/cabinet/notices/"' in words(client.get(cabinet.get_absolute_url()))


def test_bad_answers_are_said_and_kept(client, cabinet, chair):
    item = decision(cabinet)
    sign_in(client, chair)
    wrong = {"matter": "", "first_on": "soon", "last_on": short_day(item.meeting.starts_at), "documents": "The report"}
    page = words(client.post(new(item), wrong))
    for said in ("Enter what it is about", "The report", "soon"):
        assert said in page
    days = {"first_on": short_day(in_days(90)), "last_on": short_day(in_days(80))}
    assert "The last day is before the first" in words(client.post(new(item), {"matter": "Land"} | days))
    days["last_on"] = short_day(in_days(95))
    assert "these days do not include it" in words(client.post(new(item), {"matter": "Land"} | days))
    assert not ExecutiveNotice.objects.exists()


def test_words_too_long_to_keep_are_refused(client, cabinet, chair):
    item = decision(cabinet, days=20)
    sign_in(client, chair)
    form = client.post(new(item, Kind.KEY_SCRUTINY), {"matter": "x" * 301, "told": "x" * 201}).context["form"]
    assert {"matter", "told"} <= form.errors.keys()
    notice = ExecutiveNoticeFactory(item=item)
    for reason in ("", "x" * 501):
        page = client.post(f"{notice.get_absolute_url()}withdraw/", {"reason": reason})
        assert page.context["form"].errors.keys() == {"reason"}
    assert ExecutiveNotice.objects.in_force().get() == notice


def test_fallback_asks_who_was_told_and_why(client, cabinet, chair):
    item = decision(cabinet, days=20)
    sign_in(client, chair)
    assert "It is too late for 28 clear days’ notice." in words(client.get(new(item, Kind.KEY_SCRUTINY)))
    wrong = {"matter": "Land", "told": "Ann", "told_on": short_day(in_days(2)), "reasons": "x"}
    page = words(client.post(new(item, Kind.KEY_SCRUTINY), wrong))
    assert "Enter the day, which cannot be in the future" in page
    right = wrong | {"told_on": short_day(in_days(-1))}
    assert "Give the reason in a sentence" in words(client.post(new(item, Kind.KEY_SCRUTINY), right))
    right["reasons"] = "The grant was offered on Monday."
    read = words(client.post(new(item, Kind.KEY_SCRUTINY), right, follow=True))
    assert "Why 28 clear days’ notice was impracticable" in read
    assert "The grant was offered on Monday." in read


def test_second_notice_shows_representations_and_the_answer(client, cabinet, chair):
    meeting = MeetingFactory(board=cabinet, starts_at=in_days(30), slug="secret")
    first = ExecutiveNoticeFactory(
        item=None, board=cabinet, meeting=meeting, kind=Kind.PRIVATE, reasons="A price in confidence.",
        first_on=meeting.starts_at.date(), published_at=timezone.now() - timedelta(days=9),
    )  # fmt: skip
    PlannedItemFactory(board=cabinet, meeting=meeting, in_private=True)
    sign_in(client, chair)
    address = "/boards/cabinet/notices/meetings/secret/private-second/"
    page = client.get(address)
    assert page.context["form"].initial["reasons"] == first.reasons
    answers = {"matter": "Land", "reasons": "A price in confidence.", "representations": "A newspaper asked to come."}
    assert "Enter the board’s answer to the representations" in words(client.post(address, answers))
    read = words(client.post(address, answers | {"answer": "Not before the land is bought."}, follow=True))
    for said in ("A newspaper asked to come.", "Not before the land is bought.", "regulation 5(4)"):
        assert said in read


def test_withdrawn_notice_shows_its_reason_and_none_of_its_words(client, cabinet, chair):
    notice = ExecutiveNoticeFactory(item=decision(cabinet), matter="Buying from Mr Smith", reasons="Mr Smith asked.")
    sign_in(client, chair)
    address = f"{notice.get_absolute_url()}withdraw/"
    assert "Withdraw this notice?" in words(client.get(address))
    client.post(address, {"reason": "It named the seller."})
    client.logout()
    for page in (notice.get_absolute_url(), "/boards/cabinet/notices/", "/search/?words=smith"):
        shown = words(client.get(page))
        assert "Smith" not in shown.replace("?words=smith", "")
    assert "It named the seller." in words(client.get(notice.get_absolute_url()))


def test_nobody_else_publishes(client, cabinet):
    item, address = decision(cabinet), "/boards/cabinet/notices/to-publish/"
    for person in (ChairFactory().holder,):
        sign_in(client, person)
        assert [client.get(each).status_code for each in (address, new(item))] == [403, 403]
        assert client.post(new(item), {"matter": "Land"}).status_code == 403


def test_pages_are_there_for_executives_alone(client):
    board = BoardFactory()
    sign_in(client, StaffFactory())
    assert client.get(f"/boards/{board.slug}/notices/").status_code == 404
    assert client.get(f"/boards/{board.slug}/notices/to-publish/").status_code == 404
    assert "notices/" not in words(client.get(board.get_absolute_url()))


def test_wrong_kind_or_item_is_not_there(client, cabinet, chair):
    item = decision(cabinet)
    sign_in(client, chair)
    plain = PlannedItemFactory(board=cabinet, meeting=item.meeting)
    sign_in(client, StaffFactory())
    for address in (
        new(item, Kind.PRIVATE), new(plain), new(KeyDecisionFactory()),
        new(KeyDecisionFactory(board=cabinet, meeting=None)),
        new(decision(cabinet, withdrawn_at=timezone.now(), withdrawn_because="Not now.")),
        f"/boards/cabinet/notices/meetings/{item.meeting.slug}/key/",
        f"/boards/cabinet/notices/meetings/{MeetingFactory().slug}/private/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_draft_meeting_is_not_named_by_its_notice(client, cabinet):
    item = decision(cabinet, meeting__state="draft", meeting__title="Secret cabinet")
    notice = ExecutiveNoticeFactory(item=item, matter="Buying land")
    for person in (None, StaffFactory()):  # what the page says is the same for everybody
        if person:
            sign_in(client, person)
        read = words(client.get(notice.get_absolute_url()))
        assert "Buying land" in read
        assert "Secret cabinet" not in read


def test_notice_leads_to_the_meeting_of_its_item(client, cabinet):
    notice = ExecutiveNoticeFactory(item=decision(cabinet))
    assert f'href="{notice.item.meeting.get_absolute_url()}"' in words(client.get(notice.get_absolute_url()))


def test_list_shows_what_is_to_come_or_past_of_one_board(client, cabinet):
    item = decision(cabinet)
    ExecutiveNoticeFactory(item=item, matter="To come")
    ExecutiveNoticeFactory(item=item, matter="Long ago", first_on=in_days(-9).date())
    elsewhere = ExecutiveNoticeFactory(matter="Elsewhere")
    for page, shown in (("", [True, False, False]), ("?when=past", [False, True, False])):
        read = words(client.get(f"/boards/cabinet/notices/{page}"))
        assert [said in read for said in ("To come", "Long ago", "Elsewhere")] == shown, page
    assert client.get(f"/boards/cabinet/notices/{elsewhere.pk}/").status_code == 404


def test_who_may_publish_is_led_there(client, cabinet, chair):
    due = "/boards/cabinet/notices/to-publish/"
    for person, leads in ((None, False), (ChairFactory().holder, False), (chair, True), (StaffFactory(), True)):
        if person:
            sign_in(client, person)
        for address in ("/boards/cabinet/notices/", cabinet.get_absolute_url()):
            assert (f'href="{due}"' in words(client.get(address))) == leads, (address, person)


def test_notices_stay_when_the_board_is_no_executive_any_more(client, cabinet, chair):
    ExecutiveNoticeFactory(item=decision(cabinet), matter="Buying land")
    cabinet.is_executive = False
    cabinet.save()
    sign_in(client, chair)
    assert "Buying land" in words(client.get("/boards/cabinet/notices/"))
    page = words(client.get(cabinet.get_absolute_url()))
    assert 'href="/boards/cabinet/notices/"' in page
    assert "Publish a notice" not in page


def test_others_do_not_withdraw_and_a_reason_is_a_sentence(client, cabinet, chair):
    notice = ExecutiveNoticeFactory(item=decision(cabinet))
    address = f"{notice.get_absolute_url()}withdraw/"
    sign_in(client, ChairFactory().holder)
    assert client.post(address, {"reason": "It named the seller."}).status_code == 403
    sign_in(client, chair)
    assert "Say in a sentence why it is withdrawn" in words(client.post(address, {"reason": "x"}))
    assert ExecutiveNotice.objects.in_force().get() == notice


def test_home_asks_the_chair_and_staff_for_what_is_next(cabinet, chair):
    for days, said in (
        (40, "Its notice must be published by"),
        (20, "Tell the scrutiny chair"),
        (3, "if the scrutiny chair agrees that it is urgent"),
    ):
        item = decision(cabinet, days=days)
        for person in (chair, StaffFactory()):
            asked = [each for each in todo.now_for(person) if each.url.startswith(new(item, "")[:-1])]
            assert [said in each.why for each in asked] == [True], days
    assert not [each for each in todo.now_for(ChairFactory().holder) if "Give notice" in each.title]


def test_home_is_quiet_once_there_is_notice_or_much_time(cabinet, chair):
    ExecutiveNoticeFactory(item=decision(cabinet, days=40))
    decision(cabinet, days=80)
    assert not [each for each in todo.now_for(chair) if "Give notice" in each.title]
    ExecutiveNotice.objects.all()
    notice = ExecutiveNotice.objects.get()
    actions.withdraw(notice=notice, by=None, reason="It named the seller.")
    assert [each for each in todo.now_for(chair) if "Give notice" in each.title]


def test_home_asks_once_for_a_private_meeting(cabinet, chair):
    meeting = MeetingFactory(board=cabinet, starts_at=in_days(40))
    for _ in range(2):
        PlannedItemFactory(board=cabinet, meeting=meeting, in_private=True)
    asked = [each for each in todo.now_for(chair) if "private meeting" in each.title]
    assert [each.url for each in asked] == [f"/boards/cabinet/notices/meetings/{meeting.slug}/private/"]


@pytest.mark.parametrize("page", ["", "to-publish/", "?when=past"])
def test_lists_of_notices_ask_the_same_for_many(client, cabinet, page):
    def add():
        item = decision(cabinet, in_private=True)
        item.topic.title = f"Depot {item.pk}"
        item.topic.save()
        ExecutiveNoticeFactory(item=item)
        ExecutiveNoticeFactory(item=item, first_on=in_days(-9).date())

    add()
    sign_in(client, StaffFactory())
    address = f"/boards/cabinet/notices/{page}"
    few = queries(client, address)
    for _ in range(12):
        add()
    assert queries(client, address) == few
