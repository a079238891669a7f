"""The chair and staff decide on the questions to a meeting, and reply to them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.questions import asking, listed
from assemblies.questions.actions import question as actions
from assemblies.questions.forms.question import EnterForm, RejectForm, ReplyForm
from assemblies.questions.models import Question
from assemblies.questions.models.question import OUT
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm

SEE = "questions.see_questions"
GROUPS = (
    ("Waiting for a decision", (Question.State.RECEIVED,)),
    ("Accepted", (Question.State.ACCEPTED, Question.State.ASKED)),
    ("Answered", (Question.State.ANSWERED,)),
    ("Not taken", (Question.State.REJECTED, Question.State.WITHDRAWN)),
)


def manage_questions(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug, SEE)
    rows = Question.objects.editable_by(request.user).filter(meeting=meeting).in_order()
    rows = rows.select_related("board", "decided_by").prefetch_related("replies")
    questions = listed.with_items(rows, meeting, request.user)
    groups = [(words, [each for each in questions if each.state in states]) for words, states in GROUPS]
    askings = asking.of(meeting)
    context = {
        "meeting": meeting, "section": "meetings", "askings": askings, "any": bool(questions),
        "groups": [(words, found) for words, found in groups if found],
        "is_cancelled": meeting.state == Meeting.State.CANCELLED,
        "in_common": len({each.board_id for each in questions} | {each.board.pk for each in askings}) > 1,
        "may_enter": bool(askings) and not asking.why_not(meeting, timezone.now()),
    }  # fmt: skip
    return render(request, "questions/manage.html", context)


def manage_question_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Staff enter a question that reached them on paper or by telephone, or an urgent one after the deadline."""
    meeting = managed(request, slug, "questions.enter_question")
    askings = asking.of(meeting)
    if not askings:
        raise Http404
    form = EnterForm(posted(request), askings=askings)
    if form.is_valid():
        try:
            question = actions.ask(meeting=meeting, by=request.user, entered_by_staff=True, **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Question {question.number} is entered. Accept or reject it next.")
            return redirect("manage_questions", slug)
    context = {
        "meeting": meeting, "section": "meetings", "form": form, "askings": askings, "trail": _trail(meeting),
        "heading": "Enter a question",
        "late": [words for each in askings if (words := each.why_late(timezone.now()))],
    }  # fmt: skip
    return render(request, "questions/enter.html", context)


def manage_question_accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting, question = _question(request, slug, pk)
    back = reverse("manage_questions", args=[slug])
    if request.method == "POST":
        try:
            actions.accept(question=question, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Question {question.number} is accepted.")
        return redirect(back)
    if question.state != Question.State.RECEIVED:
        return redirect(back)
    return confirm(
        request, question=f"Accept question {question.number}?", about=question.text, back=back, label="Accept it",
        consequence=f"Everybody can read it on the page of the meeting, {_named(question)}. We tell the asker when and where "
        "it is taken.",
        caption=caption(meeting), trail=_trail(meeting), section="meetings", warning=False,
    )  # fmt: skip


def manage_question_reject(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting, question = _question(request, slug, pk)
    back = reverse("manage_questions", args=[slug])
    form = RejectForm(posted(request), question=question)
    if form.is_valid():
        try:
            actions.reject(question=question, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Question {question.number} is rejected.")
            return redirect(back)
    elif request.method != "POST" and question.state not in (Question.State.RECEIVED, Question.State.ACCEPTED):
        return redirect(back)
    taken_back = " It was accepted: it goes out of view at once." if question.state == Question.State.ACCEPTED else ""
    return confirm(
        request, question=f"Reject question {question.number}?", about=question.text, back=back, form=form,
        consequence=f"The public reads its number and your reason, and neither its words nor who asks.{taken_back}",
        caption=caption(meeting), trail=_trail(meeting), section="meetings",
    )  # fmt: skip


def manage_question_reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting, question = _question(request, slug, pk)
    back, replies = reverse("manage_questions", args=[slug]), list(question.replies.all())
    form = ReplyForm(posted(request), by_name=getattr(request.user, "name", ""), replies=len(replies))
    if form.is_valid():
        try:
            actions.reply(question=question, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
            form.take_note(question.replies.count())
        else:
            messages.success(request, f"The reply to question {question.number} is published.")
            return redirect(back)
    elif request.method != "POST" and question.state not in OUT:
        return redirect(back)
    context = {
        "meeting": meeting, "section": "meetings", "question": question, "form": form, "trail": _trail(meeting),
        "replies": replies,
    }  # fmt: skip
    return render(request, "questions/reply.html", context)


def _question(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, Question]:
    """The meeting, and a question to a board whose questions the person decides on. Raises Http404."""
    meeting = managed(request, slug, SEE)
    rows = Question.objects.editable_by(request.user).filter(meeting=meeting)
    return meeting, row_of(rows.select_related("meeting", "board", "decided_by"), pk)


def _named(question: Question) -> str:
    return f"as put by {question.asker}" if question.may_name and question.name else "without a name"


def _trail(meeting: Meeting) -> list[tuple[str, str]]:
    return [*manage_trail(meeting), ("Questions from the public", reverse("manage_questions", args=[meeting.slug]))]
