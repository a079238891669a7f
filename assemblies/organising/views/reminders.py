"""Staff write a meeting's reminders, and see when each falls due and how many people it would reach now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.invitations.actions import trial
from assemblies.invitations.emails.invitation import SAMPLE_KEY, sample_unsubscribe_link
from assemblies.invitations.emails.preview import calendar_facts
from assemblies.invitations.forms.invitation import TestForm
from assemblies.invitations.views.invitation import framed_message
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.organising.actions import reminder_rule, reminders
from assemblies.organising.emails.reminder import ReminderLetter
from assemblies.organising.forms.reminder import ReminderForm
from assemblies.organising.models import ReminderRule
from assemblies.registrations.models import Registration
from partnership import states
from partnership.outbox import Draft
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from partnership.ui.framing import with_frame


@require_safe
def reminder_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Each reminder: when it falls due as the meeting stands, to how many people, and how the last went."""
    meeting = managed(request, slug)
    rows = reminders.overview(meeting, timezone.now())
    return render(request, "organising/reminders/list.html", {"meeting": meeting, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    return _form_page(request, managed(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _form_page(request, *_one(request, slug, pk))


@require_POST
def switch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """On or off, as the button says; submitted twice it stays as asked."""
    _, rule = _one(request, slug, pk)
    reminder_rule.switch(rule=rule, by=request.user, on=request.POST.get("on") == "yes")
    return redirect("manage_reminders", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@with_frame
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The real message as one person would get it, and a test to oneself."""
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    meeting, rule = _one(request, slug, pk)
    draft = _sample(request, rule)
    form = TestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            trial.send_to_self(meeting=meeting, draft=draft, by=request.user, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"A test to {request.user.email} is on its way.")
            return redirect("manage_reminder_preview", slug, pk)
    context = {"meeting": meeting, "rule": rule, "draft": draft, "form": form}
    context["calendar"] = calendar_facts(draft.calendar)
    return render(request, "organising/reminders/preview.html", context)


@framed_message
def message(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _, rule = _one(request, slug, pk)
    return HttpResponse(_sample(request, rule).html)


def _form_page(request: HttpRequest, meeting: Meeting, rule: ReminderRule | None) -> HttpResponse:
    form = ReminderForm(posted(request), initial=ReminderForm.initial_of(rule) if rule else {"unit": "days"})
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        facts = form.fields_of_rule() | {"revision": form.cleaned_data["revision"]}
        try:
            saved = reminder_rule.save(meeting=meeting, by=request.user, rule=rule, **facts)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The reminder is saved.")
            return redirect("manage_reminder_preview", meeting.slug, saved.pk)
    context = {"meeting": meeting, "rule": rule, "form": form, "differences": differences}
    return render(request, "organising/reminders/form.html", context)


def _one(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, ReminderRule]:
    meeting = managed(request, slug)
    rule = row_of(ReminderRule.objects.visible_to(request.user).filter(meeting=meeting), pk)
    rule.meeting = meeting
    return meeting, rule


def _sample(request: HttpRequest, rule: ReminderRule) -> Draft:
    """The reminder as the person who looks would get it, with links that lead to no registration."""
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    me = Registration(meeting=rule.meeting, pk=0, name=str(request.user), email=request.user.email, key=SAMPLE_KEY)
    states.enter(me, Registration.State.REGISTERED)
    return ReminderLetter(rule).draft(me, key="sample", not_after=None, unsubscribe=sample_unsubscribe_link())
