"""The exit questions: a page that takes a minute, and what staff see of the answers."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assemblies.meetings.models import Meeting
from assemblies.meetings.views.organiser import meeting_of_organiser
from assemblies.registrations.actions import exit_answers
from assemblies.registrations.answers import answers_by_place
from assemblies.registrations.forms.door import ExitAnswersForm
from assemblies.registrations.models import Registration
from partnership.refusals import Refusal


def _closed_at(meeting: Meeting) -> datetime | None:
    """When the questions closed; None while they are open or still to open."""
    closed_at = exit_answers.closes_at(meeting)
    return closed_at if closed_at < timezone.now() else None


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, key: str):
    """The participant's own page, by their personal link. Answers can be changed while the questions are open."""
    person = Registration.objects.holding_key(key)
    if person is None:
        raise Http404
    questions = list(person.meeting.exit_questions.all())
    given = {f"question_{each.question_id}": each.text for each in person.exit_answers.all()}
    form = ExitAnswersForm(request.POST or None, questions=questions, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            exit_answers.answer(registration=person, texts=form.texts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{request.path}?thanks=1")
    context = {
        "meeting": person.meeting,
        "person": person,
        "form": form if questions and exit_answers.are_open(person.meeting) else None,
        "opens_at": person.meeting.exit_questions_open_at,
        "closed_at": _closed_at(person.meeting),
        "thanks": "thanks" in request.GET and bool(given),
        "may_answer": person.state in exit_answers.MAY_ANSWER,
    }
    return render(request, "registrations/door/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def manage_answers(request, slug: str):
    """The answers by place as they come in; staff open the questions early from here."""
    meeting = meeting_of_organiser(request.user, slug)
    if request.method == "POST":
        try:
            exit_answers.open_now(meeting=meeting, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "The questions are open. People can answer now.")
        return redirect("manage_answers", slug=slug)
    context = {
        "meeting": meeting,
        "places": answers_by_place(meeting),
        "are_open": exit_answers.are_open(meeting),
        "opens_at": meeting.exit_questions_open_at,
        "closed_at": _closed_at(meeting),
        "people": meeting.registrations.filter(exit_answers__isnull=False).distinct().count(),
    }
    return render(request, "registrations/door/answers.html", context)
