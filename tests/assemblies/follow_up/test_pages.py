"""Pages about actions: who reads which, and what people do there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assemblies.follow_up.models import FollowUp
from partnership import decision_links
from tests import factories as make
from tests.factories.days import in_days
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EVIDENCE = "The letter went to all partners"


def text_of(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


@pytest.fixture
def board():
    return make.BoardFactory(name="Wellbeing Board")


@pytest.fixture
def meeting(board):
    """One that is over."""
    return make.MeetingFactory(board=board, starts_at=in_days(-60))


@pytest.fixture
def member(board):
    return make.AppointmentFactory(seat__board=board).holder


@pytest.fixture
def chair(board):
    return make.ChairFactory(seat__board=board).holder


def closed_item(meeting):
    closure = make.ClosureGroundFactory(board=meeting.board).closure
    return make.AgendaItemFactory(version__meeting=meeting, version__number=1, title="Secret contract", closure=closure)


# --- who reads what -----------------------------------------------------------------------------------------------


def seen_by(user):
    return set(FollowUp.objects.visible_to(user))


def test_public_reads_open_and_done_actions_of_public_meetings(meeting):
    shown = {make.FollowUpFactory(meeting=meeting), make.DoneFollowUpFactory(meeting=meeting)}
    make.FollowUpFactory(meeting=meeting, state="dropped", dropped_because="Nobody needs it")
    make.FollowUpFactory(meeting=None, board=meeting.board)
    make.FollowUpFactory(meeting__by_invitation=True)
    make.FollowUpFactory(meeting__state="draft")
    make.FollowUpFactory(meeting=meeting, item=closed_item(meeting))
    make.FollowUpFactory(meeting=meeting, closure=make.ClosureFactory())
    assert seen_by(make.UserFactory()) == set(FollowUp.objects.public()) == shown


def closed_report(meeting):
    """A version of a report that is closed although its item on the agenda is open."""
    report = make.ReportFactory(
        item=make.LedItemFactory(topic__title="Secret contract", meeting=meeting, board=meeting.board)
    )
    return report.versions.create(
        number=1, content={"text": {"title": "Secret contract"}, "appendices": []}, sha256="0" * 64, made_by=report.author,
        made_at=timezone.now(), meeting=meeting, published_at=timezone.now(), published_by=report.author,
        closure=make.ClosureGroundFactory(board=meeting.board).closure,
    )  # fmt: skip


def decided_on_newer_row(meeting):
    """The item on which the action was agreed; a closed decision names its row on a newer version of the agenda."""
    item, newer = (
        make.AgendaItemFactory(version__meeting=meeting, version__number=number, title="One item") for number in (1, 2)
    )
    make.DecisionFactory(closure=make.ClosureFactory(), meeting=meeting, board=meeting.board, item=newer)
    return item


@pytest.mark.parametrize(
    "closed_through",
    ["item", "closure", "decision", "item_of_decision", "report_of_decision", "decision_on_item", "report_of_item"],
)
def test_closed_action_is_read_by_owner_board_and_staff_alone(meeting, member, closed_through):
    facts = {
        "item": lambda: {"item": closed_item(meeting)},
        "closure": lambda: {"closure": make.ClosureFactory()},
        "decision": lambda: {"decision": make.DecisionFactory(closure=make.ClosureFactory(), meeting=meeting)},
        "item_of_decision": lambda: {"decision": make.DecisionFactory(item=closed_item(meeting), meeting=meeting)},
        "report_of_decision": lambda: {"decision": make.DecisionFactory(report_version=closed_report(meeting))},
        "decision_on_item": lambda: {"item": decided_on_newer_row(meeting)},
        "report_of_item": lambda: {
            "item": make.AgendaItemFactory(
                version__meeting=meeting, title=closed_report(meeting).report.title, version__number=1
            )
        },
    }[closed_through]()
    row = make.FollowUpFactory(meeting=meeting, **facts)
    deputy = make.AppointmentFactory(seat__board=meeting.board, deputy=make.UserFactory()).deputy
    for user in (row.owner, member, deputy, make.StaffFactory()):
        assert row in seen_by(user)
    for user in (make.UserFactory(), make.AppointmentFactory().holder):
        assert row not in seen_by(user)
    assert row not in FollowUp.objects.public()
    if closed_through != "report_of_item":
        assert FollowUp.objects.with_facts().get(pk=row.pk).closed_by


def test_action_stays_public_beside_what_other_boards_closed(meeting):
    item = make.AgendaItemFactory(version__meeting=meeting, version__number=1)
    make.DecisionFactory(closure=make.ClosureFactory(), meeting=meeting, item=item)
    make.DecisionFactory(closure=make.ClosureFactory(), meeting=meeting, board=meeting.board)
    assert make.FollowUpFactory(meeting=meeting, item=item) in FollowUp.objects.public()


def test_released_item_makes_its_action_public(meeting):
    item = closed_item(meeting)
    item.closure.released_at, item.closure.released_by = timezone.now(), make.UserFactory()
    item.closure.save()
    assert make.FollowUpFactory(meeting=meeting, item=item) in FollowUp.objects.public()


def test_action_of_no_meeting_is_read_by_owner_and_board(board, member):
    row = make.FollowUpFactory(meeting=None, board=board)
    assert row in seen_by(row.owner)
    assert row in seen_by(member)
    assert row not in seen_by(make.AppointmentFactory().holder)


def test_closed_action_shows_nowhere_to_the_public(client, meeting):
    """By no page, count, search or agenda."""
    item = closed_item(meeting)
    row = make.FollowUpFactory(meeting=meeting, item=item, text="Zebra contract")
    coming = make.MeetingFactory(board=meeting.board)
    make.AgendaItemFactory(version__meeting=coming, version__number=1)
    assert client.get(row.get_absolute_url()).status_code == 404
    for address in (
        reverse("board_follow_ups", args=[meeting.board.slug]),
        meeting.board.get_absolute_url(),
        coming.get_absolute_url(),
        f"{reverse('search')}?words=zebra",
    ):
        page = client.get(address).content.decode()
        assert "Zebra contract" not in page
        assert "1 open" not in page


def test_owner_of_closed_action_reads_the_safe_title_of_its_item(client, meeting):
    row = make.FollowUpFactory(meeting=meeting, item=closed_item(meeting))
    sign_in(client, row.owner)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "A contract" in page
    assert "Secret contract" not in page


def test_history_is_read_by_those_who_work_with_it(client, meeting, member):
    row = make.FollowUpFactory(meeting=meeting)
    make.FollowUpChangeFactory(follow_up=row, words="Two of them are ill")
    assert "Two of them are ill" not in text_of(client, "follow_up", row.pk)
    sign_in(client, make.UserFactory())
    assert "Two of them are ill" not in text_of(client, "follow_up", row.pk)
    for user in (row.owner, member, make.StaffFactory()):
        sign_in(client, user)
        assert "Two of them are ill" in text_of(client, "follow_up", row.pk)


def test_evidence_is_not_read_by_the_public(client, meeting):
    row = make.DoneFollowUpFactory(meeting=meeting, evidence=EVIDENCE)
    page = text_of(client, "follow_up", row.pk)
    assert "Done on" in page
    assert EVIDENCE not in page


@pytest.mark.parametrize("address", ["done", "note", "hand_on", "postpone", "drop", "reopen"])
def test_owner_chair_and_staff_alone_may_change_it(client, meeting, member, chair, address):
    row = make.FollowUpFactory(meeting=meeting)
    if address == "reopen":
        row = make.DoneFollowUpFactory(meeting=meeting)
    url = reverse(f"follow_up_{address}", args=[row.pk])
    acting = make.UserFactory()
    meeting.board.acting_chairs.create(person=acting, starts_on=timezone.localdate(), ends_on=timezone.localdate())
    for user, status in (
        (row.owner, 200), (chair, 200), (acting, 200), (make.StaffFactory(), 200), (member, 403), (make.UserFactory(), 403),
    ):  # fmt: skip
        sign_in(client, user)
        assert client.get(url).status_code == status, user


# --- what people do -----------------------------------------------------------------------------------------------


def test_member_closes_an_action_with_evidence(client):
    row = make.FollowUpFactory(text="Write to all practices")
    sign_in(client, row.owner)
    assert "Write to all practices" in text_of(client, "follow_ups")
    file = SimpleUploadedFile("letter.csv", b"practice,sent\nA,yes\n")
    answers = {"words": EVIDENCE, "link": "https://example.org/letter", "file": file}
    page = client.post(reverse("follow_up_done", args=[row.pk]), answers, follow=True).content.decode()
    assert "Closed as done" in page
    assert EVIDENCE in page
    change = row.changes.get()
    told = client.get(reverse("follow_up_file", args=[row.pk, change.pk]))
    assert b"".join(told.streaming_content) == b"practice,sent\nA,yes\n"
    sign_in(client, make.UserFactory())
    assert client.get(reverse("follow_up_file", args=[row.pk, change.pk])).status_code == 404


def test_second_who_closes_it_keeps_what_they_typed(client, chair, meeting):
    row = make.FollowUpFactory(meeting=meeting)
    url = reverse("follow_up_done", args=[row.pk])
    sign_in(client, chair)
    client.post(url, {"words": "The chair knows that it is done"})
    sign_in(client, row.owner)
    page = client.post(url, {"words": "I wrote to everybody & them"}).content.decode()
    assert f"{chair} has closed this already" in page
    assert page.count("I wrote to everybody &amp; them") == 2  # in the box, and to be added as a note
    client.post(reverse("follow_up_note", args=[row.pk]), {"words": "I wrote to everybody & them"})
    assert "I wrote to everybody &amp; them" in text_of(client, "follow_up", row.pk)


def test_second_who_hands_it_on_reads_who_has_it_now(client, chair, meeting, member):
    row = make.FollowUpFactory(meeting=meeting)
    url = reverse("follow_up_hand_on", args=[row.pk])
    sign_in(client, chair)
    client.post(url, {"to": member.pk, "words": "She has more time", "revision": 0})
    answers = {"other": make.UserFactory(name="Cem Ode").email, "words": "He has more time", "revision": 0}
    page = client.post(url, answers).content.decode()
    assert "What is different" in page
    assert "He has more time" in page
    row.refresh_from_db()
    assert row.owner == member
    client.post(url, answers | {"revision": 1})
    row.refresh_from_db()
    assert row.owner_name == "Cem Ode"


def test_owner_hands_on_to_members_of_the_board_alone(client, meeting, member):
    row, other = make.FollowUpFactory(meeting=meeting), make.UserFactory()
    sign_in(client, row.owner)
    url = reverse("follow_up_hand_on", args=[row.pk])
    for answers in ({"other": other.email}, {"to": other.pk}, {}):
        client.post(url, {"words": "She has more time", **answers})
        assert FollowUp.objects.get().owner == row.owner
    client.post(url, {"to": member.pk, "words": "She has more time"})
    assert FollowUp.objects.get().owner == member


def test_new_day_drop_and_reopen_on_pages(client, meeting, chair):
    row = make.FollowUpFactory(meeting=meeting)
    sign_in(client, chair)
    later = timezone.localdate() + 90 * DAY
    day = {"due_on": later.isoformat(), "words": "The partner needs more time"}
    client.post(reverse("follow_up_postpone", args=[row.pk]), day)
    row.refresh_from_db()
    assert row.due_on == later
    client.post(reverse("follow_up_drop", args=[row.pk]), {"words": "Overtaken by the new plan"})
    assert "Overtaken by the new plan" in text_of(client, "follow_up", row.pk)
    again = {"words": "The new plan fell through", "due_on": later.isoformat()}
    client.post(reverse("follow_up_reopen", args=[row.pk]), again)
    row.refresh_from_db()
    assert row.is_open


def test_chair_records_an_action_of_a_closed_item(client, meeting, chair, member):
    item = closed_item(meeting)
    sign_in(client, chair)
    url = reverse("follow_up_new", args=[meeting.board.slug])
    assert "Secret contract (closed to the public)" in client.get(url).content.decode()
    key = uuid4()
    answers = {
        "key": key, "text": "Sign it", "to": member.pk, "due_on": timezone.localdate().isoformat(), "agreed": f"item-{item.pk}",
    }  # fmt: skip
    for _ in range(2):
        client.post(url, answers)
    row = FollowUp.objects.get()
    assert (row.meeting, row.item, row.key, row.created_by) == (meeting, item, key, chair)
    assert row not in FollowUp.objects.public()


def test_bad_answers_are_kept_and_explained(client, meeting, chair):
    sign_in(client, chair)
    url = reverse("follow_up_new", args=[meeting.board.slug])
    answers = {
        "key": uuid4(),
        "text": "<script>x</script>",
        "due_on": "yesterdayish",
        "agreed": f"meeting-{meeting.pk}",
    }
    page = client.post(url, answers).content.decode()
    assert "Choose who takes it on" in page
    assert "&lt;script&gt;" in page
    assert "<script>x" not in page
    page = client.post(url, answers | {"text": "x" * 1001}).content.decode()
    assert "at most 1000 characters" in page
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("words", ["", ".", "x" * 1001])
def test_done_without_evidence_in_words_is_refused(client, words):
    row = make.FollowUpFactory()
    sign_in(client, row.owner)
    page = client.post(reverse("follow_up_done", args=[row.pk]), {"words": words, "link": "https://example.org"}).text
    assert "govuk-error-summary" in page
    row.refresh_from_db()
    assert row.is_open


# --- who has left -------------------------------------------------------------------------------------------------


def test_chair_hands_on_all_of_who_left_in_one_step(client, meeting, chair, member):
    gone = make.UserFactory(name="Gus Gone", is_active=False)
    rows = make.FollowUpFactory.create_batch(2, meeting=meeting, owner=gone)
    make.FollowUpFactory(owner=gone)  # of another board
    sign_in(client, chair)
    assert "Hand on 2 actions of people who have left: Wellbeing Board" in text_of(client, "my_home")
    url = reverse("follow_ups_left", args=[meeting.board.slug])
    assert "Gus Gone" in client.get(url).text
    answers = {"chosen": [row.pk for row in rows], "to": member.pk, "words": "Gus has left us"}
    assert "2 actions handed on" in client.post(url, answers, follow=True).text
    assert FollowUp.objects.filter(owner=member).count() == 2
    assert "Hand on" not in text_of(client, "my_home")
    assert "Nobody who has left" in client.get(url).text


# --- lists --------------------------------------------------------------------------------------------------------


def test_own_list_has_late_ones_first_and_done_ones_last(client):
    user = make.UserFactory()
    make.DoneFollowUpFactory(owner=user, text="Done thing")
    make.FollowUpFactory(owner=user, text="Coming thing")
    make.FollowUpFactory(owner=user, text="Late thing", due_on=timezone.localdate() - DAY)
    make.FollowUpFactory(text="Thing of others")
    sign_in(client, user)
    page = text_of(client, "follow_ups")
    assert page.index("Late thing") < page.index("Coming thing") < page.index("Done thing")
    assert "Thing of others" not in page


def test_chair_and_staff_see_those_of_boards(client, meeting, chair):
    make.FollowUpFactory(meeting=meeting, text="Thing of the board")
    make.FollowUpFactory(text="Thing of another")
    sign_in(client, chair)
    page = text_of(client, "follow_ups", whose="boards")
    assert "Thing of the board" in page
    assert "Thing of another" not in page
    assert "Thing of another" not in text_of(client, "follow_ups", whose="all")
    sign_in(client, make.StaffFactory())
    assert "Thing of another" in text_of(client, "follow_ups", whose="all")
    page = text_of(client, "follow_ups", whose="all", board=meeting.board.slug, status="open")
    assert "Thing of the board" in page
    assert "Thing of another" not in page


def test_log_of_a_board_can_be_narrowed(client, meeting):
    make.FollowUpFactory(meeting=meeting, text="Open thing")
    make.FollowUpFactory(meeting=meeting, text="Late thing", due_on=timezone.localdate() - DAY)
    make.DoneFollowUpFactory(meeting=meeting, text="Done thing")
    everything = {"Open", "Late", "Done"}
    for status, shown in (("late", {"Late"}), ("open", {"Open", "Late"}), ("done", {"Done"}), ("zebra", everything)):
        page = text_of(client, "board_follow_ups", meeting.board.slug, status=status)
        assert {word for word in ("Open", "Late", "Done") if f"{word} thing" in page} == shown


@pytest.mark.parametrize("name", ["follow_ups", "board_follow_ups", "home", "agenda"])
def test_lists_make_the_same_queries_for_one_row_and_for_many(client, meeting, name):
    user = make.StaffFactory()
    sign_in(client, user)
    coming = make.MeetingFactory(board=meeting.board)
    make.AgendaItemFactory(version__meeting=coming, version__number=1)
    address = {
        "follow_ups": reverse("follow_ups"),
        "board_follow_ups": reverse("board_follow_ups", args=[meeting.board.slug]),
        "home": reverse("my_home"),
        "agenda": coming.get_absolute_url(),
    }[name]
    facts = {"meeting": meeting, "owner": user, "due_on": timezone.localdate()}
    make.FollowUpFactory(**facts, item=closed_item(meeting))
    make.FollowUpFactory(**facts, closure=make.ClosureGroundFactory(board=meeting.board).closure)
    few = queries(client, address)
    for _ in range(5):
        make.FollowUpFactory(**facts, closure=make.ClosureGroundFactory(board=meeting.board).closure)
        make.DoneFollowUpFactory(**facts)
    assert queries(client, address) == few


# --- agendas ------------------------------------------------------------------------------------------------------


@pytest.fixture
def coming(board):
    found = make.MeetingFactory(board=board)
    make.AgendaItemFactory(version__meeting=found, version__number=1, position=1, title="Welcome")
    return found


def test_open_actions_stand_on_the_next_agenda(client, meeting, coming):
    make.FollowUpFactory(meeting=meeting, text="Write to all partners")
    make.DoneFollowUpFactory(meeting=meeting, text="Done thing")
    later = make.MeetingFactory(board=meeting.board, starts_at=in_days(60))
    make.AgendaItemFactory(version__meeting=later, version__number=1)
    page = client.get(coming.get_absolute_url()).text
    assert "Actions from earlier meetings" in page
    assert "Write to all partners" in page
    assert "Done thing" not in page
    assert "Write to all partners" in text_of(client, "agenda", coming.slug, 1)
    for other in (later, meeting):
        assert "Write to all partners" not in client.get(other.get_absolute_url()).text


def test_they_stand_under_the_standing_item_about_actions(client, meeting, coming):
    make.FollowUpFactory(meeting=meeting, text="Write to all partners")
    standing = make.StandingItemFactory(board=coming.board, title="Minutes and actions")
    version = coming.agenda_versions.get()
    make.AgendaItemFactory(version=version, position=2, title="Minutes and actions", standing=standing)
    make.AgendaItemFactory(version=version, position=3, title="Last thing")
    page = client.get(coming.get_absolute_url()).text
    assert page.index("Minutes and actions") < page.index("Write to all partners") < page.index("Last thing")
    assert page.count("Write to all partners") == 1
    assert "Actions from earlier meetings" not in page


@pytest.mark.parametrize(("title", "is_one"), [("Action log", True), ("Interactions with residents", False)])
def test_standing_item_is_about_actions_by_its_words(title, is_one):
    assert make.StandingItemFactory(title=title).is_about_actions is is_one


def test_at_a_meeting_in_common_each_board_has_its_own(client, meeting, coming):
    other = make.MeetingBoardFactory(meeting=coming).board
    make.FollowUpFactory(meeting=meeting, text="Thing of the host")
    make.FollowUpFactory(meeting__board=other, text="Thing of the other")
    make.FollowUpFactory(text="Thing of a third")
    page = client.get(coming.get_absolute_url()).text
    assert "Thing of the host" in page
    assert "Thing of the other" in page
    assert "Thing of a third" not in page
    make.MeetingFactory(board=other, starts_at=in_days(7))
    assert "Thing of the other" not in client.get(coming.get_absolute_url()).text


def test_draft_agenda_shows_them_to_those_who_prepare_it(client, meeting, coming):
    make.FollowUpFactory(meeting=meeting, text="Write to all partners")
    make.AgendaItemFactory(version__meeting=coming, version__number=2, version__state="draft")
    sign_in(client, make.StaffFactory())
    assert "Write to all partners" in text_of(client, "manage_agenda", coming.slug)


# --- beside other things ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "shown"), [(14, True), (15, False), (-3, True)])
def test_action_is_on_the_home_page_from_two_weeks_before(client, days, shown):
    row = make.FollowUpFactory(text="Write to all partners", due_on=timezone.localdate() + days * DAY)
    sign_in(client, row.owner)
    page = text_of(client, "my_home")
    assert ("Do what you took on: Write to all partners" in page) is shown
    assert "You have 1 open action" in page


def test_page_of_a_board_counts_its_actions(client, meeting):
    make.FollowUpFactory(meeting=meeting)
    make.FollowUpFactory(meeting=meeting, due_on=timezone.localdate() - DAY)
    assert "2 open, 1 late" in client.get(meeting.board.get_absolute_url()).text
    assert "See the actions" not in client.get(make.BoardFactory().get_absolute_url()).text


def test_decision_shows_the_actions_that_carry_it_out(meeting):
    item = make.AgendaItemFactory(version__meeting=meeting, version__number=1)
    decision, other = (make.DecisionFactory(meeting=meeting, board=meeting.board, item=each) for each in (item, None))
    named = make.DoneFollowUpFactory(meeting=meeting, decision=other, text="Named")
    of_item = make.FollowUpFactory(meeting=meeting, item=item, text="Of the item")
    make.FollowUpFactory(meeting=meeting, closure=make.ClosureFactory(), decision=other, text="Secret")
    found = decision_links.of([decision, other], make.UserFactory())
    assert [(link.words, link.url) for link in found[decision.pk]] == [("Of the item", of_item.get_absolute_url())]
    assert [(link.words, link.url) for link in found[other.pk]] == [("Named", named.get_absolute_url())]
    assert "done on" in found[other.pk][0].why
