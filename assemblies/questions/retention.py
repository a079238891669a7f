"""What this app holds about people, and until when."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from assemblies.meetings.models import Meeting
from assemblies.questions.asking import CONFIRM_WITHIN
from assemblies.questions.models import Question
from partnership import dates, retention

retention.personal(
    "questions.Question",
    what="questions that people put to a board: name, email address, organisation or area, and the question",
    fields=("name", "email", "organisation", "text", "key"),
    seen_by="staff and the chair of the board; once it is accepted, everybody reads it, with the name if the person agreed",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting; accepted questions, and the names of those who "
    "agreed to be named, are kept: public record",
)
retention.personal(
    "questions.Reply",
    what="who replied to a question from the public",
    fields=("by_name",),
    seen_by="everybody",
    until="kept with the question: public record",
)


@retention.deletes(retention.EVERY_HOUR)
def unconfirmed_questions(now: datetime) -> dict[str, int]:
    """Those whose address nobody confirmed, once that is no longer possible."""
    found = Question.objects.filter(state=Question.State.UNCONFIRMED, asked_at__lt=now - CONFIRM_WITHIN)
    deleted, _ = found.filter(meeting__starts_at__lt=now).delete()
    return {"unconfirmed_questions": deleted}


@retention.deletes(retention.ATTENDEES)
@transaction.atomic
def askers(meeting: Meeting) -> dict[str, int]:
    """Who asked, but for those who agreed to be named; and the words of questions that nobody was shown."""
    rows = Question.objects.filter(meeting=meeting)
    withdrawn, _ = rows.filter(state__in=[Question.State.UNCONFIRMED, Question.State.WITHDRAWN]).delete()
    unseen = rows.filter(state__in=[Question.State.RECEIVED, Question.State.REJECTED])
    unseen.update(text="", name="", organisation="")
    rows.filter(may_name=False).update(name="", organisation="")
    return {"askers": rows.exclude(email="").update(email="", key=None), "questions": withdrawn}
