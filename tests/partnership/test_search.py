"""What each person finds under which words, and what nobody does."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from partnership import search
from partnership.partners.models import Partner
from partnership.search import Found, Result
from places.footprint.models import Place
from tests import factories as make
from tests.assemblies.papers.signing import submitted
from tests.findable import ONE_OF_EACH, agenda_item, finder_of, report
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
YESTERDAY = timezone.localdate() - timedelta(days=1)


def titles(words: str, user=NOBODY) -> dict[str, list[str]]:
    """What the person finds: the titles, by kind."""
    return {group.kind: [result.title for result in group.results] for group in search.find(words, user)}


def test_every_kind_has_a_row_here():
    assert list(search.KINDS) == list(ONE_OF_EACH)


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_each_kind_is_found_by_its_title_and_its_page_opens(client, kind):
    ONE_OF_EACH[kind](0)
    finder = finder_of(kind)
    (group,) = search.find("zebra", finder)
    assert (group.kind, group.count) == (kind, 1)
    if finder.is_authenticated:
        assert search.find("zebra", NOBODY) == search.find("zebra", make.UserFactory()) == []
        client.force_login(finder)
    if kind not in ("Documents", "Past papers"):  # their files are not there
        assert client.get(group.results[0].url.partition("#")[0]).status_code == 200


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_each_kind_is_one_query_for_one_row_and_for_twenty(kind, django_assert_num_queries):
    kinds, finder = {kind: search.KINDS[kind]}, finder_of(kind)
    for number in range(20):
        ONE_OF_EACH[kind](number)
        if number in (0, 19):
            with django_assert_num_queries(1):
                assert search.find("zebra", finder, kinds)[0].count == number + 1


def test_ten_of_a_kind_are_found_and_all_are_counted():
    make.PartnerFactory.create_batch(12, summary="Advice for carers.")
    (group,) = search.find("carers", NOBODY)
    assert (group.count, len(group.results)) == (12, 10)


def test_what_the_title_says_weighs_more_than_the_summary():
    make.PartnerFactory(name="Able Advice", summary="Breaks for carers.")
    make.PartnerFactory(name="Carers’ Centre")
    assert titles("carer") == {"Partner organisations": ["Carers’ Centre", "Able Advice"]}


def test_what_an_app_says_can_be_found_is_found():
    make.PlaceFactory(name="Halton")

    def towns(user) -> Found:
        return Found(Place.objects.visible_to(user), ("name",), lambda row: Result(row.name, "/", "A town"))

    assert search.find("halton", NOBODY, {"Towns": towns}) == [
        search.Group("Towns", 1, [Result("Halton", "/", "A town")])
    ]
    assert search.find("widnes", NOBODY, {"Towns": towns}) == []


def test_draft_meeting_is_found_by_those_who_prepare_it_alone():
    chair = make.ChairFactory()
    make.MeetingFactory(title="Zebra draft", state="draft", board=chair.seat.board)
    member = make.MembershipFactory().user
    assert titles("zebra") == titles("zebra", member) == {}
    assert "Meetings" in titles("zebra", make.StaffFactory())
    assert "Meetings" in titles("zebra", chair.holder)


def test_meeting_by_invitation_is_found_by_those_invited():
    meeting = make.MeetingFactory(title="Zebra circle", by_invitation=True)
    make.DocumentFactory(meeting=meeting, title="Zebra slides")
    agenda_item(version__meeting=meeting)
    report(item__meeting=meeting)
    guest = make.UserFactory()
    make.InvitationFactory(meeting=meeting, email=guest.email)
    assert titles("zebra") == titles("zebra", make.UserFactory()) == {}
    assert set(titles("zebra", guest)) == {"Meetings", "Agenda items", "Documents", "Reports"}


def test_what_is_not_published_is_neither_found_nor_counted():
    people = [NOBODY, make.MembershipFactory().user, make.StaffFactory()]
    now = timezone.now()
    draft = make.MeetingFactory(state="draft")
    make.DocumentFactory(title="Zebra not released", released_at=None)
    make.DocumentFactory(title="Zebra withdrawn", withdrawn_at=now, withdrawn_because="It names people.")
    make.DocumentFactory(title="Zebra taken back", released_at=None, withdrawn_at=now)
    make.DocumentFactory(title="Zebra of a draft meeting", meeting=draft)
    make.DocumentFactory(replaces=make.DocumentFactory(title="Zebra replaced"))
    agenda_item(version__state="draft", version__published_at=None)
    agenda_item(version__meeting=draft)
    submitted(title="Zebra report nobody published")
    old = agenda_item()
    agenda_item(version__meeting=old.version.meeting, version__number=2, title="In its place")
    assert [titles("zebra", person) for person in people] == [{}, {}, {}]


def test_item_in_force_is_found_while_a_draft_changes_it():
    item = agenda_item()
    agenda_item(version__meeting=item.version.meeting, version__number=2, version__state="draft", title="Zebra secret")
    assert titles("zebra") == {"Agenda items": ["Zebra crossings 0"]}


def test_organisations_are_found_by_whoever_may_open_their_page():
    proposer = make.UserFactory()
    make.PartnerFactory(name="Zebra proposed", state=Partner.State.PROPOSED, added_by=proposer)
    make.PartnerFactory(name="Zebra merged", state="merged", merged_into=make.PartnerFactory())
    make.PartnerFactory(name="Zebra closed", state=Partner.State.CLOSED)
    assert titles("zebra") == {"Partner organisations": ["Zebra closed"]}
    both = {"Partner organisations": ["Zebra closed", "Zebra proposed"]}
    assert titles("zebra", proposer) == titles("zebra", make.StaffFactory()) == both


def test_only_open_posts_and_announced_elections_are_found():
    make.PostFactory(title="Zebra draft", state="draft")
    make.PostFactory(title="Zebra late", closes_on=YESTERDAY)
    election_of(title="Zebra election", slug="zebra", state="draft", announced_at=None)
    assert titles("zebra") == titles("zebra", make.UserFactory()) == {}
    assert titles("zebra", make.StaffFactory()) == {"Elections": ["Zebra election"]}


def test_seat_that_has_ended_is_not_found():
    make.SeatFactory(title="Zebra keeper", ends_on=YESTERDAY)
    make.SeatFactory(title="Zebra keeper", board__ends_on=YESTERDAY)
    assert titles("zebra") == {}


@pytest.mark.parametrize(
    "words", ["14 September 2020", "14/09/2020", "September 2020", "buses Monday 14 September 2020"]
)
def test_what_is_known_by_a_day_is_found_by_it(words):
    when = timezone.make_aware(datetime(2020, 9, 14, 0, 30))
    meeting = make.MeetingFactory(title="Buses", starts_at=when, state="closed")
    make.DecisionFactory(title="Free buses", decided_on=when.date(), meeting=meeting)
    make.DecisionFactory(title="More buses", decided_on=when.date() + timedelta(days=30))
    assert titles(words) == {"Meetings": ["Buses, Monday 14 September 2020"], "Decisions": ["Free buses"]}


def test_people_are_not_found():
    person = make.UserFactory(name="Zebedee Zebra", email="zebra@example.org")
    make.AppointmentFactory(holder=person)
    make.PlaceLeadFactory(user=person)
    make.ContactFactory(name="Zebedee Zebra")
    make.PartnerFactory(email="zebra@example.org", phone="0151 496 0000", address="1 Zebra Street")
    make.AgendaItemFactory(presenter="Zebedee Zebra")
    make.MeetingFactory(letter="Zebra", letter_from="Zebedee Zebra", joining_link="https://example.org/zebra")
    for user in (NOBODY, person, make.StaffFactory()):
        assert titles("zebra", user) == titles("Zebedee", user) == {}


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("oneill", "The O’Neill Trust"),
        ("o'neill", "The O’Neill Trust"),
        ("carers", "For “carers” – breaks"),
        ("breaks", "For “carers”—breaks…"),
        ("carer’s", "A carer's guide"),
        ("2029", "From 2026–2029"),
        ("ynys môn", "Ynys\u00a0Môn"),
    ],
)
def test_typographic_signs_are_no_part_of_a_word(words, written):
    make.PartnerFactory(summary=written)
    assert list(titles(words)) == ["Partner organisations"]
