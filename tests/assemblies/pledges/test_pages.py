"""Pledges and asks as people read and answer them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.pledges.models import Ask, Pledge
from partnership import todo
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.PartnerFactory(name="Halton Carers")


@pytest.fixture
def member(partner):
    return make.MembershipFactory(partner=partner).user


def titles(person) -> str:
    return " ".join(each.title for each in todo.now_for(person))


def test_person_answers_and_is_led_to_their_pledge_and_ask(client, partner):
    ended = timezone.now() - timedelta(hours=1)
    meeting = make.MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended)
    will, need = make.ExitQuestionFactory(meeting=meeting), make.ExitQuestionFactory(meeting=meeting, kind="need")
    person = make.RegistrationFactory(meeting=meeting, name="Ann Lee")
    address = reverse("registration_answers", args=[person.key])
    sent = {f"question_{will.pk}": "Open our hall", f"question_{need.pk}": "A van", f"partner_{need.pk}": partner.pk}
    page = client.post(address, sent | {"shown_as": "name"}, follow=True).text
    assert Pledge.objects.get().own_url in page
    assert Ask.objects.get().own_url in page
    assert "We tell Halton Carers what you need" in page
    again = client.get(address).text
    assert f'value="{partner.pk}" selected' in again
    assert 'value="name" id="id_shown_as_1" checked' in again or "checked" in again.split('value="name"')[1][:80]


def test_home_leads_place_leads_to_what_was_said_of_their_place(client):
    lead, other = make.PlaceLeadFactory(place__name="Halton"), make.PlaceLeadFactory()
    make.PledgeFactory(answer__place=lead.place)
    words = "What people will do for Halton, and what it needs"
    assert words in sign_in(client, lead.user).get(reverse("my_home")).text
    assert words not in sign_in(client, other.user).get(reverse("my_home")).text


def test_two_partners_for_one_ask_are_refused_and_answers_kept(client, partner):
    ended = timezone.now() - timedelta(hours=1)
    need = make.ExitQuestionFactory(
        meeting=make.MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended), kind="need"
    )
    person = make.RegistrationFactory(meeting=need.meeting)
    sent = {
        f"question_{need.pk}": "A van",
        f"partner_{need.pk}": [partner.pk, make.PartnerFactory().pk],
        "shown_as": "name",
    }
    page = client.post(reverse("registration_answers", args=[person.key]), sent).text
    assert "Choose one partner" in page
    assert "A van</textarea>" in page
    assert not Ask.objects.exists()


def test_partner_that_closes_meanwhile_is_refused(client, partner):
    ended = timezone.now() - timedelta(hours=1)
    need = make.ExitQuestionFactory(
        meeting=make.MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended), kind="need"
    )
    person = make.RegistrationFactory(meeting=need.meeting)
    partner.state, partner.closed_on = "closed", timezone.localdate()
    partner.save()
    sent = {f"question_{need.pk}": "A van", f"partner_{need.pk}": partner.pk, "shown_as": "name"}
    page = client.post(reverse("registration_answers", args=[person.key]), sent).text
    assert "There is a problem" in page
    assert "A van</textarea>" in page


def test_owner_says_how_it_goes_by_link_and_bad_answers_are_kept(client):
    pledge = make.PledgeFactory()
    page = client.post(pledge.own_url, {"state": "given_up", "words": "no"}).text
    assert "Say in a sentence why you gave it up" in page
    assert "Select how it goes" in client.post(pledge.own_url, {"words": "It goes well"}).text
    client.post(pledge.own_url, {"state": "kept", "words": "The hall opens each Monday"})
    assert "The hall opens each Monday" in client.get(pledge.get_absolute_url()).text
    assert "Has that changed?" in client.get(pledge.own_url).text
    client.post(pledge.own_url, {"state": "under_way"})
    pledge.refresh_from_db()
    assert pledge.state == "under_way"


@pytest.mark.parametrize("factory", [make.NamedPledgeFactory, make.AskFactory])
def test_who_agreed_to_be_named_can_hide_their_name_later(client, factory):
    row = factory(shown_as="name", name="Ann Lee", organisation="Halton Carers")
    hide = f"{row.own_url}hide/"
    assert hide in client.get(row.own_url).text
    assert "Ann Lee" in client.get(hide).text
    assert "Ann Lee" in client.get(row.get_absolute_url()).text
    client.post(hide)
    page = client.get(row.get_absolute_url()).text
    assert "Ann Lee" not in page
    assert "Halton Carers" not in page
    assert hide not in client.get(row.own_url).text


def test_name_is_hidden_wherever_the_same_words_were_asked(client):
    ask = make.AskFactory(shown_as="name", name="Ann Lee")
    others = [
        make.AskFactory(answer=ask.answer, shown_as="name", name="Ann Lee"),
        make.AskFactory(shown_as="name", name="Bo"),
    ]
    client.post(f"{ask.own_url}hide/")
    assert [Ask.objects.get(pk=each.pk).name for each in (ask, *others)] == ["", "", "Bo"]


@pytest.mark.parametrize("factory", [make.PledgeFactory, make.AskFactory])
def test_link_ends_with_the_address(client, factory):
    row = factory(email="")
    for response in (client.get(row.own_url), client.post(f"{row.own_url}hide/")):
        assert response.status_code == 404
        assert "This link has ended" in response.text


def test_nobody_reads_the_address_or_the_key(client):
    rows = [make.NamedPledgeFactory(), make.AskFactory()]
    sign_in(client, make.StaffFactory())
    for row in rows:
        for address in (row.get_absolute_url(), reverse("pledges"), reverse("asks")):
            page = client.get(address).text
            assert row.email not in page
            assert row.key not in page


def test_pledge_of_a_meeting_by_invitation_is_not_public(client):
    hidden = [
        factory(answer__question__meeting__by_invitation=True) for factory in (make.PledgeFactory, make.AskFactory)
    ]
    for row in hidden:
        assert client.get(row.get_absolute_url()).status_code == 404
        assert row.text not in client.get(reverse("pledges")).text + client.get(reverse("asks")).text
    sign_in(client, make.MembershipFactory(partner=hidden[1].partner).user)
    assert client.get(hidden[0].get_absolute_url()).status_code == 404
    assert client.get(hidden[1].get_absolute_url()).status_code == 200


@pytest.mark.parametrize("hidden", [{"by_invitation": True}, {"state": "draft"}])
def test_list_names_no_meeting_its_reader_may_not_see(client, hidden):
    meeting = make.MeetingFactory(title="Merger of the two trusts", **hidden)
    for name in ("pledges", "asks"):
        page = client.get(reverse(name), {"meeting": meeting.slug}).text
        assert meeting.title not in page


def test_member_is_asked_and_answers(client, partner, member):
    ask = make.AskFactory(partner=partner)
    assert f"Halton Carers is asked: {ask.text}" in titles(member)
    sign_in(client, member)
    page = client.post(reverse("ask_respond", args=[ask.pk, "decline"]), {"words": ""}).text
    assert "Say in a sentence why not" in page
    client.post(reverse("ask_respond", args=[ask.pk, "accept"]), {"words": "On Monday"})
    ask.refresh_from_db()
    assert ask.state == "accepted"
    assert f"Halton Carers accepted: {ask.text}" in titles(member)


def test_others_do_not_answer_for_the_partner(client, partner):
    ask = make.AskFactory(partner=partner)
    waiting = make.MembershipFactory(partner=partner, state="requested").user
    for person in (waiting, make.MembershipFactory().user, make.StaffFactory()):
        sign_in(client, person)
        assert client.post(reverse("ask_respond", args=[ask.pk, "accept"])).status_code == 403


def test_staff_are_asked_who_to_ask_and_choose(client, partner, member):
    ask, staff = make.UnsentAskFactory(), make.StaffFactory()
    assert "Choose who is asked: 1 ask waits for a partner" in titles(staff)
    sign_in(client, staff)
    assert ask.text in client.get(reverse("asks_to_send")).text
    address = reverse("ask_send", args=[ask.pk])
    assert "Choose a partner" in client.post(address, {}).text
    client.post(address, {"partner": partner.pk})
    ask.refresh_from_db()
    assert ask.partner == partner
    assert "Choose who is asked" not in titles(staff)


def test_owner_is_asked_at_home_until_they_say(client):
    person = make.UserFactory()
    pledge = make.PledgeFactory(email=person.email, asked="30-days", asked_at=timezone.now())
    assert f"Say how your pledge goes: {pledge.text}" in titles(person)
    client.post(pledge.own_url, {"state": "under_way"})
    assert "Say how your pledge goes" not in titles(person)


def test_partner_page_shows_promised_asked_and_answered(client, partner):
    made = make.NamedPledgeFactory(of_partner=partner)
    asked, answered = make.AskFactory(partner=partner), make.AskFactory(partner=partner, state="answered")
    other = make.AskFactory(of_partner=partner, organisation=partner.name, shown_as="organisation")
    page = client.get(reverse("partner_pledges", args=[partner.slug])).text
    assert all(row.text in page for row in (made, asked, answered, other))
    assert "2 things are asked of it, 1 not answered yet" in client.get(partner.get_absolute_url()).text


def test_next_assembly_opens_with_what_happened_next(client):
    pledge = make.PledgeFactory(answer__question__meeting__kind="assembly", state="kept")
    board = pledge.meeting.board
    following = make.MeetingFactory(board=board, kind="assembly")
    page = client.get(following.get_absolute_url()).text
    assert "What happened next" in page
    assert pledge.text in page
    for other in (make.MeetingFactory(board=board, kind="board"), make.MeetingFactory(kind="assembly"), pledge.meeting):
        assert "What happened next" not in client.get(other.get_absolute_url()).text


def test_place_shows_its_pledges_and_asks(client):
    place = make.PlaceFactory()
    rows = [make.PledgeFactory(answer__place=place), make.AskFactory(answer__place=place)]
    page = client.get(place.get_absolute_url()).text
    assert all(row.text in page for row in rows)


@pytest.mark.parametrize(
    ("address", "factory"),
    [("/pledges/", make.NamedPledgeFactory), ("/asks/", make.AskFactory), ("/asks/to-send/", make.UnsentAskFactory)],
)
def test_lists_make_the_same_queries_for_one_row_and_for_many(client, address, factory):
    sign_in(client, make.StaffFactory())
    factory(answer__place=make.PlaceFactory())
    one = queries(client, address)
    for _ in range(4):
        factory(answer__place=make.PlaceFactory())
    assert queries(client, address) == one


@pytest.mark.parametrize(
    "address", ["/pledges/?place=nowhere", "/asks/?state=odd", "/pledges/?meeting=none", "/asks/?partner=x"]
)
def test_question_that_makes_no_sense_gets_an_answer(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("factory", [make.NamedPledgeFactory, make.AskFactory])
def test_author_stops_our_emails_and_the_link_ends(client, factory):
    row = factory()
    assert "Stop emails about" in client.get(f"{row.own_url}stop/").text
    assert "We write to you no more" in client.post(f"{row.own_url}stop/", follow=True).text
    row.refresh_from_db()
    assert row.email == ""
    for response in (client.get(row.own_url), client.post(f"{row.own_url}stop/")):
        assert response.status_code == 404
