"""The exit questions, as staff see them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assemblies.meetings.views.organiser import meeting_of_organiser
from assemblies.registrations.actions import exit_answers
from assemblies.registrations.answers import answers_by_place
from partnership.refusals import Refusal


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
        "closed_at": exit_answers.closed_at(meeting),
        "people": meeting.registrations.filter(exit_answers__isnull=False).distinct().count(),
    }
    return render(request, "registrations/door/answers.html", context)
