"""The page of one decision, its excerpt, and the pages on which people add to the record."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.decisions.actions import decision as decisions
from assemblies.decisions.models import Decision
from partnership import decision_links, todo
from partnership.decision_links import Link
from partnership.partners.models import Membership, Partner
from tests import factories as make
from tests import made_pdfs, pdfs
from tests.assemblies.decisions.test_register import closed_decision, withdrawn_version
from tests.assemblies.minutes.held import Held
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return make.StaffFactory()


@pytest.fixture
def officer():
    """An officer of a council."""
    partner = make.PartnerFactory(kind=Partner.Kind.COUNCIL)
    member = make.MembershipFactory(partner=partner, part=Membership.Part.OFFICER)
    return member.user


def text_of(answer) -> str:
    return pdfs.text_of(answer.content)


def pdf():
    return SimpleUploadedFile("a.pdf", made_pdfs.words("What the tender says"))


# --- reading ------------------------------------------------------------------------------------------------------


def test_decision_page_shows_the_record(client):
    made = make.DecisionFactory(
        recommendation="Agree the plan.", recommendation_number=2, reasons="It helps.", alternatives="Do nothing.",
        mover="Ann Mover", seconder="Bob Seconder",
    )  # fmt: skip
    make.DecisionVoteFactory(decision=made, name="Cat Voter")
    make.DecisionVoteFactory(decision=made, vote="against")
    make.DecisionInterestFactory(decision=made, name="Dan", nature="Owns the firm", mitigation="withdraw")
    page = client.get(made.get_absolute_url()).text
    for words in (
        "Recommendation 2", "Agree the plan.", "It helps.", "Do nothing.", "Ann Mover, seconded by Bob Seconder",
        "1 for, 1 against", "Cat Voter", "Dan: Owns the firm; left the meeting for it",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("mitigation", "words"),
    [
        ("note", "took part"),
        ("stay_no_vote", "stayed and did not vote"),
        ("withdraw", "left the meeting for it"),
        ("papers_withheld", "did not get the papers, and left the meeting for it"),
    ],
)
def test_interest_from_the_record_of_a_meeting_is_in_words(client, mitigation, words):
    held = Held().start()
    held.here(held.chair, *held.members)
    held.enter(
        "interest", 1, seat=held.seat_of(held.members[0]), kind="financial", nature="Illustrative.", withheld=False,
        mitigation=mitigation, dispensation_by="", dispensation_until="",
    )  # fmt: skip
    held.agree(1)
    held.agree(3)
    held.take(2)
    held.end()
    made = Decision.objects.get(item=held.items[0])
    assert f"{held.members[0].name}: Illustrative; {words}." in client.get(made.get_absolute_url()).text


def test_item_agreed_as_a_whole_does_not_say_its_title_twice(client):
    made = make.DecisionFactory(title="The winter plan", text="The winter plan", recommendation="")
    assert client.get(reverse("decisions")).text.count("The winter plan") == 1
    assert client.get(made.get_absolute_url()).text.partition("What was decided")[2].count("The winter plan") == 0
    assert text_of(client.get(reverse("decision_excerpt", args=[made.pk]))).count("The winter plan") == 1


def test_withheld_interest_shows_no_detail(client):
    made = make.DecisionInterestFactory(nature="Lives at the shelter", is_withheld=True).decision
    for address in (made.get_absolute_url(), reverse("decision_excerpt", args=[made.pk])):
        answer = client.get(address)
        page = answer.text if "html" in answer["Content-Type"] else text_of(answer)
        assert "details withheld" in page
        assert "shelter" not in page


def test_closed_decision_page_shows_title_ground_and_day_alone(client):
    made = closed_decision(reasons="Because it is cheap.", recommendation="Take the firm.")
    make.DecisionVoteFactory(decision=made, name="Cat Voter")
    make.BackgroundPaperFactory(decision=made, title="The tender")
    page = client.get(made.get_absolute_url()).text
    assert "A contract" in page
    assert "It is about a contract that is not signed." in page
    for hidden in (
        "Who gets it",
        "Secretive",
        "cheap",
        "Take the firm",
        "Cat Voter",
        "The tender",
        "agreed",
        "excerpt",
    ):
        assert hidden not in page, hidden


def test_excerpt_of_a_closed_decision_is_not_there_for_others(client):
    made = closed_decision()
    address = reverse("decision_excerpt", args=[made.pk])
    assert client.get(address).status_code == 404
    sign_in(client, make.AppointmentFactory(seat__board=made.board).holder)
    assert "Closed: not for publication." in text_of(client.get(address))


def test_decision_of_a_meeting_by_invitation_is_not_there_for_others(client):
    meeting = make.MeetingFactory(by_invitation=True)
    made = make.DecisionFactory(board=meeting.board, meeting=meeting)
    for name in ("decision", "decision_excerpt"):
        assert client.get(reverse(name, args=[made.pk])).status_code == 404


def test_recommendation_of_a_withdrawn_report_is_out_of_view(client):
    made = make.DecisionFactory(report_version=withdrawn_version(), recommendation="Name the patient.", text="")
    assert "Name the patient." not in client.get(made.get_absolute_url()).text
    assert "Name the patient." not in text_of(client.get(reverse("decision_excerpt", args=[made.pk])))
    sign_in(client, make.StaffFactory())
    form = client.get(reverse("decision_revise", args=[made.pk]))
    assert form.status_code == 200
    assert "Name the patient." not in form.text


def test_decision_taken_again_shows_both(client):
    old = make.DecisionFactory()
    new = make.DecisionFactory(revises=old, revised_because="New figures came in.", board=old.board)
    assert f"Read {new}" in client.get(old.get_absolute_url()).text
    page = client.get(new.get_absolute_url()).text
    assert f">{old}</a>" in page
    assert "New figures came in." in page


def test_decision_page_shows_what_later_apps_add(client, monkeypatch):
    def look(rows, user):
        return [(row, Link("The shared fund", "/funds/1/", "approved by it")) for row in rows]

    monkeypatch.setattr(decision_links, "FINDERS", [look])
    made = make.DecisionFactory()
    led_to = make.OfficerDecisionFactory(authority="specific", effect="", delegated_by=made, title="The award")
    page = client.get(made.get_absolute_url()).text
    assert 'href="/funds/1/">The shared fund</a>: approved by it' in page
    assert led_to.get_absolute_url() in page
    assert made.get_absolute_url() in client.get(led_to.get_absolute_url()).text


def test_decision_page_makes_as_many_queries_whatever_it_shows(client):
    made = make.DecisionFactory()

    def more(count):
        for _ in range(count):
            make.DecisionVoteFactory(decision=made)
            make.DecisionInterestFactory(decision=made)
            make.BackgroundPaperFactory(decision=made)
            made.places.add(make.PlaceFactory())
            make.OfficerDecisionFactory(authority="specific", effect="", delegated_by=made)

    more(1)
    few = queries(client, made.get_absolute_url())
    more(5)
    assert queries(client, made.get_absolute_url()) == few


def test_excerpt_says_what_was_decided_on_the_whole_item(client):
    meeting = make.MeetingFactory(starts_at=make.in_days(-1))
    item = make.AgendaItemFactory(version__meeting=meeting)
    facts = {"board": meeting.board, "meeting": meeting, "item": item}
    one = make.DecisionFactory(**facts, recommendation_number=1, title="The plan 计划")
    two = make.DecisionFactory(**facts, recommendation_number=2, outcome="deferred")
    answer = client.get(reverse("decision_excerpt", args=[one.pk]))
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer)
    assert "The plan 计划" in text
    assert f"Recommendation 2: deferred ({two})" in " ".join(text.split())


# --- an officer records -------------------------------------------------------------------------------------------


def answers(user, **facts):
    partner = user.memberships.get().partner
    usual = {
        "key": str(uuid4()), "officer_post": "Director of place", "on_behalf_of": partner.pk, "title": "The contract",
        "decided_on": str(timezone.localdate()), "text": "It is awarded.", "reasons": "It was the best of four offers.",
        "alternatives": "None", "authority": "general", "effect": "spending", "readers": "open",
    }  # fmt: skip
    return usual | facts


def test_officer_records_a_decision_that_is_out_at_once(client, officer):
    sign_in(client, officer)
    answer = client.post(reverse("decision_new"), answers(officer))
    made = Decision.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.officer, made.recorded_by, made.on_behalf_of) == (officer, officer, officer.memberships.get().partner)
    client.logout()
    assert "It is awarded." in client.get(made.get_absolute_url()).text


def test_officer_records_for_their_own_organisation_alone(client, officer):
    sign_in(client, officer)
    other = make.PartnerFactory(kind=Partner.Kind.COUNCIL)
    page = client.post(reverse("decision_new"), answers(officer, on_behalf_of=other.pk)).text
    assert page.count('href="#id_on_behalf_of') == page.count('href="#id_') == 1
    assert not Decision.objects.exists()


def test_member_who_is_no_officer_records_nothing(client):
    sign_in(client, make.MembershipFactory().user)
    assert client.get(reverse("decision_new")).status_code == 403


def test_staff_enter_it_for_an_officer_and_the_page_says_so(client, officer, staff):
    sign_in(client, staff)
    client.post(reverse("decision_new"), answers(officer, officer=officer.email))
    made = Decision.objects.get()
    assert (made.officer, made.recorded_by) == (officer, staff)
    assert "by the partnership’s staff, for the officer" in client.get(made.get_absolute_url()).text


def test_members_who_declared_a_conflict_are_in_the_record(client, officer):
    sign_in(client, officer)
    asked = make.DecisionFactory()
    facts = {"authority": "specific", "delegated_by": asked.pk, "interests": "Ann: owns the firm\n\nBob: works there"}
    client.post(reverse("decision_new"), answers(officer, **facts))
    made = asked.led_to.get()
    assert [(each.name, each.nature) for each in made.interests.all()] == [
        ("Ann", "owns the firm"),
        ("Bob", "works there"),
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": "x" * 201}, "at most 200"),
        ({"text": "x" * 20_001}, "at most 20000"),
        ({"reasons": "<b>."}, "Give the reasons"),
        ({"decided_on": "1 January 2099"}, "cannot be in the future"),
        ({"authority": "specific"}, "who asked for this decision"),
        ({"authority": "specific", "delegated_by": "987654"}, "no decision 987654"),
        ({"authority": "specific", "authority_text": "The board.", "interests": "Ann"}, "a line of its own"),
        ({"effect": ""}, "what the decision does"),
        ({"readers": ""}, "who may read it"),
        ({"alternatives": ""}, "ptions considered and rejected"),
    ],
)
def test_answers_that_cannot_be_are_kept_and_said(client, officer, facts, said):
    sign_in(client, officer)
    page = client.post(reverse("decision_new"), answers(officer, **facts))
    assert page.status_code == 200
    assert said in page.text
    assert "Director of place" in page.text
    assert not Decision.objects.exists()


def test_script_and_nul_in_a_decision_are_harmless(client, officer):
    sign_in(client, officer)
    client.post(
        reverse("decision_new"), answers(officer, title="a\x00b<script>alert(1)</script>", text="<script>alert(2)")
    )
    page = client.get(Decision.objects.get().get_absolute_url()).text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page


def test_form_under_a_decision_names_it(client, officer):
    sign_in(client, officer)
    asked = make.DecisionFactory()
    assert f'value="{asked.pk}"' in client.get(f"{reverse('decision_new')}?under={asked.pk}").text
    assert client.get(f"{reverse('decision_new')}?under=²").status_code == 200


# --- closed by an officer -----------------------------------------------------------------------------------------


def test_officer_closes_a_decision_and_gives_the_ground(client, officer):
    sign_in(client, officer)
    board = make.BoardFactory()
    answer = client.post(reverse("decision_new"), answers(officer, readers="closed"))
    made = Decision.objects.get()
    address = reverse("decision_ground", args=[made.pk])
    assert answer.url == address
    assert [each.title for each in todo.now_for(officer)] == ["Say why “The contract” is closed to the public"]
    chosen = f"{address}?board={board.slug}"
    assert f"ground_{board.pk}" in client.get(chosen).text
    facts = {"seen": "x", "who": "closed", "public_title": "A contract", f"ground_{board.pk}": "own"}
    assert "Give the reason" in client.post(chosen, facts).text
    client.post(chosen, facts | {f"reason_{board.pk}": "It is not signed yet."})
    assert Closure.objects.get().recorded_at
    assert todo.now_for(officer) == []
    client.logout()
    page = client.get(made.get_absolute_url()).text
    assert "It is not signed yet." in page
    assert "It is awarded." not in page


def test_closed_decision_without_a_ground_has_no_title_yet(client, officer):
    sign_in(client, officer)
    client.post(reverse("decision_new"), answers(officer, readers="closed"))
    client.logout()
    page = client.get(reverse("decisions")).text
    assert "Closed to the public" in page
    assert "The contract" not in page


def test_decision_published_by_mistake_is_closed_at_once(client, officer):
    made = make.OfficerDecisionFactory(officer=officer, text="The patient is Ann.")
    assert "The patient is Ann." in client.get(made.get_absolute_url()).text
    sign_in(client, officer)
    client.post(reverse("decision_close", args=[made.pk]))
    client.logout()
    assert "The patient is Ann." not in client.get(made.get_absolute_url()).text


def test_decision_is_made_public_with_a_reason(client, officer):
    made = closed_officer_decision(officer)
    sign_in(client, officer)
    address = reverse("decision_release", args=[made.pk])
    assert "Say why it can be public now" in client.post(address, {"note": ""}).text
    client.post(address, {"note": "It is signed."})
    client.logout()
    page = client.get(made.get_absolute_url()).text
    assert made.text in page
    assert "It is signed." in page


def test_closed_decision_is_looked_at_again_on_its_day(client, officer, staff):
    made = closed_officer_decision(officer, closure__review_on=make.in_days(-1).date())
    assert reverse("decision_review", args=[made.pk]) in asked_of(staff)
    sign_in(client, officer)
    client.post(reverse("decision_review", args=[made.pk]), {"review_on": "1 June 2099", "why": "It is not signed."})
    assert reverse("decision_review", args=[made.pk]) not in asked_of(staff)


def asked_of(user):
    return [each.url for each in todo.now_for(user)]


def closed_officer_decision(officer, **facts):
    ground = make.ClosureGroundFactory(closure__recorded_at=None, **facts)
    Closure.objects.filter(pk=ground.closure_id).update(recorded_at=timezone.now())
    return make.OfficerDecisionFactory(officer=officer, closure=ground.closure)


def test_decision_closed_with_its_item_is_made_public_there(client, staff):
    made = closed_decision()
    make.PlannedItemFactory(board=made.board, closure=made.closure)
    sign_in(client, staff)
    answer = client.get(reverse("decision_release", args=[made.pk]))
    assert answer.url == reverse("closure_release", args=[made.closure.pk])


# --- background papers --------------------------------------------------------------------------------------------


def test_background_paper_is_published_with_the_decision(client, officer):
    made = make.OfficerDecisionFactory(officer=officer)
    sign_in(client, officer)
    address = reverse("decision_background_new", args=[made.pk])
    client.post(address, {"title": "The tender", "file": pdf()})
    client.post(address, {"title": "The law", "url": "https://www.example.org/law"})
    client.logout()
    page = client.get(made.get_absolute_url()).text
    assert 'href="https://www.example.org/law"' in page
    paper = made.background.exclude(file="").get()
    assert client.get(paper.get_absolute_url())["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    "facts", [{}, {"url": "https://www.example.org/law", "file": "a file"}, {"url": "javascript:alert(1)"}]
)
def test_background_paper_is_a_file_or_an_address(client, officer, facts):
    made = make.OfficerDecisionFactory(officer=officer)
    sign_in(client, officer)
    facts = facts | ({"file": pdf()} if "file" in facts else {})
    page = client.post(reverse("decision_background_new", args=[made.pk]), {"title": "The tender"} | facts)
    assert "govuk-error-message" in page.text
    assert not made.background.exists()


def test_background_paper_of_a_closed_decision_is_not_there(client, officer):
    made = closed_officer_decision(officer)
    paper = make.BackgroundPaperFactory(decision=made, url="", file=pdf(), size=9, sha256="0" * 64)
    assert client.get(paper.get_absolute_url()).status_code == 404
    sign_in(client, officer)
    assert client.get(paper.get_absolute_url()).status_code == 200


# --- decided again ------------------------------------------------------------------------------------------------


def test_chair_records_that_it_was_decided_again(client):
    made = make.DecisionFactory(reasons="It helps.")
    chair = make.ChairFactory(seat__board=made.board).holder
    sign_in(client, chair)
    facts = {
        "key": str(uuid4()), "title": made.title, "because": "New figures came in.", "decided_on": str(timezone.localdate()),
        "outcome": "not_agreed", "text": "The plan is not agreed.", "reasons": "It costs too much.", "alternatives": "",
    }  # fmt: skip
    answer = client.post(reverse("decision_revise", args=[made.pk]), facts)
    new = Decision.objects.standing().get()
    assert answer.url == new.get_absolute_url()
    assert (new.revises, new.outcome, new.recorded_by) == (made, "not_agreed", chair)


def test_second_who_reopens_is_led_to_the_first(client, staff):
    made = make.DecisionFactory()
    new = decisions.revise(decision=made, by=staff, because="New figures came in.")
    sign_in(client, staff)
    assert client.get(reverse("decision_revise", args=[made.pk])).url == new.get_absolute_url()


@pytest.mark.parametrize(
    "name",
    [
        "decision_revise",
        "decision_close",
        "decision_ground",
        "decision_release",
        "decision_review",
        "decision_background_new",
    ],
)
def test_others_change_nothing_of_a_decision(client, name):
    made = make.OfficerDecisionFactory()
    sign_in(client, make.ChairFactory().holder)
    assert client.get(reverse(name, args=[made.pk])).status_code == 403


def test_author_of_a_report_by_invitation_reads_what_was_decided(client):
    version = make.ReportFactory().versions.create(
        number=1,
        content={"text": {}, "appendices": []},
        sha256="0" * 64,
        made_by=make.UserFactory(),
        made_at=timezone.now(),
    )
    meeting = make.MeetingFactory(by_invitation=True)
    made = make.DecisionFactory(board=meeting.board, meeting=meeting, report_version=version)
    sign_in(client, version.report.author)
    assert client.get(made.get_absolute_url()).status_code == 200
