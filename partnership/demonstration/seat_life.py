"""What happens on boards: rules for deciding, terms of reference in versions, a term that ends, a post, an induction."""

from datetime import date, timedelta
from uuid import uuid4

from partnership import states
from partnership.accounts.models import User
from partnership.boards.actions import board as boards
from partnership.boards.actions import induction, notices, terms
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Board
from partnership.demonstration import alliance, papers, where, who
from partnership.demonstration.days import at, from_today
from partnership.partners.models import PeopleGroup
from partnership.partners.models.partner import Sector
from partnership.posts.actions import application
from partnership.posts.actions import post as posts
from partnership.posts.models import Post

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


SUMMARY = "**Illustrative.** Leads the alliance and speaks for it where the system decides."


def load(people: dict[str, User], found: dict[str, Board], today: date) -> None:
    """Adds to the alliance what happens to its seats; applications and names of applicants are invented."""
    staff = people[who.STAFF]
    board = boards.change(board=found[alliance.ALLIANCE], by=staff, quorum_one_in=3, quorum_needs=[Sector.VCFSE])
    _terms(board, staff)
    chair = board.seats.get(is_chair=True)
    first, now = chair.appointments.order_by("starts_on")
    now = seats.end(appointment=now, by=staff, ends_on=today + timedelta(days=60))
    _filled_in_2020(first)
    _advertised(now, people, today)
    _inductions(people, today)
    _nominated(people, found["Southwark Borough Based Board"], today)
    notices.run(today)  # the clock would only do it in an hour


def _nominated(people: dict[str, User], board: Board, today: date) -> None:
    """A seat whose next holder an organisation names: the term ends soon, so its officer sees it at home."""
    staff, officer = people[who.STAFF], people[who.PARTNER_OFFICER]
    since = today - timedelta(days=2 * 365)
    seat = seats.add(
        board=board, by=staff, title="Carers and older people", constituency="carers and older people (illustrative)",
        nominating_partner=officer.memberships.officers().get().partner, starts_on=since,
        groups=PeopleGroup.objects.filter(slug__in=["carers", "older-people"]),
    )  # fmt: skip
    seats.appoint(
        seat=seat, holder=User.objects.create_user(who.address("Lorna Field"), name="Lorna Field"), by=staff,
        route=Appointment.Route.NOMINATED, starts_on=since, ends_on=today + timedelta(days=45), in_post=True,
    )  # fmt: skip


def _terms(board: Board, staff: User) -> None:
    terms.add(board=board, by=staff, text=TERMS_2020, adopted_on=alliance.JULY_2020)
    lines = [line for line in TERMS_2023.split("\n\n") if line]
    terms.add(
        board=board, by=staff, text=TERMS_2023, adopted_on=where.DEAL,
        what_changed="Four places replaced five areas.",
        file=papers.file("Terms of reference of the alliance", lines),
    )  # fmt: skip


def _filled_in_2020(term: Appointment) -> None:
    """The chair of 2020, recruited and appointed.

    Moved on without the actions: its seven applications were deleted six months after the decision, and nobody invents
    people to delete them.
    """
    decided, outline = at(date(2020, 6, 12), "12:00"), _outline()
    post = Post(
        seat=term.seat, slug="independent-chair-2020", title="Independent chair (2020)", summary=SUMMARY,
        outline_type=outline.content_type, outline_size=outline.size, remuneration=term.remuneration,
        closes_on=date(2020, 5, 29), term_starts_on=term.starts_on, term_ends_on=term.ends_on,
    )  # fmt: skip
    post.outline.save(f"{uuid4().hex}.pdf", outline, save=False)
    post.save()
    states.move(post, Post.State.ADVERTISED, advertised_at=decided - timedelta(days=42))
    states.move(post, Post.State.SHORTLISTING)
    states.move(post, Post.State.INTERVIEWS)
    states.move(
        post, Post.State.APPOINTED, decided_at=decided, appointment=term, applicants=7,
        applications_deleted_at=decided + timedelta(days=184), outcome="Appointed after interviews by a panel of five.",
    )  # fmt: skip


def _advertised(term: Appointment, people: dict[str, User], today: date) -> None:
    """The next term of the same seat: open for two weeks more, two have applied, the panel is named."""
    staff = people[who.STAFF]
    assert term.ends_on is not None
    post = posts.add(
        seat=term.seat, by=staff, outline=_outline(), title="Independent chair", summary=SUMMARY,
        remuneration=term.remuneration, closes_on=today + timedelta(days=14),
        term_starts_on=term.ends_on + timedelta(days=1), term_ends_on=term.ends_on + timedelta(days=3 * 365),
    )  # fmt: skip
    posts.advertise(post=post, by=staff, now=from_today(-14, "10:00"))
    for name in (who.OTHER_CHAIR, who.REPRESENTATIVE, who.STAFF):
        posts.join_panel(post=post, user=people[name], by=people[who.COLLEAGUE] if name == who.STAFF else staff)
    for name, statement in APPLICANTS:
        application.send(post=post, name=name, email=who.address(name), phone="", statement=statement)


def _outline():
    return papers.file("Role outline: independent chair", OUTLINE)


def _inductions(people: dict[str, User], today: date) -> None:
    """The representative is half way; somebody else began two months ago and is behind."""
    mine = people[who.REPRESENTATIVE].appointments.current(today).first()
    other = people[who.OTHER_CHAIR].appointments.current(today).first()
    induction.begin(appointment=mine)
    induction.begin(appointment=other, today=today - timedelta(days=60))
    for item in mine.induction.all()[:3]:
        induction.tick(item=item, by=mine.holder)
