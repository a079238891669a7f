"""An application: sent in, withdrawn, put on the shortlist or not, scored; and deleted when its time is over."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partnership import audit, states
from partnership.files import storing
from partnership.one_by_one import one_by_one
from partnership.posts import emails
from partnership.posts.actions.post import lock
from partnership.posts.models import Application, PanelMember, Post, Score
from partnership.posts.rules import refuse_applicant
from partnership.refusals import Refusal

A = Application.State


@transaction.atomic
def send(*, post: Post, name: str, email: str, phone: str, statement: str, cv=None) -> Application:
    """Adds an application and confirms it by email. Raises Refusal where applications are closed.

    A second one from the same address changes nothing and says so in an email to that address alone: nobody learns from
    the page who applied, and nobody overwrites what somebody else sent.
    """
    row = lock(post)
    if not row.takes_applications:
        raise Refusal("Applications are closed.")
    email = email.lower()
    known = row.applications.filter(email=email).first()
    if known:
        emails.known_already(known)
        return known
    application = Application(post=row, name=name, email=email, phone=phone, statement=statement)
    if cv:
        application.cv_type = cv.kind.content_type
        storing.keep(application.cv, cv)
    application.save()
    audit.record(by=None, verb="application.received", subject=application)
    emails.received(application)
    return application


@transaction.atomic
def withdraw(*, application: Application) -> Application:
    """The applicant takes it back, by the link in their email; doing it twice changes nothing. It stays until all are
    deleted."""
    lock(application.post)
    row = Application.objects.select_for_update().get(pk=application.pk)
    if row.state != A.WITHDRAWN:
        states.move(row, A.WITHDRAWN)
        audit.record(by=None, verb="application.withdrawn", subject=row)
    return row


@transaction.atomic
def shortlist(*, application: Application, by, state: str) -> Application:
    """Puts it on the shortlist, off it, or back to undecided; nobody is told before interviews begin."""
    post = lock(application.post)
    row = Application.objects.select_for_update().get(pk=application.pk)
    refuse_applicant(row, by)
    if post.state != Post.State.SHORTLISTING:
        raise Refusal("The shortlist is made between the last day to apply and the interviews.")
    if state not in (A.RECEIVED, A.SHORTLISTED, A.NOT_SHORTLISTED):
        raise Refusal("Choose whether it is shortlisted.")
    if row.state != state:
        states.move(row, state)
        audit.record(by=by, verb=f"application.{state}", subject=row)
    return row


@transaction.atomic
def score(*, application: Application, member: PanelMember, by, score: int, remark: str = "") -> Score:
    """Gives or changes one member's score. Raises Refusal where they have a conflict or have not declared."""
    post = lock(application.post)
    member = PanelMember.objects.select_for_update().get(pk=member.pk)
    refuse_applicant(application, by)
    if member.has_conflict is None:
        raise Refusal("First say whether you have a conflict of interest.")
    if not member.may_score or member.post_id != post.pk:
        raise Refusal("You have a conflict of interest, so you do not score.")
    if not post.is_scored:
        raise Refusal("The panel scores between the last day to apply and the appointment.")
    row, _ = Score.objects.update_or_create(
        application=application, member=member, defaults={"score": score, "remark": remark}
    )
    audit.record(by=by, verb="application.scored", subject=application)
    return row


def delete_due(now: datetime | None = None) -> int:
    """Deletes the applications of posts decided six months ago; returns how many. Safe to run at any time, and twice."""
    now = now or timezone.now()
    due = Post.objects.filter(
        decided_at__lt=now - timedelta(days=settings.APPLICATIONS_KEPT_DAYS), applications_deleted_at=None
    )
    return one_by_one(due.order_by("pk"), lambda post: _delete(post, now), "the applications for the post")


@transaction.atomic
def _delete(post: Post, now: datetime) -> int:
    row = lock(post)
    applications = list(row.applications.all())
    files = [application.cv for application in applications if application.cv]
    row.applications.all().delete()
    row.panel.update(conflict="")  # it is about an applicant; that there was one stays
    row.applications_deleted_at = now
    row.save(update_fields=["applications_deleted_at"])
    audit.record(by=None, verb="post.applications_deleted", subject=row, deleted=len(applications))
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])  # type: ignore[func-returns-value]  # each is deleted
    return len(applications)
