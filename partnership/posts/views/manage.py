"""Staff lead a post from its advert to its end and name its panel, and each member says who they are close to."""

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.posts.actions import post as actions
from partnership.posts.forms.post import DeclareForm, EndPostForm, PanelForm, PostForm
from partnership.posts.models import Application, PanelMember, Post
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm

STEPS = {
    "advertise": (
        actions.advertise,
        "Advertise {}?",
        "Everyone will be able to read the advert and apply. {}",
        "Advertise the post",
    ),
    "shortlist": (
        actions.begin_shortlisting,
        "Give the applications for {} to the panel?",
        "We email the panel, who can then read and score the applications. {}",
        "Start shortlisting",
    ),
    "interviews": (
        actions.begin_interviews,
        "Start interviews for {}?",
        "We email everyone who applied to say whether they are shortlisted. {}",
        "Start interviews",
    ),
}


def managed(request: HttpRequest, slug: str) -> tuple[Post, PanelMember | None]:
    """The post and the person's seat on its panel; 404 for who is neither staff nor on the panel."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("seat__board"), slug=slug)
    member = post.panel.filter(user=request.user).first()
    if not member and not is_partnership_staff(request.user):
        raise Http404
    return post, member


def confirm_about(request: HttpRequest, post: Post, **words) -> HttpResponse:
    """Asks before something happens to the post, with the way back to where it is managed."""
    back = reverse("post_manage", args=[post.slug])
    trail = [("Posts", reverse("posts")), (post.title, post.get_absolute_url()), ("Applications and panel", back)]
    return confirm(request, back=back, trail=trail, section="boards", **words)


def _applied(request: HttpRequest, post: Post) -> bool:
    """Whether the person wants the post: then they read nothing of the others who do."""
    return Application.objects.of_person(request.user).filter(post=post).exists()


@require_safe
def post_manage(request: HttpRequest, slug: str) -> HttpResponse:
    post, member = managed(request, slug)
    rows = Application.objects.visible_to(request.user).filter(post=post)
    applied = _applied(request, post)
    context = {
        "section": "boards",
        "post": post,
        "member": member,
        "panel": post.panel.select_related("user"),
        "applications": rows.annotate(average=Avg("scores__score"), scored=Count("scores")).order_by("pk"),
        "hidden": bool(member and member.has_conflict),
        "applied": applied,
        "must_declare": bool(member and member.has_conflict is None and post.is_scored and not applied),
    }
    return render(request, "posts/manage.html", context)


@needs_permission("posts.run_posts")
def post_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    seat = get_object_or_404(board.seats.select_related("board"), pk=pk)
    form = PostForm(request.POST or None, request.FILES or None, initial={"title": f"{seat.title}, {board.name}"[:200]})
    if request.method == "POST" and form.is_valid():
        try:
            post = actions.add(seat=seat, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{post} is saved. Nobody can see it until you advertise it.")
            return redirect("post_manage", slug=post.slug)
    return _form(request, form, f"Advertise the seat {seat.title}", "Boards", board.get_absolute_url())


@needs_permission("posts.run_posts")
def post_edit(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = managed(request, slug)
    title = post.title
    form = PostForm(request.POST or None, request.FILES or None, instance=post)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change(post=post, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved} is saved.")
            return redirect("post_manage", slug=slug)
    return _form(request, form, f"Edit {title}", "Applications and panel", reverse("post_manage", args=[post.slug]))


@needs_permission("posts.run_posts")
def post_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Each step is a page that says what will happen, to how many people."""
    post, _ = managed(request, slug)
    if step not in STEPS:
        raise Http404
    action, question, consequence, label = STEPS[step]
    if request.method == "POST":
        try:
            action(post=post, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Done. {post}: {_state(post)}.")
        return redirect("post_manage", slug=slug)
    applied = post.applications.exclude(state=Application.State.WITHDRAWN)
    people = post.panel.count() if step == "shortlist" else applied.count()
    told = "" if step == "advertise" else f"That is {people} {'person' if people == 1 else 'people'}."
    return confirm_about(
        request, post, question=question.format(post), consequence=consequence.format(told), label=label, warning=False
    )


@needs_permission("posts.run_posts")
def post_discard(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = managed(request, slug)
    if request.method == "POST":
        try:
            actions.discard(post=post, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("post_manage", slug=slug)
        messages.success(request, f"The draft of {post.title} is deleted.")
        return redirect(post.seat)
    return confirm_about(
        request,
        post,
        question=f"Delete the draft of {post}?",
        consequence="This deletes the advert and its role outline. Only staff have seen them.",
        label="Delete the draft",
    )


@needs_permission("posts.run_posts")
def post_end(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = managed(request, slug)
    form = EndPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(post=post, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{post} has ended. Everyone who was still in it will be told.")
            return redirect("post_manage", slug=slug)
    people = post.applications.in_play().count()
    return confirm_about(
        request,
        post,
        question=f"End {post} without an appointment?",
        consequence=f"We email {people} {'person' if people == 1 else 'people'} to say that nobody is appointed.",
        form=form,
    )


@needs_permission("posts.run_posts")
def post_panel(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = managed(request, slug)
    form = PanelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_panel(post=post, user=form.cleaned_data["email"], by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{form.cleaned_data['email']} is on the panel.")
            return redirect("post_panel", slug=slug)
    context = {"section": "boards", "post": post, "form": form, "panel": post.panel.select_related("user")}
    return render(request, "posts/panel.html", context)


@require_POST
@needs_permission("posts.run_posts")
def post_panel_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = managed(request, slug)
    member = get_object_or_404(post.panel.select_related("user", "post"), pk=pk)
    try:
        actions.leave_panel(member=member, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{member.user} is no longer on the panel.")
    return redirect("post_panel", slug=slug)


@never_cache  # it names who applied
def post_declare(request: HttpRequest, slug: str) -> HttpResponse:
    """The member reads who applied, and says whether they are close to any of them, before they read anything else."""
    post, member = managed(request, slug)
    if member is None or not post.is_scored or _applied(request, post):
        raise Http404
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.declare(member=member, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("post_manage", slug=slug)
    names = post.applications.in_play().order_by("name").values_list("name", flat=True)
    return render(request, "posts/declare.html", {"section": "boards", "post": post, "form": form, "names": names})


def _state(post: Post) -> str:
    post.refresh_from_db(fields=["state"])
    return post.get_state_display()


def _form(request: HttpRequest, form, heading: str, parent: str, parent_url: str) -> HttpResponse:
    context = {"section": "boards", "form": form, "heading": heading, "parent": parent, "parent_url": parent_url}
    return render(request, "posts/form.html", context)
