"""HTML, scripts and links of Markdown in every text of forward plans, series, agendas, reports and their chains: on no page, in
no email and in no pack is any of it more than words."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.models import Follower, Meeting
from assemblies.organising.models import MeetingSeries
from assemblies.papers.actions import agenda, agenda_publication, report_reminder
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem, BoardStep, Report, ReportAppendix, ReportStep
from assemblies.papers.report_text import FIELDS, ReportText, Section
from partnership.outbox.models import Message
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
MARK = "zzmark"  # so that a page can be asked whether it shows the text at all
TEXTS = {
    "html": f'{MARK}<script>alert(1)</script>"><img src=x onerror=alert(1)>',
    "markdown": f"{MARK} [a](javascript:alert(1)) <javascript:alert(2)>",
    "template": f"{MARK} {{{{ 7|add:7 }}}} {{% csrf_token %}} &lt;script&gt;",
}


class Acts(HTMLParser):
    """What of a page would do something that the portal did not write: scripts in line, handlers, addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:text/html")):
                self.found.append(f"<{tag} {name}={value!r}>")
            if tag == "img" and name == "src" and value == "x":
                self.found.append("the picture that was typed")
        self._in_script = tag == "script"

    def handle_data(self, data) -> None:
        if self._in_script and "alert" in data:
            self.found.append(f"<script>{data[:40]}")
        self._in_script = False


def acts(html: str) -> list[str]:
    parser = Acts()
    parser.feed(html)
    return parser.found + ([f"{MARK} 14: what was typed ran as a template"] if f"{MARK} 14" in html else [])


class Desk:
    """Everything is entered as people enter it: through the forms, by those who may."""

    def __init__(self, client, text: str) -> None:
        self.client, self.text = client, text
        self.board = make.BoardFactory(slug="council-board", kind="statutory")
        self.meeting = make.MeetingFactory(board=self.board, slug="september", starts_at=make.in_days(30))
        self.staff, self.author, self.holder, self.second = (
            make.StaffFactory(), make.UserFactory(), make.UserFactory(), make.UserFactory(),
        )  # fmt: skip
        self.chair = make.ChairFactory(seat__board=self.board).holder

    def post(self, person, name: str, /, *args, **given):
        """What the person sends to the address; raises where the form refused it."""
        response = sign_in(self.client, person).post(reverse(name, args=args), given)
        assert response.status_code == 302, (name, re.findall(r'error-message">(.*?)</p>', response.text, re.DOTALL))
        return response

    def plan(self) -> PlannedItem:
        text, slug = self.text, self.board.slug
        self.post(self.staff, "topic_new", slug, title=text, about=text, source=text, parked_because=text)
        topic = Topic.objects.get()
        given = {"role": "decisive", "purpose": "decision", "needs_report": "on", "lead": self.author.email}
        address = f"{reverse('topic_plan', args=[topic.pk])}?board={slug}"
        sign_in(self.client, self.staff).post(address, given | {"meeting": str(self.meeting.pk)})
        item = PlannedItem.objects.get()
        self.post(self.staff, "planned_item_move", slug, item.pk, meeting="plan", reason=text)
        self.post(self.staff, "planned_item_move", slug, item.pk, meeting=str(self.meeting.pk), reason=text)
        over = make.PlannedItemFactory(
            topic=topic, meeting=make.MeetingFactory(board=self.board, starts_at=make.in_days(-3), state="held")
        )
        self.post(self.staff, "planned_item_result", slug, over.pk, result=text)
        other = make.PlannedItemFactory(topic=make.TopicFactory(board=self.board, title=f"Other {text}"))
        self.post(self.staff, "planned_item_withdraw", slug, other.pk, reason=text)
        self.post(self.staff, "topic_close", other.topic.pk, reason=text)
        self.post(self.staff, "topic_park", make.TopicFactory(board=self.board).pk, reason=text)
        seen = re.search(r'name="seen" value="(\w+)"', self.client.get(reverse("standing_items", args=[slug])).text)[1]
        rows = {"title_1": text, "purpose_1": "information", "where_1": "first", "place_1": "1", "seen": seen}
        for number in range(2, 9):
            rows |= {f"purpose_{number}": "information", f"where_{number}": "last", f"place_{number}": f"{number}"}
        self.post(self.staff, "standing_items", slug, **rows)
        return item

    def chain(self) -> None:
        for name, holder in ((self.text[:99], self.holder), ("Director", self.second)):
            self.post(
                self.staff, "board_chain_step_new", self.board.slug, name=name, holder=holder.email, working_days="3"
            )

    def report(self, item: PlannedItem) -> Report:
        text = self.text
        self.post(self.author, "report_new", item.pk)
        report = Report.objects.get()
        fields = {"title": text} | dict.fromkeys(FIELDS, text)
        typed = fields | {"recommendation_1": text, "section_1_title": text, "section_1": text, "revision": "0"}
        assert acts(sign_in(self.client, self.author).post(reverse("report_write", args=[report.pk]), typed).text) == []
        said = ReportText(text, dict.fromkeys(FIELDS, text), (text,), (Section(text, text),))
        report.refresh_from_db()
        reports.write(report=report, by=self.author, text=said, revision=report.revision)  # past what the form refuses
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
        self.post(self.author, "report_appendix_add", report.pk, title=text, file=file)
        report.refresh_from_db()
        reports.submit(report=report, by=self.author)
        self.sign(ReportStep.objects.get(state="open"), self.holder, "return")
        report.refresh_from_db()
        longer = replace(report.working_text, sections=(Section(text, f"{text}\n\n{text}"),))
        reports.write(report=report, by=self.author, text=longer, revision=report.revision)
        report.refresh_from_db()
        reports.submit(report=report, by=self.author, what_changed=text)
        open_ = ReportStep.objects.get(state="open")
        self.post(self.holder, "report_step_hand_over", report.pk, open_.pk, to=self.staff.email, reason=text)
        self.sign(open_, self.staff, "approve")
        return report

    def sign(self, step: ReportStep, person, outcome: str) -> None:
        self.post(
            person, "report_step", step.version.report_id, step.pk, outcome=outcome, comment=self.text,
            seen=step.version.sha256,
        )  # fmt: skip

    def agenda(self) -> None:
        slug, text = self.meeting.slug, self.text
        for purpose in ("discussion", "information"):
            facts = {"title": text, "presenter": text, "summary": text, "purpose": purpose}
            self.post(self.chair, "manage_agenda_item_add", slug, **facts)
            seen = agenda_publication.fingerprint(agenda.draft_of(self.meeting))
            late = {} if purpose == "discussion" else {"comment": text, "urgent_reason": text}
            self.post(self.chair, "manage_agenda_publish", slug, seen=seen, **late)
            Meeting.objects.filter(pk=self.meeting.pk).update(
                starts_at=make.in_days(2), ends_at=make.in_days(2, 12)
            )  # so that the next version is late
        self.post(self.staff, "manage_agenda_revise", slug)

    def series(self) -> None:
        year = timezone.localdate().year + 1
        given = {
            "uid": "b7b0b4fc-7f52-4c13-9b57-0f6bb3a2f8a1", "title": self.text, "kind": "board", "format": "in_person",
            "venue_name": self.text, "unit": "week", "every": "2", "weekday": "2", "which": "", "until": "", "count": "2",
            "starts_on": f"1 September {year}", "start_time": "2pm", "end_time": "4pm", "bank_holidays": "skip",
        }  # fmt: skip
        page = sign_in(self.client, self.staff).post(reverse("series_new", args=[self.board.slug]), given)
        assert acts(page.text) == []
        seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
        self.post(self.staff, "series_new", self.board.slug, **given, seen=seen)

    def addresses(self) -> list[str]:
        """Every page of plans, series, agendas and reports there is now, and those of others that show their texts."""
        slug, board, report = self.meeting.slug, self.board.slug, Report.objects.get()
        found = [
            ("my_home",), ("boards",), ("board", board), ("forward_plan", board), ("standing_items", board),
            ("board_chain", board), ("reports",), ("audit_log",), ("outbox_list",), ("meetings",), ("meeting", slug),
            ("series", board, MeetingSeries.objects.get().pk), ("manage", slug), ("manage_agenda", slug),
            ("manage_agenda_publish", slug), ("manage_agenda_discard", slug), ("manage_documents", slug),
            ("manage_series", MeetingSeries.objects.get().made.first().meeting.slug),
        ]  # fmt: skip
        names = ("report", "report_work", "report_write", "report_preview", "report_submit", "report_take_back")
        found += [(name, report.pk) for name in names]
        found += [(name, report.pk, number) for name in ("report_version", "report_compare") for number in (1, 2)]
        found += [
            (name, report.pk, step.pk)
            for name in ("report_step", "report_step_hand_over")
            for step in ReportStep.objects.all()
        ]
        found += [("report_appendix_remove", report.pk, each.pk) for each in ReportAppendix.objects.all()]
        steps = ("board_chain_step", "board_chain_step_remove")
        found += [(name, board, step.pk) for name in steps for step in BoardStep.objects.all()]
        found += [
            (f"topic{name}", topic.pk) for topic in Topic.objects.all() for name in ("", "_edit", "_park", "_plan")
        ]
        planned = ("edit", "move", "copy", "withdraw", "report", "result")
        found += [(f"planned_item_{name}", board, item.pk) for item in PlannedItem.objects.all() for name in planned]
        found += [("manage_agenda_item", slug, item.pk) for item in AgendaItem.objects.all()]
        found += [("agenda", slug, number) for number in (1, 2)]
        return [*(reverse(name, args=args) for name, *args in found), f"/search/?words={MARK}"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_typed_is_only_ever_words(client, settings, tmp_path, monkeypatch, text):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(reports, "missing", lambda report: [])  # it refuses links that run
    desk = Desk(client, text)
    item = desk.plan()
    desk.chain()
    desk.report(item)
    desk.agenda()
    desk.series()
    wrong, unseen, showing = [], desk.addresses(), 0
    for person in (desk.staff, desk.author, desk.second, desk.chair):  # what one does not see, the next may
        sign_in(client, person)
        seen = {address: answer for address in unseen if (answer := client.get(address)).status_code == 200}
        wrong += [f"{address}: {each}" for address, answer in seen.items() for each in acts(answer.text)]
        showing += sum(MARK in answer.text for answer in seen.values())
        unseen = [address for address in unseen if address not in seen]
    assert wrong == []
    assert showing > 40, unseen


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_emails_about_plans_and_reports_are_only_words(client, settings, tmp_path, monkeypatch, text):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(reports, "missing", lambda report: [])  # it refuses links that run
    desk = Desk(client, text)
    Follower.objects.create(meeting=desk.meeting, email="follows@example.org", key="k", confirmed_at=timezone.now())
    item = desk.plan()
    PlannedItem.objects.filter(pk=item.pk).update(report_due_on=timezone.localdate() + timedelta(days=3))
    report_reminder.remind_due()
    desk.chain()
    desk.report(item)
    desk.agenda()
    mails = Message.objects.filter(html__contains=MARK)
    assert {mail.key.split(":")[0] for mail in mails} >= {"planned_item", "report_step", "agenda"}
    assert [(mail.key, found) for mail in mails if (found := acts(mail.html))] == []
    assert not [mail.subject for mail in mails if "\n" in mail.subject]
