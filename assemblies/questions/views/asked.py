"""Putting a question, without an account: the form, and the asker's own link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption
from assemblies.meetings.reading import readable
from assemblies.questions import asking
from assemblies.questions.actions import question as actions
from assemblies.questions.forms.question import AskForm
from assemblies.questions.models import Question
from partnership import states
from partnership.limits import public_forms
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.refusals import Refusal
from partnership.ui import just_sent
from partnership.ui.confirm import confirm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_page_until_changed
def question_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. Visitors confirm their address by a link; somebody signed in asks by their own."""
    meeting = get_object_or_404(readable(request).published().with_boards(), slug=slug)
    askings, now = asking.of(meeting), timezone.now()
    context = {"meeting": meeting, "askings": askings, "section": "meetings"}
    if reason := asking.why_nobody_can(meeting, askings, now):
        response = render(request, "questions/ask.html", context | {"reason": reason})
        return fresh_until(response, asking.turning_points(meeting, askings))
    response = _ask(request, meeting, asking.open_now(askings, now), context)
    return fresh_until(response, asking.turning_points(meeting, askings))


def _ask(request: HttpRequest, meeting: Meeting, askings: list, context: dict) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    mine = user.email if user else ""
    form = AskForm(request.POST or None, askings=askings, address=mine, initial={"name": user.name} if user else {})
    status = 200
    if request.method == "POST" and not user and public_forms.posts_too_often(request, "question"):
        form.add_error(None, public_forms.TOO_MANY)
        status = 429
    elif request.method == "POST" and form.is_valid():
        try:
            question = actions.ask(meeting=meeting, by=user, **({"email": mine} | form.facts()))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if user:
                return redirect("question_link", meeting.slug, question.key)
            # The same words whether or not the address has asked before: the page tells nobody who did.
            return just_sent.send_on([question.email], "question_sent", meeting.slug)
    return render(request, "questions/ask.html", context | {"form": form}, status=status)


@login_not_required
@require_safe
def question_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next for who has just asked a question: the link in an email."""
    meeting = get_object_or_404(readable(request).published(), slug=slug)
    return just_sent.check_email(request, "questions/sent.html", {"meeting": meeting, "section": "meetings"})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_link(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The asker's own page: how the question stands, and the button that confirms their address. A click is needed, since mail
    programs open links by themselves."""
    question = _holding_key(slug, key)
    if question is None:
        return _unknown(request, slug)
    context = {"meeting": question.meeting, "question": question, "section": "meetings"}
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        try:
            actions.confirm(question=question, by=by)
        except Refusal as refusal:
            context["refusal"] = refusal.message
        else:
            return redirect("question_link", slug, key)
    context["may_withdraw"] = _may_withdraw(question)
    return render(request, "questions/yours.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_withdraw(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    question = _holding_key(slug, key)
    if question is None:
        return _unknown(request, slug)
    back = reverse("question_link", args=[slug, key])
    if not _may_withdraw(question):
        return redirect(back)
    if request.method == "POST":
        try:
            actions.withdraw(question=question, by=request.user if request.user.is_authenticated else None)
        except Refusal:
            return redirect(back)
        return render(request, "questions/withdrawn.html", {"meeting": question.meeting, "section": "meetings"})
    return confirm(
        request, question="Withdraw your question?", about=question.text, back=back, caption=caption(question.meeting),
        consequence="The meeting does not take it, and nobody can read it on the portal any more.",
        label="Withdraw it", section="meetings",
    )  # fmt: skip


def _may_withdraw(question: Question) -> bool:
    return question.state == Question.State.UNCONFIRMED or states.allowed(question, Question.State.WITHDRAWN)


def _unknown(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "questions/unknown.html", {"slug": slug, "section": "meetings"}, status=404)


def _holding_key(slug: str, key: str) -> Question | None:
    rows = Question.objects.holding_key(key).filter(meeting__slug=slug).select_related("meeting", "board")
    return rows.prefetch_related("replies").first()
