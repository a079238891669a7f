"""One blocker: its page, with the one thing to do next, and taking it on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.answers import known_to
from assemblies.blockers.models import Blocker, BlockerStep
from assemblies.blockers.rules import steps_open_to
from assemblies.decisions.seen_decisions import lately
from assemblies.forward_plan.models import Topic
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without

SHOWN = 5
# What each step is called on the page, and which of them is the one main action in which state: the first that is open.
WORDS = {
    "ask": "Ask somebody to take it on", "take_on": "Take it on", "bring_back": "Say what the board said",
    "resolve": "Say what unblocked it", "escalate": "Take it to a board", "note": "Say how far it is",
    "hand_on": "Hand it on", "hand_back": "Hand it back", "withdraw": "Withdraw it", "reopen": "Open it again",
}  # fmt: skip
MAIN: dict[str, tuple[str, ...]] = {
    Blocker.State.RAISED: ("ask", "take_on"),
    Blocker.State.OWNED: ("resolve", "escalate", "note"),
    Blocker.State.ESCALATED: ("note",),
}
ONCE_ANSWERED = ("bring_back", "note")


@require_safe
def blocker(request: HttpRequest, pk: int) -> HttpResponse:
    """What is blocked, who owns it, where it is and what happened; and what this person can do next."""
    row = get_object_or_404(Blocker.objects.visible_to(request.user).with_facts(), pk=pk)
    found = _with_boards(row, request.user)
    context = {
        "blocker": row,
        "is_own": row.owner == request.user,
        "steps": BlockerStep.objects.visible_to(request.user).filter(blocker=row).in_order(),
        "trail": [("Blockers", reverse("blockers"))],
        "section": "boards",
        **found,
        **_next_steps(row, request.user, ONCE_ANSWERED if found.get("answered") else MAIN.get(row.state, ())),
    }
    return render(request, "blockers/blocker.html", context)


@require_POST
def blocker_take_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Blocker.objects.visible_to(request.user), pk=pk)
    refuse_without("blockers.take_on", request.user, row)
    try:
        actions.take_on(blocker=row, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "It is yours. Say how far it is whenever something moves.")
    return redirect(row)


def _next_steps(row: Blocker, user, first: tuple[str, ...]) -> dict:
    """The one main action, which is the `first` that is open to them, and the others, each with its words."""
    may = steps_open_to(user, row)
    main = next((name for name in first if name in may), None)
    others = [(name, f"blocker_{name}", words) for name, words in WORDS.items() if name in may - {main}]
    return {"main": main, "main_url": f"blocker_{main}", "main_words": WORDS.get(main or ""), "others": others}


def _with_boards(row: Blocker, user) -> dict:
    """What the boards that had it made of it, as far as the person may know: the topic, the next meeting, decisions."""
    topics = list(row.steps.filter(topic__isnull=False).values_list("topic", flat=True))
    if not topics:
        return {}
    known = known_to(user)
    found: dict = {"decisions": lately(known.decisions.filter(topic__in=topics), user, SHOWN)}
    if row.is_escalated:
        here = known.items.filter(topic=row.topic_id, board=row.board_id, meeting__isnull=False)
        found |= {
            "topic": Topic.objects.visible_to(user).filter(pk=row.topic_id).first(),
            "planned": here.select_related("meeting").order_by("-meeting__starts_at").first(),
            "answered": Blocker.objects.visible_to(user).filter(known.has_answered(), pk=row.pk).exists(),
        }
    return found
