"""A small partnership for table tests: one person for each role, a published meeting, a draft, and what belongs to
them."""

from dataclasses import dataclass, field, replace
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_publication
from assemblies.papers.models import MeetingPack, PdfCheck
from assemblies.registrations.models import CalendarReply
from partnership import outbox
from partnership.accounts.models import User
from partnership.boards.models import BankHoliday
from partnership.elections.models import VoterChange
from partnership.partners.actions import merge as merging
from partnership.partners.actions import yearly_check
from partnership.partners.models import DirectoryImport, Membership, PeopleGroup
from tests import factories as make
from tests.signed_in import sign_in

ROLES = ("anonymous", "member", "other_member", "place_lead", "other_place_lead", "chair", "other_chair", "staff")

# Addresses under a meeting whose number is not a registration's
AGENDA_ITEM = (
    "manage_agenda_item", "manage_agenda_item_class", "manage_agenda_item_remove", "manage_agenda_item_shift",
)  # fmt: skip
DOCUMENT = (
    "manage_document_class",
    "manage_document",
    "manage_document_release",
    "manage_document_replace",
    "manage_document_shift",
    "manage_document_withdraw",
)
LIST_ENTRY = ("manage_list_entry", "manage_list_remove")
LIST_FILE = (
    "manage_list_columns",
    "manage_list_sheet",
    "manage_list_confirm",
    "manage_list_discard",
    "manage_list_preview",
    "manage_list_row",
)
SHEET = ("partners_import_confirm", "partners_import_discard", "partners_import_preview", "partners_import_sheet")
CHECK = ("partner_check", "partner_check_change")
GROUP = ("people_group_edit", "people_group_merge", "people_group_remove")
CONTACT = ("contact_edit", "contact_remove")
SEAT = ("seat", "seat_appoint", "seat_edit", "seat_nominate", "seat_places", "seat_reports")
INVITATION = ("manage_invitation", "manage_invitation_again", "manage_invitation_answer")
EXECUTIVE = ("executive_notice", "executive_notice_withdraw", "executive_notices", "executive_notices_due")
PLANNED = (
    "planned_item_class",
    "planned_item_copy",
    "planned_item_edit",
    "planned_item_move",
    "planned_item_report",
    "planned_item_result",
    "planned_item_shift",
    "planned_item_withdraw",
)
REPORT_IN_WRITING = (
    "report_write",
    "report_class",
    "report_appendix_class",
    "report_preview",
    "report_submit",
    "report_appendix_add",
    "report_appendix_file",
    "report_appendix_remove",
    "report_word",
    "report_word_answers",
    "report_word_file",
    "report_word_leave",
    "report_word_send",
)
PAPER_IMPORT = (
    "paper_import",
    "paper_import_change",
    "paper_import_confirm",
    "paper_import_days",
    "paper_import_discard",
    "paper_import_file",
    "paper_import_leave_out",
    "paper_import_readers",
    "paper_import_undo",
)
PAST_PAPER = ("past_paper", "past_paper_edit", "past_paper_erase", "past_paper_withdraw")
PAST_WITHDRAWAL = ("past_paper_withdrawal", "past_paper_withdrawal_back", "past_paper_withdrawal_confirm")
LOCKED = {
    "state": "refused",
    "refused_because": "The PDF is locked with a password: save it without one",
    "done_at": timezone.now(),
}
APPENDIX_CHECK = ("report_appendix_check", "report_appendix_put_away")
DOCUMENT_CHECK = ("manage_document_check", "manage_document_put_away")
RECORD = ("record", "record_end", "record_enter", "record_screen", "record_start")
MINUTES = (
    "key_messages",
    "key_messages_of_board",
    "minutes",
    "minutes_agree",
    "minutes_circulate",
    "minutes_confirm",
    "minutes_correct",
    "minutes_correction_answer",
    "minutes_draft",
    "minutes_edit",
    "minutes_of_board",
    "minutes_pdf",
    "minutes_pdf_of_board",
    "minutes_publish_key_messages",
    "minutes_reopen",
    "minutes_version",
    "minutes_version_pdf",
    "minutes_work",
)
CHAIN_STEP = ("board_chain_step", "board_chain_step_remove", "board_chain_step_shift")
ERASE = ("withdrawal_erase", "withdrawal_erase_confirm", "withdrawal_erase_refuse")
QUESTION = ("question_link", "question_withdraw", "manage_question_accept", "manage_question_reject")
CLOSED_DECISION = ("decision_release", "decision_review")
REMINDER = ("manage_reminder", "manage_reminder_message", "manage_reminder_preview", "manage_reminder_switch")


@dataclass
class World:
    """People by role, and what the addresses of the portal are filled in with."""

    people: dict[str, User]
    words: dict[str, dict[str, object]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False, SERVER_NAME="localhost"))

    def client(self, role: str) -> Client:
        """A browser in which that person is signed in, with nothing left in it of the visit before."""
        self.browser.cookies.clear()
        if role in self.sessions:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return self.browser

    def address(self, name: str, route: str, named: frozenset[str], **instead) -> str:
        """The address, filled in with words for its name, else for its first part ("meetings", "places" …)."""
        first = route.split("/", 1)[0].lstrip("^")
        words = self.words.get(first, {}) | self.words.get(name, {}) | instead
        return reverse(name, kwargs={word: words[word] for word in named})


def build() -> World:
    """The world: `meeting` is published and public, `draft` is not; both have the first place and the first board."""
    people = {role: make.UserFactory(email=f"{role}@example.org", name=role.replace("_", " ")) for role in ROLES[1:]}
    people["staff"].is_staff = True
    people["staff"].save()
    board, other_board = make.BoardFactory(slug="first-board"), make.BoardFactory()
    chair = make.ChairFactory(seat__board=board, holder=people["chair"])
    make.ChairFactory(seat__board=other_board, holder=people["other_chair"])
    terms = make.TermsVersionFactory(board=board, file=ContentFile(b"%PDF-1.7\n", name="terms.pdf"))
    step = make.InductionItemFactory(appointment=chair)
    outline = ContentFile(b"%PDF-1.7\n", name="outline.pdf")
    sought = make.PostFactory(
        seat__board=other_board, seat__is_chair=False, seat__title="Lay member", state="shortlisting", outline=outline
    )
    member = make.PanelMemberFactory(post=sought, user=people["other_chair"])
    cv = ContentFile(b"%PDF-1.7\n", name="cv.pdf")
    applied = make.ApplicationFactory(post=sought, cv=cv, cv_type="application/pdf")
    place, other_place = make.PlaceFactory(slug="first-place"), make.PlaceFactory()
    lead = make.PlaceLeadFactory(place=place, user=people["place_lead"])
    make.PlaceLeadFactory(place=other_place, user=people["other_place_lead"])
    partner = make.PartnerFactory(slug="first-partner")
    make.MembershipFactory(user=people["member"], partner=partner)
    make.MembershipFactory(user=people["other_member"])
    place.partners.add(partner)
    contact = partner.contacts.create(name="Ann Contact", role="Chief officer", email="ann@example.org")
    group = PeopleGroup.objects.create(slug="people-of-the-world", name="People of the world")
    merged = make.PartnerFactory()
    merge = merging.merge(kept=make.PartnerFactory(slug="second-partner"), absorbed=merged, by=None)
    sheet = DirectoryImport.objects.create(filename="partners.csv", uploaded_by=people["staff"])
    waiting = Membership.objects.create(user=make.UserFactory(), partner=partner)
    meeting = make.MeetingFactory(slug="published", board=board)
    draft = make.MeetingFactory(slug="draft", board=board, state=Meeting.State.DRAFT)
    for each in (meeting, draft):
        each.organisers.add(people["staff"])
        make.MeetingPlaceFactory(meeting=each, place=place)
        make.InvitationListFactory(meeting=each, place=place, state="open")
    entry = make.ListEntryFactory(list=meeting.lists.get())
    upload = meeting.lists.get().imports.create(filename="people.csv", uploaded_by=people["place_lead"])
    row = upload.rows.create(number=2, outcome="refuse", reason="There is no e-mail address in this row.")
    rule = make.ReminderRuleFactory(meeting=meeting)
    agenda = make.AgendaVersionFactory(meeting=meeting, number=1, published_by=people["chair"])
    item = make.AgendaItemFactory(version=make.AgendaVersionFactory(meeting=meeting, number=2, state="draft"))
    document = make.DocumentFactory(meeting=meeting, file=ContentFile(b"%PDF-1.7\n", name="world.pdf"))
    registration = make.RegistrationFactory(meeting=meeting, email="member@example.org", user=people["member"])
    invitation = make.InvitationFactory(meeting=meeting, email="invited@example.org")
    place.seats.add(chair.seat)  # the chair speaks for partners there: the first is, the other member's is not
    asked = make.AgendaItemFactory(version=agenda, position=1)
    call = make.CallFactory(meeting=meeting, seat=chair.seat, opened_by=people["chair"], asked=[partner], item=asked)
    held = make.MeetingFactory(slug="held", board=board, state="held", starts_at=make.in_days(-2))
    report_back = make.ReportBackFactory(meeting=held, seat=chair.seat, made_by=people["chair"], told=[partner])
    minutes = make.AgreedMinutesFactory(meeting=held, state="circulated")  # agreed once, and reopened
    minutes.present.add(people["member"])
    make.KeyMessagesFactory(minutes=minutes)
    reopened = make.MinutesVersionFactory(minutes=minutes, number=2, because="A name was left out.", circulated=True)
    of_minutes = {
        "slug": held.slug,
        "board": board.slug,
        "number": 1,
        "pk": make.CorrectionFactory(version=reopened).pk,
    }
    mark = asked.input_marks.create(how="Members asked for it.", made_by=people["chair"])
    run = meeting.runs.create(purpose="invite", key=uuid4(), total=1)
    reply = CalendarReply.objects.create(
        meeting=meeting, email="other@example.org", answer="ACCEPTED", digest="0" * 64, outcome="odd",
        because="The invitation was not sent to this address.", received_at=timezone.now(),
    )  # fmt: skip
    acting = board.acting_chairs.create(
        person=people["member"],
        starts_on=make.in_days(50).date(),
        ends_on=make.in_days(51).date(),
    )
    planned = make.PlannedItemFactory(topic__board=board, meeting=meeting)
    key = make.KeyDecisionFactory(topic__title="A new depot", in_private=True)
    notice = make.ExecutiveNoticeFactory(item=key, matter="Buying land for a depot", documents="Report of the director")
    make.ChairFactory(seat__board=key.board, holder=people["other_chair"])
    executive = {"slug": key.board.slug, "pk": notice.pk}
    series = board.meeting_series.create(
        title="Forum", unit="week", every=2, weekday=2, starts_on=timezone.localdate(), count=3, start_time="14:00",
        end_time="16:00", bank_holidays="skip",
    )  # fmt: skip
    for each in (meeting, draft):
        series.made.create(meeting=each, meant_on=timezone.localdate())
    old = make.PastPaperFactory(meeting__board=board, file=ContentFile(b"%PDF-1.7\n", name="minutes.pdf"))
    hidden = make.HeldPastPaperFactory(paper__meeting=old.meeting).paper
    waiting_paper = make.ImportedFileFactory(
        batch__board=board, batch__uploaded_by=people["staff"], file=ContentFile(b"%PDF-1.7\n", name="agenda.pdf")
    )
    make.QuestionRulesFactory(board=board)
    question, taken = make.QuestionFactory(meeting=meeting), make.AcceptedQuestionFactory(meeting=meeting)
    message = outbox.enqueue(key="world", to="someone@example.org", subject="Hello", text="Hello")
    election = _election(board, partner, people["member"])
    report, in_writing = _reports(meeting, people)
    out_of_view = make.HeldWithdrawalFactory(document__meeting=meeting)
    to_erase = make.ErasureFactory(withdrawal__document__meeting=meeting).withdrawal
    pack = _pack(asked)
    closed = make.ClosureGroundFactory(board=board).closure
    make.PlannedItemFactory(topic__board=board, meeting=meeting, closure=closed)
    under_way = make.SittingFactory(meeting__board=board).meeting
    make.AgendaItemFactory(version__meeting=under_way, purpose="decision")
    gone = PdfCheck.objects.get(appendix__report=in_writing)
    refused = make.PdfCheckFactory(document__meeting=meeting, document__withdrawn_at=timezone.now(), **LOCKED)
    decided, closed_decision, without_ground = _decisions(people["member"])
    world = World(
        people,
        words={
            "decisions": {"pk": decided.pk, "paper": decided.background.get().pk},
            **{key: {"pk": closed_decision.pk} for key in CLOSED_DECISION},
            "decision_ground": {"pk": without_ground.pk},
            "elections": {"slug": election.slug, "partner": partner.slug, "pk": election.nominations.get().pk},
            "election_roll_remove": {"pk": election.roll.get(partner=partner).pk},
            "election_voter_change": {"pk": VoterChange.objects.get(voter__election=election).voter_id},
            "meetings": {
                "slug": meeting.slug,
                "place": place.slug,
                "number": agenda.number,
                "pk": registration.pk,
                "pack": pack.file_name,
                "seat": chair.seat.pk,
            },
            "places": {"slug": place.slug, "pk": lead.pk, "partner": partner.slug},
            "boards": {"slug": board.slug, "pk": chair.pk},
            "partners": {"slug": partner.slug, "other": "second-partner", "pk": merge.pk, "kind": "csv"},
            **{key: {"pk": sheet.pk} for key in SHEET},
            **{key: {"key": yearly_check.key_for(partner, contact.email)} for key in CHECK},
            **{key: {"pk": contact.pk} for key in CONTACT},
            **{key: {"pk": group.pk} for key in GROUP},
            **{key: {"slug": under_way.slug} for key in RECORD},
            "withdrawals": {"pk": out_of_view.pk},
            **{key: {"pk": to_erase.pk} for key in ERASE},
            "manage_report_withdraw": {"pk": report.pk},
            "memberships": {"pk": waiting.pk},
            "calls": {"pk": call.pk, "partner": partner.slug, "position": 1},
            "reports-back": {"pk": report_back.pk},
            "reports": {
                "pk": report.pk,
                "number": 1,
                "step": report.versions.first().steps.get(state="open").pk,
                "item": make.LedItemFactory(board=board, lead=people["member"]).pk,
                "appendix": in_writing.appendices.in_use().get().pk,
                "file": in_writing.word_files.get().pk,
            },
            **{key: {"pk": in_writing.pk} for key in REPORT_IN_WRITING},
            **{key: {"pk": in_writing.pk, "appendix": gone.appendix_id} for key in APPENDIX_CHECK},
            "report_compare": {"number": 2},
            **{key: {"pk": board.report_chain.first().pk} for key in CHAIN_STEP},
            "input_mark_new": {"pk": asked.pk},
            "input_mark_take_back": {"pk": mark.pk},
            "people": {"pk": people["member"].pk},
            "r": {"key": registration.key},
            "i": {"key": invitation.key},
            "account": {"slug": partner.slug, "pk": 0, "uidb36": "1", "key": "wrong"},
            "inbox": {"name": "none"},
            "representation_file": {"kind": "csv"},
            "outbox": {"pk": message.pk},
            "document": {"pk": document.pk},
            "past_meeting": {"held_on": old.meeting.held_on},
            "past_meetings_of_year": {"year": old.meeting.held_on.year},
            **{key: {"pk": old.pk} for key in PAST_PAPER},
            **{key: {"pk": hidden.pk} for key in PAST_WITHDRAWAL},
            **{key: {"pk": waiting_paper.batch.pk, "row": waiting_paper.pk} for key in PAPER_IMPORT},
            "manage_pack_again": {"pk": pack.pk},
            "manage_withheld_lift": {"pk": make.WithheldPapersFactory(item=asked).pk},
            **dict.fromkeys(MINUTES, of_minutes),
            **dict.fromkeys(EXECUTIVE, executive),
            "key_notice_new": {"slug": key.board.slug, "pk": key.pk, "kind": "key"},
            "private_notice_new": {"slug": key.board.slug, "meeting": key.meeting.slug, "kind": "private"},
            **{key: {"pk": planned.pk} for key in PLANNED},
            "closures": {"pk": closed.pk},
            "series": {"pk": series.pk},
            "topics": {"pk": planned.topic.pk},
            **{key: {"pk": question.pk, "key": question.key} for key in QUESTION},
            "manage_question_reply": {"pk": taken.pk},
            **_purpose(board, meeting, chair.seat),
            **_follow_ups(board, people["member"]),
            **_blockers(board, partner, people["member"]),
            "pledges": {"pk": make.PledgeFactory().pk, "key": "wrong"},
            "asks": {"pk": make.AskFactory(partner=partner).pk, "key": "wrong", "what": "accept"},
            "follow_link": {"key": "wrong"},
            "follow_stop": {"key": "wrong"},
            "unsubscribe": {"key": "wrong"},
            "calendar-replies": {"pk": reply.pk},
            "manage_edit": {"section": "when"},
            "manage_export": {"kind": "csv"},
            **{key: {"pk": item.pk} for key in AGENDA_ITEM},
            **{key: {"pk": document.pk} for key in DOCUMENT},
            **{key: {"pk": refused.document_id} for key in DOCUMENT_CHECK},
            **{key: {"pk": entry.pk} for key in LIST_ENTRY},
            **{key: {"pk": upload.pk, "row": row.pk} for key in LIST_FILE},
            **{key: {"pk": invitation.pk} for key in INVITATION},
            "manage_invitations_run": {"pk": run.pk},
            **{key: {"pk": rule.pk} for key in REMINDER},
            "bank_holiday_remove": {"pk": BankHoliday.objects.create(day=make.in_days(60).date(), name="Jubilee").pk},
            "acting_chair_end": {"pk": acting.pk},
            "personal_calendar": {"secret": "wrong"},
            **{key: {"pk": chair.seat.pk} for key in SEAT},
            "posts": {
                "slug": sought.slug,
                "pk": applied.pk,
                "key": applied.key,
                "step": "interviews",
            },
            "post_panel_remove": {"pk": member.pk},
            "post_new": {"pk": chair.seat.pk},
            "induction_item": {"pk": step.pk},
            "interests": {
                "pk": make.WithheldInterestFactory(person=people["chair"]).pk,
                "person": people["chair"].pk,
                "code": "health",
            },
            "induction_step": {"pk": make.InductionStepFactory().pk},
            **{key: {"pk": make.JargonTermFactory().pk} for key in ("jargon_edit", "jargon_remove")},
            **{key: {"number": terms.number} for key in ("board_terms_version", "board_terms_document")},
            "membership_end": {"pk": people["member"].memberships.get().pk},
        },
    )
    world.sessions = {role: _session(user) for role, user in people.items()}
    return world


def _reports(meeting: Meeting, people: dict[str, User]):
    """A report of the member's that is published and of which a second version is being signed off, and one in writing."""
    given = {"item__board": meeting.board, "item__meeting": meeting, "item__lead": people["member"]}
    report, in_writing = make.ReportFactory(**given), make.ReportFactory(**given)
    reports.submit(report=report, by=people["member"])
    report_publication.publish(report=report, meeting=meeting, by=people["chair"])
    make.BoardStepFactory(board=meeting.board, name="Finance", position=1, holder=people["other_member"])
    make.BoardStepFactory(board=meeting.board, name="Director", position=2, holder=people["place_lead"])
    report = reports.revise(report=report, by=people["member"])
    text = replace(report.working_text, recommendations=("Agree it.",))
    reports.write(report=report, by=people["member"], text=text)
    reports.submit(report=report, by=people["member"], what_changed="One recommendation.")
    make.ReportAppendixFactory(report=in_writing, file=ContentFile(b"%PDF-1.7\n", name="appendix.pdf"))
    gone = make.ReportAppendixFactory(report=in_writing, removed_at=timezone.now())
    make.PdfCheckFactory(document=None, appendix=gone, **LOCKED)
    word = make.WordFileFactory(report=in_writing, answers={"comment": "yes"})
    word.found["questions"] = [{"kind": "comment", "where": "Author", "words": "Ann commented “Who?”."}]
    word.save()
    return report, in_writing


def _purpose(board, meeting, seat):
    """The purpose of the board, and a round on it that is over."""
    version = make.PurposeVersionFactory(board=board)
    asked = make.ClosedRoundFactory(version=version, call__meeting=meeting, call__seat=seat)
    return {"purpose_round": {"slug": board.slug, "pk": asked.pk}, "purpose_version": {"slug": board.slug, "number": 1}}


def _decisions(officer: User):
    """What an officer decided: one with a background paper, one that is closed, and one that is closed without a ground."""
    decided = make.OfficerDecisionFactory(officer=officer)
    file = ContentFile(b"%PDF-1.7\n", name="background.pdf")
    make.BackgroundPaperFactory(decision=decided, url="", file=file, size=9, sha256="0" * 64)
    ground = make.ClosureGroundFactory()
    closures.record([ground.closure_id])
    return (
        decided,
        make.OfficerDecisionFactory(officer=officer, closure=ground.closure),
        make.OfficerDecisionFactory(officer=officer, closure=make.ClosureFactory()),
    )


def _pack(item) -> MeetingPack:
    """The pack of the agenda that the item is on, with a closed part, of which a paper has been released since."""
    paper = make.DocumentFactory(meeting=item.version.meeting, title="Released since")
    item.documents.add(paper)
    pack = make.ReadyPackFactory(agenda=item.version, last_closed_page=2)
    for members in (False, True):
        make.PackFileFactory(pack=pack, for_members=members, file=ContentFile(b"%PDF-1.7\n", name="pack.pdf"))
    for position, more in enumerate(({}, {"is_closed": True}, {"is_closed": True, "document": paper}), start=1):
        make.PackPartFactory(pack=pack, item=item, position=position, page=f"{position}", sheet=position, **more)
    return pack


def _election(board, partner, member: User):
    """Nominations are open; the member casts the vote of the partner, and stands."""
    from tests.partnership.elections.election_world import (  # it makes more than tables need
        ElectionWorld,
        election_of,
        stand,
    )

    world = election_of(board=board, slug="first-election", organisations=2)
    voter = world.election.roll.create(partner=partner, person=member)
    stand(ElectionWorld(world.election, world.seats, [voter, *world.voters]), 0, candidate=member)
    other = world.voters[0]
    to_be = make.MembershipFactory(partner=other.partner).user
    VoterChange.objects.create(voter=other, person=to_be, asked_by=other.person)
    return world.election


def _session(user: User) -> str:
    return sign_in(Client(), user).session.session_key


def every_address() -> list[tuple[str, str, frozenset[str]]]:
    """(name, route, words in it) of every address of the portal, allauth's among them."""
    return list(_walk(get_resolver().url_patterns, "", frozenset()))


def _walk(patterns, before: str, words: frozenset[str]):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        named = words | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, named)
        else:
            yield pattern.name, route, named


def _follow_ups(board, owner: User) -> dict[str, dict[str, object]]:
    """Actions of the member's: one that is open, and one that is done, with a file that shows it."""
    facts = {"meeting__board": board, "meeting__starts_at": make.in_days(-30), "owner": owner}
    row, done = make.FollowUpFactory(**facts), make.DoneFollowUpFactory(**facts)
    file = ContentFile(b"sent,to\n1,all\n", name="evidence.csv")
    change = make.FollowUpChangeFactory(follow_up=done, kind="done", file=file, file_type="text/csv")
    return {
        "actions": {"pk": row.pk},
        "follow_up_reopen": {"pk": done.pk},
        "follow_up_file": {"pk": done.pk, "change": change.pk},
    }


def _blockers(board, partner, member: User) -> dict[str, dict[str, object]]:
    """Blockers that the member raised, and owns but for one: in every state in which an address asks for it."""
    facts = {"partner": partner, "raised_by": member}
    raised, owned = make.BlockerFactory(**facts), make.OwnedBlockerFactory(**facts, owner=member)
    with_board = make.EscalatedBlockerFactory(**facts, owner=member, board=board)
    return {
        "blockers": {"pk": owned.pk},
        "blocker_ask": {"pk": raised.pk},
        "blocker_take_on": {"pk": raised.pk},
        "blocker_bring_back": {"pk": with_board.pk},
        "blocker_reopen": {"pk": make.ResolvedBlockerFactory(**facts, owner=member).pk},
    }
