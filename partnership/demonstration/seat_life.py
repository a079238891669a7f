"""How boards live: rules for deciding, terms of reference in versions, a term that ends, a post, an induction."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.actions import induction, notices
from partnership.boards.models import Appointment, Board, Seat, TermsVersion
from partnership.demonstration import alliance, papers, who
from partnership.partners.models import PeopleGroup
from partnership.partners.models.partner import Sector
from partnership.posts.models import Application, PanelMember, Post

OUTLINE = [
    "Illustrative role outline for a demonstration.",
    "You lead the meetings of the alliance, and speak for more than 200 organisations where the system decides.",
    "You are nobody's employee: that is what independent means here.",
    "About four days a month. A day rate is paid, and travel, childcare and access costs.",
    "You need: experience of leading people who do not have to follow; knowledge of small voluntary groups.",
]
TERMS_2020 = """# Purpose

Illustrative words. The alliance brings together the leads of five area groups and those who speak for the sector on
four health and wellbeing boards.

# Who sits on it

- an independent chair, appointed
- a lead from each area group, elected by its organisations
- the sector's representative on each health and wellbeing board

# How it decides

By agreement where it can. A third of those who vote must be there."""
TERMS_2023 = TERMS_2020.replace("five area groups", "four places").replace("each area group", "each place")
APPLICANTS = [
    ("Maya Thornton", "I have chaired a federation of community centres for six years, and learnt to wait for the quiet ones."),
    ("Glyn Parry", "As a former council officer I know where decisions are made, and how late the papers come."),
]  # fmt: skip


def load(people: dict[str, User], boards: dict[str, Board], today: date) -> None:
    """Adds to the alliance what its seats need to live; applications and names of applicants are invented."""
    board = boards[alliance.ALLIANCE]
    board.quorum_one_in, board.quorum_needs = 3, [Sector.VCFSE]
    board.save(update_fields=["quorum_one_in", "quorum_needs"])
    _terms(board, people[who.STAFF])
    chair = board.seats.get(is_chair=True)
    first, now = chair.appointments.order_by("starts_on")
    now.ends_on = today + timedelta(days=60)
    now.save(update_fields=["ends_on"])
    _filled_in_2020(first)
    _advertised(now, people, today)
    _inductions(people, today)
    _nominated(people[who.PARTNER_OFFICER], boards["Southwark Borough Based Board"], today)
    notices.run(today)  # the clock would only do it in an hour


def _nominated(officer: User, board: Board, today: date) -> None:
    """A seat whose next holder an organisation names: the term ends soon, so its officer sees it at home."""
    seat = Seat.objects.create(
        board=board, title="Carers and older people", constituency="carers and older people (illustrative)", position=1,
        nominating_partner=officer.memberships.officers().get().partner,
    )  # fmt: skip
    seat.groups.set(PeopleGroup.objects.filter(slug__in=["carers", "older-people"]))
    Appointment.objects.create(
        seat=seat, holder=User.objects.create_user(who.address("Lorna Field"), name="Lorna Field"),
        route=Appointment.Route.NOMINATED, starts_on=today - timedelta(days=2 * 365), ends_on=today + timedelta(days=45),
    )  # fmt: skip


def _terms(board: Board, staff: User) -> None:
    TermsVersion.objects.create(board=board, number=1, text=TERMS_2020, adopted_on=alliance.JULY_2020, added_by=staff)
    content = papers.pdf("Terms of reference of the alliance", [line for line in TERMS_2023.split("\n\n") if line])
    TermsVersion.objects.create(
        board=board, number=2, text=TERMS_2023, size=len(content), adopted_on=date(2023, 7, 5), added_by=staff,
        what_changed="Four places replaced five areas.",
        file=ContentFile(content, name=f"{uuid4().hex}.pdf"),
    )  # fmt: skip


def _filled_in_2020(term: Appointment) -> None:
    """The chair of 2020, recruited and appointed; the applications are long deleted."""
    decided = datetime(2020, 6, 12, 12, tzinfo=timezone.get_default_timezone())
    _post(
        term, slug="independent-chair-2020", title="Independent chair (2020)", state=Post.State.APPOINTED,
        closes_on=date(2020, 5, 29), term_starts_on=term.starts_on, term_ends_on=term.ends_on, appointment=term,
        advertised_at=decided - timedelta(days=42), decided_at=decided, applicants=7,
        applications_deleted_at=decided + timedelta(days=184), outcome="Appointed after interviews by a panel of five.",
    )  # fmt: skip


def _advertised(term: Appointment, people: dict[str, User], today: date) -> None:
    """The next term of the same seat: open for two weeks more, two have applied, the panel is named."""
    post = _post(
        term, slug="independent-chair", title="Independent chair", state=Post.State.ADVERTISED,
        closes_on=today + timedelta(days=14), term_starts_on=term.ends_on + timedelta(days=1),
        term_ends_on=term.ends_on + timedelta(days=3 * 365), advertised_at=timezone.now() - timedelta(days=14),
    )  # fmt: skip
    for name in (who.OTHER_CHAIR, who.REPRESENTATIVE, who.STAFF):
        PanelMember.objects.create(post=post, user=people[name])
    for name, statement in APPLICANTS:
        Application.objects.create(post=post, name=name, email=who.address(name), statement=statement)


def _post(term: Appointment, **facts) -> Post:
    content = papers.pdf("Role outline: independent chair", OUTLINE)
    return Post.objects.create(
        seat=term.seat, summary="**Illustrative.** Leads the alliance and speaks for it where the system decides.",
        outline=ContentFile(content, name=f"{uuid4().hex}.pdf"), outline_type="application/pdf",
        outline_size=len(content), remuneration=term.remuneration, **facts,
    )  # fmt: skip


def _inductions(people: dict[str, User], today: date) -> None:
    """The representative is half way; somebody else is behind."""
    mine = people[who.REPRESENTATIVE].appointments.current(today).first()
    other = people[who.OTHER_CHAIR].appointments.current(today).first()
    for term in (mine, other):
        induction.begin(appointment=term)
    for item in mine.induction.all()[:3]:
        induction.tick(item=item, by=mine.holder)
    other.induction.filter(position__lt=2).update(due_on=today - timedelta(days=5))
