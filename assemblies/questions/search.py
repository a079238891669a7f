"""Questions from the public that were answered: by what was asked and answered, never by who asked."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery
from django.utils.text import Truncator

from assemblies.questions.models import Question, Reply
from partnership import search
from partnership.dates import short_day
from partnership.search import Found, Result


@search.kind("Questions from the public")
def questions(user) -> Found:
    replies = Reply.objects.filter(question=OuterRef("pk")).order_by()
    said = replies.values("question").annotate(words=StringAgg("text", " ")).values("words")
    rows = Question.objects.visible_to(user).filter(state=Question.State.ANSWERED).select_related("board", "meeting")
    return Found(rows.annotate(said=Subquery(said)), ("text", "said", "answer_given"), question)


def question(row: Question) -> Result:
    about = search.line(f"Question {row.number} to the {row.board}", short_day(row.meeting.starts_at))
    return Result(Truncator(row.text).words(20), row.get_absolute_url(), about)
