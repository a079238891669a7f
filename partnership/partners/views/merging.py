"""Staff make two organisations one, take that back, or say that the two are two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnership.page_cache.memo import cached_until_changed
from partnership.partners import likeness
from partnership.partners.actions import merge as actions
from partnership.partners.differing import differing
from partnership.partners.forms import MergeForm, OrganisationSearchForm
from partnership.partners.models import Merge, Partner
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of
from partnership.ui.templatetags.portal import plural


@needs_permission("partners.merge_partners")
@require_safe
def partners_alike(request: HttpRequest) -> HttpResponse:
    page = page_of(cached_until_changed("partners alike", likeness.pairs), request)
    pks = {pk for alike in page for pk in (alike.one, alike.other)}
    found = Partner.objects.visible_to(request.user).in_bulk(pks)
    shown = [
        (found[alike.one], found[alike.other], alike.why) for alike in page if {alike.one, alike.other} <= set(found)
    ]
    return render(request, "partners/alike.html", {"section": "partners", "page": page, "pairs": shown})


@require_POST
@needs_permission("partners.merge_partners")
def partners_keep_apart(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    one, two = _both(request, slug, other)
    try:
        actions.keep_apart(one=one, other=two, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{one} and {two} stay separate. We will not suggest them again.")
    return redirect("partners_alike")


def _both(request: HttpRequest, slug: str, other: str) -> tuple[Partner, Partner]:
    rows = Partner.objects.visible_to(request.user)
    return get_object_or_404(rows, slug=slug), get_object_or_404(rows, slug=other)


@needs_permission("partners.merge_partners")
@require_safe
def partner_merge_with(request: HttpRequest, slug: str) -> HttpResponse:
    """Which organisation is the same as this one? A plain search."""
    kept = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    form = OrganisationSearchForm(request.GET or None)
    words = form.words_asked
    rows = Partner.objects.visible_to(request.user).exclude(pk=kept.pk)
    found = rows.holding(words) if words else rows.none()
    form.fields["words"].label = "Name of the other one"
    context = {"section": "partners", "partner": kept, "search": form, "words": words, "page": page_of(found, request)}
    return render(request, "partners/merge_with.html", context)


@needs_permission("partners.merge_partners")
def partner_merge(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Field by field what stays, and what moves; then it is done."""
    kept, absorbed = _both(request, slug, other)
    form = MergeForm(request.POST or None, differing=differing(kept, absorbed))
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.merge(kept=kept, absorbed=absorbed, by=request.user, take=form.taken)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{done.absorbed} is now part of {done.kept}. It can be undone under Merges.")
            return redirect("partners_merges")
    context = {
        "section": "partners",
        "kept": kept,
        "absorbed": absorbed,
        "form": form,
        "moving": actions.what_moves(absorbed),
        "objections": actions.objections(kept, absorbed) if kept != absorbed else ["These are the same organisation."],
    }
    return render(request, "partners/merge.html", context)


@needs_permission("partners.merge_partners")
@require_safe
def partners_merges(request: HttpRequest) -> HttpResponse:
    rows = Merge.objects.visible_to(request.user).select_related("kept", "absorbed", "by", "undone_by")
    return render(request, "partners/merges.html", {"section": "partners", "page": page_of(rows, request)})


@needs_permission("partners.merge_partners")
def partners_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge.objects.visible_to(request.user).select_related("kept", "absorbed"), pk=pk)
    if request.method == "POST":
        try:
            actions.undo(merge=merge, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{merge.kept} and {merge.absorbed} are separate again.")
        return redirect("partners_merges")
    back = reverse("partners_merges")
    return confirm(
        request,
        question=f"Undo the merge into {merge.kept}?",
        consequence=f"{merge.absorbed} gets its page and its details back, and the "
        f"{plural(merge.rows_moved, 'record,records')} that moved, except those that someone has changed since. Nobody is "
        "emailed.",
        label="Undo the merge",
        back=back,
        trail=[("Merges", back)],
        section="partners",
    )
