"""A post from its advert to its end: added, advertised, closed for applications, shortlisted, ended or filled."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from partnership import audit, states
from partnership.accounts.models import User
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Seat
from partnership.dates import short_day
from partnership.files import storing
from partnership.posts import emails
from partnership.posts.models import Application, PanelMember, Post
from partnership.posts.rules import refuse_applicant, refuse_rival
from partnership.refusals import Refusal, refuse_about_oneself

P, A = Post.State, Application.State
TAKEN_BY_PAGES = {"new", "applications"}


@transaction.atomic
def add(*, seat: Seat, by, outline=None, **facts) -> Post:
    """Adds a post, unseen until it is advertised."""
    post = Post(seat=seat, slug=_free_slug(facts["title"]), **facts)
    _keep_outline(post, outline)
    post.save()
    audit.record(by=by, verb="post.added", subject=post, seat=str(seat))
    return post


@transaction.atomic
def change(*, post: Post, by, outline=None, **facts) -> Post:
    """Changes a post while people can still apply. Raises Refusal for a closing day moved nearer once advertised."""
    row = lock(post)
    if row.state not in (P.DRAFT, P.ADVERTISED):
        raise Refusal("Applications are closed, so the advert can no longer be changed.")
    if row.state == P.ADVERTISED and facts["closes_on"] < row.closes_on:
        raise Refusal(
            f"People were told they can apply until {short_day(row.closes_on)}: enter that day or a later one",
            "closes_on",
        )
    for name, value in facts.items():
        setattr(row, name, value)
    _keep_outline(row, outline)
    row.save()
    audit.record(by=by, verb="post.changed", subject=row)
    return row


@transaction.atomic
def discard(*, post: Post, by) -> None:
    """Deletes a draft, which nobody but staff has seen. Raises Refusal for a post that was advertised."""
    row = lock(post)
    if row.state != P.DRAFT:
        raise Refusal("It was advertised, so it stays on record: end it without an appointment instead.")
    audit.record(by=by, verb="post.discarded", subject=row)
    outline = row.outline
    row.delete()
    if outline:
        transaction.on_commit(lambda: outline.storage.delete(outline.name))


@transaction.atomic
def advertise(*, post: Post, by, now: datetime | None = None) -> Post:
    """Shows the post to everybody. Raises Refusal without a role outline, or with a closing day that has passed."""
    row, now = lock(post), now or timezone.now()
    states.check(row, P.ADVERTISED)
    if not row.outline:
        raise Refusal("Add the role outline first: people read it before they apply.")
    if row.closes_on < timezone.localdate(now):
        raise Refusal("The last day to apply has passed: change it first.")
    return _move(row, P.ADVERTISED, by, advertised_at=now)


@transaction.atomic
def begin_shortlisting(*, post: Post, by) -> Post:
    """Gives the applications to the panel. Raises Refusal while people may apply, or without a panel or applicants."""
    row = lock(post)
    states.check(row, P.SHORTLISTING)
    if row.takes_applications:
        raise Refusal(f"People can still apply until {short_day(row.closes_on)}.")
    if not row.panel.exists():
        raise Refusal("Name the panel first.")
    if not row.applications.in_play().exists():
        raise Refusal("There is no application to shortlist: end it without an appointment, and advertise again.")
    for member in row.panel.select_related("user"):
        emails.panel_asked(member)
    return _move(row, P.SHORTLISTING, by)


@transaction.atomic
def begin_interviews(*, post: Post, by) -> Post:
    """Tells everybody whether they are shortlisted. Raises Refusal while somebody is neither, or nobody is."""
    row = lock(post)
    refuse_rival(row, by)
    states.check(row, P.INTERVIEWS)
    undecided = row.applications.filter(state=A.RECEIVED).count()
    if undecided:
        raise Refusal(f"Decide about {undecided} more application{'' if undecided == 1 else 's'} first.")
    if not row.applications.filter(state=A.SHORTLISTED).exists():
        raise Refusal("Nobody is shortlisted: shortlist someone, or end it without an appointment.")
    _move(row, P.INTERVIEWS, by)
    for application in row.applications.filter(state__in=[A.SHORTLISTED, A.NOT_SHORTLISTED]):
        emails.outcome(application)
    return row


@transaction.atomic
def end(*, post: Post, by, outcome: str) -> Post:
    """Ends it without an appointment: the public reads why, and everybody still in it is told."""
    row = lock(post)
    refuse_rival(row, by)
    _decide(row, P.ENDED, by, outcome=outcome)
    _tell_the_rest(row)
    return row


@transaction.atomic
def appoint(
    *, application: Application, by, starts_on: date, ends_on: date | None, remuneration: str, outcome: str = ""
) -> Appointment:
    """Gives the seat to the applicant and tells all others. Raises Refusal as `seat.appoint`, or for a wrong state.

    Somebody without an account gets one under the address they applied from: they sign in with a code sent to it.
    """
    row = lock(application.post)
    chosen = row.applications.select_for_update().get(pk=application.pk)
    refuse_applicant(chosen, by)
    states.check(row, P.APPOINTED)
    states.check(chosen, A.APPOINTED)
    holder = User.objects.filter(email=chosen.email.lower()).first()
    holder = holder or User.objects.create_user(chosen.email, name=chosen.name)
    appointment = seats.appoint(
        seat=row.seat, holder=holder, by=by, route=Appointment.Route.APPOINTED, starts_on=starts_on, ends_on=ends_on,
        remuneration=remuneration,
    )  # fmt: skip
    _decide(row, P.APPOINTED, by, outcome=outcome, appointment=appointment)
    states.move(chosen, A.APPOINTED)
    emails.outcome(chosen)
    _tell_the_rest(row)
    return appointment


@transaction.atomic
def join_panel(*, post: Post, user, by) -> PanelMember:
    """Puts somebody on the panel; doing it twice changes nothing. They are told when there is something to score."""
    row = lock(post)
    if row.is_over:
        raise Refusal("The post is decided, so its panel can no longer be changed.")
    refuse_about_oneself(by, user, "You cannot put yourself on a panel. Ask another member of staff.", "email")
    refuse_rival(row, by)
    member, is_new = PanelMember.objects.get_or_create(post=row, user=user)
    if is_new:
        audit.record(by=by, verb="post.panel.joined", subject=row, member=str(user))
        if row.is_scored:
            emails.panel_asked(member)
    return member


@transaction.atomic
def leave_panel(*, member: PanelMember, by) -> None:
    """Takes somebody off the panel, with their scores, and tells them. Raises Refusal for staff who have a conflict of
    interest: off the panel, nothing would keep the applications from them."""
    row = lock(member.post)
    if row.is_over:
        raise Refusal("The post is decided, so its panel can no longer be changed.")
    if by != member.user:
        refuse_rival(row, by)
    if member.has_conflict and is_partnership_staff(member.user):
        why = "The panel keeps the applications from them, so leave them on it."
        raise Refusal(f"{member.user} has a conflict of interest. {why}")
    audit.record(by=by, verb="post.panel.left", subject=row, member=str(member.user), scores=member.scores.count())
    if by != member.user:
        emails.panel_left(member)
    member.delete()


@transaction.atomic
def declare(*, member: PanelMember, by, has_conflict: bool, conflict: str = "") -> PanelMember:
    """Notes whether a member has a conflict of interest. One who has loses the scores they gave, and sees no
    applications."""
    lock(member.post)
    member.has_conflict, member.conflict = has_conflict, conflict if has_conflict else ""
    member.declared_at = timezone.now()
    member.save(update_fields=["has_conflict", "conflict", "declared_at"])
    dropped = member.scores.all().delete()[0] if has_conflict else 0
    audit.record(by=by, verb="post.panel.declared", subject=member.post, has_conflict=has_conflict, scores=dropped)
    return member


def lock(post: Post) -> Post:
    """The post as it is now, held until the transaction ends."""
    return Post.objects.select_for_update(of=("self",)).select_related("seat__board").get(pk=post.pk)


def _move(row: Post, state: str, by, **fields) -> Post:
    states.move(row, state, **fields)
    audit.record(by=by, verb=f"post.{state}", subject=row)
    return row


def _decide(row: Post, state: str, by, **fields) -> None:
    _move(row, state, by, decided_at=timezone.now(), applicants=row.applications.count(), **fields)


def _tell_the_rest(row: Post) -> None:
    for application in row.applications.in_play():
        states.move(application, A.NOT_APPOINTED)
        emails.outcome(application)


def _keep_outline(post: Post, file) -> None:
    if file:
        post.outline_type, post.outline_size = file.kind.content_type, file.size
        storing.keep(post.outline, file)


def _free_slug(title: str) -> str:
    stem = slugify(title)[:180]
    taken = set(Post.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | TAKEN_BY_PAGES
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
