"""A report back that was sent is corrected: other words, what changed, the earlier ones kept, everybody told once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.voice.actions import member_run, report_correction
from assemblies.voice.actions.report_back import Outcome
from assemblies.voice.models import MemberRun, ReportCorrection, ReportLine
from assemblies.voice.models.report_back import versions_of
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.voice.voice import over, sector
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

NOTE = "Ten days, not a week."


@pytest.fixture
def here():
    made = sector("Aid", "Bees")
    over(made.meeting)
    return made


@pytest.fixture
def report(here):
    """As it was sent and emailed, with a word on the first item."""
    said = [Outcome("Community transport", "Agreed, paid within a week.", here.items[0])]
    return here.report("It went **well**.", outcomes=said)


def correct(here, report, **changes):
    said = [Outcome("Community transport", "Agreed, paid within ten days.", here.items[0])]
    given = {"by": here.holder, "text": "It went **well**.", "note": NOTE, "seen": 0, "outcomes": said}
    return report_correction.correct(report=report, **given | changes)


def corrections() -> list[str]:
    return sorted(Message.objects.filter(key__contains=":correction:").values_list("to_email", flat=True))


def test_page_shows_the_correction_and_keeps_the_earlier_versions(client, here, report):
    when = timezone.now()
    correct(here, report, now=when)
    page = sign_in(client, here.members[0]).get(f"/reports-back/{report.pk}/").text
    stands, earlier = page.split("As it was sent on")
    assert "Corrected on" in stands
    assert f"What changed: {NOTE}" in stands
    assert "Agreed, paid within ten days." in stands
    assert "Agreed, paid within a week." not in stands
    assert "Agreed, paid within a week." in earlier
    assert "Correct this report" not in page


def test_everyone_who_was_told_gets_the_correction_once(settings, here, report):
    settings.INVITATIONS_AT_ONCE = 1
    for _ in range(2):
        correct(here, report)
    assert corrections() == []
    member_run.resume()
    member_run.resume()
    assert corrections() == ["aid@example.org", "bees@example.org"]
    mail = Message.objects.get(key__contains=":correction:", to_email="aid@example.org")
    assert mail.subject.startswith("Correction: report back from Board in public")
    for words in (mail.text, mail.html):
        assert NOTE in words
        assert "Agreed, paid within ten days." in words
        assert "paid within a week" not in words
        assert f"/reports-back/{report.pk}/" in words
    assert Entry.objects.filter(verb="report_back.corrected").get().details == {"number": 1, "lines": 1, "people": 2}


def test_who_was_not_told_of_the_report_is_not_told_of_its_correction(here, report):
    here.join("Cats")
    correct(here, report)
    member_run.resume()
    assert "cats@example.org" not in corrections()


def test_mail_of_a_report_being_sent_holds_the_first_version(here):
    said = [Outcome("Community transport", "Agreed, paid within a week.", here.items[0])]
    report = here.report("It went well.", outcomes=said, emailed=False)
    correct(here, report)
    member_run.resume()
    first = Message.objects.exclude(key__contains=":correction:").get(to_email="aid@example.org")
    assert "paid within a week" in first.text
    assert "ten days" not in first.text


def test_second_correction_follows_the_first_and_all_three_stay(client, here, report):
    correct(here, report)
    correct(here, report, text="It went very well.", note="Better than I wrote.", seen=1)
    assert [(each.number, each.note) for each in versions_of(report)] == [
        (0, ""), (1, NOTE), (2, "Better than I wrote."),
    ]  # fmt: skip
    page = sign_in(client, here.holder).get(f"/reports-back/{report.pk}/").text
    stands = page.index("It went very well.")
    assert stands < page.index("As corrected on") < page.index("As it was sent on")
    member_run.resume()
    assert corrections() == ["aid@example.org", "aid@example.org", "bees@example.org", "bees@example.org"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"text": " "}, "text", "Enter what you want to tell them"),
        ({"note": " "}, "note", "Say what has changed"),
    ],
)
def test_correction_without_words_or_a_note_is_refused(here, report, changes, field, words):
    with pytest.raises(Refusal, match=words) as refused:
        correct(here, report, **changes)
    assert refused.value.field == field
    assert not ReportCorrection.objects.exists()


def test_correction_in_which_nothing_differs_is_refused(here, report):
    same = [Outcome("Community transport", "Agreed, paid within a week.", here.items[0])]
    with pytest.raises(Refusal, match="You have not changed anything"):
        correct(here, report, outcomes=same)


def form_of(client, address) -> dict[str, object]:
    form = client.get(address).context["form"]
    return {name: form.initial.get(name, "") for name in form.fields}


def test_representative_corrects_by_the_page_and_bad_answers_are_kept(client, here, report):
    address = f"/reports-back/{report.pk}/correct/"
    sign_in(client, here.holder)
    assert "Correct this report" in client.get(f"/reports-back/{report.pk}/").text
    assert "We email the 2 organisations that got the report, once." in client.get(address).text
    sent = form_of(client, address) | {"outcome_0": "Agreed, paid within ten days."}
    assert sent["text"] == "It went **well**."
    for change, said in [
        ({"note": ""}, "Say what has changed: people read this first"),
        ({"note": NOTE, "text": ""}, "Enter what you want to tell them"),
        ({"note": "n" * 1001}, "at most 1000 characters"),
        ({"note": NOTE, "text": "w" * 10_001}, "at most 10000 characters"),
        ({"note": NOTE, "outcome_0": "Agreed, paid within a week."}, "You have not changed anything in the report"),
    ]:
        page = client.post(address, sent | change).text
        assert said in page, change
        assert (sent | change)["outcome_0"] in page
    assert not ReportCorrection.objects.exists()
    for _ in range(2):
        page = client.post(address, sent | {"note": NOTE}, follow=True).text
        assert "The correction has been sent." in page
    assert ReportCorrection.objects.get().note == NOTE
    assert "Agreed, paid within ten days." in page


@pytest.mark.parametrize("seen", ["", "none", "-1", "99"])
def test_what_nobody_types_may_be_nonsense_without_harm(client, here, report, seen):
    address = f"/reports-back/{report.pk}/correct/"
    sent = form_of(sign_in(client, here.holder), address) | {"text": "Other words.", "note": NOTE, "seen": seen}
    assert client.post(address, sent).status_code in (200, 302)
    assert ReportCorrection.objects.count() == (seen in ("", "none"))


def test_second_to_correct_is_shown_the_first_and_loses_nothing(client, here, report):
    address = f"/reports-back/{report.pk}/correct/"
    deputy = make.UserFactory()
    here.appointment.deputy = deputy
    here.appointment.save()
    sent = form_of(sign_in(client, deputy), address) | {"text": "The deputy’s words.", "note": "Mine."}
    correct(here, report)
    page = client.post(address, sent).text
    assert "Rae Presents corrected the report after you opened it." in page
    for words in ("The current version", "Agreed, paid within ten days.", "The deputy’s words.", "Mine."):
        assert words in page
    assert 'name="seen" value="1"' in page
    assert ReportCorrection.objects.count() == 1
    client.post(address, sent | {"seen": "1"})
    assert versions_of(report)[-1].text == "The deputy’s words."


def test_holder_whose_term_ended_does_not_correct(client, here, report):
    here.appointment.starts_on = timezone.localdate() - timedelta(days=400)
    here.appointment.ends_on = timezone.localdate() - timedelta(days=1)
    here.appointment.save()
    report.public = True
    report.save()
    client = sign_in(client, here.holder)
    assert client.get(f"/reports-back/{report.pk}/").status_code == 200
    assert client.get(f"/reports-back/{report.pk}/correct/").status_code == 404


def test_correction_shows_in_lists_and_renews_a_cached_page(client, here, report):
    report.public = True
    report.save()
    address = here.seat.get_absolute_url()
    assert ", corrected" not in client.get(address).text
    with transaction.atomic():
        correct(here, report)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would do
    for page in (address, f"{address}reports-back/"):
        assert ", corrected" in client.get(page).text
    assert ", corrected" in sign_in(client, here.members[0]).get("/home/").text


def test_page_query_count_is_constant(client, here, report):
    counts = []
    sign_in(client, here.holder)
    for upto in (1, 12):
        for number in range(ReportCorrection.objects.count(), upto):
            correct(here, report, text=f"Words {number}", seen=number)
        MemberRun.objects.update(finished_at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/reports-back/{report.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_correction_needs_a_note_and_a_number_of_its_own(report):
    for facts in ({"number": 1, "note": ""}, {"number": 0, "note": "Why"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportCorrection.objects.create(report=report, text="Words", **facts)
    made = ReportCorrection.objects.create(report=report, text="Words", number=1, note="Why")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportCorrection.objects.create(report=report, text="Words", number=1, note="Why")
    line = {"report": report, "correction": made, "position": 1, "title": "A", "outcome": "B"}
    ReportLine.objects.create(**line)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportLine.objects.create(**line)
