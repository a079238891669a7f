"""The world of the table test with something on every page: long names, every state, every empty page beside a full one."""

from datetime import date, timedelta

from django.utils import timezone

from assemblies.blockers.models import BlockerStep
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.lists.models import ListTarget
from assemblies.meetings.models import Follower
from assemblies.organising.forms.meeting_sections import SECTIONS
from assemblies.papers.models import Report
from assemblies.papers.word.findings import COMMENT, HIDDEN, MARKING, TEXT_BOX, TRACKED
from assemblies.past_papers.actions import opening
from assemblies.past_papers.models import PaperImport, PastPaper
from assemblies.pledges.models import Ask, Pledge
from assemblies.registrations.models import ExitAnswer, Needs, Registration
from assemblies.voice.models import ReportBack, ReportCorrection
from partnership import outbox
from tests import factories as make
from tests.world import World, build

LONG = "Cheshire and Merseyside Voluntary, Community, Faith and Social Enterprise Infrastructure Organisations"
ADDRESS = "bartholomew.featherstonehaugh-cholmondeley@infrastructure.cheshire-merseyside.example.org"
WORD_NAME = "Recovery-plan-final-version-with-comments-of-finance-and-legal-2.docx"
KINDS = (TRACKED, COMMENT, HIDDEN, TEXT_BOX, MARKING)
LINK = "https://example.org/" + "x" * 90
STATES = {
    "held": {"confirm_by": timedelta(hours=30), "confirmed_at": None},
    "registered": {},
    "waiting": {"place_number": None, "queued_at": -timedelta(hours=1)},
    "offered": {"offered_until": timedelta(hours=30)},
    "cancelled": {"place_number": None, "cancelled_at": -timedelta(hours=1)},
}


def furnish() -> tuple[World, dict[str, list[str]]]:
    """The world, and for each role the addresses worth a look beside those of the table."""
    world, now = build(), timezone.now()
    meeting = world.people["member"].registrations.get().meeting
    place, invitation = meeting.lists.get().place, meeting.invitations.get()
    meeting.title, meeting.format = "Partnership Assembly for places and neighbourhoods", "hybrid"
    meeting.discussion_question, meeting.letter, meeting.letter_from = (
        "What has to happen now?",
        "Dear all",
        "Alan Yates",
    )
    meeting.venue_name, meeting.venue_access, meeting.capacity = "Town Hall", "There is a **lift**.", 60
    meeting.joining_link, meeting.answers_open_at = "https://meet.example.org/" + "x" * 60, now
    meeting.save()
    make.SessionFactory(version__meeting=meeting, version__number=1, title="Welcome", speakers="Alan Yates")
    draft = make.ProgrammeVersionFactory(meeting=meeting, number=2, state="draft", released_at=None)
    make.SessionFactory(version=draft, title="What places need from each other in the year ahead")
    make.MeetingMoveFactory(meeting=meeting, reason="The room flooded.")
    make.PartnerFactory(name=LONG, slug="long").places.add(place)
    mix = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}
    ListTarget.objects.bulk_create(ListTarget(list=meeting.lists.get(), sector=s, percent=p) for s, p in mix.items())
    make.ListEntryFactory(
        list=meeting.lists.get(), name="Bartholomew Featherstonehaugh", email=ADDRESS, organisation=LONG
    )
    failed = outbox.enqueue(key="refused", to=ADDRESS, subject=f"You are invited to {meeting}", text=f"Dear Bo {LINK}")
    failed.state, failed.failed_at, failed.smtp_code = "failed", now, 550
    failed.sent_at = now - timedelta(minutes=7)  # it came back
    failed.last_error = "5.1.1 No such person here " + "x" * 80
    failed.save()
    bounced = make.InvitationFactory(
        meeting=meeting, name="Bo Bounced", email=ADDRESS, organisation=LONG, message=failed
    )
    make.InvitationFactory(meeting=meeting, accepted_at=now)
    declined = make.InvitationFactory(meeting=meeting, declined_at=now)
    question = make.ExitQuestionFactory(meeting=meeting)
    ExitAnswer.objects.create(question=question, place=place, text="Open our doors to " + LONG)
    people = {state: registered(meeting, state, place=place) for state in STATES}
    Needs.objects.create(registration=people["registered"], access=["bsl", "step_free"], dietary="Halal, no nuts")
    follower = Follower.objects.create(meeting=meeting, email="sam@example.org", key="own-key", confirmed_at=now)
    called_off = make.MeetingFactory(
        state="cancelled", cancelled_reason="The chair is ill.", slug="off", board=meeting.board
    )
    past = make.MeetingFactory(
        starts_at=now - timedelta(days=40), state="held", slug="past", board=meeting.board, answers_open_at=now
    )
    make.ExitQuestionFactory(meeting=past)
    full = make.MeetingFactory(slug="full", capacity=1, board=meeting.board, full=True)
    registered(full, "registered", email="full@example.org")
    shut = make.MeetingFactory(slug="shut", board=meeting.board, registration_closes_at=now - timedelta(days=1))
    came = make.RegistrationFactory(meeting=past, state="attended", email="came@example.org")
    withdrawn = make.DocumentFactory(
        meeting=meeting,
        title="What people wrote to us",
        withdrawn_at=now,
        withdrawn_because=f"It names people of {LONG}.",
    )
    checks = [
        make.PdfCheckFactory(document__meeting=meeting, document__title=f"A plan of {LONG}"),
        make.PdfCheckFactory(
            document__meeting=meeting, document__title="A form that was filled in", state="passed", done_at=now,
            sizes=[[595, 842]], notes=["12 form fields are now part of the page"],
        ),
    ]  # fmt: skip
    from_word = make.WordFileFactory(
        report=Report.objects.get(pk=world.words["report_write"]["pk"]), filename=WORD_NAME
    )
    from_word.found |= {
        "questions": [{"kind": kind, "where": "Section 1, Background", "words": f"{LONG}: {kind}"} for kind in KINDS],
        "notes": [{"where": f"Page {name}", "words": f"It says “{LINK}”."} for name in ("header", "footer")],
    }
    from_word.found["text"] |= {"title": LONG, "recommendations": [f"Ask {LONG}.", LINK]}
    from_word.save()
    answered = make.WordFileFactory(
        report=from_word.report, filename="a.docx", found=from_word.found, answers=dict.fromkeys(KINDS, "accept")
    )
    word = f"/reports/{from_word.report_id}/word"
    report = ReportBack.objects.get(pk=world.words["reports-back"]["pk"])
    ReportCorrection.objects.create(
        report=report, number=1, text=f"{LONG} **agreed**.", note="They agreed, all of them."
    )
    imports = _past_papers(meeting.board, now)
    speaker = make.MembershipFactory(user=world.people["member"], part="officer", partner__name="Carers Link")
    empty_seat = make.SeatFactory(board=meeting.board, title="Carers", nominating_partner=speaker.partner)
    joint = make.MeetingFactory(title="Two boards together", slug="joint", kind="board", board__name=f"Board of {LONG}")
    make.MeetingBoardFactory(meeting=joint, board=meeting.board)
    make.AgendaItemFactory(version__meeting=joint, version__number=1, purpose="decision")
    drafted = make.AgendaVersionFactory(meeting=joint, number=2, state="draft", change_note="")
    make.AgendaItemFactory(version=drafted, purpose="decision", title="A budget that all of them agree on")
    notice = ExecutiveNotice.objects.latest("pk")  # of the world, beside those of the demonstration
    cabinet = f"/boards/{notice.board.slug}/notices/"
    urgent = make.KeyDecisionFactory(board=notice.board, meeting__starts_at=now + timedelta(days=3))
    agreed = make.ExecutiveNoticeFactory(
        item=urgent, kind="key-urgent", reasons=f"The grant of {LONG} was offered on Monday.", told=LONG[:200],
        told_on=timezone.localdate(),
    )  # fmt: skip
    withdrawn_notice = make.ExecutiveNoticeFactory(
        item=urgent, withdrawn_at=now, withdrawn_because="It named a seller."
    )
    log, blockers = _actions(world, meeting.board), _blockers(world, meeting.board, place)
    manage, off = f"/meetings/{meeting.slug}/manage", called_off.get_absolute_url()
    more = {
        "anonymous": [
            *(f"/r/{each.key}/{rest}" for each in people.values() for rest in ("", "cancel/", "change/")),
            f"/r/{people['held'].key}/confirm/", f"/r/{people['offered'].key}/offer/",
            f"/r/{people['cancelled'].key}/return/", f"/r/{came.key}/answers/", f"/r/{came.key}/",
            f"/i/{bounced.key}/", f"/i/{declined.key}/", f"/i/{invitation.key}/register/",
            f"/meetings/{meeting.slug}/follow/{follower.key}/", off, f"{off}register/", full.get_absolute_url(),
            "/meetings/full/register/", shut.get_absolute_url(), "/meetings/shut/register/", past.get_absolute_url(),
            "/meetings/?when=past", "/meetings/?kind=workshop", "/search/?words=partnership", "/search/?words=nothing-like-it",
            "/search/?words=" + "x" * 201, f"{past.get_absolute_url()}answers/",
            f"/boards/{meeting.board.slug}/past-meetings/2016-03-14/", "/boards/long/past-meetings/",
            "/meetings/joint/", agreed.get_absolute_url(), withdrawn_notice.get_absolute_url(), f"{cabinet}?when=past",
            *_purpose(meeting), *_pledges(meeting, place), f"{log}?status=dropped", "/boards/long/actions/",
            "/i/example/", "/i/wrong/", "/r/wrong/", "/nowhere/", f"{meeting.get_absolute_url()}documents/{withdrawn.pk}/",
        ],
        "staff": [
            f"{manage}/invitations/{bounced.pk}/", f"{manage}/invitations/{bounced.pk}/again/",
            f"{manage}/door/?q=guest", f"{manage}/door/?q=nobody", f"{manage}/registrations/?q=nobody",
            *(f"{manage}/edit/{part}/" for part in SECTIONS),
            "/meetings/draft/manage/", "/meetings/draft/manage/invitations/", "/meetings/draft/manage/registrations/",
            "/meetings/off/manage/", "/meetings/past/manage/", "/meetings/past/manage/answers/",
            "/outbox/?state=failed", "/outbox/?state=queued", "/meetings/draft/", f"{manage}/invitations/?q=nobody",
            f"/elections/new/?board={meeting.board.slug}", *imports, "/meetings/joint/manage/agenda/",
            "/meetings/joint/manage/agenda/items/add/", f"{cabinet}decisions/{urgent.pk}/key-urgent/",
            f"{cabinet}meetings/{notice.item.meeting.slug}/private-second/",
            *(f"{manage}/documents/{each.document_id}/check/" for each in checks),
        ],
        "place_lead": ["/meetings/draft/manage/", "/actions/"],
        "chair": [
            "/meetings/draft/manage/agenda/", "/meetings/draft/manage/", "/meetings/joint/manage/agenda/",
            "/meetings/joint/manage/", "/actions/?whose=boards&status=late",
        ],
        "member": [
            meeting.get_absolute_url(), f"{meeting.get_absolute_url()}register/", "/meetings/full/register/",
            f"/boards/{meeting.board.slug}/seats/{empty_seat.pk}/nominate/", f"{word}/{from_word.pk}/answers/",
            f"{word}/{answered.pk}/", f"/reports/{from_word.report_id}/work/",
            *(row.get_absolute_url() for row in world.people["member"].follow_ups.all()), *blockers,
        ],
    }  # fmt: skip
    return world, more


def _actions(world: World, board) -> str:
    """Actions in every state, one with a long history, and one that somebody who left has left behind. Returns the log."""
    facts = {"meeting__board": board, "meeting__starts_at": timezone.now() - timedelta(days=30)}
    owner, today = world.people["member"], timezone.localdate()
    long = f"Write to {LONG} and to {ADDRESS}"
    late = make.FollowUpFactory(**facts, owner=owner, text=long, due_on=today - timedelta(days=3), illustrative=True)
    other = make.UserFactory(name="Bartholomew Featherstonehaugh", is_active=False)
    for changed in (
        {"kind": "assigned", "words": "", "new_owner": other, "new_due_on": today},
        {"kind": "handed_on", "old_owner": other, "new_owner": owner, "words": f"It is for {LONG}."},
        {"kind": "postponed", "old_due_on": today, "new_due_on": today, "words": LINK},
        {"kind": "noted", "words": "Half of them have answered"},
        {"kind": "done", "words": "All have answered", "link": LINK},
        {"kind": "reopened", "words": "One of them took it back", "new_due_on": today},
    ):
        make.FollowUpChangeFactory(follow_up=late, **changed)
    make.FollowUpFactory(**facts, owner=owner, state="dropped", dropped_because="Nobody needs it")
    closure = make.ClosureGroundFactory(board=board).closure
    make.FollowUpFactory(**facts, owner=owner, text="Sign the contract", closure=closure)
    make.FollowUpFactory(**facts, owner=other, text=long)
    return f"/boards/{board.slug}/actions/"


def _purpose(meeting) -> list[str]:
    """A purpose with long lines, rounds that are open, over, and that nobody answered, and a second version. Their addresses."""
    lines = [f"Working with {LONG} {number}, so that nobody is left out wherever they live" for number in range(9)]
    first = make.PurposeVersionFactory(
        opening=f"{LONG} work together through:", source=LONG, source_url=LINK, lines=lines
    )
    chair = make.ChairFactory(seat__board=first.board).seat
    meet = {"call__meeting": make.MeetingFactory(board=first.board, slug="purposeful"), "call__seat": chair}
    said, silent = (make.ClosedRoundFactory(version=first, answered=answered, **meet) for answered in (1, 0))
    said.lines.update(change=1, quotes=[[LONG, "change", f"{LONG} and {LINK}"]])
    second = make.PurposeVersionFactory(board=first.board, number=2, because=f"{LONG} asked for it.", illustrative=True)
    still = make.RoundFactory(version=second, **meet)
    item = make.PlannedItemFactory(topic__board=first.board, meeting=still.call.meeting)
    make.AgendaItemFactory(version__meeting=item.meeting, version__number=1, planned=item)
    type(said).objects.filter(pk=said.pk).update(planned=item)
    rounds = [row.get_absolute_url() for row in (said, silent, still)]
    home = f"/boards/{first.board.slug}/purpose/"
    return [home, f"{home}1/", f"{home}2/", *rounds, first.board.get_absolute_url(), "/meetings/purposeful/"]


def _blockers(world: World, board, place) -> list[str]:
    """Blockers in every state, one with every step there is, and one that its board has decided. Returns the addresses."""
    owner, other = world.people["member"], make.UserFactory(name="Bartholomew Featherstonehaugh")
    partner = make.PartnerFactory(name=f"Friends of {LONG}"[:200])
    facts = {"partner": partner, "place": place, "raised_by": owner, "text": f"{LONG} {LINK}", "tried": LONG}
    long = make.OwnedBlockerFactory(**facts, owner=owner, title=f"Two budgets of {LONG}"[:200], illustrative=True)
    topic = make.ParkedTopicFactory(board=board, title="Who pays for a home visit")
    given = {"old_owner": other, "new_owner": owner, "board": board, "topic": topic}
    for kind in BlockerStep.Kind:
        make.BlockerStepFactory(blocker=long, kind=kind, words=f"{kind.label} by {LONG}: {LINK}", **given)
    waits = make.EscalatedBlockerFactory(
        **facts, owner=owner, board=board, topic=topic, escalated_at=timezone.now() - timedelta(days=9)
    )
    held = make.MeetingFactory(board=board, starts_at=timezone.now() - timedelta(days=2))
    make.PlannedItemFactory(topic=topic, meeting=held, result="The council pays from May.")
    gone = make.ResolvedBlockerFactory(**facts, state="withdrawn", outcome=f"It is nothing to {LONG} any more.")
    return [
        *(row.get_absolute_url() for row in (long, waits, gone, make.BlockerFactory(**facts))),
        "/blockers/?status=all", "/blockers/?theme=efficiency&status=withdrawn",
        partner.get_absolute_url(), place.get_absolute_url(),
    ]  # fmt: skip


def _pledges(meeting, place) -> list[str]:
    """Pledges and asks in every state, after an assembly before this one. Returns their addresses."""
    before = make.HeldMeetingFactory(
        board=meeting.board, kind="assembly", title=f"Assembly before {LONG}", slug="before"
    )
    told = {"question__meeting": before, "place": place, "text": f"Open our doors to {LONG} and write to {ADDRESS}"}
    rows = [
        make.NamedPledgeFactory(answer=make.ExitAnswerFactory(**told), state=state, of_partner__name=f"{LONG} {state}")
        for state in Pledge.State
    ]
    make.PledgeStepFactory(pledge=rows[-1], said="given_up", words=f"It was for {LONG}")
    asks = [
        make.AskFactory(
            answer=make.ExitAnswerFactory(**told, question__kind="need"), state=state, partner__name=f"{state} {LONG}"
        )
        for state in Ask.State
    ]
    make.AskStepFactory(ask=asks[-2], said="declined", words=f"We have no {LONG}")
    unsent = make.UnsentAskFactory(answer=make.ExitAnswerFactory(**told, question__kind="need"))
    own = [rows[0].own_url, rows[2].own_url, asks[1].own_url, asks[3].own_url, f"{rows[0].own_url}hide/"]
    lists = [
        "/pledges/?meeting=before",
        "/pledges/?state=kept",
        "/asks/?state=asked",
        f"/partners/{asks[1].partner.slug}/pledges/",
    ]
    return [*own, *lists, *(row.get_absolute_url() for row in (rows[-1], asks[-2], unsent)), before.get_absolute_url()]


def _past_papers(board, now) -> list[str]:
    """Old papers of every kind, one of them withdrawn; an import with every outcome, and one in every state. Returns the
    addresses for staff."""
    make.BoardFactory(name=LONG, slug="long")
    day = make.PastMeetingFactory(board=board, held_on=date(2016, 3, 14))
    for kind in PastPaper.Kind:
        make.PastPaperFactory(meeting=day, kind=kind, title=f"{kind.label} of {LONG}", members_only=kind == "report")
    make.PastPaperFactory(
        meeting=day, title=f"Letters to {LONG}", withdrawn_at=now, withdrawn_because="They name who wrote them."
    )
    checked, done = make.PaperImportFactory(board=board, filename=f"{LONG}.zip"), make.PaperImportFactory(board=board)
    for batch in (checked, done):
        make.ImportedFileFactory(batch=batch, title=LONG, path=f"2016/{LONG}/Minutes of the 14th of March.pdf")
        make.ImportedFileFactory(
            batch=batch, outcome="ask", held_on=None, path=f"{LONG}/140316 exempt.pdf", closed_by="exempt", members_only=True,
            could_be=["2016-03-14", "2014-03-16"], reason="It could be 14 March 2016 or 16 March 2014",
            notes=["A comment or mark lies on one of its pages, and people can read it: open it and look"],
        )  # fmt: skip
        make.ImportedFileFactory(batch=batch, outcome="same", reason=f"It is there already: “{LONG}”, 14 March 2016")
        make.ImportedFileFactory(batch=batch, outcome="left_out", reason="It is empty", file="", pages=0, title="")
    PaperImport.objects.filter(pk=done.pk).update(state="confirmed", confirmed_at=now)
    make.PastPaperFactory(meeting=day, batch=done)
    back = make.PaperImportFactory(board=board, state="confirmed", confirmed_at=now, undone_at=now)
    reading = make.PaperImportFactory(board=board, read_at=None)
    make.ImportedFileFactory(batch=reading, outcome="waiting", held_on=None)
    discarded = make.PaperImportFactory(board=board, state="discarded")
    shown = [f"{checked.get_absolute_url()}?show={outcome}" for outcome in ("ready", "ask", "same", "left_out")]
    here = [each.get_absolute_url() for each in (done, back, reading, discarded, day)]
    closed = PastPaper.objects.get(kind="report", meeting=day)
    opening.record(paper=closed, by=make.UserFactory(name="Bartholomew Featherstonehaugh-Cholmondeley"))
    gone = PastPaper.objects.get(title__startswith="Letters")
    about = [f"{closed.get_absolute_url()}edit/", f"{gone.get_absolute_url()}erase/", f"{done.get_absolute_url()}undo/"]
    return [*shown, *here, *about]


def registered(meeting, state: str, **facts) -> Registration:
    """A registration in that state, as the rules of the table of registrations demand."""
    moments = {
        name: timezone.now() + value if isinstance(value, timedelta) else value for name, value in STATES[state].items()
    }
    name = facts.pop("name", f"{state.title()} Featherstonehaugh-Cholmondeley")
    facts = {"email": f"{state}@example.org"} | facts
    return make.RegistrationFactory(meeting=meeting, state=state, name=name, organisation=LONG, **moments, **facts)
