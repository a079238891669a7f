"""The applications for a post: its panel reads and scores them; staff put them on the shortlist and appoint."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.files import sending
from partnership.posts.actions import application as actions
from partnership.posts.actions import post as posts
from partnership.posts.forms.post import AppointForm, ScoreForm
from partnership.posts.models import Application, Post
from partnership.posts.views.manage import confirm_about, managed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission


@never_cache  # it says who applied, and why
def application(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One application: staff and panel read it, the panel scores it."""
    post, member = managed(request, slug)
    shown = _shown(request, post, pk)
    scores = shown.scores.select_related("member__user").order_by("member__user__name")
    own = next((score for score in scores if member and score.member_id == member.pk), None)
    form = None
    if member and member.may_score and post.is_scored:
        first = {"score": own.score, "remark": own.remark} if own else None
        form = ScoreForm(request.POST if request.method == "POST" else None, initial=first)
        if request.method == "POST" and form.is_valid():
            try:
                actions.score(application=shown, member=member, by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, "Your score is saved.")
                return redirect("post_manage", slug=slug)
    context = {"section": "boards", "post": post, "application": shown, "scores": scores, "own": own, "form": form}
    return render(request, "posts/application.html", context)


@require_safe
def application_cv(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    post, _ = managed(request, slug)
    shown = _shown(request, post, pk)
    if not shown.cv:
        raise Http404
    return sending.stored(shown.cv, f"cv application {shown.pk}", shown.cv_type)


@require_POST
@needs_permission("posts.run_posts")
def application_shortlist(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = managed(request, slug)
    shown = _shown(request, post, pk)
    try:
        actions.shortlist(application=shown, by=request.user, state=request.POST.get("state", ""))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Saved for {shown.name}.")
    return redirect("post_manage", slug=slug)


@needs_permission("posts.run_posts")
def application_appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = managed(request, slug)
    chosen = _shown(request, post, pk)
    first = {"starts_on": post.term_starts_on, "ends_on": post.term_ends_on, "remuneration": post.remuneration}
    form = AppointForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            posts.appoint(application=chosen, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{chosen.name} has been appointed. Everyone who was still in it will be told.")
            return redirect("post_manage", slug=slug)
    others = post.applications.in_play().exclude(pk=chosen.pk).count()
    told = f" We also email {others} other{'' if others == 1 else 's'} who applied." if others else ""
    return confirm_about(
        request,
        post,
        question=f"Appoint {chosen.name}?",
        consequence=f"They hold the seat {post.seat.title} on {post.seat.board} between the dates below. We email them to "
        f"say so.{told}",
        form=form,
    )


def _shown(request: HttpRequest, post: Post, pk: int) -> Application:
    """404 also for a member of the panel with a conflict, or who has not declared."""
    return get_object_or_404(Application.objects.visible_to(request.user).filter(post=post), pk=pk)
