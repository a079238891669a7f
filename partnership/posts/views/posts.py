"""Posts in public: the adverts, the role outlines, and applying."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.accounts.rules import is_partnership_staff
from partnership.files import sending
from partnership.limits import public_forms
from partnership.posts.actions import application as actions
from partnership.posts.forms.post import ApplicationForm
from partnership.posts.models import Application, Post
from partnership.refusals import Refusal
from partnership.ui.pages import page_of


@login_not_required
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Those one can apply for now come first: they close last."""
    rows = Post.objects.visible_to(request.user).select_related("seat__board")
    context = {"section": "boards", "page": page_of(rows, request), "today": timezone.localdate()}
    return render(request, "posts/list.html", context)


@login_not_required
@require_safe
def post(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Post.objects.visible_to(request.user).select_related("seat__board", "appointment__holder")
    shown = get_object_or_404(rows, slug=slug)
    sits = Post.objects.visible_to(request.user).panelled_by(request.user).filter(pk=shown.pk).exists()
    context = {"section": "boards", "post": shown, "may_manage": is_partnership_staff(request.user) or sits}
    return render(request, "posts/post.html", context)


@login_not_required
@require_safe
def post_outline(request: HttpRequest, slug: str) -> FileResponse:
    shown = get_object_or_404(Post.objects.visible_to(request.user), slug=slug)
    if not shown.outline:
        raise Http404
    return sending.stored(shown.outline, f"role outline {shown.title}", shown.outline_type)


@login_not_required
def post_apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what is sent after the closing day is refused, and the page says so."""
    shown = get_object_or_404(Post.objects.public().select_related("seat__board"), slug=slug)
    form = ApplicationForm(request.POST or None, request.FILES or None)
    context = {"section": "boards", "post": shown, "form": form}
    status = 200
    if not shown.takes_applications:
        return render(request, "posts/closed.html", {"section": "boards", "post": shown})
    if request.method == "POST" and public_forms.posts_too_often(request, "apply"):
        form.add_error(None, public_forms.TOO_MANY)
        status = 429
    elif request.method == "POST" and form.is_valid():
        try:
            actions.send(post=shown, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("post_applied", slug=slug)
    return render(request, "posts/apply.html", context, status=status)


@login_not_required
@require_safe
def post_applied(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody, whether the address had applied before or not."""
    shown = get_object_or_404(Post.objects.public().select_related("seat__board"), slug=slug)
    return render(request, "posts/applied.html", {"section": "boards", "post": shown})


@login_not_required
def application_own(request: HttpRequest, key) -> HttpResponse:
    """The applicant's own, by the secret link: its progress, and a way to withdraw it."""
    rows = Application.objects.holding_key(key).select_related("post__seat__board")
    application = get_object_or_404(rows)
    refused = ""
    if request.method == "POST":
        try:
            actions.withdraw(application=application)
        except Refusal as refusal:
            refused = refusal.message
        else:
            return redirect("application_own", key=key)
    context = {"section": "boards", "application": application, "post": application.post, "refused": refused}
    return render(request, "posts/application_own.html", context)
