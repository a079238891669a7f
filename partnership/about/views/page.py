"""What the partnership says about this portal: for everybody to read, and for staff to edit."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partnership import retention
from partnership.about.actions import page as actions
from partnership.about.forms import PREVIEW, PageForm
from partnership.about.texts import cookies, text_of
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.ui.access import needs_permission
from partnership.ui.edit_conflict import Stale


@login_not_required
@require_safe
@cache_page_until_changed
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The words of a page; on two of them with a table of facts, which staff cannot make untrue."""
    context = {"page": text_of(name), "edit": f"about_{name}_edit"}
    if name == "privacy":
        context["personal"] = retention.PERSONAL.values()
    elif name == "cookies":
        context["cookies"] = cookies()
    return render(request, "about/page.html", context)


@needs_permission("about.edit_page")
def page_edit(request: HttpRequest, name: str) -> HttpResponse:
    shown = text_of(name)
    form, differences = PageForm(request.POST or None, instance=shown), []
    preview = request.method == "POST" and PREVIEW in request.POST and form.is_valid()
    if request.method == "POST" and not preview and form.is_valid():
        try:
            saved = actions.save(name=name, by=request.user, **form.cleaned_data)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        else:
            messages.success(request, f"{saved}: saved. Everybody sees it now.")
            return redirect(saved)
    context = {
        "page": shown,
        "form": form,
        "differences": differences,
        "preview": form.cleaned_data["text"] if preview else "",
    }
    return render(request, "about/edit.html", context)
