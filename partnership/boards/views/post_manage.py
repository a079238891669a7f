"""Staff lead a post from advert to appointment; its panel declares, reads and scores."""

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.boards.actions import application as applications
from partnership.boards.actions import post as actions
from partnership.boards.forms.post import AppointForm, DeclareForm, EndPostForm, PanelForm, PostForm, ScoreForm
from partnership.boards.models import Application, Board, PanelMember, Post
from partnership.boards.views.files import sent
from partnership.ui.access import staff_only
from partnership.ui.refusals import Refusal

STEPS = {
    "advertise": (actions.advertise, "Advertise {}?", "Everybody can read the advert and apply. {}", "Advertise it"),
    "shortlist": (
        actions.begin_shortlisting,
        "Give the applications for {} to the panel?",
        "The panel is told by email and can read and score. {}",
        "Begin shortlisting",
    ),
    "interviews": (
        actions.begin_interviews,
        "Begin interviews for {}?",
        "Everybody who applied is told by email whether they are shortlisted. {}",
        "Tell them",
    ),
}


def _managed(request: HttpRequest, slug: str) -> tuple[Post, PanelMember | None]:
    """The post and the person's seat on its panel; 404 for who is neither staff nor on the panel."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("seat__board"), slug=slug)
    member = post.panel.filter(user=request.user).first()
    if not member and not request.user.is_staff:
        raise Http404
    return post, member


def _application(request: HttpRequest, post: Post, pk: int) -> Application:
    """404 also for a member of the panel with a conflict, or who has not declared."""
    return get_object_or_404(Application.objects.visible_to(request.user).filter(post=post), pk=pk)


@require_safe
def post_manage(request: HttpRequest, slug: str) -> HttpResponse:
    post, member = _managed(request, slug)
    rows = Application.objects.visible_to(request.user).filter(post=post)
    context = {
        "section": "boards",
        "post": post,
        "member": member,
        "panel": post.panel.select_related("user"),
        "applications": rows.annotate(average=Avg("scores__score"), scored=Count("scores")).order_by("pk"),
        "hidden": bool(member and member.has_conflict),
        "must_declare": bool(member and member.has_conflict is None and post.is_scored),
    }
    return render(request, "boards/posts/manage.html", context)


@staff_only
def post_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    seat = get_object_or_404(board.seats.select_related("board"), pk=pk)
    form = PostForm(request.POST or None, request.FILES or None, initial={"title": f"{seat.title}, {board.name}"[:200]})
    if request.method == "POST" and form.is_valid():
        post = actions.add(seat=seat, by=request.user, **form.cleaned_data)
        messages.success(request, f"{post} is saved. Nobody sees it until you advertise it.")
        return redirect("post_manage", slug=post.slug)
    return _form(request, form, f"Advertise the seat {seat.title}", "Boards", board.get_absolute_url())


@staff_only
def post_edit(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = _managed(request, slug)
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
    return _form(request, form, f"Edit {title}", title, f"{post.get_absolute_url()}manage/")


@staff_only
def post_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Each step is a page that says what will happen, to how many people."""
    post, _ = _managed(request, slug)
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
    context = {
        "section": "boards",
        "question": question.format(post),
        "consequence": consequence.format(told),
        "confirm_label": label,
        "back_url": f"{post.get_absolute_url()}manage/",
        "parent": post.title,
        "parent_url": f"{post.get_absolute_url()}manage/",
    }
    return render(request, "components/confirm.html", context)


@staff_only
def post_discard(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = _managed(request, slug)
    back = f"{post.get_absolute_url()}manage/"
    if request.method == "POST":
        try:
            actions.discard(post=post, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("post_manage", slug=slug)
        messages.success(request, f"The draft of {post.title} is thrown away.")
        return redirect(post.seat)
    context = {
        "section": "boards",
        "question": f"Throw away the draft of {post}?",
        "consequence": "Its words and its role outline are deleted. Nobody but staff has seen them.",
        "confirm_label": "Throw it away",
        "back_url": back,
        "parent": post.title,
        "parent_url": back,
    }
    return render(request, "components/confirm.html", context)


@staff_only
def post_end(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = _managed(request, slug)
    form = EndPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(post=post, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{post} is ended. Everybody who was still in it is told.")
            return redirect("post_manage", slug=slug)
    people = post.applications.in_play().count()
    context = {
        "section": "boards",
        "question": f"End {post} without an appointment?",
        "consequence": f"{people} {'person hears' if people == 1 else 'people hear'} by email that nobody is appointed.",
        "form": form,
        "back_url": f"{post.get_absolute_url()}manage/",
        "parent": post.title,
        "parent_url": f"{post.get_absolute_url()}manage/",
    }
    return render(request, "components/confirm.html", context)


@staff_only
def post_panel(request: HttpRequest, slug: str) -> HttpResponse:
    post, _ = _managed(request, slug)
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
    return render(request, "boards/posts/panel.html", context)


@require_POST
@staff_only
def post_panel_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = _managed(request, slug)
    member = get_object_or_404(post.panel.select_related("user", "post"), pk=pk)
    try:
        actions.leave_panel(member=member, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"{member.user} is no longer on the panel.")
    return redirect("post_panel", slug=slug)


def post_declare(request: HttpRequest, slug: str) -> HttpResponse:
    """The member reads who applied, and says whether they are close to any of them, before they read anything else."""
    post, member = _managed(request, slug)
    if member is None or not post.is_scored:
        raise Http404
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.declare(member=member, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("post_manage", slug=slug)
    names = post.applications.in_play().order_by("name").values_list("name", flat=True)
    return render(
        request, "boards/posts/declare.html", {"section": "boards", "post": post, "form": form, "names": names}
    )


def application(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One application: staff and panel read it, the panel scores it."""
    post, member = _managed(request, slug)
    shown = _application(request, post, pk)
    scores = shown.scores.select_related("member__user").order_by("member__user__name")
    own = next((score for score in scores if member and score.member_id == member.pk), None)
    form = None
    if member and member.may_score and post.is_scored:
        first = {"score": own.score, "remark": own.remark} if own else None
        form = ScoreForm(request.POST if request.method == "POST" else None, initial=first)
        if request.method == "POST" and form.is_valid():
            try:
                applications.score(application=shown, member=member, by=request.user, **form.cleaned_data)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, "Your score is saved.")
                return redirect("post_manage", slug=slug)
    context = {"section": "boards", "post": post, "application": shown, "scores": scores, "own": own, "form": form}
    return render(request, "boards/posts/application.html", context)


@require_safe
def application_cv(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    post, _ = _managed(request, slug)
    shown = _application(request, post, pk)
    if not shown.cv:
        raise Http404
    return sent(shown.cv, f"cv application {shown.pk}", shown.cv_type)


@require_POST
@staff_only
def application_shortlist(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = _managed(request, slug)
    shown = _application(request, post, pk)
    try:
        applications.shortlist(application=shown, by=request.user, state=request.POST.get("state", ""))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Saved for {shown.name}.")
    return redirect("post_manage", slug=slug)


@staff_only
def application_appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    post, _ = _managed(request, slug)
    chosen = _application(request, post, pk)
    first = {"starts_on": post.term_starts_on, "ends_on": post.term_ends_on, "remuneration": post.remuneration}
    form = AppointForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(application=chosen, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{chosen.name} is appointed. Everybody who was still in it is told.")
            return redirect("post_manage", slug=slug)
    others = post.applications.in_play().exclude(pk=chosen.pk).count()
    told = f" So {'is 1 other' if others == 1 else f'are {others} others'} who applied." if others else ""
    context = {
        "section": "boards",
        "question": f"Appoint {chosen.name}?",
        "consequence": f"They hold the seat {post.seat.title} on {post.seat.board} for the days below, and are told by "
        f"email.{told}",
        "form": form,
        "back_url": f"{post.get_absolute_url()}manage/",
        "parent": post.title,
        "parent_url": f"{post.get_absolute_url()}manage/",
    }
    return render(request, "components/confirm.html", context)


def _state(post: Post) -> str:
    post.refresh_from_db(fields=["state"])
    return post.get_state_display()


def _form(request: HttpRequest, form, heading: str, parent: str, parent_url: str) -> HttpResponse:
    context = {"section": "boards", "form": form, "heading": heading, "parent": parent, "parent_url": parent_url}
    return render(request, "boards/posts/form.html", context)
