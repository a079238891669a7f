"""Pages of reports: written, submitted, signed and read by those who may, with bad input answered in words."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_publication
from assemblies.papers.models import Report, ReportAppendix
from assemblies.papers.report_text import FIELDS
from partnership.drafts.models import Draft
from tests.assemblies.papers.checked import passed
from tests.assemblies.papers.signing import approve, chain, now, send_back, sign_off, submit, submitted
from tests.factories import (
    AppointmentFactory,
    ChairFactory,
    LedItemFactory,
    MeetingFactory,
    ReportAppendixFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TABLE = b"Item,Cost\nBuses,4\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def at(name, report, *args):
    return reverse(name, args=[report.pk, *args])


def answers(report, **changes):
    """What a browser would send of the form of a report."""
    text = report.working_text
    form = {"title": text.title, "revision": report.revision} | text.fields
    form |= {f"recommendation_{number}": each for number, each in enumerate(text.recommendations, start=1)}
    for number, each in enumerate(text.sections, start=1):
        form |= {f"section_{number}_title": each.title, f"section_{number}": each.text}
    return form | changes


def main_action(client, report) -> list[str]:
    """The green buttons of the page on which its author works."""
    sign_in(client, report.author)
    page = client.get(at("report_work", report)).content.decode()
    return re.findall(r'class="govuk-button" [^>]*>([^<]+)<', page)


def test_returned_report_is_to_be_changed_before_it_is_submitted(client):
    report = submitted("Finance")
    send_back(now(report))
    report.refresh_from_db()
    assert main_action(client, report) == ["Write the report"]
    text = report.working_text
    reports.write(report=report, by=report.author, text=replace(text, title="Another title"))
    report.refresh_from_db()
    assert main_action(client, report) == ["Submit the report"]


def published(report=None) -> Report:
    report = report or submitted()
    report_publication.publish(report=report, meeting=report.item.meeting, by=StaffFactory())
    report.refresh_from_db()
    return report


def test_lead_starts_the_report_of_their_item(client):
    item = LedItemFactory()
    sign_in(client, item.lead)
    address = reverse("report_new", args=[item.pk])
    assert item.topic.title in words(client.get(address))
    assert item.topic.title in words(client.get(reverse("reports")))
    response = client.post(address)
    report = Report.objects.get()
    assert response.url == at("report_write", report)
    assert client.get(address).url == at("report_work", report)


def test_start_offers_the_text_of_the_last_report(client):
    last = ReportFactory(title="Finance report")
    submit(last)
    item = LedItemFactory(board=last.board, topic__title="Finance report", lead=last.author)
    sign_in(client, last.author)
    address = reverse("report_new", args=[item.pk])
    assert "What we say of financial impact." in words(client.get(address))
    client.post(address, {"take": ["finance"]})
    report = Report.objects.get(item=item)
    assert report.text["fields"]["finance"] == "What we say of financial impact."


def of_the_same_title(client):
    """A report that is being written, by the author of the board's last one of its title, who is signed in."""
    last = ReportFactory(title="Finance report")
    submit(last)
    item = LedItemFactory(board=last.board, topic__title="Finance report", lead=last.author)
    sign_in(client, last.author)
    return reports.start(item=item, by=last.author, take=("equality",))


def test_last_text_stands_beside_its_field_and_keeps_what_was_typed(client):
    report = of_the_same_title(client)
    page = client.get(at("report_write", report))
    assert re.findall(r'name="take" value="(\w+)"', page.text) == ["finance", "engagement"]
    sent = answers(report, risks="Typed before.", recommendation_1="Agree.", take="finance")
    page = client.post(at("report_write", report), sent)
    assert "Financial impact has the text of the last report now. It is not saved yet." in words(page)
    filled = re.search(r'<textarea name="finance".*?>\s*(.*?)</textarea>', page.text, re.DOTALL)
    assert filled[1] == "What we say of financial impact."
    assert "Typed before." in page.text
    report.refresh_from_db()
    assert (report.revision, report.text["fields"].get("finance", "")) == (0, "")


def test_last_text_is_put_below_what_was_typed_in_the_field(client):
    report = of_the_same_title(client)
    page = client.post(at("report_write", report), answers(report, finance="Mine.", take="finance"))
    assert "Mine.\n\nWhat we say of financial impact.</textarea>" in page.text


def test_text_is_offered_of_repeated_fields_of_the_last_report_alone(client):
    report = of_the_same_title(client)
    page = client.post(at("report_write", report), answers(report, title="Finance report", take="risks"))
    assert page.url == at("report_work", report)  # saved, as without the name of a field
    other = ReportFactory(author=report.author)
    assert 'name="take"' not in client.get(at("report_write", other)).text


def test_report_is_written_with_rows_and_sections(client):
    report = ReportFactory()
    sign_in(client, report.author)
    sent = answers(report, recommendation_3="Ask for a report in May.", section_2_title="Next", section_2="Later.")
    sent |= {"recommendation_1": ""}
    client.post(at("report_write", report), sent)
    report.refresh_from_db()
    assert report.text["recommendations"] == ["Note the risks.", "Ask for a report in May."]
    assert [each["title"] for each in report.text["sections"]] == ["Background", "Next"]


def test_save_and_keep_writing_gives_new_rows(client):
    report = ReportFactory()
    sign_in(client, report.author)
    page = client.get(at("report_write", report))
    assert 'name="recommendation_5"' in page.text
    assert 'name="recommendation_6"' not in page.text
    response = client.post(at("report_write", report), answers(report, recommendation_3="More.", more="yes"))
    assert response.url == at("report_write", report)
    assert 'name="recommendation_6"' in client.get(response.url).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "Enter the title of the report"),
        ({"risks": "- a\n  - b\n    - c"}, "Use lists of two levels at most"),
        ({"recommendation_1": "x" * 20_001}, "at most 20000 characters"),
        ({"section_2": "Words without a heading"}, "Enter the heading of section 2"),
        ({"section_1": "![a](b.png)"}, "A picture cannot stand in the text"),
        ({"finance": "\ue000"}, "cannot be shown"),
    ],
)
def test_bad_input_is_said_and_answers_are_kept(client, changes, said):
    report = ReportFactory()
    sign_in(client, report.author)
    page = client.post(at("report_write", report), answers(report, equality="Kept words", **changes))
    assert page.status_code == 200
    assert said in words(page)
    assert "Kept words" in page.text
    report.refresh_from_db()
    assert report.revision == 0


def test_scripts_in_every_text_are_words_on_every_page(client):
    script = "<script>alert(1)</script>"
    report = ReportFactory(title=script)
    texts = dict.fromkeys(FIELDS, script)
    report.text = {"fields": texts, "recommendations": [script], "sections": [{"title": script, "text": script}]}
    report.save()
    sign_in(client, report.author)
    step = chain(report.board, "Finance")[0]
    submit(report)
    for name in ("report_version", "report_work", "report_preview"):
        page = client.get(at(name, report, *([1] if name == "report_version" else [])))
        assert script not in page.text
        assert "alert(1)" in page.text
    sign_in(client, step.holder)
    assert script not in client.get(at("report_step", report, now(report).pk)).text


def test_second_author_sees_what_the_first_saved(client):
    report = ReportFactory()
    sign_in(client, report.author)
    first = answers(report, risks="Mine.")
    text = report.working_text
    other = type(text)(text.title, text.fields | {"risks": "Theirs."}, text.recommendations, text.sections)
    staff = StaffFactory(name="Stella Staff")
    reports.write(report=report, by=staff, text=other)
    page = client.post(at("report_write", report), first)
    assert "Stella Staff changed this" in words(page)
    assert "Theirs." in page.text
    assert "Mine." in page.text
    shown = re.search(r'name="revision" value="(\d+)"', page.text)
    client.post(at("report_write", report), first | {"revision": shown[1]})
    report.refresh_from_db()
    assert report.text["fields"]["risks"] == "Mine."


def test_second_author_with_more_rows_sees_them_too(client):
    report = ReportFactory()
    sign_in(client, report.author)
    first = answers(report, recommendation_5="A fifth.")
    text = report.working_text
    reports.write(
        report=report, by=StaffFactory(), text=type(text)("New", text.fields, text.recommendations, text.sections)
    )
    page = client.post(at("report_write", report), first)
    assert "Recommendation 5" in page.text.split("What is different")[-1].split("</table>")[0]


def test_what_was_typed_survives_a_lost_session(client):
    report = ReportFactory()
    sign_in(client, report.author)
    address = at("report_write", report)
    mark = re.search(r'name="draft" value="([^"]+)"', client.get(address).text)[1]
    client.logout()
    client.post(address, answers(report, risks="Typed without a session.") | {"draft": mark})
    assert Draft.objects.get(user=report.author).address == address
    sign_in(client, report.author)
    assert "Typed without a session." in client.get(f"{address}?draft=yes").text


def test_what_is_missing_stands_beside_the_form(client):
    report = ReportFactory()
    report.text["fields"]["finance"] = ""
    report.save()
    sign_in(client, report.author)
    for name in ("report_write", "report_work", "report_submit"):
        assert "“Financial impact” is empty" in words(client.get(at(name, report)))
    page = client.post(at("report_submit", report), {"revision": 0})
    assert page.status_code == 200
    assert not report.versions.exists()


def test_submit_asks_who_takes_a_step_without_a_holder(client):
    report = ReportFactory()
    step = chain(report.board, "Finance")[0]
    step.holder = None
    step.save()
    sign_in(client, report.author)
    address = at("report_submit", report)
    for given, said in [
        ("", "Enter the email address of who takes the step “Finance”"),
        ("nobody@example.org", "Nobody has an account with that address"),
        (report.author.email, "wrote the report"),
    ]:
        page = client.post(address, {"revision": 0, f"holder_{step.pk}": given})
        assert said in words(page)
    client.post(address, {"revision": 0, f"holder_{step.pk}": UserFactory(email="fin@example.org").email})
    assert now(report).holder.email == "fin@example.org"


def test_later_version_is_submitted_with_what_changed(client):
    report = submitted("Finance")
    send_back(now(report))
    sign_in(client, report.author)
    assert "Say what it costs." in words(client.get(at("report_work", report)))
    report.refresh_from_db()
    client.post(at("report_write", report), answers(report, finance="It costs nothing."))
    page = client.post(at("report_submit", report), {"revision": 1, "what_changed": ""})
    assert "Say what changed since the version before" in words(page)
    client.post(at("report_submit", report), {"revision": 1, "what_changed": "The cost."})
    page = client.get(at("report_compare", report, 2))
    assert "<ins>It" in page.text
    assert "The cost." in page.text


def test_step_page_shows_the_text_and_takes_the_answer(client):
    report = submitted("Finance", "Director")
    step = now(report)
    sign_in(client, step.holder)
    address = at("report_step", report, step.pk)
    page = client.get(address)
    assert "What we say of financial impact." in page.text
    seen = step.version.sha256
    for sent, said in [
        ({"seen": seen}, "Say whether you approve it"),
        ({"seen": seen, "outcome": "return", "comment": " "}, "Say why you return it"),
        ({"seen": "0", "outcome": "approve"}, "not the text you read"),
    ]:
        assert said in words(client.post(address, sent))
    client.post(address, {"seen": seen, "outcome": "approve", "comment": "Costs are right."})
    second = now(report)
    sign_in(client, second.holder)
    assert "Costs are right." in words(client.get(at("report_step", report, second.pk)))


def test_step_is_handed_to_somebody_else(client):
    report = submitted("Finance")
    step = now(report)
    sign_in(client, step.holder)
    address = at("report_step_hand_over", report, step.pk)
    assert "wrote the report" in words(client.post(address, {"to": report.author.email}))
    assert "Enter the email address" in words(client.post(address, {"to": ""}))
    assert client.post(address, {"to": UserFactory(email="o@example.org").email}).url == reverse("reports")
    assert now(report).holder.email == "o@example.org"
    assert client.get(at("report_work", report)).status_code == 404


def test_those_who_only_sign_do_not_write(client):
    report = submitted("Finance")
    sign_in(client, now(report).holder)
    for name in ("report_write", "report_submit", "report_take_back", "report_appendix_add"):
        assert client.get(at(name, report)).status_code == 403
    sign_in(client, report.author)
    assert client.get(at("report_step", report, now(report).pk)).status_code == 403


def test_unpublished_report_is_absent_for_everybody_else(client):
    report = submitted("Finance")
    appendix = ReportAppendixFactory(report=report)
    pages = [
        at("report", report), at("report_version", report, 1), at("report_work", report), at("report_preview", report),
        at("report_appendix_file", report, appendix.pk), at("report_step", report, now(report).pk),
    ]  # fmt: skip
    member = AppointmentFactory(seat__board=report.board).holder
    for user in (UserFactory(), member, ChairFactory().holder):
        sign_in(client, user)
        assert {client.get(page).status_code for page in pages} == {404}
    client.logout()
    assert {client.get(page).status_code for page in pages[:2]} == {404}


def test_published_report_is_read_by_everybody(client):
    report = published()
    page = client.get(at("report", report))
    assert "What we say of financial impact." in page.text
    assert 'id="paragraph-1-2"' in page.text
    assert client.get(at("report_version", report, 1)).status_code == 200
    assert client.get(at("report_work", report)).status_code == 302


def test_published_report_leads_to_a_route_that_people_may_read(client):
    report = published()
    route = f'href="{report.item.topic.get_absolute_url()}"'
    assert route in client.get(at("report", report)).text
    items.move(item=report.item, by=StaffFactory(), meeting=None, reason="Deferred")
    assert route not in client.get(at("report", report)).text
    assert route in sign_in(client, report.author).get(at("report", report)).text


def test_compared_versions_say_what_is_in_one_alone(client):
    report = submitted("Finance")
    send_back(now(report))
    report.refresh_from_db()
    text = report.working_text
    new = type(text)(text.title, text.fields, text.recommendations[:1], text.sections)
    reports.write(report=report, by=report.author, text=new)
    submit(report, what_changed="One recommendation fewer.")
    page = words(sign_in(client, report.author).get(at("report_compare", report, 2)))
    assert "<del>Note the risks.</del></td>" in page
    assert page.count("Not in it") == 1


def test_published_report_of_a_closed_meeting_is_for_members(client):
    report = ReportFactory()
    meeting = report.item.meeting
    meeting.by_invitation = True
    meeting.save()
    submit(report)
    published(Report.objects.get(pk=report.pk))
    assert client.get(at("report", report)).status_code == 404
    for user, status in [(UserFactory(), 404), (AppointmentFactory(seat__board=report.board).holder, 200)]:
        sign_in(client, user)
        assert client.get(at("report", report)).status_code == status


def test_newer_version_is_seen_once_it_is_published(client):
    report = published()
    reports.revise(report=report, by=report.author)
    report.refresh_from_db()
    text = report.working_text
    new = type(text)(text.title, text.fields | {"risks": "A new risk."}, text.recommendations, text.sections)
    reports.write(report=report, by=report.author, text=new)
    submit(report, what_changed="A risk.")
    assert "A new risk." not in client.get(at("report", report)).text
    assert client.get(at("report_version", report, 2)).status_code == 404
    published(Report.objects.get(pk=report.pk))
    assert "A new risk." in client.get(at("report", report)).text
    assert "There is a newer version" in words(client.get(at("report_version", report, 1)))
    assert client.get(at("report_compare", report, 2)).status_code == 200


def test_published_report_keeps_its_meeting_when_the_item_moves(client):
    report = published()
    item, was = report.item, report.item.meeting
    item.meeting = MeetingFactory(board=item.board, title="Another meeting")
    item.save()
    page = client.get(at("report", report))
    assert was.title in page.text
    assert "Another meeting" not in page.text


def test_appendix_is_added_opened_and_removed(client):
    report = ReportFactory()
    sign_in(client, report.author)
    address = at("report_appendix_add", report)
    assert "Choose a file" in words(client.post(address, {"title": "The plan"}))
    assert "We cannot tell" in words(
        client.post(address, {"title": "A", "file": SimpleUploadedFile("a.bin", b"\x00\x01")})
    )
    client.post(address, {"title": "The plan", "file": SimpleUploadedFile("plan.csv", TABLE)})
    appendix = ReportAppendix.objects.get()
    opened = client.get(at("report_appendix_file", report, appendix.pk))
    assert b"".join(opened.streaming_content) == TABLE
    client.post(at("report_appendix_remove", report, appendix.pk))
    assert not report.appendices.in_use().exists()


def test_appendix_is_public_with_its_report_and_not_before(client):
    report = ReportFactory()
    report.text["sections"][0]["text"] = "See [slides 22 to 35](appendix-1-page-22)."
    report.save()
    sign_in(client, report.author)
    client.post(at("report_appendix_add", report), {"title": "The plan", "file": SimpleUploadedFile("p.pdf", PDF)})
    appendix = ReportAppendix.objects.get()
    passed(appendix)
    submit(report)
    client.logout()
    published(Report.objects.get(pk=report.pk))
    appendix.refresh_from_db()
    address = reverse("document", args=[report.item.meeting.slug, appendix.document_id])
    assert f'href="{address}#page=22"' in client.get(at("report", report)).text
    assert b"".join(client.get(address).streaming_content) == PDF


def test_take_back_and_revise_open_the_report_again(client):
    report = submitted("Finance")
    sign_in(client, report.author)
    assert "Take the report back?" in words(client.get(at("report_take_back", report)))
    client.post(at("report_take_back", report))
    report.refresh_from_db()
    assert report.is_open
    client.post(at("report_submit", report), {"revision": 0})
    assert client.get(at("report_write", report)).status_code == 200


def test_signed_report_is_revised(client):
    report = sign_off(submitted("Finance"))
    sign_in(client, report.author)
    assert client.get(at("report_write", report)).url == at("report_work", report)
    client.post(at("report_revise", report))
    report.refresh_from_db()
    assert report.is_open


def test_work_page_says_who_holds_it_and_since_when(client):
    report = submitted("Finance", "Director")
    approve(now(report), comment="Fine.")
    sign_in(client, report.author)
    page = words(client.get(at("report_work", report)))
    assert f"{now(report).holder} has had it since" in page
    assert "They said: Fine." in page


def test_home_says_who_holds_ones_report(client):
    report = submitted("Finance")
    sign_in(client, report.author)
    assert f"With {now(report).holder} since" in words(client.get(reverse("my_home")))
    sign_in(client, UserFactory())
    assert "Your reports" not in client.get(reverse("my_home")).text


def test_topic_shows_its_reports_to_those_who_may_know(client):
    report = submitted("Finance")
    address = report.item.topic.get_absolute_url()
    for user in (report.author, now(report).holder, StaffFactory()):
        page = words(sign_in(client, user).get(address))
        assert f'href="{report.get_absolute_url()}">{report.title}</a>' in page
        assert "being signed off" in page
    assert "Cover reports" not in words(sign_in(client, UserFactory()).get(address))
    client.logout()
    assert "Cover reports" not in words(client.get(address))
    sign_off(report)
    published(report)
    reports.revise(report=report, by=report.author)
    assert f'{report.title}</a> <strong class="govuk-tag govuk-tag--green">Published' in words(client.get(address))


def test_topic_leads_to_the_start_of_its_report(client):
    item = LedItemFactory()
    for user, seen in ((item.lead, True), (UserFactory(), False)):
        page = sign_in(client, user).get(item.topic.get_absolute_url())
        assert (reverse("report_new", args=[item.pk]) in page.text) is seen


def test_only_items_whose_report_is_still_to_come_are_to_start(client):
    lead = UserFactory()
    titles = {
        "Ahead": {},
        "Nowhere yet": {"meeting": None},
        "Past": {},
        "In as a file": {"report_received_at": timezone.now()},
    }
    for title, facts in titles.items():
        item = LedItemFactory(lead=lead, topic__title=title, **facts)
        if title == "Past":
            type(item.meeting).objects.filter(pk=item.meeting_id).update(starts_at=in_days(-3), ends_at=in_days(-2))
    page = words(sign_in(client, lead).get(reverse("reports")))
    assert [title for title in titles if title in page] == ["Ahead", "Nowhere yet"]


def many(count: int, author):
    for _ in range(count):
        submitted("Finance", item__lead=author, author=author)
        LedItemFactory(lead=author)


@pytest.mark.parametrize("rows", [1, 8])
def test_list_makes_as_many_queries_for_one_as_for_many(client, rows):
    author = UserFactory()
    many(rows, author)
    sign_in(client, author)
    assert queries(client, reverse("reports")) == 11


@pytest.mark.parametrize("steps", [1, 6])
def test_work_page_asks_the_same_for_one_step_as_for_many(client, steps):
    report = submitted(*(f"Step {number}" for number in range(steps)))
    sign_in(client, report.author)
    assert queries(client, at("report_work", report)) == 17


def test_report_is_no_longer_than_a_page_can_show_it(client):
    report = ReportFactory()
    sign_in(client, report.author)
    page = "The board is asked to agree what follows. " * 70  # of about 3,000 characters
    long = {f"section_{number}": page * 6 for number in range(1, 17)}
    titles = {f"{name}_title": "A section" for name in long}
    refused = client.post(at("report_write", report), answers(report, **long, **titles))
    assert "and a report has 250,000 at most, which is about 80 pages" in words(refused)
    honest = {f"section_{number}": page * 6 for number in range(1, 6)}  # 30 pages
    answer = client.post(
        at("report_write", report), answers(report, **honest, **{f"{name}_title": "A section" for name in honest})
    )
    assert answer.status_code == 302


def test_who_held_a_step_that_was_stopped_reads_no_report(client):
    report = submitted("Finance", "Director", item__topic__title="Zebras")
    step = now(report)
    sign_in(client, step.holder)
    own = reverse("report_step", args=[report.pk, step.pk])
    assert "Zebras" in words(client.get(own))
    reports.take_back(report=report, by=report.author)
    for name in ("report", "report_work", "report_preview"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 404, name
    answer = client.get(own)
    assert (answer.status_code, "Zebras" in words(answer)) == (410, False)
    assert "does not wait for you any more" in words(answer)
