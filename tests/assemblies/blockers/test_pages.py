"""Pages about blockers: who reads them, what each person is offered, and what people do there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assemblies.blockers.models import Blocker
from assemblies.forward_plan.actions import topic as topics
from partnership.partners.models import Membership
from tests import factories as make
from tests.factories.days import in_days
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
State = Blocker.State


def text_of(client, name, *args, **query) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


@pytest.fixture
def partner():
    return make.PartnerFactory(name="Carers Link")


@pytest.fixture
def member(partner):
    return make.MembershipFactory(partner=partner).user


@pytest.fixture
def officer(partner):
    return make.MembershipFactory(partner=partner, part=Membership.Part.OFFICER).user


# --- raising ------------------------------------------------------------------------------------------------------


def answers(partner, **other):
    facts = {"title": "Two budgets, one visit", "text": "Neither pays.", "theme": "finance", "partner": partner.pk}
    return {"key": str(uuid4()), **facts} | other


def test_member_raises_a_blocker_for_their_own_organisation(client, partner, member):
    sign_in(client, member)
    sent, place = answers(partner), make.PlaceFactory()
    for _ in range(2):
        client.post(reverse("blocker_new"), sent | {"place": place.pk})
    row = Blocker.objects.get()
    assert (row.partner, row.raised_by, row.place, row.state) == (partner, member, place, State.RAISED)
    assert row.title in text_of(client, "blockers")


def test_member_raises_none_for_another_organisation_and_staff_do(client, member):
    other = make.PartnerFactory()
    sign_in(client, member)
    assert "Choose which organisation" in client.post(reverse("blocker_new"), answers(other)).text
    assert not Blocker.objects.exists()
    sign_in(client, make.StaffFactory())
    client.post(reverse("blocker_new"), answers(other))
    assert Blocker.objects.get().partner == other


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"title": ""}, "Enter what is blocked, in one line"),
        ({"text": ""}, "Enter what happens, and what it costs"),
        ({"theme": ""}, "Select what is it about"),
        ({"theme": "zebra"}, "from the list"),
        ({"partner": ""}, "Select which organisation"),
        ({"text": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_bad_answers_are_kept_and_explained(client, partner, member, other, said):
    sign_in(client, member)
    page = client.post(reverse("blocker_new"), answers(partner) | {"tried": "<script>x</script>"} | other).text
    assert said in page
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page
    assert not Blocker.objects.exists()


# --- what each person is offered ----------------------------------------------------------------------------------


def offered(client, row, user) -> tuple[str, set[str]]:
    """The one main action on the page of the blocker, and all addresses that lead on."""
    sign_in(client, user)
    context = client.get(row.get_absolute_url()).context
    return context["main"], {name for name, *_ in context["others"]}


def test_each_person_has_one_main_action_in_each_state(client, partner, member, officer):
    staff, reader, chair = make.StaffFactory(), make.MembershipFactory().user, make.ChairFactory()
    raised = make.BlockerFactory(partner=partner, raised_by=member)
    assert offered(client, raised, reader) == ("take_on", set())
    assert offered(client, raised, member) == ("take_on", {"note", "withdraw"})
    assert offered(client, raised, officer) == ("ask", {"take_on"})
    assert offered(client, raised, staff) == ("ask", {"take_on", "escalate", "note", "withdraw"})
    owned = make.OwnedBlockerFactory(partner=partner, raised_by=member)
    assert offered(client, owned, reader) == (None, set())
    assert offered(client, owned, owned.owner) == ("resolve", {"escalate", "hand_back", "hand_on", "note"})
    assert offered(client, owned, member) == ("note", {"withdraw"})
    waits = make.EscalatedBlockerFactory(partner=partner, raised_by=member, board=chair.seat.board)
    assert offered(client, waits, waits.owner) == ("note", {"bring_back", "hand_on", "resolve"})
    assert offered(client, waits, chair.holder) == (None, {"bring_back"})
    assert offered(client, waits, member) == ("note", {"withdraw"})
    decided_on(waits)
    assert offered(client, waits, waits.owner) == ("bring_back", {"hand_on", "note", "resolve"})
    assert offered(client, waits, chair.holder) == ("bring_back", set())
    done = make.ResolvedBlockerFactory(partner=partner, raised_by=member)
    assert offered(client, done, member) == (None, {"note", "reopen"})


@pytest.mark.parametrize(("days", "may"), [(59, False), (60, True)])
def test_who_raised_it_takes_it_to_a_board_once_it_is_old(client, days, may):
    row = make.OwnedBlockerFactory(raised_at=in_days(-days))
    sign_in(client, row.raised_by)
    assert client.get(reverse("blocker_escalate", args=[row.pk])).status_code == (200 if may else 403)


# --- steps --------------------------------------------------------------------------------------------------------


def test_second_who_takes_it_on_reads_who_has_it(client, member):
    row = make.OwnedBlockerFactory(owner_name="Ben Ode")
    sign_in(client, member)
    page = client.post(reverse("blocker_take_on", args=[row.pk]), follow=True).text
    assert "Ben Ode has taken it on already" in page


def test_taken_on_noted_and_resolved_on_pages(client, member):
    row = make.BlockerFactory()
    sign_in(client, member)
    client.post(reverse("blocker_take_on", args=[row.pk]))
    client.post(reverse("blocker_note", args=[row.pk]), {"words": "Half of them answered"})
    client.post(reverse("blocker_resolve", args=[row.pk]), {"words": "Both pay into one pot"})
    page = text_of(client, "blocker", row.pk)
    for words in (f"Taken on by {member}", "Half of them answered", "What unblocked it", "Both pay into one pot"):
        assert words in page


def test_officer_asks_somebody_by_their_address(client, partner, officer, member):
    row = make.BlockerFactory(partner=partner)
    sign_in(client, officer)
    url = reverse("blocker_ask", args=[row.pk])
    stranger = make.UserFactory()
    for to, said in (
        ("", "Enter their email address"),
        ("no@example.org", "Nobody has an account"),
        (stranger.email, "cannot take it on"),
    ):
        page = client.post(url, {"to": to, "words": "You know it & him", "revision": 0}).text
        assert said in page
        assert "You know it &amp; him" in page
    client.post(url, {"to": member.email, "words": "You know it", "revision": 0})
    assert Blocker.objects.get().owner == member


def test_second_who_hands_it_on_reads_who_has_it_and_keeps_answers(client):
    row, staff, first, second = (
        make.OwnedBlockerFactory(),
        make.StaffFactory(),
        *(make.MembershipFactory().user for _ in range(2)),
    )
    url = reverse("blocker_hand_on", args=[row.pk])
    sign_in(client, staff)
    client.post(url, {"to": first.email, "words": "She has more time", "revision": 0})
    page = client.post(url, {"to": second.email, "words": "He has more time", "revision": 0}).text
    assert "What is different" in page
    assert "He has more time" in page
    client.post(url, {"to": second.email, "words": "He has more time", "revision": 1})
    row.refresh_from_db()
    assert row.owner == second


def test_escalated_on_a_page_it_is_on_the_plan_of_the_board(client):
    row, chair = make.OwnedBlockerFactory(title="Two budgets, one visit"), make.ChairFactory()
    board = chair.seat.board
    sign_in(client, row.owner)
    url = reverse("blocker_escalate", args=[row.pk])
    page = client.get(url).text
    assert 'value="Two budgets, one visit"' in page
    assert "may become public" in page
    sent = {"board": board.pk, "title": "Who pays for a visit", "words": "Agree who pays for it"}
    client.post(url, sent)
    page = text_of(client, "blocker", row.pk)
    assert f"It is on the forward plan of the {board}" in page
    assert (
        "Who pays for a visit" not in page
    )  # it is parked there: for the board to read, until it is planned in public
    sign_in(client, chair.holder)
    assert "Who pays for a visit" in text_of(client, "blocker", row.pk)
    assert "Two budgets, one visit" in text_of(client, "topic", board.topics.get().pk)
    assert "Who pays for a visit" in text_of(client, "forward_plan", board.slug)


def test_escalated_a_second_time_says_where_it_is_and_keeps_answers(client):
    row = make.EscalatedBlockerFactory(board__name="City Board")
    sign_in(client, row.owner)
    url = reverse("blocker_escalate", args=[row.pk])
    page = client.post(url, {"board": make.BoardFactory().pk, "title": "Again", "words": "Agree who pays & when"}).text
    assert "It waits with the City Board already" in page
    assert "Agree who pays &amp; when" in page
    assert "already" in client.get(url, follow=True).text


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"board": ""}, "Select which board"),
        ({"board": "999999"}, "from the list"),
        ({"title": ""}, "Enter the title on the board"),
        ({"words": ""}, "Say in a sentence what the board is asked"),
        ({"words": "."}, "Say in a sentence what the board is asked"),
    ],
)
def test_escalation_with_bad_answers_is_explained(client, other, said):
    row, board = make.OwnedBlockerFactory(), make.BoardFactory()
    sign_in(client, row.owner)
    sent = {"board": board.pk, "title": "Who pays", "words": "Agree who pays for it"} | other
    assert said in client.post(reverse("blocker_escalate", args=[row.pk]), sent).text
    row.refresh_from_db()
    assert row.state == State.OWNED


def test_board_that_has_ended_is_not_offered(client):
    row, board = make.OwnedBlockerFactory(), make.BoardFactory(ends_on=timezone.localdate() - DAY)
    sign_in(client, row.owner)
    assert board.name not in text_of(client, "blocker_escalate", row.pk)


@pytest.mark.parametrize("step", ["hand_back", "note", "resolve", "withdraw"])
def test_step_without_words_is_refused(client, step):
    row = make.OwnedBlockerFactory()
    sign_in(client, row.raised_by if step == "withdraw" else row.owner)
    assert "govuk-error-summary" in client.post(reverse(f"blocker_{step}", args=[row.pk]), {"words": " "}).text
    assert not row.steps.exists()


def test_what_was_typed_while_another_ended_it_is_kept(client):
    row = make.ResolvedBlockerFactory()
    make.BlockerStepFactory(blocker=row, kind="resolved", by=row.owner)
    sign_in(client, row.owner)
    page = client.post(reverse("blocker_withdraw", args=[row.pk]), {"words": "It went away"})
    assert page.status_code == 403
    page = client.post(reverse("blocker_resolve", args=[row.pk]), {"words": "I did it & her too"}).text
    assert "This is resolved already" in page
    assert "I did it &amp; her too" in page


# --- once the board has dealt with it -----------------------------------------------------------------------------


def decided_on(row, **facts):
    meeting = make.MeetingFactory(board=row.board, starts_at=in_days(-1))
    return make.DecisionFactory(board=row.board, meeting=meeting, topic=row.topic, recorded_at=timezone.now(), **facts)


def test_owner_is_asked_what_follows_once_the_board_has_decided(client):
    row = make.EscalatedBlockerFactory(title="Two budgets", escalated_at=in_days(-9), board__name="City Board")
    sign_in(client, row.owner)
    assert "What follows" not in text_of(client, "blocker", row.pk)
    assert "what follows from" not in text_of(client, "my_home")
    decided_on(row, title="One budget pays")
    assert "Say what follows from the City Board: Two budgets" in text_of(client, "my_home")
    page = text_of(client, "blocker", row.pk)
    assert "The City Board has dealt with this." in page
    assert "One budget pays" in page
    client.post(reverse("blocker_bring_back", args=[row.pk]), {"words": "The council pays from May"})
    assert "what follows from" not in text_of(client, "my_home")
    assert "One budget pays" in text_of(client, "blocker", row.pk)


def test_what_the_board_said_at_its_item_is_shown(client):
    row = make.EscalatedBlockerFactory(escalated_at=in_days(-9))
    make.PlannedItemFactory(topic=row.topic, result="The council pays from May.")
    sign_in(client, row.owner)
    assert "It said: The council pays from May." in text_of(client, "blocker", row.pk)


def test_what_is_closed_to_the_public_is_not_told(client):
    row = make.EscalatedBlockerFactory(escalated_at=in_days(-9))
    decided_on(row, title="One budget pays", closure=make.ClosureGroundFactory(board=row.board).closure)
    sign_in(client, row.owner)
    assert "One budget pays" not in text_of(client, "blocker", row.pk)
    assert "what follows from" not in text_of(client, "my_home")


def test_topic_that_the_board_closed_asks_what_follows(client):
    row = make.EscalatedBlockerFactory()
    topics.close(topic=row.topic, by=make.StaffFactory(), reason="Not for us")
    sign_in(client, row.owner)
    assert "takes this up no more" in text_of(client, "blocker", row.pk)
    assert "Say what follows from" in text_of(client, "my_home")


# --- what needs people --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "asked"), [(29, False), (31, True)])
def test_owner_is_asked_how_far_it_is_after_thirty_quiet_days(client, days, asked):
    row = make.OwnedBlockerFactory(title="Two budgets", moved_at=in_days(-days))
    sign_in(client, row.owner)
    assert ("Say how far it is: Two budgets" in text_of(client, "my_home")) is asked


def test_staff_find_owners_for_those_without_and_of_people_who_left(client):
    make.BlockerFactory.create_batch(2)
    make.OwnedBlockerFactory(title="Left alone", owner=make.UserFactory())
    sign_in(client, make.StaffFactory())
    page = text_of(client, "my_home")
    assert "Find an owner for 2 blockers" in page
    assert "Hand on 1 blocker of people who have left" in page
    assert "Left alone" in text_of(client, "blockers", whose="left")
    sign_in(client, make.MembershipFactory().user)
    assert "Find an owner" not in text_of(client, "my_home")


# --- lists and panels ---------------------------------------------------------------------------------------------


def test_list_shows_open_ones_oldest_first_with_age_owner_and_counts(client, member):
    make.OwnedBlockerFactory(title="Young one", owner_name="Ben Ode", raised_at=in_days(-3))
    make.BlockerFactory(title="Old one", raised_at=in_days(-47), theme="quality")
    make.ResolvedBlockerFactory(title="Done one")
    sign_in(client, member)
    page = text_of(client, "blockers")
    assert page.index("Old one") < page.index("Young one")
    for words in ("In the way for 47 days · owner: nobody yet", "owner: Ben Ode"):
        assert words in page
    assert "Done one" not in page
    assert client.get(reverse("blockers")).context["themes"] == [
        ("performance", "Performance", 0), ("intelligence", "Intelligence", 0), ("efficiency", "Efficiency", 0),
        ("quality", "Quality", 1), ("finance", "Finance", 1),
    ]  # fmt: skip


def test_list_can_be_narrowed(client, member):
    place, partner = make.PlaceFactory(), make.PartnerFactory()
    make.OwnedBlockerFactory(title="Mine", owner=member, place=place)
    make.BlockerFactory(title="Raised", raised_by=member, theme="quality", partner=partner)
    make.ResolvedBlockerFactory(title="Done")
    sign_in(client, member)
    everything = {"Mine", "Raised", "Done"}
    for query, shown in (
        ({"whose": "mine"}, {"Mine"}),
        ({"whose": "raised"}, {"Raised"}),
        ({"whose": "nobody"}, {"Raised"}),
        ({"whose": "left"}, {"Mine", "Raised"}),  # for staff alone: it makes no sense
        ({"theme": "quality"}, {"Raised"}),
        ({"place": place.slug}, {"Mine"}),
        ({"partner": partner.slug}, {"Raised"}),
        ({"status": "resolved"}, {"Done"}),
        ({"status": "all"}, everything),
        ({"status": "zebra"}, {"Mine", "Raised"}),
        ({"theme": "efficiency"}, set()),
    ):
        found = client.get(reverse("blockers"), query).context["page"].object_list
        assert {row.title for row in found} == shown, query


def test_empty_list_says_what_to_do(client, member):
    sign_in(client, member)
    assert "Raise what your organisation cannot solve alone" in text_of(client, "blockers")
    sign_in(client, make.AppointmentFactory().holder)
    assert "Members of partners raise" in text_of(client, "blockers")


PLACES = ("board", "place", "partner", "topic")


@pytest.fixture
def row():
    return make.EscalatedBlockerFactory(title="Two budgets", place=make.PlaceFactory())


@pytest.mark.parametrize("beside", PLACES)
def test_blocker_is_shown_beside_things_to_those_who_may_read_it(client, row, beside):
    make.PlannedItemFactory(topic=row.topic)  # so that anybody may open its page
    address = getattr(row, beside).get_absolute_url()
    assert "Blockers" not in client.get(address).text
    assert "Blockers" not in sign_in(client, make.UserFactory()).get(address).text
    assert "Blockers" in sign_in(client, make.MembershipFactory().user).get(address).text


@pytest.mark.parametrize("beside", PLACES)
def test_page_of_anybody_asks_nothing_about_blockers(client, row, beside):
    make.PlannedItemFactory(topic=row.topic)
    address = getattr(row, beside).get_absolute_url()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert not [query["sql"] for query in asked if "blockers_blocker" in query["sql"]]


def test_chair_is_asked_to_place_what_waits_with_the_board(client):
    chair = make.ChairFactory(seat__board__name="City Board")
    row = make.EscalatedBlockerFactory(board=chair.seat.board, escalated_at=timezone.now())
    asked = f"Plan or close what partners brought to the City Board: {row.topic.title}"
    sign_in(client, chair.holder)
    assert asked in text_of(client, "my_home")
    topics.close(topic=row.topic, by=chair.holder, reason="Not ours")
    assert asked not in text_of(client, "my_home")
    sign_in(client, row.owner)
    assert asked not in text_of(client, "my_home")


@pytest.mark.parametrize("name", ["blockers", "blocker", "my_home", "topic", "board", "staff home"])
def test_pages_make_the_same_queries_for_one_row_and_for_many(client, row, name):
    user = make.StaffFactory() if name == "staff home" else row.owner
    sign_in(client, user)
    address = {
        "blockers": reverse("blockers"), "blocker": row.get_absolute_url(), "topic": row.topic.get_absolute_url(),
        "board": row.board.get_absolute_url(),
    }.get(name, reverse("my_home"))  # fmt: skip
    make.PlannedItemFactory(topic=row.topic)
    facts = {"owner": user, "moved_at": in_days(-40)}

    def add():
        make.OwnedBlockerFactory(**facts, place=make.PlaceFactory())
        make.EscalatedBlockerFactory(owner=row.owner, board=row.board, topic=row.topic)
        make.BlockerFactory()
        make.BlockerStepFactory(blocker=row)

    add()
    few = queries(client, address)
    for _ in range(4):
        add()
    assert queries(client, address) == few
