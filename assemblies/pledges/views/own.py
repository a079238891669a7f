"""By personal link, without a password: the exit questions, how a pledge goes, what was answered to an ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assemblies.pledges.actions import answering, author
from assemblies.pledges.actions import ask as ask_actions
from assemblies.pledges.actions import pledge as pledge_actions
from assemblies.pledges.forms.answers import ExitAnswersForm
from assemblies.pledges.forms.ask import RespondForm
from assemblies.pledges.forms.pledge import HowItGoesForm
from assemblies.pledges.models import Ask, Pledge
from assemblies.registrations.actions import exit_answers
from assemblies.registrations.models import Registration
from partnership import states
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration_answers(request: HttpRequest, key: str) -> HttpResponse:
    """The exit questions. Answers can be changed while the questions are open."""
    person = Registration.objects.holding_key(key)
    if person is None:
        raise Http404
    questions = list(person.meeting.exit_questions.all())
    answered = list(person.exit_answers.select_related("pledge").prefetch_related("asks"))
    form = ExitAnswersForm(request.POST or None, questions=questions, initial=_given(answered))
    if request.method == "POST" and form.is_valid():
        try:
            answering.answer(registration=person, given=form.given(), shown_as=form.cleaned_data["shown_as"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{request.path}?thanks=1")
    context = {
        "meeting": person.meeting,
        "person": person,
        "form": form if questions and exit_answers.are_open(person.meeting) else None,
        "opens_at": person.meeting.exit_questions_open_at,
        "closed_at": exit_answers.closed_at(person.meeting),
        "thanks": "thanks" in request.GET and bool(answered),
        "answered": answered,
        "may_answer": person.state in exit_answers.MAY_ANSWER,
    }
    return render(request, "pledges/answer.html", context)


def _given(answered: list) -> dict:
    """What the boxes show of answers that were sent before."""
    given: dict = {}
    for each in answered:
        given[f"question_{each.question_id}"] = each.text
        pledge, asks = getattr(each, "pledge", None), list(each.asks.all())
        for row in [pledge, *asks]:
            if row is not None:
                given["shown_as"] = row.shown_as
        if asks:
            given[f"partner_{each.question_id}"] = asks[0].partner_id
    return given


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_pledge(request: HttpRequest, key: str) -> HttpResponse:
    """How it goes, said by its owner."""
    row = Pledge.objects.holding_key(key)
    if row is None:
        return render(request, "pledges/unknown.html", status=404)
    form = HowItGoesForm(request.POST or None, pledge=row)
    if request.method == "POST" and form.is_valid():
        try:
            pledge_actions.say(pledge=row, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Thank you. Everybody can read how it goes.")
            return redirect("own_pledge", key)
    context = {"pledge": row, "steps": row.steps.all(), "form": form, "section": "meetings"}
    return render(request, "pledges/own_pledge.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_ask(request: HttpRequest, key: str) -> HttpResponse:
    """What the partner said; who asked closes it where they need it no more."""
    row = Ask.objects.holding_key(key)
    if row is None:
        return render(request, "pledges/unknown.html", status=404)
    form = RespondForm(request.POST or None, to=Ask.State.CLOSED) if states.allowed(row, Ask.State.CLOSED) else None
    if request.method == "POST" and form and form.is_valid():
        try:
            ask_actions.respond(ask=row, to=Ask.State.CLOSED, by=None, words=form.cleaned_data["words"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Closed. Thank you.")
            return redirect("own_ask", key)
    context = {"ask": row, "steps": row.steps.all(), "form": form, "section": "meetings"}
    return render(request, "pledges/own_ask.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, key: str, of: type[Pledge] | type[Ask]) -> HttpResponse:
    """Who made it agreed to be named, and does so no more."""
    row = of.objects.holding_key(key)
    if row is None:
        return render(request, "pledges/unknown.html", status=404)
    if request.method == "POST":
        author.hide(row)
        messages.success(request, "Nobody reads any more who this is from.")
        return redirect(row.own_url)
    return confirm(
        request,
        question=f"Hide who {str(row).lower()} is from?",
        consequence="We delete your name and your organisation here. What you said stays. You cannot bring them back.",
        label="Hide it",
        back=row.own_url,
        about=row.author,
        section="meetings",
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str, of: type[Pledge] | type[Ask]) -> HttpResponse:
    """Who made it wants no more emails about it."""
    row = of.objects.holding_key(key)
    if row is None:
        return render(request, "pledges/unknown.html", status=404)
    if request.method == "POST":
        author.write_no_more(row)
        return render(request, "pledges/stopped.html", {"row": row, "section": "meetings"})
    return confirm(
        request,
        question=f"Stop emails about {str(row).lower()}?",
        consequence="We delete your address here, and your link ends: you can no longer say how it goes. What you said stays.",
        label="Stop them",
        back=row.own_url,
        about=row.text,
        section="meetings",
    )
