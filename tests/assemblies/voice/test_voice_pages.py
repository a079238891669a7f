"""The pages of asking, answering, reading and reporting back, as each person meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.voice.actions import report_back
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.models import CallForViews, InputMark, PartnerAnswer, ReportBack, TopicSummary
from partnership.partners.models import PeopleGroup
from tests import factories as make
from tests.assemblies.voice.voice import give, over, sector
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def moment(name: str, when) -> dict[str, str]:
    local = timezone.localtime(when)
    return {f"{name}_day": f"{local:%d/%m/%Y}", f"{name}_clock": f"{local:%H:%M}"}


def answers(call, stance: str, words: str = "", *, seen: int = 0, **more: str) -> dict[str, str]:
    given = {"seen": str(seen)} | more
    for topic in call.topics.all():
        given |= {f"stance_{topic.pk}": stance, f"words_{topic.pk}": words}
    return given


# --- asking -------------------------------------------------------------------------------------------------------


@pytest.fixture
def asking(client):
    here = sector("Aid", "Bees")
    address = f"/meetings/{here.meeting.slug}/calls/new/{here.seat.pk}/"
    return here, sign_in(client, here.holder), address


def test_representative_asks_those_they_speak_for(asking):
    here, client, address = asking
    page = client.get(address)
    assert "2 listed organisations" in page.text
    assert "Community transport" in page.text
    key = page.context["form"]["key"].value()
    sent = {"items": [here.items[0].pk], "words": "Tell me.", "key": key} | moment(
        "closes_at", here.meeting.starts_at - DAY
    )
    done = client.post(address, sent, follow=True)
    assert "2 organisations asked." in done.text
    client.post(address, sent)
    assert [str(topic) for topic in CallForViews.objects.get().topics.all()] == ["Community transport"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"items": []}, "Choose an item, or ask a question of your own"),
        ({"items": [0]}, "The agenda has just changed. Choose its items again."),
        ({"items": ["x"]}, "is not a valid value"),
        ({"question": "w" * 301}, "at most 300 characters"),
        ({"closes_at_day": "", "closes_at_clock": ""}, "Answers close: enter the date and the time"),
        ({"closes_at_day": "the day after never"}, "day"),
        ({"closes_at_day": "1/1/2020"}, "Choose a closing time in the future."),
        ({"closes_at_day": "1/1/2099"}, "Close before the meeting starts"),
    ],
)
def test_bad_call_is_explained_and_what_was_typed_is_kept(asking, change, said):
    here, client, address = asking
    sent = {"items": [here.items[0].pk], "words": "Words I typed.", "key": "7c6a9f3e-5a4b-4a57-9f5e-0d6f0c9b1a11"}
    sent |= moment("closes_at", here.meeting.starts_at - DAY) | change
    page = client.post(address, sent)
    assert said in page.text
    assert "Words I typed." in page.text
    assert not CallForViews.objects.exists()


@pytest.mark.parametrize("hide", ["no agenda", "by invitation"])
def test_items_nobody_can_read_are_not_offered(asking, hide):
    here, client, address = asking
    if hide == "no agenda":
        here.meeting.agenda_versions.update(state="draft")
    else:
        Meeting.objects.update(by_invitation=True)
    page = client.get(address).text
    assert "Community transport" not in page
    assert "Ask your own question." in page
    empty = client.post(address, moment("closes_at", here.meeting.starts_at - DAY))
    assert "Enter your question" in empty.text


def test_closing_time_is_moved_and_a_bad_one_is_explained(asking):
    here, client, _ = asking
    call = here.ask()
    address = f"/calls/{call.pk}/closing/"
    assert "in the future" in client.post(address, moment("closes_at", timezone.now() - DAY)).text
    assert "has changed" in client.post(address, moment("closes_at", timezone.now() + DAY), follow=True).text
    assert CallForViews.objects.get().closes_at < call.closes_at


# --- answering ----------------------------------------------------------------------------------------------------


def test_member_answers_and_a_colleague_changes_it(client):
    here = sector("Aid")
    call = here.ask(words="Tell me what would help.")
    sign_in(client, here.members[0])
    page = client.get(f"/calls/{call.pk}/").text
    assert "Tell me what would help." in page
    assert "Answer for Aid" in page
    done = client.post(
        f"/calls/{call.pk}/answer/{here.partners[0].slug}/", answers(call, "support", "Yes."), follow=True
    )
    assert "We have the answer from Aid." in done.text
    assert "Answered by Aid member" in done.text
    colleague = make.MembershipFactory(partner=here.partners[0], user__name="Cole League").user
    sign_in(client, colleague)
    sent = answers(call, "concerns", "Too late.", seen=1, named="on")
    assert "changed by Cole League" in client.post(
        f"/calls/{call.pk}/answer/{here.partners[0].slug}/", sent, follow=True
    ).text  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stance": ""}, "Choose where you stand on “Community transport”"),
        ({"stance": "maybe"}, "from the list"),
        ({"stance": "changes", "words": ""}, "Say what should change"),
        ({"stance": "concerns", "words": "  "}, "Say what concerns you"),
        ({"words": "w" * 4001}, "at most 4000 characters"),
    ],
)
def test_bad_answer_is_explained_and_what_was_typed_is_kept(client, change, said):
    here = sector("Aid")
    call = here.ask()
    sent = answers(call, "support", "Words I typed.")
    first = call.topics.first()
    sent |= {f"{name}_{first.pk}" if name != "seen" else name: value for name, value in change.items()}
    page = sign_in(client, here.members[0]).post(f"/calls/{call.pk}/answer/{here.partners[0].slug}/", sent)
    assert said in page.text
    assert "Words I typed." in page.text
    assert not PartnerAnswer.objects.exists()


def test_colleague_who_wrote_is_shown_and_nothing_is_lost(client):
    here = sector("Aid")
    call = here.ask()
    address = f"/calls/{call.pk}/answer/{here.partners[0].slug}/"
    sign_in(client, here.members[0])
    here.answer(call, 0, "support", words="What they wrote.")
    page = client.post(address, answers(call, "concerns", "What I wrote."))
    assert "A colleague has just answered" in page.text
    assert "What they wrote." in page.text
    assert "What I wrote." in page.text
    seen = page.context["form"]["seen"].value()
    assert client.post(address, answers(call, "concerns", "What I wrote.", seen=seen)).status_code == 302


def test_what_nobody_types_may_be_nonsense_without_harm(client):
    here = sector("Aid")
    call = here.ask()
    address = f"/calls/{call.pk}/answer/{here.partners[0].slug}/"
    sign_in(client, here.members[0])
    assert client.post(address, answers(call, "support", "Yes.") | {"seen": "x"}).status_code == 302
    assert "A colleague has just" in client.post(address, answers(call, "concerns", "No.") | {"seen": "-1"}).text
    sign_in(client, here.holder)
    sent = {"question": "Why?", "key": "no key"} | moment("closes_at", here.meeting.starts_at - DAY)
    assert client.post(f"/meetings/{here.meeting.slug}/calls/new/{here.seat.pk}/", sent).status_code == 302
    assert CallForViews.objects.count() == 2


def test_closed_call_takes_no_answer_and_says_so(client):
    here = sector("Aid")
    call = here.ask()
    CallForViews.objects.update(opened_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
    address = f"/calls/{call.pk}/answer/{here.partners[0].slug}/"
    page = sign_in(client, here.members[0]).post(address, answers(call, "support"), follow=True)
    assert "This call is closed" in page.text
    assert "Aid did not answer." in page.text
    assert not PartnerAnswer.objects.exists()


def test_nobody_answers_for_an_organisation_they_do_not_belong_to(client):
    here = sector("Aid", "Bees")
    call = here.ask()
    sign_in(client, here.members[0])
    assert client.post(f"/calls/{call.pk}/answer/{here.partners[1].slug}/", answers(call, "support")).status_code == 404


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.fixture
def answered():
    here = sector("Aid", "Bees", "Cats")
    halton = make.PlaceFactory(name="Halton")
    halton.partners.add(here.partners[0], here.partners[1])
    here.partners[0].groups.add(PeopleGroup.objects.get(slug="carers"))
    call = here.ask()
    here.answer(call, 0, "support", "concerns", words="The last bus goes at five.", named=True)
    here.answer(call, 1, "support", words="We depend on it.")
    return here, call


def test_representative_reads_answers_by_stance_place_and_group(client, answered):
    here, call = answered
    page = sign_in(client, here.holder).get(f"/calls/{call.pk}/views/")
    first, second = page.context["results"]
    assert [tally.count for tally in first.tallies] == [2, 0, 0, 0]
    assert [tally.count for tally in second.tallies] == [1, 0, 1, 0]
    assert [(row.name, row.counts) for row in second.places] == [("Halton", [1, 0, 1, 0])]
    assert [(row.name, row.counts) for row in second.groups] == [
        ("Carers", [0, 0, 1, 0]),
        ("No group named", [1, 0, 0, 0]),
    ]
    assert "2 of 3 organisations have answered" in page.text
    assert "Cats" in client.get(f"/calls/{call.pk}/views/not-answered/").text
    carers = first.groups[0].pk
    narrowed = client.get(f"/calls/{call.pk}/views/2/?group={carers}").text
    assert "Aid" in narrowed
    assert "Bees" not in narrowed
    assert "Bees" not in client.get(f"/calls/{call.pk}/views/2/?stance=concerns").text


@pytest.mark.parametrize("query", ["place=x", "group=99999999", "stance=nonsense", "place=²", "page=7"])
def test_nonsense_in_the_address_narrows_nothing(client, answered, query):
    here, call = answered
    page = sign_in(client, here.holder).get(f"/calls/{call.pk}/views/1/?{query}").text
    assert "Aid" in page
    assert "Bees" in page


def test_staff_read_along_without_the_people_who_answered(client, answered):
    here, call = answered
    assert "Bees member" in sign_in(client, here.holder).get(f"/calls/{call.pk}/views/1/").text
    page = sign_in(client, make.StaffFactory()).get(f"/calls/{call.pk}/views/1/").text
    assert "We depend on it." in page
    assert "Bees member" not in page


def test_member_of_another_organisation_does_not_see_who_answered(client, answered):
    here, call = answered
    sign_in(client, here.members[2])
    assert client.get(f"/calls/{call.pk}/views/").status_code == 404
    page = client.get(f"/calls/{call.pk}/").text
    assert "Aid member" not in page
    assert "Nobody has answered for Cats yet." in page


def test_draft_of_the_summary_names_only_who_agreed(client, answered):
    here, call = answered
    page = sign_in(client, here.holder).get(f"/calls/{call.pk}/views/2/summary/")
    text = page.context["form"]["text"].value()
    assert "2 of the 3 organisations asked have answered." in text
    assert "- “The last bus goes at five.” (Aid)" in text
    assert "- “We depend on it.”\n" in f"{text}\n"
    assert "Bees" not in text


def test_summary_is_edited_and_attached(client, answered):
    here, call = answered
    address = f"/calls/{call.pk}/views/1/summary/"
    sign_in(client, here.holder)
    assert "Enter what members said" in client.post(address, {"text": " "}).text
    assert "20000 characters" in client.post(address, {"text": "w" * 20_001}).text
    page = client.post(address, {"text": "All want the bus.\n- More of it"}, follow=True)
    assert "It is on the draft agenda, which the chair will publish." in page.text
    summary = TopicSummary.objects.get()
    assert summary.paper.file.read(5) == b"%PDF-"
    assert "Summary attached" in client.get(f"/calls/{call.pk}/views/").text


def test_summary_with_an_item_that_is_none_is_refused(client, answered):
    here, _ = answered
    call = here.ask(question="What matters most?")
    here.answer(call, 0, "none")
    page = sign_in(client, here.holder).post(f"/calls/{call.pk}/views/1/summary/", {"text": "My words", "item": "0"})
    assert "Choose the item it belongs to from the list" in page.text
    assert "My words" in page.text


# --- reporting ----------------------------------------------------------------------------------------------------


def test_representative_reports_back_and_members_read_it(client):
    here = sector("Aid")
    here.ask()
    over(here.meeting)
    address = f"/meetings/{here.meeting.slug}/report-back/{here.seat.pk}/"
    sign_in(client, here.holder)
    assert "Enter what you want to tell them" in client.post(address, {"text": "", "outcome_0": "Kept words"}).text
    assert "Kept words" in client.post(address, {"text": "", "outcome_0": "Kept words"}).text
    assert "at most 10000 characters" in client.post(address, {"text": "w" * 10_001}).text
    assert not ReportBack.objects.exists()
    sent = {"text": "It went **well**.", "outcome_0": "Agreed, with your change.", "public": "on"}
    assert "Sent to 1 organisation." in client.post(address, sent, follow=True).text
    assert client.post(address, sent).status_code == 302
    report = ReportBack.objects.get()
    page = sign_in(client, here.members[0]).get(f"/reports-back/{report.pk}/").text
    for words in ("It went <strong>well</strong>.", "Community transport", "Agreed, with your change."):
        assert words in page
    client.logout()
    assert "Board in public" in client.get(here.seat.get_absolute_url()).text
    assert client.get(f"/reports-back/{report.pk}/").status_code == 200


def test_report_before_the_end_is_explained(client):
    here = sector("Aid")
    page = sign_in(client, here.holder).post(
        f"/meetings/{here.meeting.slug}/report-back/{here.seat.pk}/", {"text": "Too soon."}
    )
    assert "The meeting is not over yet." in page.text
    assert "Too soon." in page.text


def test_item_is_marked_and_the_mark_taken_back(client):
    here = sector("Aid")
    address = f"/meetings/{here.meeting.slug}/items/{here.items[0].pk}/input/"
    sign_in(client, here.holder)
    assert "Say how members’ input changed it" in client.post(address, {"how": " "}).text
    assert "at most 2000" in client.post(address, {"how": "w" * 2001}).text
    assert "The evening bus is in." in client.post(address, {"how": "The evening bus is in."}, follow=True).text
    back = f"/meetings/{here.meeting.slug}/input/{InputMark.objects.get().pk}/take-back/"
    agenda = client.get(here.meeting.get_absolute_url()).text
    assert agenda.count(address) == agenda.count(back) == 1
    public = sign_in(Client(), make.UserFactory()).get(here.meeting.get_absolute_url()).text
    assert "Mark as changed" not in public
    assert back not in public
    assert "Say why it no longer holds" in client.post(back, {"because": ""}).text
    assert "It was in already." in client.post(back, {"because": "It was in already."}, follow=True).text
    assert back not in client.get(here.meeting.get_absolute_url()).text


def test_call_for_a_meeting_that_is_cancelled_says_so(client):
    here = sector("Aid")
    call = here.ask()
    Meeting.objects.update(state="cancelled")
    page = sign_in(client, here.members[0]).get(f"/calls/{call.pk}/").text
    assert "The meeting is cancelled, so answers are no longer needed." in page
    assert "Answer for Aid" not in page


def test_deputy_acts_for_the_holder(client):
    here = sector("Aid")
    here.appointment.deputy = make.UserFactory()
    here.appointment.save()
    sign_in(client, here.appointment.deputy)
    assert client.get(f"/meetings/{here.meeting.slug}/calls/new/{here.seat.pk}/").status_code == 200
    assert client.get(f"/calls/{here.ask().pk}/views/").status_code == 200


# --- home ---------------------------------------------------------------------------------------------------------


def test_home_of_a_member_says_who_speaks_for_them_and_what_they_ask(client):
    here = sector("Aid")
    call = here.ask()
    make.ReportBackFactory(meeting__title="Last time", meeting__state="held", seat=here.seat, told=here.partners)
    make.AppointmentFactory(
        holder__name="Speaks Foreverybody"
    )  # a seat that names nobody speaks for nobody in particular
    page = sign_in(client, here.members[0]).get("/home/").text
    for words in ("Who speaks for you", "Rae Presents", "Say what you think before Board in public", "From Last time"):
        assert words in page
    assert "Speaks Foreverybody" not in page
    here.answer(call, 0, "support")
    assert "Say what you think before" not in client.get("/home/").text


def test_home_of_a_representative_leads_from_asking_to_reporting(client):
    here = sector("Aid", "Bees")
    sign_in(client, here.holder)
    assert "Ask the organisations you represent" in client.get("/home/").text
    here.answer(here.ask(), 0, "support")
    assert "Answers so far: 1 of 2" in client.get("/home/").text
    CallForViews.objects.update(opened_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
    assert "Sum up what members said for Board in public" in client.get("/home/").text
    over(here.meeting)
    page = client.get("/home/").text
    assert "Report back from Board in public" in page
    assert "still waiting to hear" not in page
    Meeting.objects.update(starts_at=timezone.now() - 21 * DAY, ends_at=timezone.now() - 20 * DAY)
    page = client.get("/home/").text
    assert page.count("Report back") == 1
    assert f": {here.seat.title}</a>" in page
    assert "still waiting to hear" in page
    report_back.report(meeting=here.meeting, seat=here.seat, by=here.holder, text="Well.")
    assert "Report back from" not in client.get("/home/").text


# --- how many queries ---------------------------------------------------------------------------------------------


def test_pages_ask_the_database_as_often_for_many_as_for_one(client):
    here = sector("Aid", "Bees")
    call = here.ask()
    here.answer(call, 0, "support", words="Yes.")
    make.ReportBackFactory(seat=here.seat, told=here.partners, public=True)
    pages = ["/calls/", "/home/", f"/calls/{call.pk}/", *(
        f"/calls/{call.pk}/views/{rest}" for rest in ("", "1/", "not-answered/", "1/summary/")
    ), here.seat.get_absolute_url(), f"{here.seat.get_absolute_url()}reports-back/"]  # fmt: skip
    make.MembershipFactory(user=here.holder, partner=here.partners[0])
    sign_in(client, here.holder)
    few = {address: queries(client, address) for address in pages}
    places = make.PlaceFactory.create_batch(5)
    groups = list(PeopleGroup.objects.all()[:5])
    for number in range(25):
        partner = here.join(f"Partner {number}", place=places[number % 5])
        partner.groups.set(groups)
        make.MembershipFactory(user=here.holder, partner=partner)
        call.asked.add(partner)
        if number % 2:
            views = dict.fromkeys(call.topics.all(), ("support", "Yes."))
            give(call, partner, here.members[-1], {topic: View(*said) for topic, said in views.items()})
        make.CallFactory(meeting=here.meeting, seat=here.seat, asked=here.partners)
        make.ReportBackFactory(seat=here.seat, told=here.partners, public=True)
        make.AppointmentFactory(seat__sector="vcfse", deputy=make.UserFactory())
    many = {address: queries(client, address) for address in pages}
    assert many == few
