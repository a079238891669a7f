"""A person says where they belong; staff decide; the person is told."""

import pytest

from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.partners.actions import membership, officer
from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db
State = Membership.State


@pytest.fixture
def person(client):
    user = make.UserFactory(name="Ada Lovelace")
    client.force_login(user)
    return user


def test_person_finds_their_organisation_by_part_of_its_name(client, person):
    partner = make.PartnerFactory(name="Halton Carers Centre", slug="halton-carers-centre")
    make.PartnerFactory(name="Wirral Homes")
    page = client.get("/account/organisation/", {"words": "carers halton"}).text
    assert "Halton Carers Centre" in page
    assert "Wirral Homes" not in page
    response = client.post("/account/organisation/halton-carers-centre/", {"role": "Trustee"}, follow=True)
    assert "You can register for open meetings meanwhile" in response.text
    asked = Membership.objects.get(user=person)
    assert (asked.partner, asked.role, asked.state) == (partner, "Trustee", State.WAITING)


def test_asking_twice_is_asking_once(person):
    partner = make.PartnerFactory()
    assert membership.ask(by=person, partner=partner) == membership.ask(by=person, partner=partner)
    assert Entry.objects.filter(verb="membership.asked").count() == 1


def test_unregistered_group_is_hidden_until_staff_accept_it(client, person):
    answers = {"name": "Runcorn Walkers", "kind": "vcfse", "charity_number": "", "summary": "", "role": "Founder"}
    client.post("/account/organisation/new/", answers)
    assert Partner.objects.get().state == Partner.State.PROPOSED
    client.logout()
    assert "Runcorn Walkers" not in client.get("/partners/").text
    membership.accept(membership=Membership.objects.get(), by=make.StaffFactory())
    assert Partner.objects.get().state == Partner.State.LISTED
    assert "Runcorn Walkers" in client.get("/partners/").text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": ""}, "Enter the name"),
        ({"charity_number": "12"}, "Enter a charity number: six or seven numbers"),
        ({"name": "halton carers CENTRE"}, "We already have an organisation with that name"),
        ({"charity_number": "no. 123 456"}, "We already have an organisation with that charity number"),
    ],
)
def test_new_organisation_with_bad_answers_keeps_them_unsaved(client, person, answers, message):
    make.PartnerFactory(name="Halton Carers Centre", charity_number="123456")
    sent = {"name": "Runcorn Walkers", "kind": "vcfse", "summary": "We walk.", "charity_number": ""} | answers
    page = client.post("/account/organisation/new/", sent).text
    assert message in page.replace("&#x27;", "'")
    assert "We walk." in page
    assert not Membership.objects.exists()
    assert Partner.objects.count() == 1


def test_scottish_charity_number_is_taken_in_any_spelling(client, person):
    client.post("/account/organisation/new/", {"name": "Kelso Voices", "kind": "vcfse", "charity_number": "sc 012345"})
    assert Partner.objects.get().charity_number == "SC012345"


def test_page_of_an_organisation_asks_no_member_whether_they_belong(client, person):
    mine, asked, other = make.PartnerFactory.create_batch(3)
    make.MembershipFactory(user=person, partner=mine)
    membership.ask(by=person, partner=asked, role="")
    for partner, words in {mine: "You belong to this", asked: "You have asked to join", other: "I belong to"}.items():
        page = client.get(partner.get_absolute_url()).text
        assert words in page
        assert ("I belong to" in page) == (partner == other)


def test_person_who_is_accepted_is_told(client):
    waiting = Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory(name="Halton Homes"))
    client.force_login(make.StaffFactory())
    assert "Waiting for a decision: 1" in client.get("/memberships/").text
    client.post(f"/memberships/{waiting.pk}/accept/")
    waiting.refresh_from_db()
    assert waiting.state == State.ACCEPTED
    mail = Message.objects.get(to_email=waiting.user.email)
    assert mail.subject == "You now belong to Halton Homes on the portal"
    assert "/meetings/" in mail.text


def test_person_who_is_refused_reads_why(client):
    waiting = Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory(name="Halton Homes"))
    client.force_login(make.StaffFactory())
    page = client.post(f"/memberships/{waiting.pk}/refuse/", {"reason": ""})
    assert "Say why, so that the person knows what to do" in page.text
    client.post(f"/memberships/{waiting.pk}/refuse/", {"reason": "Halton Homes do not know you."})
    assert "Halton Homes do not know you." in Message.objects.get(to_email=waiting.user.email).text
    client.force_login(waiting.user)
    assert "Halton Homes do not know you." in client.get("/account/organisation/").text


def test_decision_is_made_once():
    waiting = Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory())
    staff = make.StaffFactory()
    membership.accept(membership=waiting, by=staff)
    with pytest.raises(Refusal, match="already accepted"):
        membership.refuse(membership=waiting, by=staff, reason="No")
    assert Message.objects.filter(to_email=waiting.user.email).count() == 1


def test_person_leaves_after_being_told_what_it_means(client, person):
    mine = make.MembershipFactory(user=person)
    assert "You stay registered" in client.get(f"/account/memberships/{mine.pk}/end/").text
    client.post(f"/account/memberships/{mine.pk}/end/")
    mine.refresh_from_db()
    assert mine.state == State.ENDED


def test_nobody_ends_the_membership_of_someone_else(client, person):
    theirs = make.MembershipFactory()
    assert client.post(f"/account/memberships/{theirs.pk}/end/").status_code == 404


def test_memberships_ask_as_much_for_fifty_as_for_one(client, django_assert_num_queries):
    client.force_login(make.StaffFactory())

    def ask(number):
        for _ in range(number):
            Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory())
            make.MembershipFactory(decided_by=make.StaffFactory())

    ask(1)
    count = queries(client, "/memberships/")
    ask(54)
    with django_assert_num_queries(count):
        assert "1 to 50 of 55 memberships" in client.get("/memberships/").text


def test_own_organisations_ask_as_much_for_fifty_as_for_one(client, person, django_assert_num_queries):
    make.MembershipFactory(user=person, partner__name="Halton 0")
    count = queries(client, "/account/organisation/?words=halton")
    for number in range(1, 51):
        make.MembershipFactory(user=person, partner__name=f"Halton {number}")
    with django_assert_num_queries(count):
        client.get("/account/organisation/?words=halton")


def test_nobody_decides_about_themselves(client):
    staff = make.StaffFactory()
    own = make.MembershipFactory(user=staff, state="waiting", decided_at=None)
    client.force_login(staff)
    answer = client.post(f"/memberships/{own.pk}/accept/", follow=True)
    assert "You cannot decide about your own membership" in answer.text
    with pytest.raises(Refusal, match="your own membership"):
        membership.refuse(membership=own, by=staff, reason="x")
    membership.accept(membership=own, by=make.StaffFactory())
    with pytest.raises(Refusal, match="cannot make yourself an officer"):
        officer.set_part(membership=own, by=staff, part="officer")
    officer.set_part(membership=own, by=make.StaffFactory(), part="officer")
    assert officer.set_part(membership=own, by=staff, part="member").part == "member"  # giving up a right is one's own


def test_officers_are_told_who_joins_leaves_and_becomes_officer():
    keeper = make.MembershipFactory(part="officer")
    partner, staff = keeper.partner, make.StaffFactory()
    new = make.MembershipFactory(partner=partner, state="waiting", decided_at=None)
    membership.accept(membership=new, by=staff)
    officer.set_part(membership=new, by=staff, part="officer")
    officer.set_part(membership=new, by=staff, part="member")
    membership.end(membership=new, by=staff)
    subjects = Message.objects.order_by("pk").values_list("to_email", "subject")
    assert [said for to, said in subjects if to == keeper.user.email] == [
        f"{partner}: {new.user} has joined",
        f"{partner}: {new.user} is now an officer",
        f"{partner}: {new.user} is no longer an officer",
        f"{partner}: {new.user} has left",
    ]
    assert [said for to, said in subjects if to == new.user.email][1:] == [
        f"{partner}: you are now an officer",
        f"{partner}: you are no longer an officer",
        f"{partner}: you no longer belong to it",
    ]
