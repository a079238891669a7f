"""What happened to every email, for staff."""

from django.conf import settings
from django.contrib import messages as said
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.outbox.actions import retry
from partnership.outbox.forms import MailSearchForm
from partnership.outbox.models import MailboxLook, Message
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@require_safe
@needs_permission("outbox.read_messages")
def outbox_list(request: HttpRequest) -> HttpResponse:
    """Emails of one state, failed ones unless another is asked for, with the mail server's own words."""
    form = MailSearchForm(request.GET)
    if "state" in form.errors:
        raise Http404
    visible = form.narrow(Message.objects.visible_to(request.user))
    state = Message.State(form.cleaned_data["state"] or Message.State.FAILED)
    context = {
        "form": form,
        "returns_are_read": bool(settings.MAILBOX_URL),
        "last_look": _last_look(request.user),
        "page": page_of(visible.filter(state=state).without_words(), request),
        "state": state,
        "states": visible.count_by_state(),
        "words": form.words_asked,
    }
    return render(request, "outbox/list.html", context)


def _last_look(user) -> MailboxLook | None:
    """How the last look into the mailbox for returned email went; None before the first, and where none is set."""
    if not settings.MAILBOX_URL:
        return None
    from partnership.outbox.imap import Mailbox  # a portal without a mailbox does not need to read one

    return MailboxLook.objects.visible_to(user).filter(name=str(Mailbox.at(settings.MAILBOX_URL))).first()


@require_safe
@needs_permission("outbox.read_messages")
def outbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One email: how it went, and its words where they may be read."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    return render(request, "outbox/message.html", {"message": message})


@require_POST
@needs_permission("outbox.read_messages")
def outbox_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed email again. Submitted twice, it still goes once."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    try:
        retry.retry(message=message, by=request.user)
    except Refusal as refusal:
        said.warning(request, refusal.message)
    else:
        said.success(request, f"The email to {message.to_email} is on its way again.")
    return redirect("outbox_message", pk=pk)
